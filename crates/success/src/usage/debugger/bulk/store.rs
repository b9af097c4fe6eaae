//! The rows of what is sent again together.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{BulkReplay, BulkReplayId};
use crate::usage::protocol::Reason;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, replay: &BulkReplay) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_replays (workspace_id, id, source_id, reason, begun_by, begun_at, total, tried, taken)
             values ($1, $2, $3, $4, $5, $6, $7, 0, 0)"
        ),
        params![
            workspace,
            replay.id,
            replay.source,
            replay.reason.map_or("", Reason::as_str),
            replay.begun_by,
            replay.begun_at,
            replay.total
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: BulkReplayId,
) -> Result<Option<BulkReplay>, DbError> {
    tx.optional(
        sql!(
            "select id, source_id, reason, begun_by, begun_at, total, tried, taken, ended_at
             from usage_replays
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn latest(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<BulkReplay>, DbError> {
    tx.optional(
        sql!(
            "select id, source_id, reason, begun_by, begun_at, total, tried, taken, ended_at
             from usage_replays
             where workspace_id = $1
             order by id desc
             limit 1"
        ),
        params![workspace],
        read,
    )
}

/// Counts what was sent.
pub(super) fn advance(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: BulkReplayId,
    (tried, taken): (i64, i64),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_replays
             set tried = tried + $3, taken = taken + $4
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, tried, taken],
    )?;
    Ok(())
}

pub(super) fn end(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: BulkReplayId,
    at: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update usage_replays set ended_at = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, at],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<BulkReplay, DbError> {
    let reason: String = row.get("reason")?;
    Ok(BulkReplay {
        id: row.get("id")?,
        source: row.get("source_id")?,
        reason: Reason::named(&reason),
        begun_by: row.get("begun_by")?,
        begun_at: row.get("begun_at")?,
        total: row.get("total")?,
        tried: row.get("tried")?,
        taken: row.get("taken")?,
        ended_at: row.get("ended_at")?,
    })
}
