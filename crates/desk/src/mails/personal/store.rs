//! The rows of mails that went to somebody.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::mails::Mail;
use crate::mails::store::read;
use crate::tickets::TicketId;

/// What one of us sent from elsewhere, and copies, that name an address or one of which it is a part.
pub(super) fn sent_naming(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    address: &str,
) -> Result<Vec<Mail>, DbError> {
    let plain = address.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    tx.rows(
        sql!(
            "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and (state in ('known', 'kept', 'repeated') or clue in ('sent', 'sent_elsewhere', 'agent_answer'))
               and people like $2 escape '!'
             order by id"
        ),
        params![workspace, format!("%{plain}%")],
        read,
    )
}

/// What one of us sent from elsewhere, and copies, in these tickets.
pub(super) fn sent_in(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tickets: &[TicketId],
) -> Result<Vec<Mail>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and ticket_id in (select value from rarray($2))
               and (state in ('known', 'kept', 'repeated') or clue in ('sent', 'sent_elsewhere', 'agent_answer'))
             order by id",
            pg: "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and ticket_id = any($2)
               and (state in ('known', 'kept', 'repeated') or clue in ('sent', 'sent_elsewhere', 'agent_answer'))
             order by id",
        },
        params![workspace, tickets],
        read,
    )
}
