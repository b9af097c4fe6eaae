//! The rows of imports, of what they did, and of what tells their rows apart.

use std::borrow::Cow;

use kit::blob::BlobId;
use kit::db::{DbError, Row, ToParam, Tx, Value};
use kit::id::Uuid;
use kit::{params, sql};

use super::bulk::Outcome;
use super::model::{Counts, Import, Layout, State};
use super::target::{Done, Refusal, Taken};
use super::{ImportId, Left};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, import: &Import) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into imports (workspace_id, id, target, file_name, hash, size, dialect, has_header, columns, mapping, writing,
               state, problem, agent_id, asked_by, created_at, changed_at, total, position,
               added, changed, unchanged, refused, taken_back, left_alone)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 0, 0, 0, 0, 0, 0)"
        ),
        params![
            workspace,
            import.id,
            import.target,
            import.file_name,
            import.file,
            import.size,
            json(&import.layout.dialect),
            import.layout.has_header,
            json(&import.layout.columns),
            json(&import.mapping),
            json(&import.writing),
            import.state,
            import.problem,
            import.agent,
            import.by,
            import.created_at,
            import.changed_at,
            import.total,
            import.position
        ],
    )?;
    Ok(())
}

/// Stores everything of an import that can change.
pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, import: &Import) -> Result<(), DbError> {
    let counts = &import.counts;
    tx.execute(
        sql!(
            "update imports
             set dialect = $3, has_header = $4, columns = $5, mapping = $6, state = $7, problem = $8, changed_at = $9,
               total = $10, position = $11, added = $12, changed = $13, unchanged = $14, refused = $15,
               taken_back = $16, left_alone = $17, agent_id = $18, writing = $19
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            import.id,
            json(&import.layout.dialect),
            import.layout.has_header,
            json(&import.layout.columns),
            json(&import.mapping),
            import.state,
            import.problem,
            import.changed_at,
            import.total,
            import.position,
            counts.added,
            counts.changed,
            counts.unchanged,
            counts.refused,
            counts.taken_back,
            counts.left_alone,
            import.agent,
            json(&import.writing)
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ImportId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from imports
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ImportId) -> Result<Option<Import>, DbError> {
    tx.optional(
        sql!(
            "select id, target, file_name, hash, size, dialect, has_header, columns, mapping, writing, state, problem, agent_id,
               asked_by, created_at, changed_at, total, position, added, changed, unchanged, refused, taken_back, left_alone
             from imports
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// The draft of this target that has this file.
pub(super) fn draft_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &str,
    file: BlobId,
) -> Result<Option<Import>, DbError> {
    tx.optional(
        sql!(
            "select id, target, file_name, hash, size, dialect, has_header, columns, mapping, writing, state, problem, agent_id,
               asked_by, created_at, changed_at, total, position, added, changed, unchanged, refused, taken_back, left_alone
             from imports
             where workspace_id = $1 and target = $2 and hash = $3 and state = 'draft'
             order by id desc
             limit 1"
        ),
        params![workspace, target, file],
        read,
    )
}

/// Up to `limit`, the newest first, before the one with the id `before`.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: Option<ImportId>,
    limit: i64,
) -> Result<Vec<Import>, DbError> {
    let before = before.map_or(Uuid::max(), kit::id::TypedId::uuid);
    tx.rows(
        sql!(
            "select id, target, file_name, hash, size, dialect, has_header, columns, mapping, writing, state, problem, agent_id,
               asked_by, created_at, changed_at, total, position, added, changed, unchanged, refused, taken_back, left_alone
             from imports
             where workspace_id = $1 and id < $2
             order by id desc
             limit $3"
        ),
        params![workspace, before, limit],
        read,
    )
}

/// What rows did that added or changed something, and why rows were refused.
pub(super) fn insert_outcomes(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ImportId,
    outcomes: &[Outcome],
) -> Result<(), DbError> {
    let rows: Vec<_> = outcomes.iter().filter_map(stored).collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into import_rows (workspace_id, import_id, row_number, outcome, subject_id, version, detail)
                   values ($1, $2, $3, $4, $5, $6, $7)",
            pg: "insert into import_rows (workspace_id, import_id, row_number, outcome, subject_id, version, detail)
                 select $1, $2, r.row_number, r.outcome, r.subject_id, r.version, r.detail
                 from unnest($3::bigint[], $4::text[], $5::bytea[], $6::bigint[], $7::text[])
                   as r (row_number, outcome, subject_id, version, detail)",
        },
        params![
            workspace,
            id,
            Value::list(&rows, |row| row.number.to_param()),
            Value::list(&rows, |row| row.outcome.to_param()),
            Value::list(&rows, |row| row.subject.to_param()),
            Value::list(&rows, |row| row.version.to_param()),
            Value::list(&rows, |row| row.detail.as_ref().to_param())
        ],
    )?;
    Ok(())
}

/// A row of `import_rows`.
struct Stored<'o> {
    number: i64,
    outcome: &'static str,
    subject: Option<Uuid>,
    version: Option<i64>,
    detail: Cow<'o, str>,
}

