//! The row that says for how long.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::Reopening;

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Reopening>, DbError> {
    tx.optional(
        sql!(
            "select days, version
             from ticket_reopening
             where workspace_id = $1"
        ),
        params![workspace],
        |row| {
            Ok(Reopening {
                days: row.get("days")?,
                version: row.get("version")?,
            })
        },
    )
}

pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, reopening: Reopening) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_reopening (workspace_id, days, version)
             values ($1, $2, $3)
             on conflict (workspace_id) do update
             set days = excluded.days, version = excluded.version"
        ),
        params![workspace, reopening.days, reopening.version],
    )?;
    Ok(())
}
