//! Looking at the records of keys by itself: each hour at those that are awaited, each day at those that are in use; and
//! forgetting keys that were put out of use long ago.

use std::time::Duration;

use kit::db::Tx;
use kit::jobs::{About, Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::{DkimKeyError, DkimKeyId, KEPT, store};

/// How long what was seen counts.
const FRESH: Duration = Duration::from_secs(23 * 3_600);

/// Queues a look at each key that needs one, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

/// Looks at the record of one key.
#[derive(Debug, Serialize, Deserialize)]
pub struct Check {
    key: DkimKeyId,
}

impl Job for Turn {
    const KIND: &'static str = "dkim.turn";
}

impl Job for Check {
    const KIND: &'static str = "dkim.check";
    const LANE: Lane = Lane::Slow;
}

/// Queues the looks, and forgets old keys.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    let now = tx.now();
    for (workspace, key) in store::unchecked(tx, now.minus(FRESH))? {
        let job = Check { key };
        let queue = Queue::new(&job).workspace(workspace).key(key.to_string());
        queue.put(tx)?;
    }
    for workspace in store::with_old(tx, now.minus(KEPT))? {
        store::forget(tx, workspace, now.minus(KEPT))?;
    }
    Ok(())
}

/// Looks at a record.
///
/// # Errors
/// The database's.
pub async fn check(errand: Errand, job: Check) -> Result<(), JobError> {
    let actor = Actor::system(errand.about().workspace()?, "dkim");
    match super::check(errand.db(), &actor, job.key).await {
        Ok(_) | Err(DkimKeyError::Unknown) => Ok(()),
        Err(DkimKeyError::Db(error)) => Err(error.into()),
        Err(error) => Err(JobError::give_up(error.to_string())),
    }
}
