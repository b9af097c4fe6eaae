//! Going through many accounts, a part at a time.

use kit::db::{DbError, Tx};
use kit::jobs::{self, About, Job, JobError};
use serde::{Deserialize, Serialize};

use super::{AccountBulkError, AccountBulkId, going, store};
use crate::permissions::PermissionSet;
use crate::workspaces::WorkspaceId;

/// Goes through the next part of an act.
#[derive(Debug, Serialize, Deserialize)]
pub struct Go {
    bulk: AccountBulkId,
    /// What whoever asked could do when they did, as words: a token can do less than its agent.
    may: String,
}

impl Job for Go {
    const KIND: &'static str = "accounts.bulk";
}

pub(super) fn go_on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    bulk: AccountBulkId,
    may: PermissionSet,
) -> Result<(), DbError> {
    let job = Go {
        bulk,
        may: may.words(),
    };
    jobs::queue(tx, workspace, &job).map(drop)
}

/// Goes through a part and queues the next.
///
/// # Errors
/// The database's.
pub fn go(tx: &mut Tx<'_>, job: &Go, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let Some(bulk) = store::find(tx, workspace, job.bulk)?.filter(|bulk| bulk.state.is_busy()) else {
        return Ok(());
    };
    let may = PermissionSet::of_words(&job.may);
    let actor = going::doer(tx, workspace, &bulk, may)?;
    match going::step(tx, &actor, bulk) {
        Ok(bulk) if bulk.state.is_busy() => Ok(go_on(tx, workspace, bulk.id, may)?),
        Ok(_) => Ok(()),
        Err(AccountBulkError::Db(error)) => Err(error.into()),
        Err(error) => Err(JobError::retry(error.to_string())),
    }
}
