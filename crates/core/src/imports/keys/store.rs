//! The rows of keys.

use kit::db::{DbError, Tx};
use kit::id::Uuid;
use kit::{params, sql};

use crate::imports::ImportId;
use crate::workspaces::WorkspaceId;

/// What a key has brought: what it is, and by which row of which import.
pub(in crate::imports) fn remembered(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &str,
    key: &str,
) -> Result<Option<(Uuid, ImportId, i64)>, DbError> {
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
    by: (Uuid, ImportId, i64),
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

pub(in crate::imports) fn forget(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    target: &str,
    subject: Uuid,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from import_keys
             where workspace_id = $1 and target = $2 and subject_id = $3"
        ),
        params![workspace, target, subject],
    )?;
    Ok(())
}
