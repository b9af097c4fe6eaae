//! Folding as a job, for where nobody follows the log.

use kit::db::DbError;
use kit::jobs::{Errand, Job, JobError};
use serde::{Deserialize, Serialize};

/// Folds what waits.
#[derive(Debug, Serialize, Deserialize)]
pub struct Fold {}

impl Job for Fold {
    const KIND: &'static str = "usage.fold";
}

/// Folds.
///
/// # Errors
/// The database's; the job is then tried again.
pub async fn fold(errand: Errand, _: Fold) -> Result<(), JobError> {
    let folded: Result<usize, DbError> = super::fold(errand.db()).await;
    Ok(folded.map(drop)?)
}
