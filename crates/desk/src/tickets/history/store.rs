//! The rows of messages, and with them those of changes.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::super::store::word;
use super::super::{Message, MessageId, TicketId};

pub(in super::super) use super::changed::store::{
    changes, changes_since, find_change, insert_change, last_solving, of_act,
};

pub(in super::super) fn insert_message(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: &Message,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_messages (workspace_id, id, ticket_id, kind, author, contact_id, body, html, written_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            workspace,
            message.id,
            message.ticket,
            message.kind.as_str(),
            message.author,
            message.contact,
            message.body,
            message.html,
            message.written_at
        ],
    )?;
    Ok(())
}

pub(in super::super) fn find_message(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MessageId,
) -> Result<Option<Message>, DbError> {
    tx.optional(
        sql!(
            "select id, ticket_id, kind, author, contact_id, body, html, written_at
             from ticket_messages
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read_message,
    )
}

/// Gives a message other words.
pub(in super::super) fn set_body(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MessageId,
    body: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update ticket_messages set body = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, body],
    )?;
    Ok(())
}

/// The newest public message of a ticket.
pub(in super::super) fn newest_public(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<MessageId>, DbError> {
    tx.optional(
        sql!(
            "select id
             from ticket_messages
             where workspace_id = $1 and ticket_id = $2 and kind <> 'note'
             order by id desc
             limit 1"
        ),
        params![workspace, ticket],
        |row| row.get("id"),
    )
}

/// When the first answers of a ticket were written, but for those that were taken back before they went out.
pub(in super::super) fn first_answers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    limit: i64,
) -> Result<Vec<Timestamp>, DbError> {
    tx.rows(
        sql!(
            "select m.written_at
             from ticket_messages m
             where m.workspace_id = $1 and m.ticket_id = $2 and m.kind = 'reply'
               and not exists (
                 select 1
                 from outgoing_mails o
                 where o.workspace_id = $1 and o.message_id = m.id and o.state = 'withdrawn'
               )
             order by m.id
             limit $3"
        ),
        params![workspace, ticket, limit],
        |row| row.get("written_at"),
    )
}

/// Which answers of a ticket from a message on were taken back before they went out.
pub(in super::super) fn taken_back(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    first: MessageId,
) -> Result<Vec<MessageId>, DbError> {
    tx.rows(
        sql!(
            "select m.id
             from ticket_messages m
             join outgoing_mails o on o.workspace_id = m.workspace_id and o.message_id = m.id
             where m.workspace_id = $1 and m.ticket_id = $2 and m.id >= $3 and m.kind = 'reply' and o.state = 'withdrawn'
             order by m.id"
        ),
        params![workspace, ticket, first],
        |row| row.get("id"),
    )
}

/// A message of a ticket and everything after it, in their order.
pub(in super::super) fn since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    first: MessageId,
) -> Result<Vec<Message>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, kind, author, contact_id, body, html, written_at
             from ticket_messages
             where workspace_id = $1 and ticket_id = $2 and id >= $3
             order by id"
        ),
        params![workspace, ticket, first],
        read_message,
    )
}

/// A message of a ticket and what comes after it, up to `limit`, in their order.
pub(in super::super) fn from_on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ticket, begin): (TicketId, MessageId),
    limit: i64,
) -> Result<Vec<Message>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, kind, author, contact_id, body, html, written_at
             from ticket_messages
             where workspace_id = $1 and ticket_id = $2 and id >= $3
             order by id
             limit $4"
        ),
        params![workspace, ticket, begin, limit],
        read_message,
    )
}

/// The ids of a ticket's messages before one, the newest first.
pub(in super::super) fn ids_before(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ticket, before): (TicketId, MessageId),
    limit: i64,
) -> Result<Vec<MessageId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from ticket_messages
             where workspace_id = $1 and ticket_id = $2 and id < $3
             order by id desc
             limit $4"
        ),
        params![workspace, ticket, before, limit],
        |row| row.get("id"),
    )
}

/// The newest public message of a ticket after one, by anybody but an author.
pub(in super::super) fn newest_of_others(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ticket, after): (TicketId, MessageId),
    author: &str,
) -> Result<Option<Message>, DbError> {
    tx.optional(
        sql!(
            "select id, ticket_id, kind, author, contact_id, body, html, written_at
             from ticket_messages
             where workspace_id = $1 and ticket_id = $2 and id > $3 and kind <> 'note' and author <> $4
             order by id desc
             limit 1"
        ),
        params![workspace, ticket, after, author],
        read_message,
    )
}

/// The first messages of a ticket before one, the oldest first.
pub(in super::super) fn first_messages(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    before: MessageId,
    limit: i64,
) -> Result<Vec<Message>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, kind, author, contact_id, body, html, written_at
             from ticket_messages
             where workspace_id = $1 and ticket_id = $2 and id < $3
             order by id
             limit $4"
        ),
        params![workspace, ticket, before, limit],
        read_message,
    )
}

/// Messages of a ticket, the newest first; before one where it is named.
pub(in super::super) fn messages(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<Message>, DbError> {
    match before {
        Some(before) => tx.rows(
            sql!(
                "select id, ticket_id, kind, author, contact_id, body, html, written_at
                 from ticket_messages
                 where workspace_id = $1 and ticket_id = $2 and id < $3
                 order by id desc
                 limit $4"
            ),
            params![workspace, ticket, before, limit],
            read_message,
        ),
        None => tx.rows(
            sql!(
                "select id, ticket_id, kind, author, contact_id, body, html, written_at
                 from ticket_messages
                 where workspace_id = $1 and ticket_id = $2
                 order by id desc
                 limit $3"
            ),
            params![workspace, ticket, limit],
            read_message,
        ),
    }
}

fn read_message(row: &Row<'_>) -> Result<Message, DbError> {
    Ok(Message {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        kind: word(row, "kind")?,
        author: row.get("author")?,
        contact: row.get("contact_id")?,
        body: row.get("body")?,
        html: row.get("html")?,
        written_at: row.get("written_at")?,
    })
}
