//! When metrics are found again: after events that name an account, and each day.

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};

use crate::accounts::{self, AccountId};
use crate::events::Listener;
use crate::workspaces::{self, WorkspaceId};

/// How many accounts one job looks at.
const BATCH: i64 = 100;

/// Finds the metrics of one account.
#[derive(Debug, Serialize, Deserialize)]
pub struct Find {
    account: AccountId,
}

/// Finds those of the accounts of a workspace from one on.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindAll {
    after: Option<AccountId>,
}

/// Finds those of all accounts of every workspace.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Find {
    const KIND: &'static str = "metrics.find";
}

impl Job for FindAll {
    const KIND: &'static str = "metrics.find-all";
    const LANE: Lane = Lane::Slow;
}

impl Job for Turn {
    const KIND: &'static str = "metrics.turn";
    const LANE: Lane = Lane::Slow;
}

/// Something happened to accounts, or to what is theirs; however much it was, each is looked at once.
pub const FOLLOW: Listener = Listener::new(Find::KIND, |tx, event| {
    let named = event.topics.iter().map(String::as_str);
    let named = named.chain([event.subject.as_str()]).chain(event.subjects());
    let mut accounts: Vec<AccountId> = named.filter_map(|id| id.parse().ok()).collect();
    let payload = event.payload.get("account").and_then(|id| id.as_str());
    accounts.extend(payload.and_then(|id| id.parse::<AccountId>().ok()));
    accounts.sort_unstable();
    accounts.dedup();
    accounts
        .into_iter()
        .try_for_each(|account| look(tx, event.workspace, account))
});

/// Lets the metrics of an account be found again soon; asked often, it is done once.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    let job = Find { account };
    let put = Queue::new(&job).workspace(workspace).key(account.to_string());
    put.put(tx).map(drop)
}

/// Runs [`super::find`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn find(tx: &mut Tx<'_>, job: &Find, about: &About) -> Result<(), JobError> {
    super::find(tx, about.workspace()?, job.account)?;
    Ok(())
}

/// Looks at a batch of accounts, and queues the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn find_all(tx: &mut Tx<'_>, job: &FindAll, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let start = job.after.unwrap_or(AccountId::from_uuid(kit::id::Uuid::nil()));
    let batch = accounts::ids_after(tx, workspace, start, BATCH)?;
    for account in &batch {
        super::find(tx, workspace, *account)?;
    }
    if let Some(last) = batch.last() {
        jobs::queue(tx, workspace, &FindAll { after: Some(*last) })?;
    }
    Ok(())
}

/// Queues a [`FindAll`] for each workspace.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        jobs::queue(tx, workspace.id, &FindAll { after: None })?;
    }
    Ok(())
}
