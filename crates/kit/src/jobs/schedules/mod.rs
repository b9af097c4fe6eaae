//! Schedules: jobs that the calendar queues.
//!
//! Every node looks at all schedules every second; whoever moves a schedule's row on to its next moment has queued the
//! job in that same transaction, so each moment queues one job, over all nodes. Moments missed while no node ran are
//! made up for once. A changed expression counts from when a node that knows it looks.

mod cron;
mod store;

pub use cron::{Cron, CronError};

use crate::clock::Timestamp;
use crate::db::{Db, DbError, Tx};
use crate::jobs::queue::{New, put};
use crate::jobs::tend::TOLERANCE;
use crate::jobs::{Job, Lane, TOPIC};

/// A schedule as the admin pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleRow {
    /// Its name.
    pub name: String,
    /// Its cron expression.
    pub expression: String,
    /// The zone of the expression.
    pub zone: String,
    /// When it is due next.
    pub next_at: Timestamp,
    /// When it queued its job last.
    pub last_at: Option<Timestamp>,
    set_at: Timestamp,
}

/// All schedules by name.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn schedules(tx: &mut Tx<'_>) -> Result<Vec<ScheduleRow>, DbError> {
    store::all(tx)
}

/// A schedule as this program knows it.
#[derive(Clone, Debug)]
pub(super) struct Schedule {
    name: &'static str,
    cron: Cron,
    kind: &'static str,
    lane: Lane,
    payload: String,
}

impl Schedule {
    pub(super) fn new<T: Job>(name: &'static str, cron: Cron, job: &T) -> Self {
        Self {
            name,
            cron,
            kind: T::KIND,
            lane: T::LANE,
            payload: serde_json::to_string(job).expect("a job of the program's own can be written as JSON"),
        }
    }

    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// What to do about this schedule at `now`, given its row.
    fn plan(&self, row: Option<&ScheduleRow>, now: Timestamp) -> Plan {
        let Some(next_at) = self.cron.next_after(now) else {
            return Plan::Rest;
        };
        match row {
            Some(row) if row.expression != self.cron.expression() || row.zone != self.cron.zone() => {
                Plan::Set { next_at }
            }
            Some(row) if row.set_at.since(now) > TOLERANCE => Plan::Set { next_at },
            Some(row) if row.next_at <= now => Plan::Queue {
                due_at: row.next_at,
                next_at,
            },
            Some(_) => Plan::Rest,
            None => Plan::Set { next_at },
        }
    }

    fn job(&self, tx: &Tx<'_>) -> New {
        New {
            id: tx.new_id(),
            workspace: None,
            kind: self.kind,
            payload: self.payload.clone(),
            lane: self.lane,
            run_at: tx.now(),
            waits_since: Some(tx.now()),
            key: Some(format!("schedule {}", self.name)),
        }
    }
}

/// What to do about a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plan {
    /// Nothing now.
    Rest,
    /// It is new or changed, or the clock was set back: reckon from now.
    Set { next_at: Timestamp },
    /// It is due.
    Queue { due_at: Timestamp, next_at: Timestamp },
}

/// One look at all `schedules`. Gives how many jobs were queued.
pub(super) async fn look(db: &Db, schedules: &[Schedule]) -> Result<usize, DbError> {
    if schedules.is_empty() {
        return Ok(0);
    }
    let rows = db.read(store::all).await?;
    let now = db.clock().now();
    let mut queued = 0;
    for schedule in schedules {
        let row = rows.iter().find(|row| row.name == schedule.name);
        match schedule.plan(row, now) {
            Plan::Rest => {}
            Plan::Set { next_at } => {
                let schedule = schedule.clone();
                db.write_committed(move |tx| store::set(tx, schedule.name, &schedule.cron, next_at))
                    .await?;
            }
            Plan::Queue { due_at, next_at } => {
                let schedule = schedule.clone();
                let is_mine = db
                    .write_committed(move |tx| queue(tx, &schedule, due_at, next_at))
                    .await?;
                queued += usize::from(is_mine);
            }
        }
    }
    Ok(queued)
}

/// Queues the job of a due schedule, unless another node was quicker.
fn queue(
    tx: &mut Tx<'_>,
    schedule: &Schedule,
    due_at: Timestamp,
    next_at: Timestamp,
) -> Result<bool, DbError> {
    let is_mine = store::move_on(tx, schedule.name, due_at, next_at)?;
    if is_mine {
        let job = schedule.job(tx);
        put(tx, &job)?;
        tx.wake(TOPIC);
    }
    Ok(is_mine)
}

/// Lets go of schedules that no program has known for a month.
pub(super) fn forget(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    store::forget(tx)
}
