//! The rows of jobs.

use crate::clock::Timestamp;
use crate::db::{DbError, Row, Tx};
use crate::id::Uuid;
use crate::jobs::{JobId, Lane, NodeId, Progress};
use crate::{params, sql};

/// A job in someone's hands: who may speak for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) id: JobId,
    pub(super) owner: NodeId,
    pub(super) claims: i64,
    pub(super) has_key: bool,
}

/// A claimed job.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) held: Held,
    pub(super) kind: String,
    pub(super) workspace: Option<Uuid>,
    pub(super) payload: String,
    pub(super) attempts: i64,
    pub(super) run_at: Timestamp,
    pub(super) created_at: Timestamp,
}

/// What to look for when claiming.
pub(super) struct Wanted<'k> {
    pub(super) owner: NodeId,
    pub(super) lane: Lane,
    pub(super) kinds: &'k [&'static str],
    pub(super) most: usize,
}

/// A held job goes back into the queue.
pub(super) struct Again {
    pub(super) run_at: Timestamp,
    pub(super) waits_since: Option<Timestamp>,
    pub(super) failures: i64,
    pub(super) crashes: i64,
    pub(super) error: Option<String>,
}

/// How a job that is over stays visible.
pub(super) struct Over {
    pub(super) state: &'static str,
    pub(super) failures: i64,
    pub(super) error: Option<String>,
    pub(super) forget_at: Option<Timestamp>,
}

/// Takes due jobs of one lane into the owner's hands, the longest due first.
pub(super) fn claim(tx: &mut Tx<'_>, wanted: &Wanted<'_>) -> Result<Vec<Claim>, DbError> {
    let now = tx.now();
    let most = i64::try_from(wanted.most).unwrap_or(i64::MAX);
    let mut claims = tx.rows(
        sql! {
            kind: "claiming a job",
            lite: "update jobs
                   set state = 'running', owner = $1, claims = claims + 1, started_at = $2
                   where id in (
                     select id from jobs
                     where state = 'ready' and lane = $3 and run_at <= $2 and kind in rarray($4)
                     order by run_at
                     limit $5
                   )
                   returning id, owner, claims, dedup_key, kind, workspace_id, payload, attempts, run_at, created_at",
            pg: "with picked as materialized (
                   select id from jobs
                   where state = 'ready' and lane = $3 and run_at <= $2 and kind = any($4)
                   order by run_at
                   limit $5
                   for update skip locked
                 )
                 update jobs
                 set state = 'running', owner = $1, claims = claims + 1, started_at = $2
                 from picked
                 where jobs.id = picked.id
                 returning jobs.id, owner, claims, dedup_key, kind, workspace_id, payload, attempts, run_at, created_at",
        },
        params![wanted.owner, now, wanted.lane, wanted.kinds, most],
        claimed,
    )?;
    claims.sort_by_key(|claim| (claim.run_at, claim.held.id));
    Ok(claims)
}

fn claimed(row: &Row<'_>) -> Result<Claim, DbError> {
    let held = held(row)?;
    Ok(Claim {
        held,
        kind: row.get("kind")?,
        workspace: row.get("workspace_id")?,
        payload: row.get("payload")?,
        attempts: row.get("attempts")?,
        run_at: row.get("run_at")?,
        created_at: row.get("created_at")?,
    })
}

fn held(row: &Row<'_>) -> Result<Held, DbError> {
    Ok(Held {
        id: row.get("id")?,
        owner: row.get("owner")?,
        claims: row.get("claims")?,
        has_key: row.get::<Option<String>>("dedup_key")?.is_some(),
    })
}

/// When the next job that is not due yet will be.
pub(super) fn next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, DbError> {
    let now = tx.now();
    let mut next: Option<Timestamp> = None;
    // One statement a lane: only so does each read a single entry of the index.
    for lane in Lane::ALL {
        let first = tx.one(
            sql!(
                "select min(run_at) as run_at from jobs where state = 'ready' and lane = $1 and run_at > $2"
            ),
            params![lane, now],
            |row| row.get::<Option<Timestamp>>("run_at"),
        )?;
        next = first.into_iter().chain(next).min();
    }
    Ok(next)
}

/// Whether any job of these kinds is due.
pub(super) fn is_any_due(tx: &mut Tx<'_>, kinds: &[&'static str]) -> Result<bool, DbError> {
    for lane in Lane::ALL {
        let first = tx.optional(
            sql! {
                kind: "list of values",
                lite: "select 1 as one from jobs
                       where state = 'ready' and lane = $1 and run_at <= $2 and kind in rarray($3) limit 1",
                pg: "select 1 as one from jobs
                     where state = 'ready' and lane = $1 and run_at <= $2 and kind = any($3) limit 1",
            },
            params![lane, tx.now(), kinds],
            |_| Ok(()),
        )?;
        if first.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Running jobs of each of these kinds, on all nodes.
pub(super) fn running(tx: &mut Tx<'_>, kinds: &[&'static str]) -> Result<Vec<(String, i64)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select kind, count(*) as n from jobs where state = 'running' and kind in rarray($1) group by kind",
            pg: "select kind, count(*) as n from jobs where state = 'running' and kind = any($1) group by kind",
        },
        params![kinds],
        |row| Ok((row.get("kind")?, row.get("n")?)),
    )
}

