//! What is done to the log at night: what is too old goes.

use kit::db::{DbError, Tx};
use kit::jobs::{About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::workspaces;

use super::{KNOWN, refusals, store};
use crate::usage::{backfill, keeping, people};

/// How many marks, and how many refusals, one run takes away.
const MARKS: i64 = 5_000;
const ROWS: i64 = 200;

/// Takes away marks and refusals that are too old, lets each workspace take away its events and files, and folds names that were
/// written before names were folded.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "usage.sweep";
    const LANE: Lane = Lane::Slow;
}

/// Sweeps a part, lets workspaces be swept, and queues the next while there is more.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn sweep(tx: &mut Tx<'_>, _: &Sweep, _: &About) -> Result<(), JobError> {
    let now = tx.now();
    let is_unfolded = sweep_names(tx)?;
    for workspace in workspaces::all(tx)? {
        keeping::jobs::sweep_soon(tx, workspace.id)?;
        backfill::sweep(tx, workspace.id)?;
    }
    let seen = store::sweep_seen(tx, now.minus(KNOWN), MARKS)?;
    let refused = refusals::sweep(tx, now.minus(refusals::KEPT), ROWS)?;
    if is_unfolded || seen as i64 == MARKS || refused as i64 == ROWS {
        Queue::new(&Sweep {}).put(tx)?;
    }
    Ok(())
}

/// Folds some names of each workspace that were written before names were folded; whether there may be more.
///
/// # Errors
/// [`DbError`] of the database.
pub fn sweep_names(tx: &mut Tx<'_>) -> Result<bool, DbError> {
    let mut has_more = false;
    for workspace in workspaces::all(tx)? {
        has_more |= people::fold_some(tx, workspace.id)?;
    }
    Ok(has_more)
}
