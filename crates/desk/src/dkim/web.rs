//! The page of DKIM keys: for each domain what is to be published, whether it is, and what signs.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice, Page, Sent};
use mail::dkim::{Algorithm, Published};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::views::{self, KeysPage};
use super::{DkimKeyError, DkimKeyId, LIST, Wanted};
use crate::mailboxes;

pub(super) const ADDRESS: &str = "/settings/signing";

/// The domains with their keys.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (domains, keys) = db
        .read(move |tx| {
            let domains = super::domains(tx, reader.workspace)?;
            Ok::<_, DkimKeyError>((domains, super::all(tx, &reader)?))
        })
        .await?;
    let view = KeysPage {
        t: &t,
        domains: views::domains(&domains, &keys),
        may_write: actor.may(Permission::MailboxesWrite),
    };
    Ok(Page::new(t.say("settings-signing"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST)
        .live(mailboxes::LIST))
}

/// Makes a key.
///
/// # Errors
/// A domain that sends nothing, a key that waits already, a missing permission, or the database's.
pub async fn make(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let wanted = Wanted {
        domain: sent.one("domain").to_owned(),
        algorithm: Algorithm::parse(sent.one("algorithm")).ok_or(DkimKeyError::Algorithm)?,
    };
    let secret = super::secret(&db, &actor, &wanted).await?;
    let made = db.write(move |tx| super::make(tx, &actor, &wanted, &secret));
    made.await?;
    Ok(back(Notice::new(t.say("dkim-was-made"))))
}

/// Looks whether the record of a key stands.
///
/// # Errors
/// No such key here, a missing permission, or the database's.
pub async fn check(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<DkimKeyId>,
) -> Result<Response, Failure> {
    let key = super::check(&db, &actor, id).await?;
    let verdict = key.verdict.unwrap_or(Published::NoAnswer);
    let said = t.say(views::verdict(verdict));
    Ok(back(match verdict {
        Published::Fits => Notice::new(said),
        _ => Notice::bad(said),
    }))
}

/// Puts a key out of use.
///
/// # Errors
/// As of [`check`].
pub async fn retire(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<DkimKeyId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::retire(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("dkim-was-retired"));
    Ok(back(notice.undo(format!("{ADDRESS}/{id}/retirement/end"))))
}

/// Takes a key back into use.
///
/// # Errors
/// One of its kind waits for its record; as of [`check`].
pub async fn resume(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<DkimKeyId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::resume(tx, &actor, id)).await?;
    Ok(back(Notice::new(t.say("dkim-was-resumed"))))
}

fn back(notice: Notice) -> Response {
    (notice, Redirect::to(ADDRESS)).into_response()
}
