//! Putting a job into the queue, in the transaction that makes it necessary.

mod store;

use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::id::{TypedId, Uuid};
use crate::jobs::{Job, JobId, Lane, TOPIC};

pub(super) use store::{New, hasten};

/// How often a job with a key looks for the one that waits, when that one begins to run at the same moment.
const LOOKS: u32 = 5;

/// A job on its way into the queue.
#[derive(Debug)]
pub struct Queue<'j, J> {
    job: &'j J,
    workspace: Option<Uuid>,
    lane: Lane,
    at: Option<Timestamp>,
    key: Option<String>,
}

/// Queues `job` for `workspace`, to run as soon as this transaction is committed.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn queue<J: Job>(tx: &mut Tx<'_>, workspace: impl TypedId, job: &J) -> Result<JobId, DbError> {
    let queued = Queue::new(job).workspace(workspace).put(tx)?;
    Ok(queued.expect("only a job with a key can find itself waiting already"))
}

pub(super) fn written<J: Job>(job: &J) -> Result<String, DbError> {
    serde_json::to_string(job)
        .map_err(|error| DbError::internal(J::KIND, format!("can't be written as JSON: {error}")))
}

impl<'j, J: Job> Queue<'j, J> {
    /// `job`, without a workspace, to run as soon as possible in its type's lane.
    pub fn new(job: &'j J) -> Self {
        Self {
            job,
            workspace: None,
            lane: J::LANE,
            at: None,
            key: None,
        }
    }

    /// The workspace that the job belongs to; its agents may see it.
    #[must_use]
    pub fn workspace(mut self, workspace: impl TypedId) -> Self {
        self.workspace = Some(workspace.uuid());
        self
    }

    /// As [`Queue::workspace`], with the bare id.
    #[must_use]
    pub fn workspace_uuid(mut self, workspace: Option<Uuid>) -> Self {
        self.workspace = workspace;
        self
    }

    /// Not before this moment.
    #[must_use]
    pub fn at(mut self, moment: Timestamp) -> Self {
        self.at = Some(moment);
        self
    }

    /// Of the jobs of this type and workspace with this key, one waits at most. A job that runs already does not count:
    /// it may have looked at the rows before this transaction changed them.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Another lane than the type's.
    #[must_use]
    pub fn lane(mut self, lane: Lane) -> Self {
        self.lane = lane;
        self
    }

    /// Puts the job into the queue with the transaction `tx`. `None` when one with the same key already waits; that
    /// one then runs at the earlier of both moments.
    ///
    /// # Errors
    /// [`DbError`] of a statement; [`DbError::Internal`] when the job can't be written as JSON.
    pub fn put(self, tx: &mut Tx<'_>) -> Result<Option<JobId>, DbError> {
        let payload = written(self.job)?;
        let new = New {
            id: tx.new_id(),
            workspace: self.workspace,
            kind: J::KIND,
            payload,
            lane: self.lane,
            run_at: self.at.unwrap_or(tx.now()),
            waits_since: self.at.is_none().then_some(tx.now()),
            key: self.key.map(|key| scoped(self.workspace, &key)),
        };
        let is_new = put(tx, &new)?;
        if new.run_at <= tx.now() {
            tx.wake(TOPIC);
        }
        Ok(is_new.then_some(new.id))
    }
}

/// A key means something within its workspace only.
pub(super) fn scoped(workspace: Option<Uuid>, key: &str) -> String {
    workspace.map_or_else(
        || format!("/{key}"),
        |workspace| format!("{}/{key}", workspace.simple()),
    )
}

/// Queues `new`; gives `false` when one with its key waits already.
pub(super) fn put(tx: &mut Tx<'_>, new: &New) -> Result<bool, DbError> {
    let Some(key) = &new.key else {
        store::insert(tx, new)?;
        return Ok(true);
    };
    for _ in 0..LOOKS {
        if store::insert_unless_waiting(tx, new)? {
            return Ok(true);
        }
        // The one that waits stays locked until this commit, so it can't begin before it can see what is stored here.
        if let Some((id, run_at)) = store::lock_waiting(tx, new.kind, key)? {
            if new.run_at < run_at {
                store::hasten(tx, id, new)?;
            }
            return Ok(false);
        }
    }
    Err(DbError::Contention)
}
