//! The buttons over the list of mails that are held back.

use axum::extract::{Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice};
use serde::Deserialize;
use tandem_core::actor::Actor;

use super::super::web::ADDRESS;
use super::super::{MailError, MailId, deciding};
use super::{MOST, block, delete, release, unblock};

/// A decision about as many mails as are decided about at once.
type Verb = fn(&mut Tx<'_>, &Actor, &[MailId]) -> Result<Vec<MailId>, MailError>;

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
            let done = in_parts(&db, &actor, &ids, release).await?;
            Notice::new(t.count("mails-were-released", count(&done)))
        }
        Some("block") => {
            let done = in_parts(&db, &actor, &ids, block).await?;
            undone_by(Notice::new(t.count("mails-were-blocked", count(&done))), &done)
        }
        Some("delete") => {
            let done = in_parts(&db, &actor, &ids, delete).await?;
            undone_by(Notice::new(t.count("mails-were-deleted", count(&done))), &done)
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
    let done = in_parts(&db, &actor, &ids, unblock).await?;
    Ok(back(Notice::new(t.count("mails-were-unblocked", count(&done)))))
}

/// Decides about all of them, part by part: a list that was read on holds more than one decision takes.
async fn in_parts(db: &Db, actor: &Actor, ids: &[MailId], verb: Verb) -> Result<Vec<MailId>, MailError> {
    let mut done = Vec::new();
    for part in ids.chunks(MOST) {
        let (actor, part) = (actor.clone(), part.to_vec());
        done.extend(db.write(move |tx| verb(tx, &actor, &part)).await?);
    }
    Ok(done)
}

/// The notice with the way to take these back. The ids of more than one part do not go into what carries a notice.
fn undone_by(notice: Notice, done: &[MailId]) -> Notice {
    if done.len() > MOST {
        return notice;
    }
    let words: Vec<String> = done.iter().map(ToString::to_string).collect();
    notice.undo(format!("{ADDRESS}/decisions/undo?mails={}", words.join(".")))
}

fn count(done: &[MailId]) -> i64 {
    i64::try_from(done.len()).unwrap_or(i64::MAX)
}

fn back(notice: Notice) -> Response {
    (notice, Redirect::to("/settings/mails?state=suspended")).into_response()
}
