//! The rows of tallies.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::workspaces::WorkspaceId;

pub(super) fn add(tx: &mut Tx<'_>, workspace: WorkspaceId, name: &str, change: i64) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into tallies (workspace_id, name, total)
             values ($1, $2, $3)
             on conflict (workspace_id, name) do update
             set total = tallies.total + excluded.total"
        ),
        params![workspace, name, change],
    )?;
    Ok(())
}

pub(super) fn total(tx: &mut Tx<'_>, workspace: WorkspaceId, name: &str) -> Result<Option<i64>, DbError> {
    tx.optional(
        sql!(
            "select total
             from tallies
             where workspace_id = $1 and name = $2"
        ),
        params![workspace, name],
        |row| row.get("total"),
    )
}
