//! The rows of mails that are wanted although they are too large.

use kit::blob::BlobId;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::Wish;
use crate::mailboxes::MailboxId;
use crate::mails::MailId;

/// Stores a wish in place of the one before.
pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, wish: &Wish) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mail_fetches (workspace_id, mail_id, trouble, said, asked_by, asked_at, ended_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (workspace_id, mail_id) do update
             set trouble = excluded.trouble, said = excluded.said, asked_by = excluded.asked_by,
               asked_at = excluded.asked_at, ended_at = excluded.ended_at"
        ),
        params![
            workspace,
            wish.mail,
            wish.trouble,
            wish.said,
            wish.asked_by,
            wish.asked_at,
            wish.ended_at
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: MailId) -> Result<Option<Wish>, DbError> {
    tx.optional(
        sql!(
            "select mail_id, trouble, said, asked_by, asked_at, ended_at
             from mail_fetches
             where workspace_id = $1 and mail_id = $2"
        ),
        params![workspace, mail],
        |row| {
            Ok(Wish {
                mail: row.get("mail_id")?,
                trouble: row.get("trouble")?,
                said: row.get("said")?,
                asked_by: row.get("asked_by")?,
                asked_at: row.get("asked_at")?,
                ended_at: row.get("ended_at")?,
            })
        },
    )
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: MailId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from mail_fetches where workspace_id = $1 and mail_id = $2"),
        params![workspace, mail],
    )?;
    Ok(())
}

/// Where the bytes of a mail lie from now on.
pub(super) fn set_bytes(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: MailId,
    blob: BlobId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update mails set blob_id = $3 where workspace_id = $1 and id = $2"),
        params![workspace, mail, blob],
    )?;
    Ok(())
}

/// How many mails of each mailbox are too large and wait.
pub(super) fn counts(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(MailboxId, i64)>, DbError> {
    tx.rows(
        sql!(
            "select mailbox_id, count(*) as n
             from mails
             where workspace_id = $1 and state = 'suspended' and cause = 'too_large'
             group by mailbox_id"
        ),
        params![workspace],
        |row| Ok((row.get("mailbox_id")?, row.get("n")?)),
    )
}
