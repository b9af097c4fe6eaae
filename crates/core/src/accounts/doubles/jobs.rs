//! When accounts are looked at: after they came or changed, and each night.

use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};

use crate::accounts::{self, AccountId};
use crate::events::{self, Event, EventId, Listener};
use crate::workspaces;

/// How many accounts one job looks at: others wait for the writer meanwhile.
const BATCH: i64 = 100;
/// How many accounts of one event are looked at in one go.
const FEW: usize = 20;
/// How long those wait that come many in one go, so that what brings them is not held up.
const PATIENCE: Duration = Duration::from_secs(60);
/// The key of the job that looks at what came in one go.
const NEW: &str = "new";

/// Looks at one account.
#[derive(Debug, Serialize, Deserialize)]
pub struct Look {
    account: AccountId,
}

/// Looks at the accounts that an event is about.
#[derive(Debug, Serialize, Deserialize)]
pub struct LookMany {
    event: EventId,
}

/// Looks at the accounts of a workspace from one on.
#[derive(Debug, Serialize, Deserialize)]
pub struct LookAll {
    after: Option<AccountId>,
}

/// Looks at the accounts of every workspace.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Look {
    const KIND: &'static str = "doubles.look";
    const LANE: Lane = Lane::Slow;
}

impl Job for LookMany {
    const KIND: &'static str = "doubles.look-many";
    const LANE: Lane = Lane::Slow;
}

impl Job for LookAll {
    const KIND: &'static str = "doubles.look-all";
    const LANE: Lane = Lane::Slow;
}

impl Job for Turn {
    const KIND: &'static str = "doubles.turn";
    const LANE: Lane = Lane::Slow;
}

/// An account came or is another.
pub const LOOK: Listener = Listener::new(Look::KIND, queue);

fn queue(tx: &mut Tx<'_>, event: &Event) -> Result<(), DbError> {
    let Ok(account) = event.subject.parse::<AccountId>() else {
        return Ok(());
    };
    let job = Look { account };
    let put = Queue::new(&job)
        .workspace(event.workspace)
        .key(account.to_string());
    put.put(tx).map(drop)
}

/// Many accounts came in one go.
pub const LOOK_MANY: Listener = Listener::new(LookMany::KIND, |tx, event| {
    jobs::queue(tx, event.workspace, &LookMany { event: event.id }).map(drop)
});

/// Runs [`super::look`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn look(tx: &mut Tx<'_>, job: &Look, about: &About) -> Result<(), JobError> {
    super::look(tx, about.workspace()?, job.account)?;
    Ok(())
}

/// Looks at each account that the event is about; where they are many, at all from the first of them on, a little later.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn look_many(tx: &mut Tx<'_>, job: &LookMany, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let Some(event) = events::find(tx, workspace, job.event)? else {
        return Ok(());
    };
    let mut accounts: Vec<AccountId> = event.subjects().filter_map(|id| id.parse().ok()).collect();
    if accounts.len() > FEW {
        accounts.sort_unstable();
        let rest = LookAll {
            after: accounts.first().copied(),
        };
        let later = tx.now().plus(PATIENCE);
        let queue = Queue::new(&rest).workspace(workspace).key(NEW).at(later);
        queue.put(tx)?;
        accounts.truncate(1);
    }
    for account in accounts {
        super::look(tx, workspace, account)?;
    }
    Ok(())
}

/// Looks at a batch of accounts, and queues the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn look_all(tx: &mut Tx<'_>, job: &LookAll, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let start = job.after.unwrap_or(AccountId::from_uuid(Uuid::nil()));
    let batch = accounts::ids_after(tx, workspace, start, BATCH)?;
    for account in &batch {
        super::look(tx, workspace, *account)?;
    }
    if let Some(last) = batch.last() {
        jobs::queue(tx, workspace, &LookAll { after: Some(*last) })?;
    }
    Ok(())
}

/// Queues a [`LookAll`] for each workspace.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        jobs::queue(tx, workspace.id, &LookAll { after: None })?;
    }
    Ok(())
}
