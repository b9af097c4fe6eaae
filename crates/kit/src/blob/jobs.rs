//! The sweep as a job.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{BlobError, Blobs, sweep};
use crate::jobs::{Errand, Job, JobError};

/// Takes away what nobody needs. To be queued once a day or so; the blobs must be attached to the database.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "blobs.sweep";
}

/// Sweeps once.
///
/// # Errors
/// Trouble of the database or the store; the job is then tried again.
pub async fn run(errand: Errand, _: Sweep) -> Result<(), JobError> {
    let blobs: Option<Arc<Blobs>> = errand.db().attached();
    let blobs = blobs.ok_or_else(|| JobError::GiveUp("no blobs are attached to the database".to_owned()))?;
    let swept = sweep(errand.db(), &blobs).await.map_err(failed)?;
    tracing::info!(
        rows = swept.rows,
        objects = swept.objects,
        leftovers = swept.leftovers,
        "blobs swept"
    );
    Ok(())
}

fn failed(error: BlobError) -> JobError {
    match error {
        BlobError::Database(error) => error.into(),
        error => JobError::Retry(error.to_string()),
    }
}
