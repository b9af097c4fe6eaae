//! The buttons over the list of mails that are held back.

use axum::extract::{Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice};
use serde::Deserialize;
use tandem_core::actor::Actor;

use super::super::web::ADDRESS;
use super::super::{MailId, deciding};
use super::{block, delete, release, unblock};

/// Decides about the chosen mails, by the button that was pressed.
///
/// # Errors
/// A decision that is none, a missing permission, or the database's.
pub async fn decide(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    axum::Form(sent): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let chosen = sent.iter().filter(|(name, _)| name == "mail");
    let ids: Vec<MailId> = chosen.filter_map(|(_, id)| id.parse().ok()).collect();
    let act = sent.iter().find(|(name, _)| name == "act");
    let notice = match act.map(|(_, act)| act.as_str()) {
        Some("release") => {
            let done = db.write(move |tx| release(tx, &actor, &ids)).await?;
            Notice::new(t.count("mails-were-released", count(&done)))
        }
        Some("block") => {
            let done = db.write(move |tx| block(tx, &actor, &ids)).await?;
            Notice::new(t.count("mails-were-blocked", count(&done))).undo(undoing(&done))
        }
        Some("delete") => {
            let done = db.write(move |tx| delete(tx, &actor, &ids)).await?;
            Notice::new(t.count("mails-were-deleted", count(&done))).undo(undoing(&done))
        }
        _ => return Err(Failure::of(StatusCode::BAD_REQUEST)),
    };
    Ok(back(notice))
}

/// Throws one mail away, from its own page.
///
/// # Errors
/// No such mail here, one that nobody has to decide about, a missing permission, or the database's.
pub async fn remove(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    At(id): At<MailId>,
) -> Result<Response, Failure> {
    db.write(move |tx| deciding::delete(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("mails-was-deleted")).undo(format!("/mails/{id}/block/end"));
    Ok((notice, Redirect::to(&format!("/mails/{id}"))).into_response())
}

/// Which mails are held again.
#[derive(Debug, Deserialize)]
pub struct Undone {
    mails: String,
}

/// Takes back what was put aside or thrown away at once.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn undo(
    Shared(db): Shared<Db>,
    actor: Actor,
    t: Text,
    Query(sent): Query<Undone>,
) -> Result<Response, Failure> {
    let ids: Vec<MailId> = sent.mails.split('.').filter_map(|id| id.parse().ok()).collect();
    let done = db.write(move |tx| unblock(tx, &actor, &ids)).await?;
    Ok(back(Notice::new(t.count("mails-were-unblocked", count(&done)))))
}

/// Where these are taken back.
fn undoing(done: &[MailId]) -> String {
    let words: Vec<String> = done.iter().map(ToString::to_string).collect();
    format!("{ADDRESS}/decisions/undo?mails={}", words.join("."))
}

fn count(done: &[MailId]) -> i64 {
    i64::try_from(done.len()).unwrap_or(i64::MAX)
}

fn back(notice: Notice) -> Response {
    (notice, Redirect::to("/settings/mails?state=suspended")).into_response()
}
