//! When accounts are looked at: after their metrics, health or stage changed, after a rule changed, and each day.

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::{self, AccountId};
use tandem_core::events::{self, Listener};
use tandem_core::workspaces::{self, WorkspaceId};

/// How many accounts one job looks at.
const BATCH: usize = 200;
/// From how many accounts on that moved at once they are looked at together.
const MANY: usize = 20;

/// Looks at one account.
#[derive(Debug, Serialize, Deserialize)]
pub struct Look {
    account: AccountId,
}

/// Looks at accounts of which something became at once.
#[derive(Debug, Serialize, Deserialize)]
pub struct LookThese {
    accounts: Vec<AccountId>,
}

/// Looks at the accounts of a workspace from one on.
#[derive(Debug, Serialize, Deserialize)]
pub struct LookAll {
    after: Option<AccountId>,
}

/// Looks at all accounts of the workspaces in which a day has begun.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Look {
    const KIND: &'static str = "alerts.look";
}

impl Job for LookThese {
    const KIND: &'static str = "alerts.look-these";
    const LANE: Lane = Lane::Slow;
}

impl Job for LookAll {
    const KIND: &'static str = "alerts.look-all";
    const LANE: Lane = Lane::Slow;
}

impl Job for Turn {
    const KIND: &'static str = "alerts.turn";
    const LANE: Lane = Lane::Slow;
}

/// Something that rules look at is another; however much it was, each account is looked at once.
pub const FOLLOW: Listener = Listener::of_many(Look::KIND, |tx, events| {
    let accounts: Vec<AccountId> = events::subjects(events);
    let Some(workspace) = events.first().map(|event| event.workspace) else {
        return Ok(());
    };
    if accounts.len() >= MANY {
        let parts = accounts.chunks(BATCH).map(|part| LookThese {
            accounts: part.to_vec(),
        });
        return jobs::queue_all(tx, workspace, &parts.collect::<Vec<_>>());
    }
    accounts.into_iter().try_for_each(|account| {
        let job = Look { account };
        let put = Queue::new(&job).workspace(workspace);
        put.key(account.to_string()).put(tx).map(drop)
    })
});

/// A rule is another.
pub const FOLLOW_ALL: Listener = Listener::new(LookAll::KIND, |tx, event| all(tx, event.workspace));

/// Lets all accounts of a workspace be looked at soon; asked often, it is done once.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let job = LookAll { after: None };
    let put = Queue::new(&job).workspace(workspace).key("all");
    put.put(tx).map(drop)
}

/// Runs [`super::look`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn look(tx: &mut Tx<'_>, job: &Look, about: &About) -> Result<(), JobError> {
    super::look(tx, about.workspace()?, job.account)?;
    Ok(())
}

/// Looks at these accounts.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn look_these(tx: &mut Tx<'_>, job: &LookThese, about: &About) -> Result<(), JobError> {
    Ok(super::look_all(tx, about.workspace()?, &job.accounts)?)
}

/// Looks at a batch of accounts, and queues the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn look_all(tx: &mut Tx<'_>, job: &LookAll, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let start = job.after.unwrap_or(AccountId::from_uuid(kit::id::Uuid::nil()));
    let batch = accounts::ids_after(tx, workspace, start, BATCH as i64)?;
    super::look_all(tx, workspace, &batch)?;
    if let Some(last) = batch.last() {
        jobs::queue(tx, workspace, &LookAll { after: Some(*last) })?;
    }
    Ok(())
}

/// Queues a [`LookAll`] for each workspace in which a day has begun since the last time.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        if workspaces::new_day(tx, workspace.id, Turn::KIND)?.is_some() {
            all(tx, workspace.id)?;
        }
    }
    Ok(())
}
