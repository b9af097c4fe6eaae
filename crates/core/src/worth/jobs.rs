//! When what accounts bring is counted again: after a subscription, a rate, and each day.

use kit::db::Tx;
use kit::id::TypedId;
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};

use crate::accounts::{self, AccountId};
use crate::events::Listener;
use crate::workspaces;

/// How many accounts one job counts.
const BATCH: i64 = 200;

/// Counts one account.
#[derive(Debug, Serialize, Deserialize)]
pub struct Count {
    account: AccountId,
}

/// Counts the accounts of a workspace from one on.
#[derive(Debug, Serialize, Deserialize)]
pub struct CountAll {
    after: Option<AccountId>,
}

/// Counts the accounts of every workspace.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Count {
    const KIND: &'static str = "worth.count";
}

impl Job for CountAll {
    const KIND: &'static str = "worth.count-all";
    const LANE: Lane = Lane::Slow;
}

impl Job for Turn {
    const KIND: &'static str = "worth.turn";
    const LANE: Lane = Lane::Slow;
}

/// A subscription is another; however many of an account are, it is counted once.
pub const FOLLOW: Listener = Listener::new(Count::KIND, |tx, event| {
    let account = event.payload.get("account").and_then(|id| id.as_str());
    let Some(account) = account.and_then(|id| id.parse().ok()) else {
        return Ok(());
    };
    let job = Count { account };
    let put = Queue::new(&job)
        .workspace(event.workspace)
        .key(account.to_string());
    put.put(tx).map(drop)
});

/// Sums are in another currency, or a rate is another.
pub const FOLLOW_ALL: Listener = Listener::new(CountAll::KIND, |tx, event| {
    let put = Queue::new(&CountAll { after: None })
        .workspace(event.workspace)
        .key("all");
    put.put(tx).map(drop)
});

/// Runs [`super::count`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn count(tx: &mut Tx<'_>, job: &Count, about: &About) -> Result<(), JobError> {
    super::count(tx, about.workspace()?, job.account)?;
    Ok(())
}

/// Counts a batch of accounts, and queues the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn count_all(tx: &mut Tx<'_>, job: &CountAll, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let start = job.after.unwrap_or(AccountId::from_uuid(kit::id::Uuid::nil()));
    let batch = accounts::ids_after(tx, workspace, start, BATCH)?;
    for account in &batch {
        super::count(tx, workspace, *account)?;
    }
    if let Some(last) = batch.last() {
        jobs::queue(tx, workspace, &CountAll { after: Some(*last) })?;
    }
    Ok(())
}

/// Queues a [`CountAll`] for each workspace.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        jobs::queue(tx, workspace.id, &CountAll { after: None })?;
    }
    Ok(())
}
