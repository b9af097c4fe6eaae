//! What of the log's rows may leave it, and taking them out.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{Sealable, Unread};
use crate::usage::log::BatchId;
use crate::usage::sources::SourceId;

/// The workspaces that have folded batches.
pub(in crate::usage) fn workspaces(tx: &mut Tx<'_>) -> Result<Vec<WorkspaceId>, DbError> {
    let mut all: Vec<WorkspaceId> = Vec::new();
    while let Some(next) = workspace_after(tx, all.last().copied())? {
        all.push(next);
    }
    Ok(all)
}

// global: sealing goes through all workspaces
fn workspace_after(tx: &mut Tx<'_>, after: Option<WorkspaceId>) -> Result<Option<WorkspaceId>, DbError> {
    tx.optional(
        sql!(
            "select workspace_id
             from usage_batches
             where is_folded = true and workspace_id > $1
             order by workspace_id
             limit 1"
        ),
        params![after.unwrap_or(WorkspaceId::from_uuid(Uuid::nil()))],
        |row| row.get("workspace_id"),
    )
}

/// The first of the newest batches of a source; none where there are none.
pub(super) fn newest_from(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: SourceId,
    newest: i64,
) -> Result<Option<BatchId>, DbError> {
    tx.optional(
        sql!(
            "select n.id
             from (
               select id
               from usage_batches
               where workspace_id = $1 and source_id = $2
               order by id desc
               limit $3) as n
             order by n.id
             limit 1"
        ),
        params![workspace, source, newest],
        |row| row.get("id"),
    )
}

/// Folded batches that came until a moment, with their sources, the oldest first: more than a file takes. Those that could
/// not be read have to have rested.
pub(super) fn folded(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (end, rested): (Timestamp, Timestamp),
) -> Result<Vec<(SourceId, Sealable)>, DbError> {
    tx.rows(
        sql!(
            "select id, source_id, received_at, events, cast(length(body) as bigint) as bytes, zone, measured, revision
             from usage_batches
             where workspace_id = $1 and is_folded = true and received_at <= $2
               and (unread_at is null or unread_at <= $3)
             order by received_at, id
             limit 20000"
        ),
        params![workspace, end, rested],
        |row| {
            let batch = Sealable {
                id: row.get("id")?,
                received: row.get("received_at")?,
                events: row.get("events")?,
                bytes: row.get("bytes")?,
                zone: row.get("zone")?,
                measured: row.get("measured")?,
                revision: row.get("revision")?,
            };
            Ok((row.get("source_id")?, batch))
        },
    )
}

/// Says when a batch could not be read, and how many of its events could be.
pub(super) fn set_aside(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: BatchId,
    (found, at): (i64, Timestamp),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_batches
             set unread_found = $3, unread_at = $4
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, found, at],
    )?;
    Ok(())
}

/// The newest batches that could not be read.
pub(super) fn unread(tx: &mut Tx<'_>, workspace: WorkspaceId, limit: i64) -> Result<Vec<Unread>, DbError> {
    tx.rows(
        sql!(
            "select source_id, received_at, events, unread_found
             from usage_batches
             where workspace_id = $1 and unread_at is not null
             order by id desc
             limit $2"
        ),
        params![workspace, limit],
        |row| {
            Ok(Unread {
                source: row.get("source_id")?,
                received: row.get("received_at")?,
                events: row.get("events")?,
                found: row.get("unread_found")?,
            })
        },
    )
}

/// What is in some batches, each with its id and its source.
pub(in crate::usage) fn bodies(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[BatchId],
) -> Result<Vec<(BatchId, SourceId, Vec<u8>)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, source_id, body
                   from usage_batches
                   where workspace_id = $1 and id in (select value from rarray($2))
                   order by id",
            pg: "select id, source_id, body
                 from usage_batches
                 where workspace_id = $1 and id = any($2)
                 order by id",
        },
        params![workspace, ids],
        |row| Ok((row.get("id")?, row.get("source_id")?, row.get("body")?)),
    )
}

/// What says that batches are as they were read: of each its id, its generation and its revision, in the order of ids.
pub(in crate::usage) fn states(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[BatchId],
) -> Result<Vec<(BatchId, i64, i64)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, measured, revision
                   from usage_batches
                   where workspace_id = $1 and id in (select value from rarray($2)) and is_folded = true
                   order by id",
            pg: "select id, measured, revision
                 from usage_batches
                 where workspace_id = $1 and id = any($2) and is_folded = true
                 order by id",
        },
        params![workspace, ids],
        |row| Ok((row.get("id")?, row.get("measured")?, row.get("revision")?)),
    )
}

/// Takes batches out of the log.
pub(in crate::usage) fn remove(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[BatchId],
) -> Result<u64, DbError> {
    tx.execute(
        sql! {
            kind: "list of values",
            lite: "delete from usage_batches
                   where workspace_id = $1 and id in (select value from rarray($2))",
            pg: "delete from usage_batches
                 where workspace_id = $1 and id = any($2)",
        },
        params![workspace, ids],
    )
}
