//! Tags and fields of contacts: what they stand on, and their addresses.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::id::AnyId;
use kit::web::{Failure, Page, Sent, known};

use super::{ContactError, ContactId, LIST};
use crate::actor::Actor;
use crate::events::Kind;
use crate::fields::filling::{self, Shape, Subject};
use crate::nouns::Noun;
use crate::panels::{Panel, Place};
use crate::permissions::Permission;
use crate::tags::line;

/// A contact has other tags.
pub const TAGGED: Kind = Kind::new("contact.tagged", Permission::ContactsRead);
/// A contact has other values in its fields.
pub const DESCRIBED: Kind = Kind::new("contact.described", Permission::ContactsRead);

/// Contacts, for tags and fields.
pub static NOUN: Noun = Noun {
    key: "contact",
    title: "contacts-title",
    reads: Permission::ContactsRead,
    writes: Permission::ContactsWrite,
    path: "/contacts",
    home: "/contacts",
    place: "contacts",
    list: LIST,
    tagged: &TAGGED,
    described: &DESCRIBED,
    details: "fields",
    keeps: None,
    rules: None,
};

/// The panel of the contact's page: its fields.
pub const FIELDS: Panel = Panel::new(
    "contact-fields",
    Place::Contact,
    Permission::ContactsRead,
    "/contacts/{id}/fields",
);

fn find(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<AnyId, Failure> {
    let id: ContactId = known(id)?;
    let contact = super::find(tx, actor, id)?.ok_or(ContactError::Unknown)?;
    Ok(contact.root.into())
}

/// Puts a tag on a contact.
///
/// # Errors
/// No such contact here, a missing permission, or the database's.
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

/// Takes a tag off a contact.
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
    let (id, actor): (ContactId, _) = (known(id)?, actor.clone());
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    let contact = found.ok_or(ContactError::Unknown)?;
    Ok(Subject {
        noun: &NOUN,
        id: contact.root.into(),
        name: contact.text.name,
        shape: Shape::default(),
    })
}

/// What stands in a contact's fields.
///
/// # Errors
/// No such contact here, or the database's.
pub async fn fields(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let subject = subject(&db, &actor, &id).await?;
    filling::show(&db, &actor, &t, &subject).await
}

/// The form for a contact's fields.
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

/// Fills a contact's fields in.
///
/// # Errors
/// No such contact here, a missing permission, or the database's.
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
