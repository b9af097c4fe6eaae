//! What an account is called elsewhere: a panel of its page.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, address, known};

use super::views::ExternalIdsPanel;
use super::{ExternalId, ExternalIdId};
use crate::accounts::web::PLACE;
use crate::accounts::{self, AccountError, AccountId};
use crate::actor::Actor;
use crate::permissions::Permission;

/// The external ids.
///
/// # Errors
/// No such account here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    page(&db, &actor, &t, known(&id)?, &Filled::default()).await
}

/// Adds what the form says; the address may say it too, so that a removal can be taken back.
///
/// # Errors
/// No such account here, a missing permission, or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(back)): (Path<String>, Query<Vec<(String, String)>>),
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: AccountId = known(&id)?;
    let mut form: Filled = back.into_iter().chain(sent).collect();
    let (source, value) = (form.value("source").to_owned(), form.value("value").to_owned());
    let writer = actor.clone();
    match db
        .write(move |tx| super::add(tx, &writer, id, &source, &value))
        .await
    {
        Ok(new) => Ok(done(
            t.say_with(
                "accounts-external-id-added",
                kit::args!(value = new.value.as_str()),
            ),
            &new,
            format!("/external-ids/{}/end", new.id),
        )),
        Err(error) => {
            form.refuse_all(error.into(), &t)?;
            let page = page(&db, &actor, &t, id, &form).await?;
            Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

/// Takes one away.
///
/// # Errors
/// No such external id here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: ExternalIdId = known(&id)?;
    let gone = db.write(move |tx| super::remove(tx, &actor, id)).await?;
    let said = t.say_with(
        "accounts-external-id-removed",
        kit::args!(value = gone.value.as_str()),
    );
    let path = format!("/accounts/{}/external-ids", gone.account);
    let undo = address(&path, &[("source", &gone.source), ("value", &gone.value)]);
    Ok(done(said, &gone, undo))
}

fn done(said: String, about: &ExternalId, undo: String) -> Response {
    let to = Redirect::to(&format!("/accounts/{}", about.account));
    (Notice::new(said).undo(undo), to).into_response()
}

async fn page(db: &Db, actor: &Actor, t: &Text, id: AccountId, form: &Filled) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (account, known) = db
        .read(move |tx| {
            let account = accounts::find(tx, &reader, id)?.ok_or(AccountError::Unknown)?;
            Ok::<_, AccountError>((account, super::of(tx, &reader, id)?))
        })
        .await?;
    let view = ExternalIdsPanel {
        t,
        account: id,
        known,
        form,
        may_write: actor.may(Permission::AccountsWrite),
    };
    Ok(Page::new(t.say("panel-external-ids"), &view)
        .place(PLACE)
        .crumb(t.say("accounts-title"), "/accounts")
        .crumb(&account.name, format!("/accounts/{id}"))
        .live(id.to_string()))
}
