//! Sweeping away what composers leave behind: discarded drafts, forms that were sent, and who was where.

use std::time::Duration;

use kit::db::Tx;
use kit::jobs::{About, Job, JobError};
use serde::{Deserialize, Serialize};

use super::super::{beginning, presence, sending};
use super::{KEPT, store};

/// Sweeps, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "tickets.drafts.sweep";
}

/// How long the form of a new ticket waits for whoever began it.
const BEGUN: Duration = Duration::from_secs(30 * 86_400);

/// Takes away what is older than [`KEPT`], and forms of new tickets that were not touched in thirty days.
///
/// # Errors
/// The database's.
pub fn sweep(tx: &mut Tx<'_>, _: &Sweep, _: &About) -> Result<(), JobError> {
    let before = tx.now().minus(KEPT);
    store::forget(tx, before)?;
    sending::forget(tx, before)?;
    presence::forget(tx, before)?;
    let before = tx.now().minus(BEGUN);
    beginning::forget(tx, before)?;
    Ok(())
}
