//! Files on pages: added to the composer, taken away again, looked at and taken along.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Upload, known};
use tandem_core::actor::Actor;

use super::super::pages::conversation;
use super::super::{TicketError, TicketId};
use super::{File, FileId, NewFile, bytes};

/// Adds a file to what the agent writes; it waits there until they send it.
///
/// # Errors
/// No such ticket here, a missing permission, trouble of the store or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    upload: Upload,
) -> Result<Response, Failure> {
    let id: TicketId = known(&id)?;
    match receive(&db, &actor, id, upload).await {
        Ok(_) => Ok(Redirect::to(&format!("/tickets/{id}")).into_response()),
        Err(error) => {
            let mut filled = Filled::default();
            let status = filled.refuse_all(error.into(), &t)?;
            let page = conversation(&db, &actor, &t, (id, None), filled).await?;
            Ok(page.status(status).into_response())
        }
    }
}

async fn receive(db: &Db, actor: &Actor, id: TicketId, upload: Upload) -> Result<File, TicketError> {
    let reader = actor.clone();
    let found = db.read(move |tx| super::super::find(tx, &reader, id)).await?;
    found.ok_or(TicketError::Unknown)?;
    if upload.file_name.is_empty() {
        return Err(TicketError::BadFile);
    }
    let stored = bytes::put(db, upload.content).await?;
    let (author, new) = (actor.clone(), NewFile::waiting(id, &upload.file_name, stored));
    db.write(move |tx| super::keep(tx, &author, &new)).await
}

/// Takes away a file that waits.
///
/// # Errors
/// No such file here, one that was sent, or the database's.
pub async fn discard(
    State(db): State<Db>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Redirect, Failure> {
    let id: FileId = known(&id)?;
    let file = db.write(move |tx| super::discard(tx, &actor, id)).await?;
    Ok(Redirect::to(&format!("/tickets/{}", file.ticket)))
}

/// The file itself: to be looked at where it is a picture of a listed kind, else to be taken along.
///
/// # Errors
/// No such file here, or trouble of the store.
pub async fn show(State(db): State<Db>, actor: Actor, Path(id): Path<String>) -> Result<Response, Failure> {
    let id: FileId = known(&id)?;
    Ok(bytes::content(&db, &actor, id).await?)
}
