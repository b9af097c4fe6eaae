//! The rows of what servers said to senders with a token.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::mailboxes::MailboxId;

/// Keeps whether a server takes them; for this address and server alone.
pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (mailbox, way): (MailboxId, &str),
    is_taken: bool,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into mailbox_plus (workspace_id, mailbox_id, way, is_taken, tried_at)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, mailbox_id) do update
             set way = excluded.way, is_taken = excluded.is_taken, tried_at = excluded.tried_at"
        ),
        params![workspace, mailbox, way, is_taken, now],
    )?;
    Ok(())
}

/// Whether its server takes them, as far as it was asked at this address and server.
pub(super) fn is_taken(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (mailbox, way): (MailboxId, &str),
) -> Result<bool, DbError> {
    let found = tx.optional(
        sql!(
            "select is_taken
             from mailbox_plus
             where workspace_id = $1 and mailbox_id = $2 and way = $3"
        ),
        params![workspace, mailbox, way],
        |row| row.get("is_taken"),
    )?;
    Ok(found.unwrap_or_default())
}
