//! The rows of mails that are held back or thrown away.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::mails::store::read;
use crate::mails::{Cause, Mail, MailId, State};

/// Keeps when a mail was thrown away; nothing for one that was taken back, or whose bytes are gone.
pub(in crate::mails) fn set_deleted(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailId,
    at: Option<Timestamp>,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update mails set deleted_at = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, at],
    )?;
    Ok(())
}

/// What was thrown away before a moment, the oldest first.
pub(super) fn thrown_away(
    tx: &mut Tx<'_>,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, MailId)>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id
             from mails -- global: the clock looks through all workspaces
             where deleted_at < $1
             order by deleted_at
             limit $2"
        ),
        params![before, limit],
        |row| Ok((row.get("workspace_id")?, row.get("id")?)),
    )
}

/// The newest mails of a state that are or were held back for a cause, older than `before`.
pub(in crate::mails) fn of_cause(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (state, cause): (State, Cause),
    before: MailId,
    limit: i64,
) -> Result<Vec<Mail>, DbError> {
    tx.rows(
        sql!(
            "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and state = $2 and cause = $3 and id < $4
             order by id desc
             limit $5"
        ),
        params![workspace, state.as_str(), cause.as_str(), before, limit],
        read,
    )
}

/// How many mails are held back for each cause.
pub(super) fn causes(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(String, i64)>, DbError> {
    tx.rows(
        sql!(
            "select cause, count(*) as n
             from mails
             where workspace_id = $1 and state = 'suspended'
             group by cause"
        ),
        params![workspace],
        |row| Ok((row.get("cause")?, row.get("n")?)),
    )
}
