//! What invoices do by themselves.

use kit::db::Tx;
use kit::jobs::{self, About, Job, JobError, Lane};
use serde::{Deserialize, Serialize};

use super::InvoiceError;
use crate::workspaces;

/// Looks for invoices that nobody paid in time, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct FallDue {}

/// Tells of those of one workspace.
#[derive(Debug, Serialize, Deserialize)]
pub struct FallDueOne {}

impl Job for FallDue {
    const KIND: &'static str = "invoices.fall-due";
    const LANE: Lane = Lane::Slow;
}

impl Job for FallDueOne {
    const KIND: &'static str = "invoices.fall-due-one";
    const LANE: Lane = Lane::Slow;
}

/// Queues a [`FallDueOne`] for each workspace.
///
/// # Errors
/// The database's.
pub fn fall_due(tx: &mut Tx<'_>, _: &FallDue, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        jobs::queue(tx, workspace.id, &FallDueOne {})?;
    }
    Ok(())
}

/// Runs [`super::fall_due`] and comes back while there is more.
///
/// # Errors
/// The database's.
pub fn fall_due_one(tx: &mut Tx<'_>, job: &FallDueOne, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let told = match super::fall_due(tx, workspace) {
        Ok(told) => told,
        Err(InvoiceError::Db(error)) => return Err(error.into()),
        Err(error) => return Err(JobError::retry(error.to_string())),
    };
    if told > 0 {
        jobs::queue(tx, workspace, job)?;
    }
    Ok(())
}
