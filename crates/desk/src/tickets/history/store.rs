//! The rows of messages and changes.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::super::store::word;
use super::super::{Change, ChangeId, Message, MessageId, TicketId};

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

pub(in super::super) fn insert_change(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    change: &Change,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_changes (workspace_id, id, ticket_id, field, before_value, after_value, author, changed_at, undoes)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            workspace,
            change.id,
            change.ticket,
            change.field.as_str(),
            change.before,
            change.after,
            change.author,
            change.at,
            change.undoes
        ],
    )?;
    Ok(())
}

pub(in super::super) fn find_change(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ChangeId,
) -> Result<Option<Change>, DbError> {
    tx.optional(
        sql!(
            "select id, ticket_id, field, before_value, after_value, author, changed_at, undoes
             from ticket_changes
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read_change,
    )
}

/// The changes that an author made in a ticket at one moment: those of one act.
pub(in super::super) fn of_act(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ticket, at): (TicketId, Timestamp),
    author: &str,
) -> Result<Vec<Change>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, field, before_value, after_value, author, changed_at, undoes
             from ticket_changes
             where workspace_id = $1 and ticket_id = $2 and changed_at = $3 and author = $4
             order by id"
        ),
        params![workspace, ticket, at, author],
        read_change,
    )
}

/// When a ticket was last solved, whatever was taken back since.
pub(in super::super) fn last_solving(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<Timestamp>, DbError> {
    tx.one(
        sql!(
            "select max(changed_at) as at
             from ticket_changes
             where workspace_id = $1 and ticket_id = $2 and field = 'status' and undoes is null
               and (after_value = 'solved' or after_value like 'solved/%')
               and before_value <> 'solved' and before_value not like 'solved/%'"
        ),
        params![workspace, ticket],
        |row| row.get("at"),
    )
}

/// Changes of a ticket, the newest first.
pub(in super::super) fn changes(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    limit: i64,
) -> Result<Vec<Change>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, field, before_value, after_value, author, changed_at, undoes
             from ticket_changes
             where workspace_id = $1 and ticket_id = $2
             order by id desc
             limit $3"
        ),
        params![workspace, ticket, limit],
        read_change,
    )
}

/// Changes of a ticket from a moment on, the newest first.
pub(in super::super) fn changes_since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ticket, since): (TicketId, Timestamp),
    limit: i64,
) -> Result<Vec<Change>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, field, before_value, after_value, author, changed_at, undoes
             from ticket_changes
             where workspace_id = $1 and ticket_id = $2 and changed_at >= $3
             order by id desc
             limit $4"
        ),
        params![workspace, ticket, since, limit],
        read_change,
    )
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

fn read_change(row: &Row<'_>) -> Result<Change, DbError> {
    Ok(Change {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        field: word(row, "field")?,
        before: row.get("before_value")?,
        after: row.get("after_value")?,
        author: row.get("author")?,
        at: row.get("changed_at")?,
        undoes: row.get("undoes")?,
    })
}
