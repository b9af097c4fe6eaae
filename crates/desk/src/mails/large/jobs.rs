//! Fetching one mail that was too large, from the place where it was seen.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use kit::blob::{self, BlobError, Blobs, Stored};
use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{Errand, Job, JobError, Lane};
use mail::imap::Listed;
use mail::imap::client::Fetched;
use serde::{Deserialize, Serialize};
use tandem_core::workspaces::WorkspaceId;

use super::super::fetching::{self, FetchError};
use super::super::placing::actor;
use super::super::{Mail, MailError, MailId, deciding};
use super::{LARGEST, can_be_wanted, rows, store};

/// Longest time for one mail.
pub const LONGEST: Duration = Duration::from_secs(1_800);

/// Fetches a mail that was too large.
#[derive(Debug, Serialize, Deserialize)]
pub struct FetchLarge {
    pub(super) mail: MailId,
}

impl Job for FetchLarge {
    const KIND: &'static str = "mails.fetch-large";
    const LANE: Lane = Lane::Slow;
}

/// Fetches it. What went wrong with the server stands beside the mail.
///
/// # Errors
/// The database's, and those of the store of files; the job is then tried again.
pub async fn fetch(errand: Errand, job: FetchLarge) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let (db, id) = (errand.db(), job.mail);
    let found = db.read(move |tx| rows::find(tx, workspace, id)).await?;
    let Some(mail) = found.filter(can_be_wanted) else {
        return Ok(());
    };
    let missing = match brought(db, workspace, &mail).await {
        Ok(Brought::Mail(raw)) => {
            let stored = kept(db, raw).await?;
            let taken = db.write(move |tx| take(tx, workspace, id, &stored)).await;
            return taken.map_err(|error: MailError| JobError::retry(error.to_string()));
        }
        Ok(Brought::Gone) => ("gone", String::new()),
        Ok(Brought::TooLarge) => ("too_large", String::new()),
        Err(FetchError::Db(error)) => return Err(error.into()),
        Err(error) => fetching::trouble(&error),
    };
    let noted = db.write(move |tx| note(tx, workspace, id, (missing.0, &missing.1)));
    noted
        .await
        .map_err(|error: MailError| JobError::retry(error.to_string()))
}

/// What came of it.
enum Brought {
    Mail(Vec<u8>),
    Gone,
    TooLarge,
}

async fn brought(db: &Db, workspace: WorkspaceId, mail: &Mail) -> Result<Brought, FetchError> {
    let Some((validity, uid)) = mail.arrival.place else {
        return Ok(Brought::Gone);
    };
    let (reader, reach, way) = fetching::prepared(db, workspace, mail.mailbox, "").await?;
    let way = way.opened(db, workspace, mail.mailbox).await?;
    let _place = reach.budget.place(&way.server.host).await;
    let client = reader.entered(&reach, way).await?;
    let mut client = client.with_largest(usize::try_from(LARGEST).unwrap_or(usize::MAX));
    let folder = client.open(&mail.arrival.folder, false).await?;
    // Made anew meanwhile, the folder knows its mails by other numbers.
    if i64::from(folder.validity) != validity {
        return Ok(Brought::Gone);
    }
    let listed = Listed {
        uid: u32::try_from(uid).unwrap_or_default(),
        size: u32::try_from(mail.arrival.size).unwrap_or(u32::MAX),
        arrived: jiff::Timestamp::UNIX_EPOCH,
        message_id: None,
    };
    let mut coming = client.fetch(&[listed]).await?;
    let mut brought = Brought::Gone;
    while let Some(fetched) = coming.next().await? {
        match fetched {
            Fetched::Mail { raw, .. } => brought = Brought::Mail(raw),
            Fetched::TooLarge(_) => brought = Brought::TooLarge,
            Fetched::Gone(_) => {}
        }
    }
    client.leave().await;
    Ok(brought)
}

async fn kept(db: &Db, raw: Vec<u8>) -> Result<Stored, JobError> {
    let blobs: Option<Arc<Blobs>> = db.attached();
    let blobs = blobs.ok_or_else(|| JobError::retry("no blobs are attached to the database"))?;
    let stored = blobs.put_bytes(Bytes::from(raw)).await;
    stored.map_err(|error| JobError::retry(error.to_string()))
}

/// Gives a mail its bytes, and has it read as if it had just come.
fn take(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailId, stored: &Stored) -> Result<(), MailError> {
    store::delete(tx, workspace, id)?;
    let found = rows::find(tx, workspace, id)?;
    let Some(mut mail) = found.filter(can_be_wanted) else {
        return Ok(());
    };
    let blob = blob::add(tx, workspace.uuid(), stored, "message/rfc822", &id.to_string());
    let blob = blob.map_err(|error| match error {
        BlobError::Database(error) => error,
        error => DbError::NoRow {
            statement: error.to_string(),
        },
    })?;
    store::set_bytes(tx, workspace, id, blob)?;
    mail.arrival.blob = Some(blob);
    mail.cause = None;
    deciding::again(tx, &actor(workspace), mail)?;
    Ok(())
}

/// Keeps why it did not come.
fn note(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailId,
    (trouble, said): (&str, &str),
) -> Result<(), MailError> {
    let Some(mut wish) = store::find(tx, workspace, id)? else {
        return Ok(());
    };
    trouble.clone_into(&mut wish.trouble);
    wish.said = said.chars().take(500).collect();
    wish.ended_at = Some(tx.now());
    store::put(tx, workspace, &wish)?;
    if let Some(mail) = rows::find(tx, workspace, id)? {
        deciding::tell(tx, &actor(workspace), &mail)?;
    }
    Ok(())
}
