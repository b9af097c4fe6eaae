//! The rows of keys.

use kit::db::{DbError, ToParam, Tx, Value};
use kit::id::Uuid;
use kit::{params, sql};

use crate::imports::ImportId;
use crate::workspaces::WorkspaceId;

/// What a key has brought: what it is, and by which row of which import.
type Known = (Uuid, ImportId, i64);

/// What a key has brought.
pub(in crate::imports) fn remembered(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &str,
    key: &str,
) -> Result<Option<Known>, DbError> {
    tx.optional(
        sql!(
            "select subject_id, import_id, row_number
             from import_keys
             where workspace_id = $1 and target = $2 and key = $3"
        ),
        params![workspace, target, key],
        |row| {
            Ok((
                row.get("subject_id")?,
                row.get("import_id")?,
                row.get("row_number")?,
            ))
        },
    )
}

pub(in crate::imports) fn remember(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &str,
    key: &str,
    by: Known,
) -> Result<(), DbError> {
    let (subject, import, row) = by;
    tx.execute(
        sql!(
            "insert into import_keys (workspace_id, target, key, subject_id, import_id, row_number)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id, target, key) do update
             set subject_id = excluded.subject_id, import_id = excluded.import_id, row_number = excluded.row_number"
        ),
        params![workspace, target, key, subject, import, row],
    )?;
    Ok(())
}

/// Those of these keys that have brought something, and what.
pub(in crate::imports) fn seen(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &str,
    keys: &[&str],
) -> Result<Vec<(String, Uuid)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select key, subject_id from import_keys where workspace_id = $1 and target = $2 and key in rarray($3)",
            pg: "select key, subject_id from import_keys where workspace_id = $1 and target = $2 and key = any($3)",
        },
        params![workspace, target, keys],
        |row| Ok((row.get("key")?, row.get("subject_id")?)),
    )
}

/// Remembers different keys: each with what it brought and by which row.
pub(in crate::imports) fn remember_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &str,
    import: ImportId,
    keys: &[(&str, Uuid, i64)],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into import_keys (workspace_id, target, key, subject_id, import_id, row_number)
                   values ($1, $2, $3, $4, $5, $6)
                   on conflict (workspace_id, target, key) do update
                   set subject_id = excluded.subject_id, import_id = excluded.import_id, row_number = excluded.row_number",
            pg: "insert into import_keys (workspace_id, target, key, subject_id, import_id, row_number)
                 select $1, $2, r.key, r.subject_id, $5, r.row_number
                 from unnest($3::text[], $4::bytea[], $6::bigint[]) as r (key, subject_id, row_number)
                 on conflict (workspace_id, target, key) do update
                 set subject_id = excluded.subject_id, import_id = excluded.import_id, row_number = excluded.row_number",
        },
        params![
            workspace,
            target,
            Value::list(keys, |(key, ..)| key.to_param()),
            Value::list(keys, |(_, subject, _)| subject.to_param()),
            import,
            Value::list(keys, |(.., row)| row.to_param())
        ],
    )?;
    Ok(())
}

/// Forgets every key under which one of these was brought.
pub(in crate::imports) fn forget_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &str,
    subjects: &[Uuid],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "delete from import_keys where workspace_id = $1 and target = $2 and subject_id = $3",
            pg: "delete from import_keys where workspace_id = $1 and target = $2 and subject_id = any($3)",
        },
        params![workspace, target, subjects],
    )?;
    Ok(())
}

/// Every key under which something was brought.
pub(in crate::imports) fn keys_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &str,
    subject: Uuid,
) -> Result<Vec<String>, DbError> {
    tx.rows(
        sql!(
            "select key
             from import_keys
             where workspace_id = $1 and target = $2 and subject_id = $3"
        ),
        params![workspace, target, subject],
        |row| row.get("key"),
    )
}

/// The imports that brought something, the last one last.
pub(in crate::imports) fn imports_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &str,
    subject: Uuid,
) -> Result<Vec<ImportId>, DbError> {
    tx.rows(
        sql!(
            "select distinct import_id
             from import_keys
             where workspace_id = $1 and target = $2 and subject_id = $3
             order by import_id"
        ),
        params![workspace, target, subject],
        |row| row.get("import_id"),
    )
}
