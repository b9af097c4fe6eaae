//! Taking mail in: its bytes are on disk and its row is committed before anything is done with it.

use std::sync::Arc;

use axum::body::Bytes;
use kit::blob::{self, BlobError, Blobs, Stored};
use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use kit::jobs::Queue;
use mail::imap::Cursor;
use tandem_core::actor::Actor;
use tandem_core::events::{self, NewEvent};
use tandem_core::workspaces::WorkspaceId;

use super::jobs::Read;
use super::{Arrival, CAME, LIST, Mail, MailId, store, watching};
use crate::mailboxes::MailboxId;

/// A mail on its way in.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    /// How it came; its blob is not there yet.
    pub(super) arrival: Arrival,
    /// Its bytes; none for what was too large to take.
    pub(super) bytes: Option<Bytes>,
}

/// Where a folder has been read to, and by whom.
#[derive(Clone, Debug)]
pub(super) struct Progress {
    pub(super) folder: String,
    pub(super) cursor: Option<Cursor>,
    /// Who reads: who has lost the mailbox to another stores nothing.
    pub(super) holder: String,
}

/// Why nothing was taken in; nothing of it is stored then.
#[derive(Clone, Debug, thiserror::Error)]
pub enum IntakeError {
    /// Another process reads this mailbox now.
    #[error("another process reads this mailbox now")]
    Lost,
    /// The bytes could not be stored.
    #[error("the mail could not be stored: {0}")]
    Blob(String),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<BlobError> for IntakeError {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Database(error) => Self::Db(error),
            error => Self::Blob(error.to_string()),
        }
    }
}

/// Stores mails, with the place up to which their folder was read. Once this is over they would survive the loss of power.
pub(super) async fn keep(
    db: &Db,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    raws: Vec<Raw>,
    progress: Option<Progress>,
) -> Result<usize, IntakeError> {
    let blobs: Option<Arc<Blobs>> = db.attached();
    let blobs = blobs.ok_or_else(|| IntakeError::Blob("no blobs are attached".to_owned()))?;
    let mut stored = Vec::with_capacity(raws.len());
    for raw in raws {
        let object = match raw.bytes {
            Some(bytes) => Some(blobs.put_bytes(bytes).await?),
            None => None,
        };
        stored.push((raw.arrival, object));
    }
    db.write(move |tx| commit(tx, workspace, mailbox, &stored, progress.as_ref()))
        .await
}

fn commit(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    mails: &[(Arrival, Option<Stored>)],
    progress: Option<&Progress>,
) -> Result<usize, IntakeError> {
    if let Some(progress) = progress {
        if !watching::holds(tx, workspace, mailbox, &progress.holder)? {
            return Err(IntakeError::Lost);
        }
        if let Some(cursor) = progress.cursor {
            watching::store::set_cursor(tx, workspace, mailbox, &progress.folder, cursor)?;
        }
    }
    let mut count = 0;
    for (arrival, object) in mails {
        count += usize::from(insert(tx, workspace, mailbox, arrival, object.as_ref())?);
    }
    if count > 0 {
        let job = Read { mailbox };
        Queue::new(&job)
            .workspace(workspace)
            .key(format!("mails {mailbox}"))
            .put(tx)?;
        let event = NewEvent::of(&CAME, mailbox).topic(LIST);
        events::record(tx, &Actor::system(workspace, "mail"), event)?;
    }
    Ok(count)
}

/// Inserts a mail, unless it is here already; whether it was.
fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    arrival: &Arrival,
    object: Option<&Stored>,
) -> Result<bool, IntakeError> {
    let mut arrival = arrival.clone();
    if let Some(place) = arrival.place
        && let Some(there) = store::at_place(tx, workspace, mailbox, &arrival.folder, place)?
    {
        let is_same = there.arrival.size == arrival.size
            && (there.arrival.message_id == arrival.message_id || arrival.message_id.is_empty());
        if is_same {
            return Ok(false);
        }
        // The server has given a place twice: the mail is another one and counts.
        arrival.place = None;
    }
    let id: MailId = tx.new_id();
    arrival.stored_at = tx.now();
    arrival.blob = match object {
        Some(object) => Some(blob::add(
            tx,
            workspace.uuid(),
            object,
            "message/rfc822",
            &id.to_string(),
        )?),
        None => None,
    };
    store::insert(tx, workspace, &Mail::of(id, mailbox, arrival))?;
    Ok(true)
}
