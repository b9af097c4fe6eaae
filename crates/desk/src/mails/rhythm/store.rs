//! When mails came.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::mailboxes::MailboxId;

/// When the newest mails were handed over to a mailbox, the newest first; old mail that was imported is none of them.
pub(super) fn arrivals(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    limit: i64,
) -> Result<Vec<Timestamp>, DbError> {
    tx.rows(
        sql!(
            "select stored_at
             from mails
             where workspace_id = $1 and mailbox_id = $2 and folder = ''
             order by id desc
             limit $3"
        ),
        params![workspace, mailbox, limit],
        |row| row.get("stored_at"),
    )
}
