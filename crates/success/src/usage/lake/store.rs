//! The rows of files of events.

use kit::blob::BlobId;
use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{File, Measured, UsageFileId};

/// How much is in the log and in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Events of the log.
    pub log_events: i64,
    /// How many bytes they take.
    pub log_bytes: i64,
    /// How many files there are.
    pub files: i64,
    /// Events of files.
    pub events: i64,
    /// How many bytes they take.
    pub bytes: i64,
}

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, file: &File) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_files (workspace_id, id, day, zone, blob, events, bytes, batches, first_batch, last_batch,
               first_received_at, last_received_at, first_happened_at, last_happened_at, measured, measuring, measured_rows,
               revision, sealed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
        ),
        params![
            workspace,
            file.id,
            file.day,
            file.zone.as_deref(),
            file.blob,
            file.events,
            file.bytes,
            file.batches,
            file.span.0,
            file.span.1,
            file.received.0,
            file.received.1,
            file.happened.0,
            file.happened.1,
            file.measured.whole,
            file.measured.next,
            file.measured.rows,
            file.revision,
            file.sealed_at
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: UsageFileId,
) -> Result<Option<File>, DbError> {
    tx.optional(
        sql!(
            "select id, day, zone, blob, events, bytes, batches, first_batch, last_batch, first_received_at, last_received_at,
               first_happened_at, last_happened_at, measured, measuring, measured_rows, revision, sealed_at
             from usage_files
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// The newest files before one.
pub(super) fn newest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: Option<UsageFileId>,
    limit: i64,
) -> Result<Vec<File>, DbError> {
    tx.rows(
        sql!(
            "select id, day, zone, blob, events, bytes, batches, first_batch, last_batch, first_received_at, last_received_at,
               first_happened_at, last_happened_at, measured, measuring, measured_rows, revision, sealed_at
             from usage_files
             where workspace_id = $1 and id < $2
             order by id desc
             limit $3"
        ),
        params![
            workspace,
            before.unwrap_or(UsageFileId::from_uuid(Uuid::max())),
            limit
        ],
        read,
    )
}

/// The first file after one.
pub(super) fn next(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    after: Option<UsageFileId>,
) -> Result<Option<File>, DbError> {
    tx.optional(
        sql!(
            "select id, day, zone, blob, events, bytes, batches, first_batch, last_batch, first_received_at, last_received_at,
               first_happened_at, last_happened_at, measured, measuring, measured_rows, revision, sealed_at
             from usage_files
             where workspace_id = $1 and id > $2
             order by id
             limit 1"
        ),
        params![workspace, after.unwrap_or(UsageFileId::from_uuid(Uuid::nil()))],
        read,
    )
}

/// The files that have events that came since a moment, those with the newest first.
pub(super) fn since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    from: Timestamp,
    limit: i64,
) -> Result<Vec<File>, DbError> {
    tx.rows(
        sql!(
            "select id, day, zone, blob, events, bytes, batches, first_batch, last_batch, first_received_at, last_received_at,
               first_happened_at, last_happened_at, measured, measuring, measured_rows, revision, sealed_at
             from usage_files
             where workspace_id = $1 and last_received_at >= $2
             order by last_received_at desc, id desc
             limit $3"
        ),
        params![workspace, from, limit],
        read,
    )
}

/// The file that was counted for the lowest generation, if that is below one.
pub(super) fn unmeasured(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    generation: i64,
) -> Result<Option<File>, DbError> {
    tx.optional(
        sql!(
            "select id, day, zone, blob, events, bytes, batches, first_batch, last_batch, first_received_at, last_received_at,
               first_happened_at, last_happened_at, measured, measuring, measured_rows, revision, sealed_at
             from usage_files
             where workspace_id = $1 and measured < $2
             order by measured, id
             limit 1"
        ),
        params![workspace, generation],
        read,
    )
}

/// Says how far a file was counted; `false` when it is another or was counted by somebody else meanwhile.
pub(super) fn mark(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    file: &File,
    now: Measured,
) -> Result<bool, DbError> {
    let marked = tx.execute(
        sql!(
            "update usage_files
             set measured = $6, measuring = $7, measured_rows = $8
             where workspace_id = $1 and id = $2 and revision = $3 and measured = $4 and measured_rows = $5"
        ),
        params![
            workspace,
            file.id,
            file.revision,
            file.measured.whole,
            file.measured.rows,
            now.whole,
            now.next,
            now.rows
        ],
    )?;
    Ok(marked > 0)
}

/// Puts another content in the place of a file's. Nobody has changed it: the caller has looked in the same transaction.
pub(super) fn replace(tx: &mut Tx<'_>, workspace: WorkspaceId, file: &File) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_files
             set blob = $3, events = $4, bytes = $5, first_received_at = $6, last_received_at = $7, first_happened_at = $8,
               last_happened_at = $9, measured_rows = $10, revision = $11
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            file.id,
            file.blob,
            file.events,
            file.bytes,
            file.received.0,
            file.received.1,
            file.happened.0,
            file.happened.1,
            file.measured.rows,
            file.revision
        ],
    )?;
    Ok(())
}

