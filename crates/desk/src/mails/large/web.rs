//! The button beside a mail that was too large.

use axum::extract::State as Shared;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice};
use tandem_core::actor::Actor;

use super::super::MailId;

/// Has a mail fetched that was too large.
///
/// # Errors
/// No such mail here, one that can't be fetched, a missing permission, or the database's.
pub async fn want(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailId>,
) -> Result<Response, Failure> {
    let mail = db.write(move |tx| super::want(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("mails-large-coming"));
    Ok((notice, Redirect::to(&format!("/mails/{}", mail.id))).into_response())
}
