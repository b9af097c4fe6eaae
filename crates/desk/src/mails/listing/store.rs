//! The rows of lists of mails.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::mailboxes::MailboxId;
use crate::mails::store::{read, state};
use crate::mails::{Mail, MailId, State};

/// The newest mails of a state, older than `before`.
pub(in crate::mails) fn of_state(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    state: State,
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
             where workspace_id = $1 and state = $2 and id < $3
             order by id desc
             limit $4"
        ),
        params![workspace, state.as_str(), before, limit],
        read,
    )
}

/// The newest mails, older than `before`.
pub(in crate::mails) fn newest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
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
             where workspace_id = $1 and id < $2
             order by id desc
             limit $3"
        ),
        params![workspace, before, limit],
        read,
    )
}

/// When the newest mail of a mailbox arrived at its server, and when it was stored here.
pub(in crate::mails) fn last(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
) -> Result<Option<(Timestamp, Timestamp)>, DbError> {
    tx.optional(
        sql!(
            "select arrived_at, stored_at
             from mails
             where workspace_id = $1 and mailbox_id = $2
             order by id desc
             limit 1"
        ),
        params![workspace, mailbox],
        |row| Ok((row.get("arrived_at")?, row.get("stored_at")?)),
    )
}

/// Since when the mail waits that was stored first of those that nobody has read yet.
pub(in crate::mails) fn waiting_since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
) -> Result<Option<Timestamp>, DbError> {
    tx.one(
        sql!(
            "select min(stored_at) as since
             from mails
             where workspace_id = $1 and mailbox_id = $2 and state = 'stored'"
        ),
        params![workspace, mailbox],
        |row| row.get("since"),
    )
}

/// How many mails of a mailbox wait for something. Those that are done are not counted: they are many.
pub(in crate::mails) fn counts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: MailboxId,
) -> Result<Vec<(State, i64)>, DbError> {
    tx.rows(
        sql!(
            "select state, count(*) as n
             from mails
             where workspace_id = $1 and mailbox_id = $2 and state in ('stored', 'suspended', 'failed')
             group by state"
        ),
        params![workspace, mailbox],
        |row| Ok((state(row)?, row.get("n")?)),
    )
}
