//! What is done to the log at night: what is too old goes.

use kit::db::Tx;
use kit::jobs::{About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};

use super::{KEPT, KNOWN, refusals, store};

/// How many marks, and how many rows of the others, one run takes away.
const MARKS: i64 = 5_000;
const ROWS: i64 = 200;

/// Takes away marks, events and refusals that are too old.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "usage.sweep";
    const LANE: Lane = Lane::Slow;
}

/// Sweeps a part, and queues the next while there is more.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn sweep(tx: &mut Tx<'_>, _: &Sweep, _: &About) -> Result<(), JobError> {
    let now = tx.now();
    let seen = store::sweep_seen(tx, now.minus(KNOWN), MARKS)?;
    let batches = store::sweep_batches(tx, now.minus(KEPT), ROWS)?;
    let refused = refusals::sweep(tx, now.minus(refusals::KEPT), ROWS)?;
    if seen as i64 == MARKS || batches as i64 == ROWS || refused as i64 == ROWS {
        Queue::new(&Sweep {}).put(tx)?;
    }
    Ok(())
}
