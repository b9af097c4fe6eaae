//! What follows from events that have arrived: one object after the other is taken over.

use kit::db::{DbError, Tx};
use kit::jobs::{self, About, Job, JobError, Queue};
use serde::{Deserialize, Serialize};

use super::{BillingError, ConnectionId, store};
use crate::workspaces::WorkspaceId;

/// Takes over what an object says.
#[derive(Debug, Serialize, Deserialize)]
pub struct Settle {
    connection: ConnectionId,
    object: String,
}

/// Takes over what all objects say that wait or failed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Replay {
    connection: ConnectionId,
}

impl Job for Settle {
    const KIND: &'static str = "billing.settle";
}

impl Job for Replay {
    const KIND: &'static str = "billing.replay";
}

pub(super) fn settle(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
    object: &str,
) -> Result<(), DbError> {
    let job = Settle {
        connection,
        object: object.to_owned(),
    };
    jobs::queue(tx, workspace, &job).map(drop)
}

pub(super) fn replay(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    connection: ConnectionId,
) -> Result<(), DbError> {
    let (job, key) = (Replay { connection }, connection.to_string());
    Queue::new(&job).workspace(workspace).key(&key).put(tx).map(drop)
}

/// Runs [`super::settle`].
///
/// # Errors
/// The database's.
pub fn settle_one(tx: &mut Tx<'_>, job: &Settle, about: &About) -> Result<(), JobError> {
    match super::settle(tx, about.workspace()?, job.connection, &job.object) {
        Ok(_) | Err(BillingError::Unknown) => Ok(()),
        Err(BillingError::Db(error)) => Err(error.into()),
        Err(error) => Err(JobError::retry(error.to_string())),
    }
}

/// Queues a [`Settle`] for each object that waits or failed.
///
/// # Errors
/// The database's.
pub fn replay_all(tx: &mut Tx<'_>, job: &Replay, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    for object in store::waiting(tx, workspace, job.connection)? {
        settle(tx, workspace, job.connection, &object)?;
    }
    Ok(())
}
