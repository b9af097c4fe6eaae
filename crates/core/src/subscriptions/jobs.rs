//! What subscriptions do by themselves.

use kit::db::Tx;
use kit::jobs::{self, About, Job, JobError, Lane};
use serde::{Deserialize, Serialize};

use super::SubscriptionError;
use crate::workspaces;

/// Looks after terms that are over, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

/// Moves on what is over in one workspace.
#[derive(Debug, Serialize, Deserialize)]
pub struct TurnOne {}

impl Job for Turn {
    const KIND: &'static str = "subscriptions.turn";
    const LANE: Lane = Lane::Slow;
}

impl Job for TurnOne {
    const KIND: &'static str = "subscriptions.turn-one";
    const LANE: Lane = Lane::Slow;
}

/// Queues a [`TurnOne`] for each workspace.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        jobs::queue(tx, workspace.id, &TurnOne {})?;
    }
    Ok(())
}

/// Runs [`super::turn`] and comes back while there is more.
///
/// # Errors
/// The database's.
pub fn turn_one(tx: &mut Tx<'_>, job: &TurnOne, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let moved = match super::turn(tx, workspace) {
        Ok(moved) => moved,
        Err(SubscriptionError::Db(error)) => return Err(error.into()),
        Err(error) => return Err(JobError::retry(error.to_string())),
    };
    if moved > 0 {
        jobs::queue(tx, workspace, job)?;
    }
    Ok(())
}
