//! The rows of comparisons, and what they compare with.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::compare::Kept;
use super::{FolderFound, Phase, Reconciliation};
use crate::mailboxes::MailboxId;

pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Reconciliation) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mail_reconciliations (workspace_id, mailbox_id, mark, state, trouble, said, asked_by, asked_at,
               ended_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (workspace_id, mailbox_id) do update
             set mark = excluded.mark, state = excluded.state, trouble = excluded.trouble, said = excluded.said,
               asked_by = excluded.asked_by, asked_at = excluded.asked_at, ended_at = excluded.ended_at"
        ),
        params![
            workspace,
            one.mailbox,
            one.mark,
            one.phase.as_str(),
            one.trouble,
            one.said,
            one.asked_by,
            one.asked_at,
            one.ended_at
        ],
    )?;
    Ok(())
}

pub(super) fn forget_folders(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from mail_reconciled_folders where workspace_id = $1 and mailbox_id = $2"),
        params![workspace, mailbox],
    )?;
    Ok(())
}

pub(super) fn put_folder(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (mailbox, place): (MailboxId, i64),
    found: &FolderFound,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into mail_reconciled_folders (workspace_id, mailbox_id, folder, place, on_server, known, renumbered, moved,
               older, missing, fetched, gone, is_there)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (workspace_id, mailbox_id, folder) do update
             set fetched = excluded.fetched"
        ),
        params![
            workspace,
            mailbox,
            found.folder,
            place,
            found.on_server,
            found.known,
            found.renumbered,
            found.moved,
            found.older,
            found.missing,
            found.fetched,
            found.gone,
            found.is_there
        ],
    )?;
    Ok(())
}

pub(in crate::mails) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
) -> Result<Option<Reconciliation>, DbError> {
    let found = tx.optional(
        sql!(
            "select mailbox_id, mark, state, trouble, said, asked_by, asked_at, ended_at
             from mail_reconciliations
             where workspace_id = $1 and mailbox_id = $2"
        ),
        params![workspace, mailbox],
        read,
    )?;
    let Some(mut found) = found else {
        return Ok(None);
    };
    found.folders = tx.rows(
        sql!(
            "select folder, on_server, known, renumbered, moved, older, missing, fetched, gone, is_there
             from mail_reconciled_folders
             where workspace_id = $1 and mailbox_id = $2
             order by place, folder"
        ),
        params![workspace, mailbox],
        folder,
    )?;
    Ok(Some(found))
}

/// What is stored of a folder.
pub(super) fn here(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    folder: &str,
) -> Result<Vec<Kept>, DbError> {
    tx.rows(
        sql!(
            "select validity, uid, size, arrived_at, message_id
             from mails
             where workspace_id = $1 and mailbox_id = $2 and folder = $3"
        ),
        params![workspace, mailbox, folder],
        kept,
    )
}

/// What is stored of the other folders of a mailbox.
pub(super) fn elsewhere(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
    folder: &str,
) -> Result<Vec<Kept>, DbError> {
    tx.rows(
        sql!(
            "select validity, uid, size, arrived_at, message_id
             from mails
             where workspace_id = $1 and mailbox_id = $2 and folder <> $3 and folder <> ''"
        ),
        params![workspace, mailbox, folder],
        kept,
    )
}

fn kept(row: &Row<'_>) -> Result<Kept, DbError> {
    let (validity, uid): (Option<i64>, Option<i64>) = (row.get("validity")?, row.get("uid")?);
    Ok(Kept {
        place: validity.zip(uid),
        size: row.get("size")?,
        arrived_at: row.get("arrived_at")?,
        message_id: row.get("message_id")?,
    })
}

fn folder(row: &Row<'_>) -> Result<FolderFound, DbError> {
    Ok(FolderFound {
        folder: row.get("folder")?,
        is_there: row.get("is_there")?,
        on_server: row.get("on_server")?,
        known: row.get("known")?,
        renumbered: row.get("renumbered")?,
        moved: row.get("moved")?,
        older: row.get("older")?,
        missing: row.get("missing")?,
        fetched: row.get("fetched")?,
        gone: row.get("gone")?,
    })
}

fn read(row: &Row<'_>) -> Result<Reconciliation, DbError> {
    let state: String = row.get("state")?;
    Ok(Reconciliation {
        mailbox: row.get("mailbox_id")?,
        mark: row.get("mark")?,
        phase: Phase::parse(&state).ok_or_else(|| row.broken("state", "a phase"))?,
        trouble: row.get("trouble")?,
        said: row.get("said")?,
        asked_by: row.get("asked_by")?,
        asked_at: row.get("asked_at")?,
        ended_at: row.get("ended_at")?,
        folders: Vec::new(),
    })
}
