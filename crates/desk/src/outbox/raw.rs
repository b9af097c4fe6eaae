//! The bytes of a mail: composed once, before the first try, and stored; the same ever after.

use std::sync::Arc;

use kit::blob::{self, Blob, Blobs};
use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use mail::compose::{Enclosure, compose};
use tandem_core::actor::Actor;
use tandem_core::workspaces::WorkspaceId;

use super::model::{OutboxError, Parcel};
use super::writing::{internal, of_ticket};
use super::{OutgoingId, letters, log, trouble};
use crate::dkim;
use crate::surveys;
use crate::tickets::files;
use crate::tickets::formatted::{self, Formatted};

/// Why there are no bytes.
pub(super) enum NoBytes {
    /// It can't be written as a mail, or a file of it is gone: trying again does not help.
    Never(&'static str),
    /// The store of files or the database does not answer.
    Later(String),
}

impl From<DbError> for NoBytes {
    fn from(error: DbError) -> Self {
        Self::Later(error.to_string())
    }
}

fn blobs(db: &Db) -> Result<Arc<Blobs>, NoBytes> {
    let missing = || NoBytes::Later("no blobs are attached to the database".to_owned());
    db.attached().ok_or_else(missing)
}

/// The bytes of a mail, from the store or composed now and stored.
pub(super) async fn bytes(db: &Db, workspace: WorkspaceId, parcel: &Parcel) -> Result<Vec<u8>, NoBytes> {
    let id = parcel.mail.id;
    let blobs = blobs(db)?;
    if let Some(blob) = db.read(move |tx| kept(tx, workspace, id)).await? {
        let read = blobs.read_all(&blob).await;
        return Ok(read.map_err(|error| NoBytes::Later(error.to_string()))?.to_vec());
    }
    let (words, enclosures) = content(db, &blobs, workspace, parcel).await?;
    let now = db.clock().now();
    let date = now.calendar().unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let mut letter = letters::letter(parcel, (words.as_ref(), enclosures), date);
    if let Some(survey) = parcel.mail.survey {
        let origin = db
            .attached::<surveys::Origin>()
            .ok_or_else(|| NoBytes::Later("nobody has said where this installation is reached".to_owned()))?;
        let secret = db
            .write(move |tx| surveys::new_link(tx, workspace, survey))
            .await?;
        surveys::with_link(&mut letter, &origin, &secret);
    }
    let raw = compose(&letter).map_err(|_| NoBytes::Never(trouble::UNSENDABLE))?;
    let from = parcel.mail.from_address.clone();
    let raw = db
        .read(move |tx| dkim::sign(tx, workspace, &from, raw.clone(), date))
        .await?;
    let stored = blobs
        .put_bytes(raw.clone().into())
        .await
        .map_err(|error| NoBytes::Later(error.to_string()))?;
    let is_first = db
        .write(move |tx| {
            // Another run may have been quicker: its bytes count.
            if log::store::raw(tx, workspace, id)?.is_some() {
                return Ok(false);
            }
            let subject = id.to_string();
            let blob = blob::add(tx, workspace.uuid(), &stored, "message/rfc822", &subject)
                .map_err(|error| internal(error.to_string()))?;
            log::store::set_raw(tx, workspace, id, blob)?;
            Ok::<_, DbError>(true)
        })
        .await?;
    if is_first {
        return Ok(raw);
    }
    Err(NoBytes::Later("another run wrote it".to_owned()))
}

/// The stored content of a mail.
pub(super) fn kept(tx: &mut Tx<'_>, workspace: WorkspaceId, id: OutgoingId) -> Result<Option<Blob>, DbError> {
    match log::store::raw(tx, workspace, id)? {
        Some(hash) => blob::find(tx, workspace.uuid(), hash),
        None => Ok(None),
    }
}

/// What the message says with formatting, and its files; pictures that its words show are named as its HTML names them. A question
/// of ours and what goes beside a ticket are plain.
async fn content(
    db: &Db,
    blobs: &Blobs,
    workspace: WorkspaceId,
    parcel: &Parcel,
) -> Result<(Option<Formatted>, Vec<Enclosure>), NoBytes> {
    let message = parcel.mail.message;
    let words = match (parcel.mail.survey, &parcel.mail.side) {
        (None, None) => {
            db.read(move |tx| formatted::of_message(tx, workspace, message))
                .await?
        }
        _ => None,
    };
    let shown = words.as_ref().map(|words| words.written.pictures());
    let shown = shown.unwrap_or_default();
    let enclosures = enclosures(db, blobs, workspace, (parcel, shown.as_slice())).await?;
    Ok((words, enclosures))
}

/// The files of the message.
async fn enclosures(
    db: &Db,
    blobs: &Blobs,
    workspace: WorkspaceId,
    (parcel, shown): (&Parcel, &[&str]),
) -> Result<Vec<Enclosure>, NoBytes> {
    let message = parcel.mail.message;
    let found = db
        .read(move |tx| {
            let reader = Actor::system(workspace, "outbox");
            let mut found = Vec::new();
            for file in files::of_message(tx, &reader, message).map_err(of_ticket)? {
                let blob = blob::find(tx, workspace.uuid(), file.content)?;
                found.push((file, blob));
            }
            Ok::<_, DbError>(found)
        })
        .await?;
    let mut enclosures = Vec::new();
    for (file, blob) in found {
        let blob = blob.ok_or(NoBytes::Never(trouble::CONTENT))?;
        let content = blobs.read_all(&blob).await;
        let content = content.map_err(|error| NoBytes::Later(error.to_string()))?;
        let id = file.id.to_string();
        let is_shown = file.is_picture() && shown.contains(&id.as_str());
        enclosures.push(Enclosure {
            name: file.name,
            media_type: file.media_type,
            content_id: is_shown.then(|| letters::content_id(&id, letters::domain(parcel))),
            content: content.to_vec(),
        });
    }
    Ok(enclosures)
}

/// The bytes that a mail was handed over with, or would be: for people to take along.
///
/// # Errors
/// [`OutboxError::Unknown`] for a mail of no or another workspace; the database's.
pub(super) async fn taken_along(db: &Db, actor: &Actor, id: OutgoingId) -> Result<Vec<u8>, OutboxError> {
    let (reader, workspace) = (actor.clone(), actor.workspace);
    let (parcel, _) = db.read(move |tx| super::find(tx, &reader, id)).await?;
    let blob = db.read(move |tx| kept(tx, workspace, id)).await?;
    // The bytes of a question hold the link by which only the customer answers: it is shown without.
    if let Some(blob) = blob.filter(|_| parcel.mail.survey.is_none()) {
        let blobs = blobs(db).map_err(|_| OutboxError::Unknown)?;
        let read = blobs.read_all(&blob).await;
        let failed = |error: blob::BlobError| internal(error.to_string());
        return Ok(read.map_err(failed)?.to_vec());
    }
    let content = match blobs(db) {
        Ok(blobs) => content(db, &blobs, workspace, &parcel).await,
        Err(error) => Err(error),
    };
    let date = parcel
        .mail
        .written_at
        .calendar()
        .unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    let (words, enclosures) = content.map_err(|_| OutboxError::Unknown)?;
    let letter = letters::letter(&parcel, (words.as_ref(), enclosures), date);
    compose(&letter).map_err(|_| OutboxError::Unknown)
}
