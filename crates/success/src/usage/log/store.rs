//! The rows of the log: batches, and the marks of the events in them.

use std::collections::{BTreeMap, HashSet};

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::id::TypedId;
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{BatchId, Mark, New, Stored};
use crate::usage::sources::SourceId;

/// A batch that is not in the roll-ups yet.
#[derive(Clone, Copy, Debug)]
pub struct Pending {
    /// The batch.
    pub id: BatchId,
    /// How many events it has.
    pub events: i64,
    /// How many bytes they take.
    pub bytes: i64,
    /// Grows whenever another body takes the place of its own.
    pub revision: i64,
}

/// Marks events as seen in `batch`; gives how many were not seen before.
pub(super) fn mark_seen(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    batch: BatchId,
    marks: &[&[u8]],
    at: Timestamp,
) -> Result<usize, DbError> {
    let fresh = tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into usage_seen (workspace_id, message, batch_id, seen_at)
                   values ($1, $2, $3, $4)
                   on conflict do nothing",
            pg: "insert into usage_seen (workspace_id, message, batch_id, seen_at)
                 select $1, r.message, $3, $4
                 from unnest($2::bytea[]) as r (message)
                 on conflict do nothing",
        },
        params![workspace, marks, batch, at],
    )?;
    Ok(usize::try_from(fresh).unwrap_or_default())
}

/// Lets marks grow old from a moment on, unless they do so later.
pub(super) fn know_longer(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    marks: &[&[u8]],
    at: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql! {
            kind: "list of values",
            lite: "update usage_seen
                   set seen_at = $3
                   where workspace_id = $1 and message in (select value from rarray($2)) and seen_at < $3",
            pg: "update usage_seen
                 set seen_at = $3
                 where workspace_id = $1 and message = any($2) and seen_at < $3",
        },
        params![workspace, marks, at],
    )?;
    Ok(())
}

/// Those of the marks that another batch has.
pub(super) fn seen_elsewhere(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    batch: BatchId,
    marks: &[&[u8]],
) -> Result<HashSet<Mark>, DbError> {
    let rows: Vec<Vec<u8>> = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select message
                   from usage_seen
                   where workspace_id = $1 and message in (select value from rarray($2)) and batch_id <> $3",
            pg: "select message
                 from usage_seen
                 where workspace_id = $1 and message = any($2) and batch_id <> $3",
        },
        params![workspace, marks, batch],
        |row| row.get("message"),
    )?;
    Ok(rows.into_iter().filter_map(|mark| mark.try_into().ok()).collect())
}

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &New<'_>) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_batches (workspace_id, id, source_id, received_at, events, body, is_folded)
             values ($1, $2, $3, $4, $5, $6, false)"
        ),
        params![workspace, new.id, new.source, new.received, new.events, new.body],
    )?;
    Ok(())
}

pub(super) fn newest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: Option<SourceId>,
    before: Option<BatchId>,
    limit: i64,
) -> Result<Vec<Stored>, DbError> {
    let end = before.unwrap_or(BatchId::from_uuid(kit::id::Uuid::max()));
    match source {
        Some(source) => tx.rows(
            sql!(
                "select id, source_id, received_at, events, body, zone
                 from usage_batches
                 where workspace_id = $1 and source_id = $2 and id < $3
                 order by id desc
                 limit $4"
            ),
            params![workspace, source, end, limit],
            read,
        ),
        None => tx.rows(
            sql!(
                "select id, source_id, received_at, events, body, zone
                 from usage_batches
                 where workspace_id = $1 and id < $2
                 order by id desc
                 limit $3"
            ),
            params![workspace, end, limit],
            read,
        ),
    }
}

/// The batches after one, the oldest first.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    after: Option<BatchId>,
    limit: i64,
) -> Result<Vec<Stored>, DbError> {
    tx.rows(
        sql!(
            "select id, source_id, received_at, events, body, zone
             from usage_batches
             where workspace_id = $1 and id > $2
             order by id
             limit $3"
        ),
        params![
            workspace,
            after.unwrap_or(BatchId::from_uuid(kit::id::Uuid::nil())),
            limit
        ],
        read,
    )
}

/// Puts another body in the place of a batch's: whoever reads the one before counts it in vain.
pub(super) fn replace(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: BatchId,
    (body, events): (&[u8], usize),
) -> Result<(), DbError> {
    let events = i64::try_from(events).unwrap_or(i64::MAX);
    tx.execute(
        sql!(
            "update usage_batches
             set body = $3, events = $4, revision = revision + 1
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, body, events],
    )?;
    Ok(())
}

/// The workspaces in which batches wait to be folded: one step each, over all that wait in it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn waiting(tx: &mut Tx<'_>) -> Result<Vec<WorkspaceId>, DbError> {
    let mut all: Vec<WorkspaceId> = Vec::new();
    while let Some(next) = waiting_after(tx, all.last().copied())? {
        all.push(next);
    }
    Ok(all)
}