/// The held job has done its work and goes. Gives `false` when it is not held any more.
pub(super) fn remove(tx: &mut Tx<'_>, held: Held) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!("delete from jobs where id = $1 and owner = $2 and claims = $3"),
        params![held.id, held.owner, held.claims],
    )?;
    Ok(rows == 1)
}

/// The held job is over and stays visible. Gives `false` when it is not held any more.
pub(super) fn finish(tx: &mut Tx<'_>, held: Held, over: &Over) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!(
            "update jobs
             set state = $4, owner = null, attempts = attempts + $5, error = $6, finished_at = $7, forget_at = $8
             where id = $1 and owner = $2 and claims = $3"
        ),
        params![
            held.id,
            held.owner,
            held.claims,
            over.state,
            over.failures,
            over.error,
            tx.now(),
            over.forget_at
        ],
    )?;
    Ok(rows == 1)
}

/// The held job goes back into the queue; [`DbError::Unique`] when its key waits there already. Gives `false` when it
/// is not held any more.
pub(super) fn put_back(tx: &mut Tx<'_>, held: Held, again: &Again) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!(
            "update jobs
             set state = 'ready', owner = null, run_at = $4, waits_since = $5, attempts = attempts + $6,
                 crashes = crashes + $7, error = coalesce($8, error)
             where id = $1 and owner = $2 and claims = $3"
        ),
        params![
            held.id,
            held.owner,
            held.claims,
            again.run_at,
            again.waits_since,
            again.failures,
            again.crashes,
            again.error
        ],
    )?;
    Ok(rows == 1)
}

/// Whether someone asked to cancel the held job; `None` when it is not held any more.
pub(super) fn is_cancel_asked(tx: &mut Tx<'_>, held: Held) -> Result<Option<bool>, DbError> {
    tx.optional(
        sql!("select cancel_asked from jobs where id = $1 and owner = $2 and claims = $3"),
        params![held.id, held.owner, held.claims],
        |row| row.get("cancel_asked"),
    )
}

/// What `owner` holds, but for what is just being ended by it.
pub(super) fn held_by(tx: &mut Tx<'_>, owner: NodeId) -> Result<Vec<(Held, String, i64)>, DbError> {
    tx.rows(
        sql! {
            kind: "claiming a job",
            lite: "select id, owner, claims, dedup_key, kind, crashes from jobs
                   where state = 'running' and owner = $1
                   order by id",
            pg: "select id, owner, claims, dedup_key, kind, crashes from jobs
                 where state = 'running' and owner = $1
                 order by id
                 for update skip locked",
        },
        params![owner],
        |row| Ok((held(row)?, row.get("kind")?, row.get("crashes")?)),
    )
}

/// Everyone who holds something.
pub(super) fn holders(tx: &mut Tx<'_>) -> Result<Vec<NodeId>, DbError> {
    tx.rows(
        sql!("select distinct owner from jobs where state = 'running' and owner is not null order by owner"),
        params![],
        |row| row.get("owner"),
    )
}

/// What `owner` holds and someone asked to cancel.
pub(super) fn asked_to_cancel(tx: &mut Tx<'_>, owner: NodeId) -> Result<Vec<JobId>, DbError> {
    tx.rows(
        sql!("select id from jobs where state = 'running' and owner = $1 and cancel_asked order by id"),
        params![owner],
        |row| row.get("id"),
    )
}

/// Stores how far a held job is. Gives `false` when it is not held any more.
pub(super) fn progress(tx: &mut Tx<'_>, held: Held, news: &Progress) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!(
            "update jobs
             set done = $4, total = $5, note = $6
             where id = $1 and owner = $2 and claims = $3"
        ),
        params![held.id, held.owner, held.claims, news.done, news.total, news.note],
    )?;
    Ok(rows == 1)
}

/// Waits that began after `latest`, which is in the future, began before the clock was set back: they end now.
pub(super) fn end_waits_from_after(tx: &mut Tx<'_>, latest: Timestamp) -> Result<u64, DbError> {
    tx.execute(
        sql!("update jobs set run_at = $2, waits_since = $2 where state = 'ready' and waits_since > $1"),
        params![latest, tx.now()],
    )
}

/// Lets go of what has been visible long enough; a thousand at a time.
pub(super) fn forget(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "delete from jobs where id in (
               select id from jobs where forget_at is not null and forget_at <= $1 order by forget_at limit 1000
             )"
        ),
        params![tx.now()],
    )
}

/// Jobs that wait, in each lane.
pub(super) fn waiting(tx: &mut Tx<'_>) -> Result<Vec<(Lane, i64)>, DbError> {
    tx.rows(
        sql!("select lane, count(*) as n from jobs where state = 'ready' group by lane order by lane"),
        params![],
        |row| Ok((row.get("lane")?, row.get("n")?)),
    )
}
