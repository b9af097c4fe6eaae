//! Reading mails that are stored: a few are understood at a time, then each finds its place, in the order in which they came.

use std::ops::Range;
use std::sync::Arc;

use axum::body::Bytes;
use kit::blob::{self, BlobError, Blobs};
use kit::db::{Db, DbError};
use kit::id::TypedId;
use kit::jobs::{Errand, JobError};
use tandem_core::workspaces::WorkspaceId;
use tokio::task::JoinSet;

use super::understanding::{MailChecker, Understood, understood};
use super::{Mail, carrying, placing, store};
use crate::mailboxes::{self, Mailbox, MailboxId};
use crate::tickets;

/// Mails that are understood at a time.
const AT_A_TIME: i64 = 16;

/// Reads everything that waits in a mailbox.
pub(super) async fn everything(errand: &Errand, mailbox: MailboxId) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let db = errand.db();
    loop {
        errand.go_on()?;
        let (found, mails) = db
            .read(move |tx| {
                let found = mailboxes::one(tx, workspace, mailbox)?;
                let mails = store::to_read(tx, workspace, mailbox, AT_A_TIME)?;
                Ok::<_, DbError>((found, mails))
            })
            .await?;
        let Some(found) = found.filter(|_| !mails.is_empty()) else {
            return Ok(());
        };
        let read = all_understood(db, (workspace, &found), mails, db.attached()).await?;
        settle_all(db, (workspace, &found), Arc::new(read)).await?;
    }
}

/// Gives mails their places, together; where one of them does not go into the database, one by one, so that it stops nobody
/// else. What does not go in has failed, and says why.
async fn settle_all(
    db: &Db,
    (workspace, mailbox): (WorkspaceId, &Mailbox),
    read: Arc<Vec<Read>>,
) -> Result<(), DbError> {
    let together = settle(db, (workspace, mailbox), &read, 0..read.len()).await;
    if !together.as_ref().is_err_and(is_of_a_mail) {
        return together;
    }
    for (at, (mail, _)) in read.iter().enumerate() {
        match settle(db, (workspace, mailbox), &read, at..at + 1).await {
            Err(error) if is_of_a_mail(&error) => {
                tracing::warn!(mail = %mail.id, %error, "a mail does not go into the database");
                let (mailbox, id, why) = (mailbox.clone(), mail.id, error.to_string());
                db.write_in_turn(&tickets::turn(workspace), move |tx| {
                    placing::settle(tx, workspace, &mailbox, id, Err(&why))
                })
                .await?;
            }
            other => other?,
        }
    }
    Ok(())
}

/// Gives these of the mails their places in one transaction.
async fn settle(
    db: &Db,
    (workspace, mailbox): (WorkspaceId, &Mailbox),
    read: &Arc<Vec<Read>>,
    which: Range<usize>,
) -> Result<(), DbError> {
    let (mailbox, read) = (mailbox.clone(), Arc::clone(read));
    db.write_in_turn(&tickets::turn(workspace), move |tx| {
        for (mail, read) in &read[which.clone()] {
            placing::settle(tx, workspace, &mailbox, mail.id, read.as_ref())?;
        }
        Ok::<_, DbError>(())
    })
    .await
}

/// Whether a failure comes of what a mail is, and not of how the database does: it would be the same at every try.
pub(super) fn is_of_a_mail(error: &DbError) -> bool {
    !error.is_temporary() && !matches!(error, DbError::Unknown | DbError::Schema(_))
}

/// A mail, and what was understood of it or why nothing was.
pub(super) type Read = (Mail, Result<Understood, String>);

/// Understands mails of a mailbox, in their order. Without a checker nobody asks the DNS about them.
pub(super) async fn all_understood(
    db: &Db,
    (workspace, mailbox): (WorkspaceId, &Mailbox),
    mails: Vec<Mail>,
    checker: Option<Arc<MailChecker>>,
) -> Result<Vec<Read>, JobError> {
    let mut reading = JoinSet::new();
    for (at, mail) in mails.into_iter().enumerate() {
        let (db, mailbox, checker) = (db.clone(), mailbox.clone(), checker.clone());
        reading.spawn(async move {
            let read = match bytes(&db, workspace, &mail).await? {
                Ok(raw) => {
                    with_files(&db, understood(raw, &mail, &mailbox, checker.as_deref()).await).await?
                }
                Err(missing) => Err(missing),
            };
            Ok::<_, JobError>((at, (mail, read)))
        });
    }
    let mut all = Vec::new();
    while let Some(done) = reading.join_next().await {
        let done = done.map_err(|error| JobError::retry(error.to_string()))?;
        all.push(done?);
    }
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, read)| read).collect())
}

/// What was understood, with its files in the store.
async fn with_files(
    db: &Db,
    read: Result<Understood, String>,
) -> Result<Result<Understood, String>, JobError> {
    let Ok(mut read) = read else {
        return Ok(read);
    };
    read.carried = carrying::put(&*blobs(db)?, &read.message.attachments).await?;
    Ok(Ok(read))
}

fn blobs(db: &Db) -> Result<Arc<Blobs>, JobError> {
    db.attached()
        .ok_or_else(|| JobError::give_up("no blobs are attached to the database"))
}

/// The bytes of a mail; words where there are none that could ever be read.
pub(super) async fn bytes(
    db: &Db,
    workspace: WorkspaceId,
    mail: &Mail,
) -> Result<Result<Bytes, String>, JobError> {
    let blobs = blobs(db)?;
    let Some(id) = mail.arrival.blob else {
        return Ok(Err("the mail was too large to be kept".to_owned()));
    };
    let found = db.read(move |tx| blob::find(tx, workspace.uuid(), id)).await?;
    let Some(blob) = found else {
        return Ok(Err("the raw mail is missing".to_owned()));
    };
    match blobs.read_all(&blob).await {
        Ok(bytes) => Ok(Ok(bytes)),
        Err(error @ (BlobError::Missing { .. } | BlobError::Damaged { .. })) => Ok(Err(error.to_string())),
        Err(BlobError::Database(error)) => Err(error.into()),
        Err(error) => Err(JobError::retry(error.to_string())),
    }
}
