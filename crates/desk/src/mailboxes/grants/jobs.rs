//! Keeping grants alive: a mailbox that only sends may need no token for months, and what is not used dies at its provider.

use std::time::Duration;

use kit::db::Tx;
use kit::jobs::{About, Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};

use super::super::MailboxId;
use super::{GrantError, store, token};

/// How long a grant may be left alone.
const IDLE: Duration = Duration::from_secs(86_400);

/// Queues a renewal for each grant that needs one, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

/// Renews the token of one mailbox.
#[derive(Debug, Serialize, Deserialize)]
pub struct Renew {
    mailbox: MailboxId,
}

impl Job for Turn {
    const KIND: &'static str = "mailboxes.grants";
}

impl Job for Renew {
    const KIND: &'static str = "mailboxes.renew";
    const LANE: Lane = Lane::Slow;
}

/// Queues the renewals.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    let now = tx.now();
    for (workspace, mailbox) in store::idle(tx, now.minus(IDLE))? {
        let job = Renew { mailbox };
        Queue::new(&job)
            .workspace(workspace)
            .key(format!("grant {mailbox}"))
            .put(tx)?;
    }
    Ok(())
}

/// Renews a token. What came of it stands in the grant.
///
/// # Errors
/// The database's.
pub async fn renew(errand: Errand, job: Renew) -> Result<(), JobError> {
    let workspace = errand.about().workspace()?;
    match token(errand.db(), workspace, job.mailbox).await {
        Err(GrantError::Db(error)) => Err(error.into()),
        _ => Ok(()),
    }
}
