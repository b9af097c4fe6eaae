//! The family of an account: a panel of its page, with the form that says which account stands above.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};
use serde::Deserialize;

use super::views::FamilyPanel;
use crate::accounts::web::PLACE;
use crate::accounts::{self, Account, AccountError, AccountId};
use crate::actor::Actor;
use crate::permissions::Permission;

/// How many accounts of a name are offered.
const OFFERED: i64 = 20;

/// Which account stands above, where an address says it: what takes a move back.
#[derive(Debug, Deserialize)]
pub struct ParentQuery {
    account_id: Option<String>,
}

/// The family.
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    page(&db, &actor, &t, known(&id)?, (&Filled::default(), Vec::new())).await
}

/// Puts an account below the one that the form names. Where the name is not enough, the form offers those of that name.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn place(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(query)): (Path<String>, Query<ParentQuery>),
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: AccountId = known(&id)?;
    let mut form: Filled = sent.into_iter().collect();
    if let Some(back) = query.account_id {
        form.set("account_id", back);
    }
    let offered = named(&db, &actor, &form).await?;
    let outcome = match offered.as_slice() {
        [] => Err(AccountError::NoParent),
        [one] => moved(&db, &actor, id, Some(one.id)).await,
        _ => return refused(page(&db, &actor, &t, id, (&form, offered)).await?),
    };
    match outcome {
        Ok((account, before)) => Ok(done(&t, &account, before)),
        Err(AccountError::Loop(way)) => {
            form.refuse(
                "parent",
                t.say_with("accounts-failure-loop-way", kit::args!(way = way.as_str())),
            );
            refused(page(&db, &actor, &t, id, (&form, Vec::new())).await?)
        }
        Err(error) => {
            form.refuse_all(error.into(), &t)?;
            refused(page(&db, &actor, &t, id, (&form, Vec::new())).await?)
        }
    }
}

/// Puts an account at the top of a family of its own.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn free(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (account, before) = moved(&db, &actor, known(&id)?, None).await?;
    Ok(done(&t, &account, before))
}

async fn moved(
    db: &Db,
    actor: &Actor,
    id: AccountId,
    parent: Option<AccountId>,
) -> Result<(Account, Option<AccountId>), AccountError> {
    let actor = actor.clone();
    db.write(move |tx| {
        let before = accounts::find(tx, &actor, id)?
            .ok_or(AccountError::Unknown)?
            .parent;
        Ok((super::place(tx, &actor, id, parent)?, before))
    })
    .await
}

fn done(t: &Text, account: &Account, before: Option<AccountId>) -> Response {
    let id = account.id;
    let said = t.say_with("accounts-was-moved", kit::args!(name = account.name.as_str()));
    let undo = match before {
        Some(parent) => format!("/accounts/{id}/parent?account_id={parent}"),
        None => format!("/accounts/{id}/parent/end"),
    };
    let to = Redirect::to(&format!("/accounts/{id}"));
    (Notice::new(said).undo(undo), to).into_response()
}

fn refused(page: Page) -> Result<Response, Failure> {
    Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The accounts that the form names: by its choice, or by what was typed.
async fn named(db: &Db, actor: &Actor, form: &Filled) -> Result<Vec<Account>, Failure> {
    let (actor, typed) = (actor.clone(), form.value("parent").to_owned());
    let chosen: Option<AccountId> = form.value("account_id").parse().ok();
    let found = db.read(move |tx| match chosen {
        Some(id) => Ok(accounts::find(tx, &actor, id)?.into_iter().collect()),
        None => accounts::named(tx, &actor, &typed, OFFERED),
    });
    Ok(found.await?)
}

async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    id: AccountId,
    (form, offered): (&Filled, Vec<Account>),
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (account, family) = db
        .read(move |tx| {
            let account = accounts::find(tx, &reader, id)?.ok_or(AccountError::Unknown)?;
            Ok::<_, AccountError>((account, super::of(tx, &reader, id)?))
        })
        .await?;
    let view = FamilyPanel {
        t,
        account: &account,
        family,
        form,
        offered,
        may_write: actor.may(Permission::AccountsWrite),
    };
    Ok(Page::new(t.say("panel-family"), &view)
        .place(PLACE)
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(&account.name, format!("/accounts/{id}"))
        .live(id.to_string())
        .live(account.family.to_string()))
}