// global: folding goes through all workspaces
fn waiting_after(tx: &mut Tx<'_>, after: Option<WorkspaceId>) -> Result<Option<WorkspaceId>, DbError> {
    tx.optional(
        sql!(
            "select workspace_id
             from usage_batches
             where is_folded = false and workspace_id > $1
             order by workspace_id
             limit 1"
        ),
        params![after.unwrap_or(WorkspaceId::from_uuid(kit::id::Uuid::nil()))],
        |row| row.get("workspace_id"),
    )
}

/// The batches of a workspace that wait longest to be folded, without what is in them.
///
/// # Errors
/// [`DbError`] of the database.
pub fn pending(tx: &mut Tx<'_>, workspace: WorkspaceId, limit: i64) -> Result<Vec<Pending>, DbError> {
    tx.rows(
        sql!(
            "select id, events, cast(length(body) as bigint) as bytes, revision
             from usage_batches
             where workspace_id = $1 and is_folded = false
             order by id
             limit $2"
        ),
        params![workspace, limit],
        |row| {
            Ok(Pending {
                id: row.get("id")?,
                events: row.get("events")?,
                bytes: row.get("bytes")?,
                revision: row.get("revision")?,
            })
        },
    )
}

/// When the batch came that waits longest to be folded.
///
/// # Errors
/// [`DbError`] of the database.
pub fn waits_since(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Timestamp>, DbError> {
    tx.optional(
        sql!(
            "select received_at
             from usage_batches
             where workspace_id = $1 and is_folded = false
             order by id
             limit 1"
        ),
        params![workspace],
        |row| row.get("received_at"),
    )
}

/// Reads what is in some batches and where each came from, one at a time.
///
/// # Errors
/// [`DbError`] of the database.
pub fn bodies(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[BatchId],
    mut each: impl FnMut(SourceId, Vec<u8>),
) -> Result<(), DbError> {
    tx.each(
        sql! {
            kind: "list of values",
            lite: "select source_id, body from usage_batches
                   where workspace_id = $1 and id in (select value from rarray($2))",
            pg: "select source_id, body from usage_batches
                 where workspace_id = $1 and id = any($2)",
        },
        params![workspace, ids],
        |row| {
            each(row.get("source_id")?, row.get("body")?);
            Ok(())
        },
    )?;
    Ok(())
}

/// Says that batches are in the roll-ups now, each as it was at a revision, by the days of a zone; gives how many were not
/// there before and are still what they were.
///
/// # Errors
/// [`DbError`] of the database.
pub fn mark_folded(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    batches: &[(BatchId, i64)],
    zone: &str,
) -> Result<usize, DbError> {
    // Nearly all are as they came: one statement.
    let mut by_revision: BTreeMap<i64, Vec<BatchId>> = BTreeMap::new();
    for (id, revision) in batches {
        by_revision.entry(*revision).or_default().push(*id);
    }
    let mut marked = 0;
    for (revision, ids) in by_revision {
        marked += tx.execute(
            sql! {
                kind: "list of values",
                lite: "update usage_batches
                       set is_folded = true, zone = $4
                       where workspace_id = $1 and id in (select value from rarray($2))
                         and is_folded = false and revision = $3",
                pg: "update usage_batches
                     set is_folded = true, zone = $4
                     where workspace_id = $1 and id = any($2)
                       and is_folded = false and revision = $3",
            },
            params![workspace, ids.as_slice(), revision, zone],
        )?;
    }
    Ok(usize::try_from(marked).unwrap_or_default())
}

// global: the sweep goes through all workspaces
pub(super) fn sweep_seen(tx: &mut Tx<'_>, end: Timestamp, limit: i64) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "delete from usage_seen
             where (workspace_id, message) in (
               select workspace_id, message from usage_seen where seen_at < $1 order by seen_at limit $2)"
        ),
        params![end, limit],
    )
}

pub(super) fn sweep_batches(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    end: Timestamp,
    limit: i64,
) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "delete from usage_batches
             where workspace_id = $1 and id in (
               select id
               from usage_batches
               where workspace_id = $1 and is_folded = true and received_at < $2
               order by received_at
               limit $3)"
        ),
        params![workspace, end, limit],
    )
}

/// How many events came before a moment, and how many since.
pub(super) fn stock(tx: &mut Tx<'_>, workspace: WorkspaceId, end: Timestamp) -> Result<(i64, i64), DbError> {
    tx.one(
        sql!(
            "select cast(coalesce(sum(case when received_at < $2 then events else 0 end), 0) as bigint) as gone,
               cast(coalesce(sum(case when received_at < $2 then 0 else events end), 0) as bigint) as kept
             from usage_batches
             where workspace_id = $1"
        ),
        params![workspace, end],
        |row| Ok((row.get("gone")?, row.get("kept")?)),
    )
}

fn read(row: &Row<'_>) -> Result<Stored, DbError> {
    Ok(Stored {
        id: row.get("id")?,
        source: row.get("source_id")?,
        received: row.get("received_at")?,
        events: row.get("events")?,
        body: row.get("body")?,
        zone: row.get("zone")?,
    })
}
