//! When accounts are scored again: after their metrics, stage or tier changed, after a scorecard changed, and each day.

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::events::{self, Listener};
use tandem_core::workspaces::{self, WorkspaceId};

use super::{HealthError, scorecards};

/// How many accounts one job scores.
const BATCH: usize = 500;
/// From how many accounts on that moved at once they are scored together.
const MANY: usize = 20;

/// Scores one account.
#[derive(Debug, Serialize, Deserialize)]
pub struct Score {
    account: AccountId,
}

/// Scores accounts of which something became at once.
#[derive(Debug, Serialize, Deserialize)]
pub struct ScoreThese {
    accounts: Vec<AccountId>,
}

/// Scores the accounts of a workspace from one on.
#[derive(Debug, Serialize, Deserialize)]
pub struct ScoreAll {
    after: Option<AccountId>,
}

/// Scores all accounts of the workspaces in which a day has begun.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

/// Gives a new workspace the usual scorecards.
#[derive(Debug, Serialize, Deserialize)]
pub struct Begin {}

impl Job for Begin {
    const KIND: &'static str = "health.begin";
}

impl Job for Score {
    const KIND: &'static str = "health.score";
}

impl Job for ScoreThese {
    const KIND: &'static str = "health.score-these";
    const LANE: Lane = Lane::Slow;
}

impl Job for ScoreAll {
    const KIND: &'static str = "health.score-all";
    const LANE: Lane = Lane::Slow;
}

impl Job for Turn {
    const KIND: &'static str = "health.turn";
    const LANE: Lane = Lane::Slow;
}

/// Something that a score rests on is another; however much it was, each account is scored once.
pub const FOLLOW: Listener = Listener::of_many(Score::KIND, |tx, events| {
    let accounts: Vec<AccountId> = events::subjects(events);
    let Some(workspace) = events.first().map(|event| event.workspace) else {
        return Ok(());
    };
    if accounts.len() >= MANY {
        let parts = accounts.chunks(BATCH).map(|part| ScoreThese {
            accounts: part.to_vec(),
        });
        return jobs::queue_all(tx, workspace, &parts.collect::<Vec<_>>());
    }
    accounts.into_iter().try_for_each(|account| {
        let job = Score { account };
        let put = Queue::new(&job).workspace(workspace);
        put.key(account.to_string()).put(tx).map(drop)
    })
});

/// A scorecard is another.
pub const FOLLOW_ALL: Listener = Listener::new(ScoreAll::KIND, |tx, event| all(tx, event.workspace));

/// A workspace was founded.
pub const FOUND: Listener = Listener::new(Begin::KIND, |tx, event| {
    jobs::queue(tx, event.workspace, &Begin {}).map(drop)
});

/// Adds the usual scorecards.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn begin(tx: &mut Tx<'_>, _: &Begin, about: &About) -> Result<(), JobError> {
    let actor = Actor::system(about.workspace()?, "health");
    match scorecards::usual::add_all(tx, &actor) {
        Ok(_) => Ok(()),
        Err(HealthError::Db(error)) => Err(error.into()),
        Err(error) => Err(JobError::give_up(error.to_string())),
    }
}

/// Lets all accounts of a workspace be scored soon; asked often, it is done once.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let job = ScoreAll { after: None };
    let put = Queue::new(&job).workspace(workspace).key("all");
    put.put(tx).map(drop)
}

/// Runs [`super::score`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn score(tx: &mut Tx<'_>, job: &Score, about: &About) -> Result<(), JobError> {
    super::score(tx, about.workspace()?, job.account)?;
    Ok(())
}

/// Scores these accounts.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn score_these(tx: &mut Tx<'_>, job: &ScoreThese, about: &About) -> Result<(), JobError> {
    Ok(super::score_all(tx, about.workspace()?, &job.accounts)?)
}

/// Scores a batch of accounts, and queues the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn score_all(tx: &mut Tx<'_>, job: &ScoreAll, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let start = job.after.unwrap_or(AccountId::from_uuid(kit::id::Uuid::nil()));
    let batch = accounts::ids_after(tx, workspace, start, BATCH as i64)?;
    super::score_all(tx, workspace, &batch)?;
    if let Some(last) = batch.last() {
        jobs::queue(tx, workspace, &ScoreAll { after: Some(*last) })?;
    }
    Ok(())
}

/// Queues a [`ScoreAll`] for each workspace in which a day has begun since the last time.
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
