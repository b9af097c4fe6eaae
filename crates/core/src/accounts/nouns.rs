//! Tags and fields of accounts: what they stand on, and their addresses.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::id::AnyId;
use kit::web::{Failure, Page, Sent, known};

use super::{AccountError, AccountId, LIST};
use crate::actor::Actor;
use crate::events::Kind;
use crate::fields::filling::{self, Shape, Subject};
use crate::nouns::Noun;
use crate::panels::{Panel, Place};
use crate::permissions::Permission;
use crate::tags::line;

/// An account has other tags.
pub const TAGGED: Kind = Kind::new("account.tagged", Permission::AccountsRead);
/// An account has other values in its fields.
pub const DESCRIBED: Kind = Kind::new("account.described", Permission::AccountsRead);

/// Accounts, for tags and fields.
pub static NOUN: Noun = Noun {
    key: "account",
    title: "accounts-title",
    reads: Permission::AccountsRead,
    writes: Permission::AccountsWrite,
    path: "/accounts",
    home: "/accounts",
    place: "accounts",
    list: LIST,
    tagged: &TAGGED,
    described: &DESCRIBED,
    details: "fields",
    keeps: None,
    rules: None,
};

/// The panel of the account's page: its fields.
pub const FIELDS: Panel = Panel::new(
    "fields",
    Place::Account,
    Permission::AccountsRead,
    "/accounts/{id}/fields",
);

fn find(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<AnyId, Failure> {
    let id: AccountId = known(id)?;
    let account = super::find(tx, actor, id)?.ok_or(AccountError::Unknown)?;
    Ok(account.id.into())
}

/// Puts a tag on an account.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn put_tag(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(back)): (Path<String>, Query<Vec<(String, String)>>),
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let sent: Sent = back.into_iter().chain(sent).collect();
    line::put((db, actor, t), &NOUN, find, (id, sent)).await
}

/// Takes a tag off an account.
///
/// # Errors
/// As of [`put_tag`].
pub async fn take_tag(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(back)): (Path<String>, Query<Vec<(String, String)>>),
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let sent: Sent = back.into_iter().chain(sent).collect();
    line::take((db, actor, t), &NOUN, find, (id, sent)).await
}

async fn subject(db: &Db, actor: &Actor, id: &str) -> Result<Subject, Failure> {
    let (id, actor): (AccountId, _) = (known(id)?, actor.clone());
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    let account = found.ok_or(AccountError::Unknown)?;
    Ok(Subject {
        noun: &NOUN,
        id: account.id.into(),
        name: account.name,
        shape: Shape::default(),
    })
}

/// What stands in an account's fields.
///
/// # Errors
/// No such account here, or the database's.
pub async fn fields(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let subject = subject(&db, &actor, &id).await?;
    filling::show(&db, &actor, &t, &subject).await
}

/// The form for an account's fields.
///
/// # Errors
/// As of [`fields`].
pub async fn edit_fields(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let subject = subject(&db, &actor, &id).await?;
    filling::edit(&db, &actor, &t, &subject).await
}

/// Fills an account's fields in.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn fill(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let subject = subject(&db, &actor, &id).await?;
    filling::fill(&db, &actor, &t, &subject, &sent).await
}
