//! The rows of files.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::super::{MessageId, TicketId};
use super::{File, FileId};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, file: &File) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_files (workspace_id, id, ticket_id, message_id, name, media_type, size, hash, content_id, is_inline,
               author, added_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        params![
            workspace,
            file.id,
            file.ticket,
            file.message,
            file.name,
            file.media_type,
            file.size,
            file.content,
            file.content_id,
            file.is_inline,
            file.author,
            file.added_at
        ],
    )?;
    Ok(())
}

pub(super) fn attach(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: FileId,
    message: MessageId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update ticket_files set message_id = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, message],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: FileId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from ticket_files where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: FileId) -> Result<Option<File>, DbError> {
    tx.optional(
        sql!(
            "select id, ticket_id, message_id, name, media_type, size, hash, content_id, is_inline, author, added_at
             from ticket_files
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn of_message(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
) -> Result<Vec<File>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, message_id, name, media_type, size, hash, content_id, is_inline, author, added_at
             from ticket_files
             where workspace_id = $1 and message_id = $2
             order by id"
        ),
        params![workspace, message],
        read,
    )
}

/// Files of a ticket's messages.
pub(super) fn of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<File>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, message_id, name, media_type, size, hash, content_id, is_inline, author, added_at
             from ticket_files
             where workspace_id = $1 and ticket_id = $2 and message_id is not null
             order by id"
        ),
        params![workspace, ticket],
        read,
    )
}

/// Files of what a ticket's customer wrote or got.
pub(super) fn public(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<File>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, message_id, name, media_type, size, hash, content_id, is_inline, author, added_at
             from ticket_files
             where workspace_id = $1 and ticket_id = $2
               and message_id in (select id from ticket_messages where workspace_id = $1 and ticket_id = $2 and kind <> 'note')
             order by id"
        ),
        params![workspace, ticket],
        read,
    )
}

/// Gives a file the name and the place in its message that it is said to have.
pub(super) fn rename(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: FileId,
    (name, content_id, is_inline): (&str, &str, bool),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update ticket_files
             set name = $3, content_id = $4, is_inline = $5
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, name, content_id, is_inline],
    )?;
    Ok(())
}

/// Whether a message was written, in a ticket or beside it; not one for which files are only held.
pub(super) fn is_written(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
) -> Result<bool, DbError> {
    let found = tx.rows(
        sql!(
            "select id
             from ticket_messages
             where workspace_id = $1 and id = $2
             union all
             select id
             from side_entries
             where workspace_id = $1 and id = $2
             order by id"
        ),
        params![workspace, message],
        |row| row.get::<MessageId>("id"),
    )?;
    Ok(!found.is_empty())
}

/// Those of a ticket that have no message yet are another's.
pub(super) fn carry(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (TicketId, TicketId),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update ticket_files
             set ticket_id = $3
             where workspace_id = $1 and ticket_id = $2 and message_id is null"
        ),
        params![workspace, from, to],
    )?;
    Ok(())
}

/// The files of one message are another's.
pub(super) fn hand_on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (MessageId, MessageId),
) -> Result<(), DbError> {
    tx.execute(
        sql!("update ticket_files set message_id = $3 where workspace_id = $1 and message_id = $2"),
        params![workspace, from, to],
    )?;
    Ok(())
}

/// The files of a message wait for another, of this author and from now on.
pub(super) fn give_back(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
    author: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update ticket_files
             set message_id = null, author = $3, added_at = $4
             where workspace_id = $1 and message_id = $2"
        ),
        params![workspace, message, author, now],
    )?;
    Ok(())
}

/// The files of a message are of another ticket.
pub(super) fn carry_held(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
    to: TicketId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update ticket_files set ticket_id = $3 where workspace_id = $1 and message_id = $2"),
        params![workspace, message, to],
    )?;
    Ok(())
}

/// Files of a ticket that an author has added to no message yet.
pub(super) fn waiting(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    author: &str,
) -> Result<Vec<File>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, message_id, name, media_type, size, hash, content_id, is_inline, author, added_at
             from ticket_files
             where workspace_id = $1 and ticket_id = $2 and message_id is null and author = $3
             order by id"
        ),
        params![workspace, ticket, author],
        read,
    )
}

/// Files of a ticket that are in no message yet.
pub(super) fn unsent(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<File>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, message_id, name, media_type, size, hash, content_id, is_inline, author, added_at
             from ticket_files
             where workspace_id = $1 and ticket_id = $2 and message_id is null
             order by id"
        ),
        params![workspace, ticket],
        read,
    )
}

/// Files of all workspaces that have waited since before a moment.
pub(super) fn forgotten(
    tx: &mut Tx<'_>,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(WorkspaceId, File)>, DbError> {
    tx.rows(
        sql!(
            "select workspace_id, id, ticket_id, message_id, name, media_type, size, hash, content_id, is_inline, author, added_at
             from ticket_files
             where message_id is null and added_at < $1
             order by added_at
             limit $2"
        ),
        params![before, limit],
        |row| Ok((row.get("workspace_id")?, read(row)?)),
    )
}

/// What a contact sent along.
pub(in super::super) fn of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<File>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, message_id, name, media_type, size, hash, content_id, is_inline, author, added_at
             from ticket_files
             where workspace_id = $1
               and message_id in (select id from ticket_messages where workspace_id = $1 and contact_id = $2)
             order by id"
        ),
        params![workspace, contact],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<File, DbError> {
    Ok(File {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        message: row.get("message_id")?,
        name: row.get("name")?,
        media_type: row.get("media_type")?,
        size: row.get("size")?,
        content: row.get("hash")?,
        content_id: row.get("content_id")?,
        is_inline: row.get("is_inline")?,
        author: row.get("author")?,
        added_at: row.get("added_at")?,
    })
}
