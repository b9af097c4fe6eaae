//! The rows of many jobs at once: all of one kind and workspace, ready now.

use std::collections::HashMap;

use crate::clock::Timestamp;
use crate::db::{DbError, ToParam, Tx, Value};
use crate::jobs::JobId;
use crate::jobs::queue::New;
use crate::{params, sql};

/// Jobs of one kind without keys, that differ in their ids and payloads alone.
pub(super) fn insert_all(tx: &mut Tx<'_>, all: &[New]) -> Result<(), DbError> {
    let Some(first) = all.first() else {
        return Ok(());
    };
    let now = tx.now();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into jobs (id, workspace_id, kind, payload, lane, state, run_at, waits_since, created_at)
                   values ($1, $2, $3, $4, $5, 'ready', $6, $7, $8)",
            pg: "insert into jobs (id, workspace_id, kind, payload, lane, state, run_at, waits_since, created_at)
                 select r.id, $2, $3, r.payload, $5, 'ready', $6, $7, $8
                 from unnest($1::bytea[], $4::text[]) as r (id, payload)",
        },
        params![
            Value::list(all, |new| new.id.to_param()),
            first.workspace,
            first.kind,
            Value::list(all, |new| new.payload.to_param()),
            first.lane,
            first.run_at,
            first.waits_since,
            now
        ],
    )?;
    Ok(())
}

/// Puts jobs under their keys in and gives how many of them did not wait already.
pub(super) fn insert_unless_waiting(tx: &mut Tx<'_>, all: &[New]) -> Result<usize, DbError> {
    let Some(first) = all.first() else {
        return Ok(0);
    };
    let inserted = tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into jobs (id, workspace_id, kind, payload, lane, state, run_at, waits_since, dedup_key, created_at)
                   values ($1, $2, $3, $4, $5, 'ready', $6, $7, $8, $7)
                   on conflict (kind, dedup_key) where state = 'ready' and dedup_key is not null do nothing",
            pg: "insert into jobs (id, workspace_id, kind, payload, lane, state, run_at, waits_since, dedup_key, created_at)
                 select r.id, $2, $3, r.payload, $5, 'ready', r.run_at, $7, r.dedup_key, $7
                 from unnest($1::bytea[], $4::text[], $6::bigint[], $8::text[])
                     as r (id, payload, run_at, dedup_key)
                 on conflict (kind, dedup_key) where state = 'ready' and dedup_key is not null do nothing",
        },
        params![
            Value::list(all, |new| new.id.to_param()),
            first.workspace,
            first.kind,
            Value::list(all, |new| new.payload.to_param()),
            first.lane,
            Value::list(all, |new| new.run_at.to_param()),
            first.waits_since,
            Value::list(all, |new| new.key.to_param())
        ],
    )?;
    Ok(usize::try_from(inserted).unwrap_or_default())
}

/// The jobs that wait under these keys, locked against being claimed but not against others who look at them like this.
pub(super) fn lock_waiting(
    tx: &mut Tx<'_>,
    all: &[New],
) -> Result<HashMap<String, (JobId, Timestamp)>, DbError> {
    let Some(first) = all.first() else {
        return Ok(HashMap::new());
    };
    let rows = tx.rows(
        sql! {
            kind: "claiming a job",
            lite: "select dedup_key, id, run_at from jobs
                   where kind = $1 and dedup_key in (select value from rarray($2)) and state = 'ready'",
            pg: "select dedup_key, id, run_at from jobs
                 where kind = $1 and dedup_key = any($2) and state = 'ready'
                 for share",
        },
        params![first.kind, Value::list(all, |new| new.key.to_param())],
        |row| Ok((row.get("dedup_key")?, (row.get("id")?, row.get("run_at")?))),
    )?;
    Ok(rows.into_iter().collect())
}
