//! The rows of back-fills and of the lines that were refused.

use kit::blob::BlobId;
use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Row, ToParam, Tx, Value};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::BackfillId;
use super::model::{Backfill, Counts, Layout, RefusedLine};
use crate::usage::protocol::Reason;
use crate::usage::sources::SourceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, backfill: &Backfill) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_backfills (workspace_id, id, source_id, file_name, hash, size, is_kept, form, dialect,
               columns, mapping, writing, until_day, state, problem, agent_id, asked_by, created_at, changed_at, total,
               position, taken, known, left_out, refused)
             values ($1, $2, $3, $4, $5, $6, true, $7, $8, $9, $10, $11, null, $12, null, $13, $14, $15, $15, 0,
               0, 0, 0, 0, 0)"
        ),
        params![
            workspace,
            backfill.id,
            backfill.source,
            backfill.file_name,
            backfill.file,
            backfill.size,
            backfill.layout.form,
            json(&backfill.layout.dialect),
            json(&backfill.layout.columns),
            json(&backfill.mapping),
            json(&backfill.writing),
            backfill.state,
            backfill.agent,
            backfill.by,
            backfill.created_at
        ],
    )?;
    Ok(())
}

/// Stores everything of a back-fill that can change.
pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, backfill: &Backfill) -> Result<(), DbError> {
    let counts = &backfill.counts;
    tx.execute(
        sql!(
            "update usage_backfills
             set form = $3, dialect = $4, columns = $5, mapping = $6, writing = $7, until_day = $8, state = $9,
               problem = $10, agent_id = $11, changed_at = $12, total = $13, position = $14, taken = $15, known = $16,
               left_out = $17, refused = $18, is_kept = $19, first_day = $20
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            backfill.id,
            backfill.layout.form,
            json(&backfill.layout.dialect),
            json(&backfill.layout.columns),
            json(&backfill.mapping),
            json(&backfill.writing),
            backfill.until,
            backfill.state,
            backfill.problem,
            backfill.agent,
            backfill.changed_at,
            backfill.total,
            backfill.position,
            counts.taken,
            counts.known,
            counts.left_out,
            counts.refused,
            backfill.is_kept,
            backfill.first
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: BackfillId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from usage_backfills
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: BackfillId,
) -> Result<Option<Backfill>, DbError> {
    tx.optional(
        sql!(
            "select id, source_id, file_name, hash, size, is_kept, form, dialect, columns, mapping, writing, until_day,
               state, problem, agent_id, asked_by, created_at, changed_at, total, position, taken, known, left_out,
               refused, first_day
             from usage_backfills
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// The newest back-fill of a source that has this file.
pub(super) fn of_file(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: SourceId,
    file: BlobId,
) -> Result<Option<Backfill>, DbError> {
    tx.optional(
        sql!(
            "select id, source_id, file_name, hash, size, is_kept, form, dialect, columns, mapping, writing, until_day,
               state, problem, agent_id, asked_by, created_at, changed_at, total, position, taken, known, left_out,
               refused, first_day
             from usage_backfills
             where workspace_id = $1 and source_id = $2 and hash = $3
             order by id desc
             limit 1"
        ),
        params![workspace, source, file],
        read,
    )
}

/// Up to `limit`, the newest first, before the one with the id `before`.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: Option<BackfillId>,
    limit: i64,
) -> Result<Vec<Backfill>, DbError> {
    let before = before.map_or(Uuid::max(), kit::id::TypedId::uuid);
    tx.rows(
        sql!(
            "select id, source_id, file_name, hash, size, is_kept, form, dialect, columns, mapping, writing, until_day,
               state, problem, agent_id, asked_by, created_at, changed_at, total, position, taken, known, left_out,
               refused, first_day
             from usage_backfills
             where workspace_id = $1 and id < $2
             order by id desc
             limit $3"
        ),
        params![workspace, before, limit],
        read,
    )
}

/// Those whose file is kept, in whatever state.
pub(super) fn kept(tx: &mut Tx<'_>, workspace: WorkspaceId, limit: i64) -> Result<Vec<Backfill>, DbError> {
    tx.rows(
        sql!(
            "select id, source_id, file_name, hash, size, is_kept, form, dialect, columns, mapping, writing, until_day,
               state, problem, agent_id, asked_by, created_at, changed_at, total, position, taken, known, left_out,
               refused, first_day
             from usage_backfills
             where workspace_id = $1 and is_kept = true
             order by id
             limit $2"
        ),
        params![workspace, limit],
        read,
    )
}

/// Those that do not run, whose file is still kept, and of which nothing moved since `end`.
pub(super) fn resting_until(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    end: Timestamp,
    limit: i64,
) -> Result<Vec<Backfill>, DbError> {
    tx.rows(
        sql!(
            "select id, source_id, file_name, hash, size, is_kept, form, dialect, columns, mapping, writing, until_day,
               state, problem, agent_id, asked_by, created_at, changed_at, total, position, taken, known, left_out,
               refused, first_day
             from usage_backfills
             where workspace_id = $1 and is_kept = true and state <> 'running' and changed_at <= $2
             order by id
             limit $3"
        ),
        params![workspace, end, limit],
        read,
    )
}

/// The first day of what the files brought that were read to their end.
pub(super) fn first_day(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Day>, DbError> {
    tx.one(
        sql!(
            "select min(first_day) as first_day
             from usage_backfills
             where workspace_id = $1 and state = 'done'"
        ),
        params![workspace],
        |row| row.get("first_day"),
    )
}

pub(super) fn refuse(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: BackfillId,
    lines: &[RefusedLine],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into usage_backfill_refusals (workspace_id, backfill_id, line, reason, about)
                   values ($1, $2, $3, $4, $5)",
            pg: "insert into usage_backfill_refusals (workspace_id, backfill_id, line, reason, about)
                 select $1, $2, r.line, r.reason, r.about
                 from unnest($3::bigint[], $4::text[], $5::text[]) as r (line, reason, about)",
        },
        params![
            workspace,
            id,
            Value::list(lines, |one| one.line.to_param()),
            Value::list(lines, |one| Value::Text(one.reason.as_str().into())),
            Value::list(lines, |one| one.about.to_param())
        ],
    )?;
    Ok(())
}

/// Up to `limit` refused lines after the one numbered `after`.
pub(super) fn refused(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: BackfillId,
    after: i64,
    limit: i64,
) -> Result<Vec<RefusedLine>, DbError> {
    tx.rows(
        sql!(
            "select line, reason, about
             from usage_backfill_refusals
             where workspace_id = $1 and backfill_id = $2 and line > $3
             order by line
             limit $4"
        ),
        params![workspace, id, after, limit],
        |row| {
            let word: String = row.get("reason")?;
            Ok(RefusedLine {
                line: row.get("line")?,
                reason: Reason::named(&word).unwrap_or(Reason::Malformed),
                about: row.get("about")?,
            })
        },
    )
}

fn read(row: &Row<'_>) -> Result<Backfill, DbError> {
    Ok(Backfill {
        id: row.get("id")?,
        source: row.get("source_id")?,
        file_name: row.get("file_name")?,
        file: row.get("hash")?,
        size: row.get("size")?,
        is_kept: row.get("is_kept")?,
        layout: Layout {
            form: row.get("form")?,
            dialect: parsed(row, "dialect")?,
            columns: parsed(row, "columns")?,
        },
        mapping: parsed(row, "mapping")?,
        writing: parsed(row, "writing")?,
        until: row.get("until_day")?,
        state: row.get("state")?,
        problem: row.get("problem")?,
        agent: row.get("agent_id")?,
        by: row.get("asked_by")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        total: row.get("total")?,
        position: row.get("position")?,
        counts: Counts {
            taken: row.get("taken")?,
            known: row.get("known")?,
            left_out: row.get("left_out")?,
            refused: row.get("refused")?,
        },
        first: row.get("first_day")?,
    })
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("plain fields are always JSON")
}

fn parsed<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: &'static str) -> Result<T, DbError> {
    serde_json::from_str(&row.get::<String>(column)?).map_err(|_| row.broken(column, "JSON"))
}
