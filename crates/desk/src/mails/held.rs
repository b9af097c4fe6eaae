//! Decisions about many mails that are held back, chosen on their list, and taking them back at once.

use axum::extract::{Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::{Failure, Notice};
use serde::Deserialize;
use tandem_core::actor::Actor;

use super::web::ADDRESS;
use super::{MailError, MailId, deciding};

/// How many are decided about at once: a page of them.
const MOST: usize = 50;

/// Lets mails through; those that nobody has to decide about any more, or of which there are no bytes, stay as they are. Gives
/// those that were let through.
///
/// # Errors
/// A missing permission, or the database's.
pub fn release(tx: &mut Tx<'_>, actor: &Actor, ids: &[MailId]) -> Result<Vec<MailId>, MailError> {
    each(ids, |id| deciding::release(tx, actor, id, false).map(drop))
}

/// Puts mails aside, as [`release`] lets them through.
///
/// # Errors
/// As of [`release`].
pub fn block(tx: &mut Tx<'_>, actor: &Actor, ids: &[MailId]) -> Result<Vec<MailId>, MailError> {
    each(ids, |id| deciding::block(tx, actor, id, false).map(drop))
}

/// Takes [`block`] back.
///
/// # Errors
/// As of [`release`].
pub fn unblock(tx: &mut Tx<'_>, actor: &Actor, ids: &[MailId]) -> Result<Vec<MailId>, MailError> {
    each(ids, |id| deciding::unblock(tx, actor, id).map(drop))
}

fn each(
    ids: &[MailId],
    mut verb: impl FnMut(MailId) -> Result<(), MailError>,
) -> Result<Vec<MailId>, MailError> {
    let mut done = Vec::new();
    for id in ids.iter().take(MOST) {
        match verb(*id) {
            Ok(()) => done.push(*id),
            // Somebody else was faster, or there is nothing to read.
            Err(MailError::Unknown | MailError::Decided | MailError::NotKept) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

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
            let words: Vec<String> = done.iter().map(ToString::to_string).collect();
            let undo = format!("{ADDRESS}/decisions/undo?mails={}", words.join("."));
            Notice::new(t.count("mails-were-blocked", count(&done))).undo(undo)
        }
        _ => return Err(Failure::of(StatusCode::BAD_REQUEST)),
    };
    Ok(back(notice))
}

/// Which mails are held again.
#[derive(Debug, Deserialize)]
pub struct Undone {
    mails: String,
}

/// Takes back what was put aside at once.
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

fn count(done: &[MailId]) -> i64 {
    i64::try_from(done.len()).unwrap_or(i64::MAX)
}

fn back(notice: Notice) -> Response {
    (notice, Redirect::to("/settings/mails?state=suspended")).into_response()
}
