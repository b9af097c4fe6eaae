//! Files of saved replies on the page of their reply: added and taken away.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Notice, Upload};
use tandem_core::actor::Actor;

use super::super::web::ADDRESS;
use super::super::{ReplyError, ReplyId};
use super::{ReplyFile, ReplyFileId};
use crate::tickets::{TicketError, files};

/// Adds a file to a reply, or says why it can't be.
///
/// # Errors
/// No such reply here, one that is shared, a missing permission, trouble of the store or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ReplyId>,
    upload: Upload,
) -> Result<Response, Failure> {
    let notice = match receive(&db, &actor, id, upload).await {
        Ok(file) => Notice::new(t.say_with("replies-file-was-added", kit::args!(name = file.name.as_str()))),
        Err(ReplyError::Ticket(error @ (TicketError::BadFile | TicketError::LargeFile))) => {
            Notice::bad(t.say(Failure::from(error).code.text))
        }
        Err(error) => return Err(error.into()),
    };
    Ok((notice, Redirect::to(&format!("{ADDRESS}/{id}"))).into_response())
}

async fn receive(db: &Db, actor: &Actor, id: ReplyId, upload: Upload) -> Result<ReplyFile, ReplyError> {
    let reader = actor.clone();
    db.read(move |tx| super::may_change(tx, &reader, id)).await?;
    if upload.file_name.is_empty() {
        return Err(TicketError::BadFile.into());
    }
    let stored = files::take(db, upload.content).await?;
    let (writer, name) = (actor.clone(), upload.file_name);
    db.write(move |tx| super::add(tx, &writer, id, (&name, &stored)))
        .await
}

/// Takes a file away from its reply.
///
/// # Errors
/// No such file here, a reply that is shared, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<ReplyFileId>,
) -> Result<Response, Failure> {
    let file = db.write(move |tx| super::remove(tx, &actor, id)).await?;
    let said = t.say_with("replies-file-was-removed", kit::args!(name = file.name.as_str()));
    let back = Redirect::to(&format!("{ADDRESS}/{}", file.reply));
    Ok((Notice::new(said), back).into_response())
}
