//! Durable work: jobs are rows, put into the transaction that makes them necessary and run after its commit.
//!
//! A **reaction** changes the database and nothing else. It runs in the transaction that takes its job away, so its
//! effect happens exactly once, whoever is killed when. An **errand** talks to the world (mail, webhooks, files). It
//! runs at least once and carries a key that is the same at every attempt, so that the other side can tell.
//!
//! Words: a job **waits** (is ready), **runs**, and is over: **done**, **cancelled**, or **dead** after its last attempt
//! until someone revives or discards it. A **lane** says how soon: urgent, normal, slow; no lane starves another. A
//! **node** is a process that runs jobs. Jobs with the same **key** wait once.
//!
//! Invariants:
//! - whoever holds a job is named by node and claim number; what an earlier holder says about it is not heard;
//! - a node holds its jobs while its beats go on, whatever any clock shows; when they stop, others take its jobs over;
//! - a limit of a kind holds over all nodes together, exactly;
//! - a job whose key already waits is the same job: nothing that was committed after it began to run is missed.

pub mod admin;
mod backoff;
mod claim;
mod crew;
mod errand;
mod error;
mod many;
mod nodes;
mod queue;
mod registry;
mod run;
mod schedules;
mod settle;
mod store;
mod tend;
mod trouble;
mod worker;

pub use backoff::Backoff;
pub use errand::{Errand, Progress};
pub use error::JobError;
pub use many::{queue_all, queue_each, queue_paced};
pub use nodes::{NodeRow, nodes};
pub use queue::{Queue, queue};
pub use registry::{Jobs, Options};
pub use schedules::{Cron, CronError, ScheduleRow, schedules};
pub use worker::{Worker, WorkerConfig, run_due};

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::clock::Timestamp;
use crate::db::{ColumnError, FromColumn, Migration, ToParam, Value};
use crate::id;
use crate::id::TypedId;

/// The tables of this module.
pub const MIGRATIONS: &[Migration] = &[Migration::new(
    "kit_0002_jobs",
    include_str!("../../migrations/kit_0002_jobs.sql"),
)];

/// The topic that wakes workers: there is something new to run.
pub const TOPIC: &str = "jobs";

/// The topic under which the progress of running errands is told, and that jobs came to an end.
pub const PROGRESS: &str = "jobs progress";

/// How long a cancelled job stays visible.
const CANCELLED_KEPT: Duration = Duration::from_secs(7 * 86_400);

id! {
    /// A job.
    JobId, "job"
}

id! {
    /// A process that runs jobs.
    NodeId, "nod"
}

/// A type of work. What it needs to know is in its fields, stored as JSON: ids rather than copies, and no secrets.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// Names the type in the database, for ever: `mail.send`.
    const KIND: &'static str;
    /// How soon it wants to run.
    const LANE: Lane = Lane::Normal;
}

/// How soon a job wants to run. When all have work, urgent ones get twelve of sixteen places, normal ones three, slow
/// ones one; what one lane does not need, the others get.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Someone waits for it.
    Urgent,
    /// Soon.
    Normal,
    /// Long or large: imports, roll-ups, sweeps.
    Slow,
}

impl Lane {
    /// All lanes, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Urgent, Self::Normal, Self::Slow];

    /// The lane's name in metrics and logs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::Normal => "normal",
            Self::Slow => "slow",
        }
    }
}

impl ToParam for Lane {
    fn to_param(&self) -> Value<'_> {
        Value::Int(match self {
            Self::Urgent => 0,
            Self::Normal => 1,
            Self::Slow => 2,
        })
    }
}

impl FromColumn for Lane {
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        match column {
            Value::Int(0) => Ok(Self::Urgent),
            Value::Int(1) => Ok(Self::Normal),
            Value::Int(2) => Ok(Self::Slow),
            other => Err(other.is_not("a lane")),
        }
    }
}

/// What a running job may know about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The job; the same at every attempt.
    pub id: JobId,
    /// Its kind.
    pub kind: &'static str,
    /// The bare id of the workspace it was queued for.
    pub workspace: Option<Uuid>,
    /// Which attempt this is, counted from 1.
    pub attempt: i64,
    /// When it was queued.
    pub queued_at: Timestamp,
}

impl About {
    /// The workspace as an id of type `W`.
    ///
    /// # Errors
    /// [`JobError::GiveUp`] for a job that was queued without a workspace.
    pub fn workspace<W: TypedId>(&self) -> Result<W, JobError> {
        self.workspace
            .map(W::from_uuid)
            .ok_or_else(|| JobError::GiveUp("queued without a workspace".to_owned()))
    }
}
