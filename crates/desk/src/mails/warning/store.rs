//! The rows of what administrators were told.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::mailboxes::MailboxId;

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(MailboxId, String)>, DbError> {
    tx.rows(
        sql!(
            "select mailbox_id, cause
             from mail_alarms
             where workspace_id = $1
             order by mailbox_id, cause"
        ),
        params![workspace],
        |row| Ok((row.get("mailbox_id")?, row.get("cause")?)),
    )
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    cause: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into mail_alarms (workspace_id, mailbox_id, cause, raised_at)
             values ($1, $2, $3, $4)"
        ),
        params![workspace, mailbox, cause, now],
    )?;
    Ok(())
}

pub(super) fn delete(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    cause: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from mail_alarms where workspace_id = $1 and mailbox_id = $2 and cause = $3"),
        params![workspace, mailbox, cause],
    )?;
    Ok(())
}
