//! Adding samples as a job: one transaction an account, so that nobody waits for it.

use kit::db::{DbError, Tx};
use kit::jobs::{Errand, Job, JobError, Queue};
use serde::{Deserialize, Serialize};

use super::SampleError;
use crate::workspaces::WorkspaceId;

/// Adds the samples that a workspace asked for.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddSamples {}

impl Job for AddSamples {
    const KIND: &'static str = "samples.add";
}

pub(super) fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let queue = Queue::new(&AddSamples {}).workspace(workspace).key("samples");
    queue.put(tx).map(drop)
}

/// Adds one sample after the other until there are as many as wanted, or nobody wants them any more.
///
/// # Errors
/// The database's; the job then goes on where it was.
pub async fn add(errand: Errand, _: AddSamples) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    loop {
        errand.go_on()?;
        let added = errand.db().write(move |tx| super::add_next(tx, workspace)).await;
        match added {
            Ok(Some((done, wanted))) => errand.progress(done, wanted),
            Ok(None) => return Ok(()),
            Err(SampleError::Db(error)) => return Err(error.into()),
            Err(error) => return Err(JobError::GiveUp(error.to_string())),
        }
    }
}