pub(super) fn remove(tx: &mut Tx<'_>, workspace: WorkspaceId, id: UsageFileId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from usage_files where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

/// Files all of whose events came before a moment.
pub(super) fn old(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    end: Timestamp,
    limit: i64,
) -> Result<Vec<(UsageFileId, BlobId)>, DbError> {
    tx.rows(
        sql!(
            "select id, blob
             from usage_files
             where workspace_id = $1 and last_received_at < $2
             order by last_received_at, id
             limit $3"
        ),
        params![workspace, end, limit],
        |row| Ok((row.get("id")?, row.get("blob")?)),
    )
}

pub(super) fn stock(tx: &mut Tx<'_>, workspace: WorkspaceId, end: Timestamp) -> Result<(i64, i64), DbError> {
    tx.one(
        sql!(
            "select cast(coalesce(sum(case when last_received_at < $2 then events else 0 end), 0) as bigint) as gone,
               cast(coalesce(sum(case when last_received_at < $2 then 0 else events end), 0) as bigint) as kept
             from usage_files
             where workspace_id = $1"
        ),
        params![workspace, end],
        |row| Ok((row.get("gone")?, row.get("kept")?)),
    )
}

pub(super) fn totals(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Totals, DbError> {
    let (log_events, log_bytes) = tx.one(
        sql!(
            "select cast(coalesce(sum(events), 0) as bigint) as events,
               cast(coalesce(sum(length(body)), 0) as bigint) as bytes
             from usage_batches
             where workspace_id = $1"
        ),
        params![workspace],
        |row| Ok((row.get("events")?, row.get("bytes")?)),
    )?;
    tx.one(
        sql!(
            "select count(*) as files, cast(coalesce(sum(events), 0) as bigint) as events,
               cast(coalesce(sum(bytes), 0) as bigint) as bytes
             from usage_files
             where workspace_id = $1"
        ),
        params![workspace],
        |row| {
            Ok(Totals {
                log_events,
                log_bytes,
                files: row.get("files")?,
                events: row.get("events")?,
                bytes: row.get("bytes")?,
            })
        },
    )
}

pub(super) fn oldest(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Timestamp>, DbError> {
    tx.one(
        sql!("select min(first_received_at) as oldest from usage_files where workspace_id = $1"),
        params![workspace],
        |row| row.get("oldest"),
    )
}

pub(super) fn batches(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select cast(coalesce(sum(batches), 0) as bigint) as number from usage_files where workspace_id = $1"
        ),
        params![workspace],
        |row| row.get("number"),
    )
}

fn read(row: &Row<'_>) -> Result<File, DbError> {
    Ok(File {
        id: row.get("id")?,
        day: row.get("day")?,
        zone: row.get("zone")?,
        blob: row.get("blob")?,
        events: row.get("events")?,
        bytes: row.get("bytes")?,
        batches: row.get("batches")?,
        span: (row.get("first_batch")?, row.get("last_batch")?),
        received: (row.get("first_received_at")?, row.get("last_received_at")?),
        happened: (row.get("first_happened_at")?, row.get("last_happened_at")?),
        sealed_at: row.get("sealed_at")?,
        measured: Measured {
            whole: row.get("measured")?,
            next: row.get("measuring")?,
            rows: row.get("measured_rows")?,
        },
        revision: row.get("revision")?,
    })
}
