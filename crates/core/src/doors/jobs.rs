//! What the doors do by themselves.

use kit::db::Tx;
use kit::jobs::{About, Job, JobError, Lane};
use serde::{Deserialize, Serialize};

use super::{elsewhere, steps, tries};

/// Removes steps that nobody finished, tries that count no more and ways to other workspaces that have lapsed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "doors.sweep";
    const LANE: Lane = Lane::Slow;
}

/// Runs a [`Sweep`].
///
/// # Errors
/// The database's.
pub fn sweep(tx: &mut Tx<'_>, _: &Sweep, _: &About) -> Result<(), JobError> {
    steps::sweep(tx)?;
    tries::sweep(tx)?;
    elsewhere::sweep(tx)?;
    Ok(())
}
