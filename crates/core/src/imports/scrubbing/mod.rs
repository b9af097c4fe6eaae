//! Taking out of stored files what nobody needs any more, when a person is erased: the rows that were taken. What stays of
//! a file is its header and the rows that were refused, each at its number, so that they can still be downloaded.
//!
//! All files that may name people are gone through, also those of imports that only knew the person already.

mod store;

use std::sync::Arc;

use axum::body::Bytes;
use futures::channel::mpsc;
use futures::{SinkExt, StreamExt};
use kit::blob::{self, Blob, Blobs};
use kit::csv::{Dialect, Reader, Record};
use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};

use super::model::{Import, ImportError, State};
use super::{ImportId, files, store as imports};
use crate::workspaces::WorkspaceId;

/// The targets whose files name people.
const TARGETS: [&str; 2] = ["contacts", "touchpoints"];
/// Refused rows that are read in one go.
const PAGE: i64 = 500;

/// Takes the rows that were taken out of the file of one import.
#[derive(Debug, Serialize, Deserialize)]
pub struct Scrub {
    import: ImportId,
}

impl Job for Scrub {
    const KIND: &'static str = "imports.scrub";
    const LANE: Lane = Lane::Slow;
}

/// Goes through every file that may name somebody who is erased.
pub(super) fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    for import in store::past_drafts(tx, workspace, TARGETS)? {
        let job = Scrub { import };
        let queue = Queue::new(&job).workspace(workspace).key(import.to_string());
        queue.put(tx)?;
    }
    Ok(())
}

/// Writes the file of an import anew, without the rows that were taken.
///
/// # Errors
/// Trouble of the database or of the store of files; it is then tried again.
pub async fn run(errand: Errand, job: Scrub) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    match scrub(errand.db(), workspace, job.import).await {
        Ok(()) => Ok(()),
        Err(ImportError::Db(error)) => Err(error.into()),
        Err(error) => Err(JobError::retry(error.to_string())),
    }
}

async fn scrub(db: &Db, workspace: WorkspaceId, id: ImportId) -> Result<(), ImportError> {
    let found = db.read(move |tx| {
        let import = imports::find(tx, workspace, id)?.filter(|import| import.state != State::Draft);
        let file = match &import {
            Some(import) => blob::find(tx, workspace.uuid(), import.file)?,
            None => None,
        };
        Ok::<_, ImportError>(import.zip(file))
    });
    let Some((import, file)) = found.await? else {
        return Ok(());
    };
    let blobs = files::blobs(db)?;
    let (sender, receiver) = mpsc::channel(2);
    let before = import.file;
    let source = Source {
        db: db.clone(),
        workspace,
        import,
        blobs: blobs.clone(),
        file,
    };
    let written = tokio::spawn(source.write(sender));
    let stored = blobs.put(receiver, u64::MAX).await?;
    written.await.map_err(|_| ImportError::Unknown)??;
    db.write(move |tx| {
        let Some(import) = imports::find(tx, workspace, id)?.filter(|import| import.file == before) else {
            return Ok(());
        };
        let (area, holder) = (workspace.uuid(), id.to_string());
        blob::add(tx, area, &stored, "text/csv", &holder)?;
        if stored.id != before {
            blob::unlink(tx, area, before, &holder)?;
        }
        let size = i64::try_from(stored.size).unwrap_or(i64::MAX);
        store::set_file(tx, workspace, import.id, (stored.id, size), Dialect::default())?;
        Ok(())
    })
    .await
}

/// A file on its way into another one.
struct Source {
    db: Db,
    workspace: WorkspaceId,
    import: Import,
    blobs: Arc<Blobs>,
    file: Blob,
}

impl Source {
    async fn write(self, mut sender: mpsc::Sender<Result<Bytes, DbError>>) -> Result<(), ImportError> {
        let refused = self.refused().await?;
        let mut content = self.blobs.read(&self.file).await?;
        let mut reader = Some(Reader::new(self.import.layout.dialect));
        let (mut heads, mut last) = (self.import.header_rows(), 0);
        while reader.is_some() {
            let mut text = String::new();
            let mut keep = |record: Record| {
                // Empty lines stay, or the rows after them would have other numbers.
                (last + 1..record.row).for_each(|_| text.push_str("\r\n"));
                last = record.row;
                let is_header = heads > 0;
                heads -= u64::from(is_header);
                text.push_str(&self.line(record, is_header, &refused));
            };
            match (content.next().await, &mut reader) {
                (Some(piece), Some(reader)) => reader.feed(&piece?, &mut keep)?,
                (None, left) => {
                    if let Some(reader) = left.take() {
                        reader.finish(&mut keep)?;
                    }
                }
                (Some(_), None) => {}
            }
            if !text.is_empty() && sender.send(Ok(text.into())).await.is_err() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// A row as it stays: whole when it is the header, was refused or is still to come, else empty.
    fn line(&self, record: Record, is_header: bool, refused: &[i64]) -> String {
        let row = i64::try_from(record.row).unwrap_or(i64::MAX);
        let is_to_come =
            row > self.import.position && !matches!(self.import.state, State::Undoing | State::Undone);
        if is_header || is_to_come || refused.binary_search(&row).is_ok() {
            kit::csv::line(record.cells)
        } else {
            "\"\"\r\n".to_owned()
        }
    }

    /// The numbers of the rows that were refused.
    async fn refused(&self) -> Result<Vec<i64>, DbError> {
        let (workspace, id) = (self.workspace, self.import.id);
        let mut all: Vec<i64> = Vec::new();
        loop {
            let after = all.last().copied().unwrap_or_default();
            let next = self
                .db
                .report(move |tx| imports::refused(tx, workspace, id, after, PAGE))
                .await?;
            if next.is_empty() {
                return Ok(all);
            }
            all.extend(next.iter().map(|(row, _)| *row));
        }
    }
}