/// What is to be kept of an outcome, if anything is.
fn stored((number, outcome): &Outcome) -> Option<Stored<'_>> {
    let (outcome, subject, version, detail) = match outcome {
        Ok(Taken::Unchanged(_)) => return None,
        Ok(Taken::Added(subject, version)) => ("added", Some(*subject), Some(*version), Cow::Borrowed("")),
        Ok(Taken::Changed {
            subject,
            version,
            before,
        }) => (
            "changed",
            Some(*subject),
            Some(*version),
            Cow::Borrowed(before.as_str()),
        ),
        Err(refusal) => ("refused", None, None, Cow::Owned(json(refusal))),
    };
    Some(Stored {
        number: *number,
        outcome,
        subject,
        version,
        detail,
    })
}

/// Up to `limit` refused rows after the one numbered `after`.
pub(super) fn refused(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ImportId,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, Refusal)>, DbError> {
    tx.rows(
        sql!(
            "select row_number, detail
             from import_rows
             where workspace_id = $1 and import_id = $2 and row_number > $3 and outcome = 'refused'
             order by row_number
             limit $4"
        ),
        params![workspace, id, after, limit],
        |row| Ok((row.get("row_number")?, parsed(row, "detail")?)),
    )
}

/// Up to `limit` rows up to the one numbered `last` that did something which still stands, the last first.
pub(super) fn standing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ImportId,
    last: i64,
    limit: i64,
) -> Result<Vec<(i64, Done)>, DbError> {
    tx.rows(
        sql!(
            "select row_number, outcome, subject_id, version, detail
             from import_rows
             where workspace_id = $1 and import_id = $2 and row_number <= $3 and outcome in ('added', 'changed')
             order by row_number desc
             limit $4"
        ),
        params![workspace, id, last, limit],
        |row| {
            let was_changed = row.get::<String>("outcome")? == "changed";
            let done = Done {
                subject: row.get("subject_id")?,
                version: row.get("version")?,
                before: if was_changed {
                    Some(row.get("detail")?)
                } else {
                    None
                },
            };
            Ok((row.get("row_number")?, done))
        },
    )
}

/// Says what became of rows that were to be taken back: `back` or `touched`.
pub(super) fn set_outcome(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ImportId,
    rows: &[i64],
    outcome: &str,
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "update import_rows set outcome = $4
                   where workspace_id = $1 and import_id = $2 and row_number = $3",
            pg: "update import_rows set outcome = $4
                 where workspace_id = $1 and import_id = $2 and row_number = any($3)",
        },
        params![workspace, id, rows, outcome],
    )?;
    Ok(())
}

/// Forgets how something was before rows of an import changed it.
pub(super) fn blank(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ImportId,
    subject: Uuid,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update import_rows
             set detail = ''
             where workspace_id = $1 and import_id = $2 and subject_id = $3"
        ),
        params![workspace, id, subject],
    )?;
    Ok(())
}

/// Up to `limit` rows whose effect was left alone.
pub(super) fn left(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ImportId,
    limit: i64,
) -> Result<Vec<Left>, DbError> {
    tx.rows(
        sql!(
            "select row_number, subject_id
             from import_rows
             where workspace_id = $1 and import_id = $2 and outcome = 'touched'
             order by row_number
             limit $3"
        ),
        params![workspace, id, limit],
        |row| {
            Ok(Left {
                row: row.get("row_number")?,
                subject: row.get("subject_id")?,
            })
        },
    )
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("plain fields are always JSON")
}

fn parsed<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: &'static str) -> Result<T, DbError> {
    serde_json::from_str(&row.get::<String>(column)?).map_err(|_| row.broken(column, "JSON"))
}

fn read(row: &Row<'_>) -> Result<Import, DbError> {
    let state: State = row.get("state")?;
    Ok(Import {
        id: row.get("id")?,
        target: row.get("target")?,
        file_name: row.get("file_name")?,
        file: row.get("hash")?,
        size: row.get("size")?,
        layout: Layout {
            dialect: parsed(row, "dialect")?,
            has_header: row.get("has_header")?,
            columns: parsed(row, "columns")?,
        },
        mapping: parsed(row, "mapping")?,
        writing: parsed(row, "writing")?,
        state,
        problem: row.get("problem")?,
        agent: row.get("agent_id")?,
        by: row.get("asked_by")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        total: row.get("total")?,
        position: row.get("position")?,
        counts: Counts {
            added: row.get("added")?,
            changed: row.get("changed")?,
            unchanged: row.get("unchanged")?,
            refused: row.get("refused")?,
            taken_back: row.get("taken_back")?,
            left_alone: row.get("left_alone")?,
        },
    })
}
