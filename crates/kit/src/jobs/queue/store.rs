//! The rows of jobs as they come into the queue.

use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::id::Uuid;
use crate::jobs::{JobId, Lane};
use crate::{params, sql};

/// A job that is to be queued.
pub(in crate::jobs) struct New {
    pub(in crate::jobs) id: JobId,
    pub(in crate::jobs) workspace: Option<Uuid>,
    pub(in crate::jobs) kind: &'static str,
    pub(in crate::jobs) payload: String,
    pub(in crate::jobs) lane: Lane,
    pub(in crate::jobs) run_at: Timestamp,
    pub(in crate::jobs) waits_since: Option<Timestamp>,
    pub(in crate::jobs) key: Option<String>,
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &New) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into jobs (id, workspace_id, kind, payload, lane, state, run_at, waits_since, created_at)
             values ($1, $2, $3, $4, $5, 'ready', $6, $7, $8)"
        ),
        params![
            new.id,
            new.workspace,
            new.kind,
            new.payload,
            new.lane,
            new.run_at,
            new.waits_since,
            tx.now()
        ],
    )?;
    Ok(())
}

/// Gives `false` when one with the same key waits.
pub(super) fn insert_unless_waiting(tx: &mut Tx<'_>, new: &New) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!(
            "insert into jobs (id, workspace_id, kind, payload, lane, state, run_at, waits_since, dedup_key, created_at)
             values ($1, $2, $3, $4, $5, 'ready', $6, $7, $8, $9)
             on conflict (kind, dedup_key) where state = 'ready' and dedup_key is not null do nothing"
        ),
        params![
            new.id,
            new.workspace,
            new.kind,
            new.payload,
            new.lane,
            new.run_at,
            new.waits_since,
            new.key,
            tx.now()
        ],
    )?;
    Ok(rows == 1)
}

/// The job that waits under a key, locked against being claimed but not against others who look at it like this.
pub(super) fn lock_waiting(
    tx: &mut Tx<'_>,
    kind: &str,
    key: &str,
) -> Result<Option<(JobId, Timestamp)>, DbError> {
    tx.optional(
        sql! {
            kind: "claiming a job",
            lite: "select id, run_at from jobs where kind = $1 and dedup_key = $2 and state = 'ready'",
            pg: "select id, run_at from jobs where kind = $1 and dedup_key = $2 and state = 'ready' for share",
        },
        params![kind, key],
        |row| Ok((row.get("id")?, row.get("run_at")?)),
    )
}

/// Lets the waiting job `id` run when `new` would have run.
pub(in crate::jobs) fn hasten(tx: &mut Tx<'_>, id: JobId, new: &New) -> Result<(), DbError> {
    tx.execute(
        sql!("update jobs set run_at = $2, waits_since = $3 where id = $1 and state = 'ready'"),
        params![id, new.run_at, new.waits_since],
    )?;
    Ok(())
}
