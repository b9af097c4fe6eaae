//! The rows of mails in side conversations.

use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use crate::mails::Mail;
use crate::mails::store::read;
use crate::sides::SideId;

/// The newest mails of a side conversation.
pub(in crate::mails) fn of_side(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    side: SideId,
    limit: i64,
) -> Result<Vec<Mail>, DbError> {
    tx.rows(
        sql!(
            "select id, mailbox_id, folder, validity, uid, blob_id, size, arrived_at, stored_at, envelope_from, envelope_to,
               peer, hello, message_id, content_hash, state, cause, trouble, is_released, sender, sender_name, subject,
               nature, evidence, checks, vouched, reply_to, people, refs, thread_index, contact_id, ticket_id, ticket_message_id, side_id, clue,
               clue_text, is_stranger, read_at
             from mails
             where workspace_id = $1 and side_id = $2
             order by id desc
             limit $3"
        ),
        params![workspace, side, limit],
        read,
    )
}
