//! Estimates as jobs: when somebody asks, and each week.

use kit::db::{DbError, Tx};
use kit::jobs::{About, Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};

use super::{ValueError, computing};
use crate::events::Listener;
use crate::workspaces::{self, WorkspaceId};

/// Estimates what the accounts of a workspace are worth.
#[derive(Debug, Serialize, Deserialize)]
pub struct Value {}

/// Asks for an estimate in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct Weekly {}

impl Job for Value {
    const KIND: &'static str = "value.estimate";
    const LANE: Lane = Lane::Slow;
}

impl Job for Weekly {
    const KIND: &'static str = "value.weekly";
    const LANE: Lane = Lane::Slow;
}

pub(super) fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let queue = Queue::new(&Value {}).workspace(workspace).key("value");
    queue.put(tx).map(drop)
}

/// What an estimate says of some accounts is not true any more: where there is one, another is made.
pub const AGAIN: Listener = Listener::new(Value::KIND, |tx, event| {
    if super::store::newest(tx, event.workspace)?.is_some() {
        queue(tx, event.workspace)?;
    }
    Ok(())
});

/// Queues a [`Value`] for each workspace.
///
/// # Errors
/// The database's.
pub fn weekly(tx: &mut Tx<'_>, _: &Weekly, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        queue(tx, workspace.id)?;
    }
    Ok(())
}

/// Makes an estimate.
///
/// # Errors
/// The database's; the job then begins anew.
pub async fn estimate(errand: Errand, _: Value) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let go_on = || errand.go_on();
    match computing::estimate(errand.db(), workspace, &go_on).await {
        Ok(()) => Ok(()),
        Err(computing::Stopped::Job(error)) => Err(error),
        Err(computing::Stopped::Value(ValueError::Db(error))) => Err(error.into()),
        Err(computing::Stopped::Value(error)) => Err(JobError::GiveUp(error.to_string())),
    }
}
