//! Files for programs.

use axum::extract::{Request, State};
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::super::{MessageId, TicketError, TicketId};
use super::{File, FileId, NewFile, bytes};

/// A file that goes with a message.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TicketFile")]
pub struct FileDocument {
    /// Its id.
    pub(super) id: FileId,
    /// The ticket.
    pub(super) ticket: TicketId,
    /// The message; null while it waits for it.
    pub(super) message: Option<MessageId>,
    /// What it is called, without folders.
    pub(super) name: String,
    /// What kind of content it is said to be.
    pub(super) media_type: String,
    /// Its length in bytes.
    pub(super) size: i64,
    /// Who added it.
    pub(super) author: String,
    /// When: microseconds since 1970-01-01 UTC.
    pub(super) added_at: i64,
}

impl From<File> for FileDocument {
    fn from(file: File) -> Self {
        Self {
            id: file.id,
            ticket: file.ticket,
            message: file.message,
            name: file.name,
            media_type: file.media_type,
            size: file.size,
            author: file.author,
            added_at: file.added_at.0,
        }
    }
}

/// What a file is called.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileQuery {
    /// The name people see; folders in it are cut off.
    #[schemars(length(min = 1))]
    pub(super) name: String,
}

/// `PUT /api/v1/tickets/{id}/files`
///
/// # Errors
/// A file that is too large or has no name, no such ticket here, trouble of the store.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    Asked(query): Asked<FileQuery>,
    request: Request,
) -> Result<Single, Failure> {
    let reader = actor.clone();
    let found = db.read(move |tx| super::super::find(tx, &reader, id)).await?;
    found.ok_or(TicketError::Unknown)?;
    let stored = bytes::put(&db, request.into_body().into_data_stream()).await?;
    let new = NewFile::waiting(id, &query.name, stored);
    let file = db.write(move |tx| super::keep(tx, &actor, &new)).await?;
    Ok(Single::of(&FileDocument::from(file)).without_tag())
}

/// `GET /api/v1/tickets/{id}/files`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
) -> Result<Listed<FileDocument>, Failure> {
    let files = db
        .read(move |tx| {
            super::super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
            super::of_ticket(tx, &actor, id)
        })
        .await?;
    Ok(Listed::whole(
        files.into_iter().map(FileDocument::from).collect(),
        None,
    ))
}

/// `GET /api/v1/files/{id}`
///
/// # Errors
/// No such file here, or trouble of the store.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<FileId>) -> Result<Response, Failure> {
    Ok(bytes::content(&db, &actor, id).await?)
}

/// `DELETE /api/v1/files/{id}`
///
/// # Errors
/// No such file here, one that was sent, or the database's.
pub async fn discard(State(db): State<Db>, actor: Actor, At(id): At<FileId>) -> Result<Single, Failure> {
    db.write(move |tx| super::discard(tx, &actor, id)).await?;
    Ok(Single::nothing())
}
