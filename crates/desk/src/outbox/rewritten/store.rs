//! The column of Message-IDs that servers gave mails of ours.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::outbox::OutgoingId;

pub(super) fn set(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OutgoingId,
    identifier: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update outgoing_mails
             set rewritten = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, identifier],
    )?;
    Ok(())
}

pub(super) fn of(tx: &mut Tx<'_>, workspace: WorkspaceId, id: OutgoingId) -> Result<Option<String>, DbError> {
    let found = tx.optional(
        sql!(
            "select rewritten
             from outgoing_mails
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        |row| row.get::<Option<String>>("rewritten"),
    )?;
    Ok(found.flatten())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    identifier: &str,
) -> Result<Option<OutgoingId>, DbError> {
    tx.optional(
        sql!(
            "select id
             from outgoing_mails
             where workspace_id = $1 and rewritten = $2
             order by id
             limit 1"
        ),
        params![workspace, identifier],
        |row| row.get("id"),
    )
}
