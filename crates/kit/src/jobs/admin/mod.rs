//! Jobs as people see them: lists and counts, and what an operator may do to one.
//!
//! Every verb takes the workspace of whoever asks: an agent of a workspace sees and touches that workspace's jobs only.
//! `None` is the operator of the whole installation. Payloads are never shown: they may hold what the asker may not see.

mod store;

use std::fmt;
use std::str::FromStr;

use crate::clock::Timestamp;
use crate::db::{ColumnError, DbError, FromColumn, ToParam, Tx, Value};
use crate::id::Uuid;
use crate::jobs::{CANCELLED_KEPT, JobId, Lane, NodeId, TOPIC};

/// Where a job is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It waits.
    Ready,
    /// It runs.
    Running,
    /// It has done its work and is kept for a while.
    Done,
    /// It failed for the last time and waits for someone's decision.
    Dead,
    /// Someone cancelled it.
    Cancelled,
}

impl State {
    /// All states, in the order of a life.
    pub const ALL: [Self; 5] = [
        Self::Ready,
        Self::Running,
        Self::Done,
        Self::Dead,
        Self::Cancelled,
    ];

    /// The state's name in addresses and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more happens to the job by itself.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Dead | Self::Cancelled)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for State {
    type Err = ();
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.name() == name).ok_or(())
    }
}

impl ToParam for State {
    fn to_param(&self) -> Value<'_> {
        Value::Text(self.name().into())
    }
}

impl FromColumn for State {
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        match &column {
            Value::Text(name) => name.parse().map_err(|()| column.is_not("the state of a job")),
            other => Err(other.is_not("the state of a job")),
        }
    }
}

/// A job as the admin pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// The job.
    pub id: JobId,
    /// The bare id of the workspace it belongs to, if it belongs to one.
    pub workspace: Option<Uuid>,
    /// Its kind.
    pub kind: String,
    /// How soon it wants to run.
    pub lane: Lane,
    /// Where it is in its life.
    pub state: State,
    /// Not before this moment.
    pub run_at: Timestamp,
    /// Attempts that failed.
    pub attempts: i64,
    /// Who runs it.
    pub node: Option<NodeId>,
    /// Pieces that are done.
    pub done: i64,
    /// Pieces that there are, as far as known.
    pub total: Option<i64>,
    /// The key of the words that say what is being done.
    pub note: Option<String>,
    /// Why the last attempt failed.
    pub error: Option<String>,
    /// Whether someone asked to cancel it while it ran.
    pub is_cancel_asked: bool,
    /// When it was queued.
    pub created_at: Timestamp,
    /// When it began to run last.
    pub started_at: Option<Timestamp>,
    /// When it was over.
    pub finished_at: Option<Timestamp>,
}

/// Which jobs to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those of this workspace.
    pub workspace: Option<Uuid>,
    /// Only those in this state.
    pub state: Option<State>,
    /// Only those of this kind.
    pub kind: Option<String>,
}

/// How many jobs are alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Their state.
    pub state: State,
    /// Their kind.
    pub kind: String,
    /// Their lane.
    pub lane: Lane,
    /// How many there are.
    pub count: i64,
}

/// What became of the wish to cancel a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelling {
    /// It had not begun and never will.
    Cancelled,
    /// It runs and was asked to stop.
    Asked,
    /// It is over, or there is no such job.
    TooLate,
}

/// Up to `most` jobs, the newest first, from the one after `after`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn list(
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<JobId>,
    most: i64,
) -> Result<Vec<JobRow>, DbError> {
    store::list(tx, filter, after, most)
}

/// How many jobs there are of each state, kind and lane. Reads all jobs: for `db.report`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn counts(tx: &mut Tx<'_>, workspace: Option<Uuid>) -> Result<Vec<Count>, DbError> {
    store::counts(tx, workspace)
}

/// One job, with its progress.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn find(tx: &mut Tx<'_>, workspace: Option<Uuid>, id: JobId) -> Result<Option<JobRow>, DbError> {
    store::find(tx, workspace, id)
}

/// Cancels a job that waits, and asks one that runs to stop. A reaction that runs is over before it could hear that.
///
/// # Errors
/// [`DbError`] of a statement.
pub fn cancel(tx: &mut Tx<'_>, workspace: Option<Uuid>, id: JobId) -> Result<Cancelling, DbError> {
    let forget_at = tx.now().plus(CANCELLED_KEPT);
    if store::cancel_waiting(tx, workspace, id, forget_at)? {
        return Ok(Cancelling::Cancelled);
    }
    if store::ask_to_cancel(tx, workspace, id)? {
        tx.wake(TOPIC);
        return Ok(Cancelling::Asked);
    }
    Ok(Cancelling::TooLate)
}

/// Lets a dead or cancelled job run again, with all its attempts. When one with its key waits, that one stands for it.
/// Gives `false` when there is no such job.
///
/// # Errors
/// [`DbError`] of a statement.
pub fn revive(tx: &mut Tx<'_>, workspace: Option<Uuid>, id: JobId) -> Result<bool, DbError> {
    let is_revived = match tx.attempt(|tx| store::revive(tx, workspace, id)) {
        Err(DbError::Unique { .. }) => store::discard(tx, workspace, id)?,
        other => other?,
    };
    if is_revived {
        tx.wake(TOPIC);
    }
    Ok(is_revived)
}

/// Lets up to a thousand dead jobs of `kind` run again; gives how many.
///
/// # Errors
/// [`DbError`] of a statement.
pub fn revive_all(tx: &mut Tx<'_>, workspace: Option<Uuid>, kind: &str) -> Result<usize, DbError> {
    let filter = Filter {
        workspace,
        state: Some(State::Dead),
        kind: Some(kind.to_owned()),
    };
    let dead = list(tx, &filter, None, 1_000)?;
    // One by one, because each may meet a waiting one of the same key.
    for job in &dead {
        revive(tx, workspace, job.id)?;
    }
    Ok(dead.len())
}

/// Removes a job that is over. Gives `false` when there is no such job.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn discard(tx: &mut Tx<'_>, workspace: Option<Uuid>, id: JobId) -> Result<bool, DbError> {
    store::discard(tx, workspace, id)
}
