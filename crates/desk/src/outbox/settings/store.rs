//! The row of a workspace's settings.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::Settings;

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Settings>, DbError> {
    tx.optional(
        sql!(
            "select undo_seconds, quotes_history, version
             from outbox_settings
             where workspace_id = $1"
        ),
        params![workspace],
        |row| {
            Ok(Settings {
                undo_seconds: row.get("undo_seconds")?,
                quotes_history: row.get("quotes_history")?,
                version: row.get("version")?,
            })
        },
    )
}

pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, settings: Settings) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into outbox_settings (workspace_id, undo_seconds, quotes_history, version)
             values ($1, $2, $3, $4)
             on conflict (workspace_id) do update
             set undo_seconds = excluded.undo_seconds, quotes_history = excluded.quotes_history, version = excluded.version"
        ),
        params![
            workspace,
            settings.undo_seconds,
            settings.quotes_history,
            settings.version
        ],
    )?;
    Ok(())
}
