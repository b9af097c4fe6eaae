//! Taking persons out of files: whoever is in one has it written again without them. The bytes before are swept a day later.

use std::sync::Arc;

use kit::blob::{self, Stored};
use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::workspaces::WorkspaceId;

use super::{File, LakeError, MEDIA, Measured, Row, UsageFileId, blob_of, blobs, file, packed, rows, store};
use crate::usage::log::scrubbing::{Marks, names};

/// How many files one job looks into: the next goes on behind them.
const RUN: usize = 20;

/// Takes what has one of these marks out of every file.
#[derive(Debug, Serialize, Deserialize)]
pub struct ScrubFiles {
    marks: Marks,
    /// Where to go on.
    #[serde(default)]
    after: Option<UsageFileId>,
}

impl Job for ScrubFiles {
    const KIND: &'static str = "usage.scrub-files";
    const LANE: Lane = Lane::Slow;
}

/// Queues the taking out. To be called once the log has nothing of them any more: what is sealed from then on is clean.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, marks: &Marks) -> Result<(), DbError> {
    go_on(tx, workspace, (marks, None))
}

fn go_on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (marks, after): (&Marks, Option<UsageFileId>),
) -> Result<(), DbError> {
    let marks = marks.clone();
    let job = ScrubFiles { marks, after };
    Queue::new(&job).workspace(workspace).put(tx).map(drop)
}

/// Goes through some files of the workspace, and queues the next part. Cut off, it begins its part anew and finds the first ones
/// clean.
///
/// # Errors
/// Trouble of the database or of the blob store; it is then tried again.
pub async fn scrub(errand: Errand, job: ScrubFiles) -> Result<(), JobError> {
    let (db, workspace): (&Db, WorkspaceId) = (errand.db(), errand.about().workspace()?);
    let marks = Arc::new(job.marks);
    let (mut after, mut looked) = (job.after, 0);
    while looked < RUN {
        errand.go_on()?;
        let found = db.read(move |tx| {
            let Some(file) = store::next(tx, workspace, after)? else {
                return Ok(None);
            };
            let blob = blob_of(tx, workspace, &file)?;
            Ok::<_, LakeError>(Some((file, blob)))
        });
        let Some((file, blob)) = found.await? else {
            return Ok(());
        };
        let events = rows(db, &blob).await?;
        let id = file.id;
        match clean(db, workspace, (file, events), Arc::clone(&marks)).await {
            Ok(()) => (after, looked) = (Some(id), looked + 1),
            // It was counted meanwhile: looked at again.
            Err(LakeError::Moved) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let next = db.write(move |tx| go_on(tx, workspace, (&marks, after)));
    Ok(next.await?)
}

/// Writes a file again if somebody is in it.
async fn clean(
    db: &Db,
    workspace: WorkspaceId,
    (before, events): (File, Vec<Row>),
    marks: Arc<Marks>,
) -> Result<(), LakeError> {
    let counted = usize::try_from(before.measured.rows).unwrap_or_default();
    let (kept, is_same, rows) = super::aside(move || {
        let all = events.len();
        let is_kept: Vec<bool> = events.iter().map(|row| !names(&marks, &row.event.raw)).collect();
        // How far the file was counted is a place in it, and what stood before that place may go.
        let rows = is_kept.iter().take(counted).filter(|kept| **kept).count();
        let kept: Vec<Row> = events
            .into_iter()
            .zip(is_kept)
            .filter_map(|(row, is_kept)| is_kept.then_some(row))
            .collect();
        let is_same = kept.len() == all;
        (Arc::new(kept), is_same, rows)
    })
    .await?;
    if is_same {
        return Ok(());
    }
    let stored = match kept.is_empty() {
        true => None,
        false => Some(blobs(db)?.put_bytes(packed(Arc::clone(&kept)).await?).await?),
    };
    let measured = Measured {
        rows: i64::try_from(rows).unwrap_or_default(),
        ..before.measured
    };
    db.write(move |tx| replace(tx, workspace, &before, (&kept, stored.as_ref(), measured)))
        .await
}

fn replace(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: &File,
    (kept, stored, measured): (&[Row], Option<&Stored>, Measured),
) -> Result<(), LakeError> {
    let Some(now) = store::find(tx, workspace, before.id)? else {
        // It became too old.
        return Ok(());
    };
    if now != *before {
        return Err(LakeError::Moved);
    }
    let (area, holder) = (workspace.uuid(), before.id.to_string());
    let times = file::received(kept).zip(file::happened(kept));
    match stored.zip(times) {
        None => store::remove(tx, workspace, before.id)?,
        Some((stored, (received, happened))) => {
            let after = File {
                blob: blob::add(tx, area, stored, MEDIA, &holder)?,
                events: i64::try_from(kept.len()).unwrap_or(i64::MAX),
                bytes: i64::try_from(stored.size).unwrap_or(i64::MAX),
                received,
                happened,
                measured,
                revision: before.revision + 1,
                ..before.clone()
            };
            store::replace(tx, workspace, &after)?;
        }
    }
    blob::unlink(tx, area, before.blob, &holder)?;
    Ok(())
}
