//! What is done to the log at night: what is too old goes.

use kit::db::Tx;
use kit::jobs::{About, Job, JobError};
use serde::{Deserialize, Serialize};

use super::{KEPT, KNOWN, refusals, store};

/// Takes away marks, events and refusals that are too old.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "usage.sweep";
}

/// Sweeps.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn sweep(tx: &mut Tx<'_>, _: &Sweep, _: &About) -> Result<(), JobError> {
    let now = tx.now();
    store::sweep_seen(tx, now.minus(KNOWN))?;
    store::sweep_batches(tx, now.minus(KEPT))?;
    refusals::sweep(tx, now.minus(refusals::KEPT))?;
    Ok(())
}
