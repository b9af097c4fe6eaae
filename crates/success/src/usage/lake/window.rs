//! Looking at events again, wherever they are: rows of the log and files, the newest first.

use std::ops::ControlFlow;

use kit::blob::Blob;
use kit::clock::Timestamp;
use kit::db::{Db, Tx};
use tandem_core::workspaces::WorkspaceId;

use super::{File, LakeError, blob_of, rows, store};
use crate::usage::log::{self, Logged, unpacked};

/// How many rows of the log are read in one go, and how many files there are at most in a window.
const PART: i64 = 50;
const FILES: i64 = 10_000;

/// What came since a moment, or the newest of it: found in one transaction, read outside of it.
#[derive(Debug)]
pub struct Window {
    batches: Vec<log::Stored>,
    files: Vec<(File, Blob)>,
    is_part: bool,
}

/// Finds what came since a moment, the newest first, until there are more than `most` events.
///
/// # Errors
/// The database's.
pub fn window(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    from: Timestamp,
    most: i64,
) -> Result<Window, LakeError> {
    let (mut batches, mut found, mut before, mut is_part) = (Vec::new(), 0, None, false);
    'log: loop {
        let part = log::newest(tx, workspace, None, before, PART)?;
        let is_last = i64::try_from(part.len()).unwrap_or(PART) < PART;
        before = part.last().map(|batch| batch.id);
        for batch in part {
            if batch.received < from {
                break 'log;
            }
            if found > most {
                is_part = true;
                break 'log;
            }
            found += batch.events;
            batches.push(batch);
        }
        if is_last {
            break;
        }
    }
    let mut files = Vec::new();
    for file in store::since(tx, workspace, from, FILES)? {
        if found > most {
            is_part = true;
            break;
        }
        found += file.events;
        let blob = blob_of(tx, workspace, &file)?;
        files.push((file, blob));
    }
    Ok(Window {
        batches,
        files,
        is_part,
    })
}

impl Window {
    /// Whether there is more than it has.
    pub fn is_part(&self) -> bool {
        self.is_part
    }

    /// Reads it, part after part, each with the zone by whose days it was folded, until `each` has enough.
    ///
    /// # Errors
    /// Trouble of the blob store, or a file that is none.
    pub async fn each(
        self,
        db: &Db,
        mut each: impl FnMut(Option<&str>, &[Logged]) -> ControlFlow<()> + Send,
    ) -> Result<(), LakeError> {
        for batch in &self.batches {
            if each(batch.zone.as_deref(), &unpacked(&batch.body)).is_break() {
                return Ok(());
            }
        }
        for (file, blob) in &self.files {
            let rows = rows(db, blob).await?;
            let events: Vec<Logged> = rows.into_iter().map(|row| row.event).collect();
            if each(file.zone.as_deref(), &events).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }
}
