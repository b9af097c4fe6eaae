//! Sweeping away what composers leave behind: discarded drafts, forms that were sent, and who was where.

use kit::db::Tx;
use kit::jobs::{About, Job, JobError};
use serde::{Deserialize, Serialize};

use super::super::{presence, sending};
use super::{KEPT, store};

/// Sweeps, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "tickets.drafts.sweep";
}

/// Takes away what is older than [`KEPT`].
///
/// # Errors
/// The database's.
pub fn sweep(tx: &mut Tx<'_>, _: &Sweep, _: &About) -> Result<(), JobError> {
    let before = tx.now().minus(KEPT);
    store::forget(tx, before)?;
    sending::forget(tx, before)?;
    presence::forget(tx, before)?;
    Ok(())
}
