//! When accounts are scored again: after their metrics, stage or tier changed, after a scorecard changed, and each day.

use kit::db::Tx;
use kit::id::TypedId;
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::{self, AccountId};
use tandem_core::events::Listener;
use tandem_core::workspaces;

/// How many accounts one job scores.
const BATCH: i64 = 100;

/// Scores one account.
#[derive(Debug, Serialize, Deserialize)]
pub struct Score {
    account: AccountId,
}

/// Scores the accounts of a workspace from one on.
#[derive(Debug, Serialize, Deserialize)]
pub struct ScoreAll {
    after: Option<AccountId>,
}

/// Scores all accounts of every workspace.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Score {
    const KIND: &'static str = "health.score";
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
pub const FOLLOW: Listener = Listener::new(Score::KIND, |tx, event| {
    let about = [event.subject.as_str()].into_iter().chain(event.subjects());
    let mut accounts: Vec<AccountId> = about.filter_map(|id| id.parse().ok()).collect();
    accounts.sort_unstable();
    accounts.dedup();
    for account in accounts {
        let job = Score { account };
        let put = Queue::new(&job)
            .workspace(event.workspace)
            .key(account.to_string());
        put.put(tx)?;
    }
    Ok(())
});

/// A scorecard is another.
pub const FOLLOW_ALL: Listener = Listener::new(ScoreAll::KIND, |tx, event| {
    let put = Queue::new(&ScoreAll { after: None })
        .workspace(event.workspace)
        .key("all");
    put.put(tx).map(drop)
});

/// Runs [`super::score`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn score(tx: &mut Tx<'_>, job: &Score, about: &About) -> Result<(), JobError> {
    super::score(tx, about.workspace()?, job.account)?;
    Ok(())
}

/// Scores a batch of accounts, and queues the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn score_all(tx: &mut Tx<'_>, job: &ScoreAll, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let start = job.after.unwrap_or(AccountId::from_uuid(kit::id::Uuid::nil()));
    let batch = accounts::ids_after(tx, workspace, start, BATCH)?;
    for account in &batch {
        super::score(tx, workspace, *account)?;
    }
    if let Some(last) = batch.last() {
        jobs::queue(tx, workspace, &ScoreAll { after: Some(*last) })?;
    }
    Ok(())
}

/// Queues a [`ScoreAll`] for each workspace.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        jobs::queue(tx, workspace.id, &ScoreAll { after: None })?;
    }
    Ok(())
}
