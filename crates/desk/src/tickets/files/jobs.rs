//! Sweeping away files whose message was never written.

use std::time::Duration;

use kit::db::Tx;
use kit::jobs::{About, Job, JobError};
use serde::{Deserialize, Serialize};

use super::store;

/// How long a file waits for its message.
pub const PATIENCE: Duration = Duration::from_secs(7 * 86_400);
/// How many are swept at a time.
const MOST: i64 = 1_000;

/// Sweeps, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "tickets.files.sweep";
}

/// Takes away what has waited for longer than [`PATIENCE`].
///
/// # Errors
/// The database's.
pub fn sweep(tx: &mut Tx<'_>, _: &Sweep, _: &About) -> Result<(), JobError> {
    let before = tx.now().minus(PATIENCE);
    for (workspace, file) in store::forgotten(tx, before, MOST)? {
        super::remove(tx, workspace, &file)?;
    }
    Ok(())
}
