//! Taking away what is too old, workspace by workspace.

use kit::db::{DbError, Tx};
use kit::jobs::{About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::workspaces::WorkspaceId;

use super::{end, held, store};
use crate::usage::{lake, log, own};

/// How many batches, and how many files, one run takes away.
const ROWS: i64 = 200;
const FILES: i64 = 50;

/// Takes away the events of a workspace that are too old.
#[derive(Debug, Serialize, Deserialize)]
pub struct SweepEvents {}

impl Job for SweepEvents {
    const KIND: &'static str = "usage.sweep-events";
    const LANE: Lane = Lane::Slow;
}

/// Lets a workspace be swept; asked often, it is done once.
///
/// # Errors
/// [`DbError`] of the database.
pub fn sweep_soon(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let job = SweepEvents {};
    Queue::new(&job).workspace(workspace).key("all").put(tx).map(drop)
}

/// Sweeps a part, and queues the next while there is more.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn sweep(tx: &mut Tx<'_>, _: &SweepEvents, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    // A new metric counts what is there: it goes the night after.
    if own::is_counting(tx, workspace)? {
        return Ok(());
    }
    let days = held(tx, workspace)?.days;
    let end = end(tx, days);
    let files = lake::sweep(tx, workspace, end, FILES)?;
    let rows = log::sweep(tx, workspace, end, ROWS)?;
    if files > 0 || rows > 0 {
        store::note_sweep(tx, workspace)?;
    }
    if rows as i64 == ROWS || files as i64 == FILES {
        sweep_soon(tx, workspace)?;
    }
    Ok(())
}
