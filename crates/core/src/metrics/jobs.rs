//! When metrics are found again: after events that name an account, and each day.

use std::collections::BTreeSet;
use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::accounts::{self, AccountId};
use crate::events::Listener;
use crate::workspaces::{self, WorkspaceId};

/// How many accounts one job looks at.
const BATCH: i64 = 100;
/// Of how many accounts at once the metrics are found as soon as can be ...
const FEW: usize = 5;
/// ... and how long after each other those of more: a stream of usage moves hundreds of accounts many times a second.
const PACE: Duration = Duration::from_millis(25);

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

/// Finds those of all accounts of the workspaces in which a day has begun.
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
    // Also what it was before: whatever leaves an account changes its numbers.
    named_in(&event.payload, &mut accounts);
    accounts.sort_unstable();
    accounts.dedup();
    accounts
        .into_iter()
        .try_for_each(|account| look(tx, event.workspace, account))
});

fn named_in(value: &Value, accounts: &mut Vec<AccountId>) {
    match value {
        Value::String(text) => accounts.extend(text.parse::<AccountId>().ok()),
        Value::Array(all) => all.iter().for_each(|value| named_in(value, accounts)),
        Value::Object(all) => all.values().for_each(|value| named_in(value, accounts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Lets the metrics of an account be found again soon; asked often, it is done once.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    let job = Find { account };
    let put = Queue::new(&job).workspace(workspace).key(account.to_string());
    put.put(tx).map(drop)
}

/// Lets the metrics of accounts be found again soon, by a few statements however many they are.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look_at_each(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &BTreeSet<AccountId>,
) -> Result<(), DbError> {
    jobs::queue_each(tx, workspace, &all_of(accounts))
}

/// As [`look_at_each`] while they are few. The metrics of many are found one after another, each once in a while however often
/// it is asked for, so that what comes in all the time leaves the database to others.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look_in_turn(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &BTreeSet<AccountId>,
) -> Result<(), DbError> {
    let pace = if accounts.len() > FEW {
        PACE
    } else {
        Duration::ZERO
    };
    jobs::queue_paced(tx, workspace, &all_of(accounts), pace)
}

fn all_of(accounts: &BTreeSet<AccountId>) -> Vec<(String, Find)> {
    let find = |account: &AccountId| (account.to_string(), Find { account: *account });
    accounts.iter().map(find).collect()
}

/// Runs [`super::find`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn find(tx: &mut Tx<'_>, job: &Find, about: &About) -> Result<(), JobError> {
    super::find(tx, about.workspace()?, job.account)?;
    Ok(())
}

/// Lets a batch of accounts be looked at, and queues the next: one that takes too long holds no other up.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn find_all(tx: &mut Tx<'_>, job: &FindAll, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let start = job.after.unwrap_or(AccountId::from_uuid(kit::id::Uuid::nil()));
    let batch = accounts::ids_after(tx, workspace, start, BATCH)?;
    for account in &batch {
        // In a lane and under a key of their own, so that they stand before nothing that happens meanwhile.
        let job = Find { account: *account };
        let put = Queue::new(&job).workspace(workspace).lane(Lane::Slow);
        put.key(format!("{account}.daily")).put(tx)?;
    }
    if let Some(last) = batch.last() {
        jobs::queue(tx, workspace, &FindAll { after: Some(*last) })?;
    }
    Ok(())
}

/// Queues a [`FindAll`] for each workspace in which a day has begun since the last time.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        if workspaces::new_day(tx, workspace.id, Turn::KIND)?.is_some() {
            jobs::queue(tx, workspace.id, &FindAll { after: None })?;
        }
    }
    Ok(())
}
