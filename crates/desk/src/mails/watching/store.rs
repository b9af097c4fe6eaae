//! The rows of watches and cursors.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use mail::imap::Cursor;
use tandem_core::workspaces::WorkspaceId;

use super::Watch;
use crate::mailboxes::MailboxId;

pub(in crate::mails) fn cursor(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    folder: &str,
) -> Result<Option<Cursor>, DbError> {
    tx.optional(
        sql!(
            "select validity, last_uid, compared_to
             from mail_cursors
             where workspace_id = $1 and mailbox_id = $2 and folder = $3"
        ),
        params![workspace, mailbox, folder],
        |row| {
            let (validity, last): (i64, i64) = (row.get("validity")?, row.get("last_uid")?);
            let compared_to: Option<i64> = row.get("compared_to")?;
            Ok(Cursor {
                validity: u32::try_from(validity).unwrap_or_default(),
                last: u32::try_from(last).unwrap_or_default(),
                compared_to: compared_to.and_then(|uid| u32::try_from(uid).ok()),
            })
        },
    )
}

pub(in crate::mails) fn set_cursor(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    folder: &str,
    cursor: Cursor,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mail_cursors (workspace_id, mailbox_id, folder, validity, last_uid, compared_to)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id, mailbox_id, folder) do update
             set validity = excluded.validity, last_uid = excluded.last_uid, compared_to = excluded.compared_to"
        ),
        params![
            workspace,
            mailbox,
            folder,
            i64::from(cursor.validity),
            i64::from(cursor.last),
            cursor.compared_to.map(i64::from)
        ],
    )?;
    Ok(())
}

/// What the ledger remembers of a folder: size, arrival, identifier.
pub(in crate::mails) fn ledger(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    folder: &str,
) -> Result<Vec<(i64, Timestamp, String)>, DbError> {
    tx.rows(
        sql!(
            "select size, arrived_at, message_id
             from mails
             where workspace_id = $1 and mailbox_id = $2 and folder = $3"
        ),
        params![workspace, mailbox, folder],
        |row| Ok((row.get("size")?, row.get("arrived_at")?, row.get("message_id")?)),
    )
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
) -> Result<Option<Watch>, DbError> {
    tx.optional(
        sql!(
            "select mailbox_id, holder, beat, tried_at, succeeded_at, trouble, said, waiting
             from mail_watches
             where workspace_id = $1 and mailbox_id = $2"
        ),
        params![workspace, mailbox],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Watch>, DbError> {
    tx.rows(
        sql!(
            "select mailbox_id, holder, beat, tried_at, succeeded_at, trouble, said, waiting
             from mail_watches
             where workspace_id = $1"
        ),
        params![workspace],
        read,
    )
}

/// Puts a reader in place and lets its heart beat.
pub(super) fn hold(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    holder: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mail_watches (workspace_id, mailbox_id, holder, beat, trouble, said, waiting)
             values ($1, $2, $3, 1, '', '', 0)
             on conflict (workspace_id, mailbox_id) do update
             set holder = excluded.holder, beat = mail_watches.beat + 1"
        ),
        params![workspace, mailbox, holder],
    )?;
    Ok(())
}

/// Gives a mailbox back, if `holder` has it.
pub(super) fn leave(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    holder: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update mail_watches set holder = '' where workspace_id = $1 and mailbox_id = $2 and holder = $3"
        ),
        params![workspace, mailbox, holder],
    )?;
    Ok(())
}

pub(super) fn note(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    watch: &Watch,
    succeeded_at: Option<Timestamp>,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update mail_watches
             set tried_at = $3, succeeded_at = $4, trouble = $5, said = $6, waiting = $7
             where workspace_id = $1 and mailbox_id = $2"
        ),
        params![
            workspace,
            watch.mailbox,
            now,
            succeeded_at,
            watch.trouble,
            watch.said,
            watch.waiting
        ],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Watch, DbError> {
    Ok(Watch {
        mailbox: row.get("mailbox_id")?,
        holder: row.get("holder")?,
        beat: row.get("beat")?,
        tried_at: row.get("tried_at")?,
        succeeded_at: row.get("succeeded_at")?,
        trouble: row.get("trouble")?,
        said: row.get("said")?,
        waiting: row.get("waiting")?,
    })
}
