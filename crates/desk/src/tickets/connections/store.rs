//! The rows of what joins tickets.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::super::store::word;
use super::super::{MessageId, TicketId};
use super::{Connection, TicketConnectionId};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Connection) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_connections (workspace_id, id, kind, ticket_id, other_id, message_id, status, snoozed_until, author,
               made_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            workspace,
            one.id,
            one.joint.as_str(),
            one.ticket,
            one.other,
            one.message,
            one.status.as_str(),
            one.snoozed_until,
            one.author,
            one.made_at
        ],
    )?;
    Ok(())
}

pub(super) fn end(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Connection) -> Result<(), DbError> {
    let (by, at) = one.ended.clone().unzip();
    tx.execute(
        sql!(
            "update ticket_connections
             set ended_by = $3, ended_at = $4
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, one.id, by, at],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TicketConnectionId,
) -> Result<Option<Connection>, DbError> {
    tx.optional(
        sql!(
            "select id, kind, ticket_id, other_id, message_id, status, snoozed_until, author, made_at, ended_by, ended_at
             from ticket_connections
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// Those of a ticket, on either side, that have not ended.
pub(super) fn standing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<Connection>, DbError> {
    let mut all = ever(tx, workspace, ticket)?;
    all.retain(|one| one.ended.is_none());
    Ok(all)
}

/// Those of a ticket, on either side.
pub(super) fn ever(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<Connection>, DbError> {
    tx.rows(
        sql!(
            "select id, kind, ticket_id, other_id, message_id, status, snoozed_until, author, made_at, ended_by, ended_at
             from ticket_connections
             where workspace_id = $1 and ticket_id = $2
             union all
             select id, kind, ticket_id, other_id, message_id, status, snoozed_until, author, made_at, ended_by, ended_at
             from ticket_connections
             where workspace_id = $1 and other_id = $2
             order by id"
        ),
        params![workspace, ticket],
        read,
    )
}

/// What a ticket is merged into.
pub(super) fn merged_into(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<TicketId>, DbError> {
    tx.optional(
        sql!(
            "select other_id
             from ticket_connections
             where workspace_id = $1 and ticket_id = $2 and kind = 'merged' and ended_at is null"
        ),
        params![workspace, ticket],
        |row| row.get("other_id"),
    )
}

/// What is merged into a ticket.
pub(super) fn merged(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    other: TicketId,
) -> Result<Vec<TicketId>, DbError> {
    tx.rows(
        sql!(
            "select ticket_id
             from ticket_connections
             where workspace_id = $1 and other_id = $2 and kind = 'merged' and ended_at is null
             order by id"
        ),
        params![workspace, other],
        |row| row.get("ticket_id"),
    )
}

/// A message and everything after it go to another ticket, with their files, their mails and whom they mention; what
/// is held for a scheduled reply stays with it.
pub(super) fn carry(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (TicketId, TicketId),
    first: MessageId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update ticket_messages
             set ticket_id = $3
             where workspace_id = $1 and ticket_id = $2 and id >= $4"
        ),
        params![workspace, from, to, first],
    )?;
    tx.execute(
        sql!(
            "update ticket_files
             set ticket_id = $3
             where workspace_id = $1 and ticket_id = $2
               and message_id in (select id from ticket_messages where workspace_id = $1 and ticket_id = $3 and id >= $4)"
        ),
        params![workspace, from, to, first],
    )?;
    tx.execute(
        sql!(
            "update mails
             set ticket_id = $3
             where workspace_id = $1 and ticket_id = $2 and ticket_message_id >= $4"
        ),
        params![workspace, from, to, first],
    )?;
    tx.execute(
        sql!(
            "update outgoing_mails
             set ticket_id = $3
             where workspace_id = $1 and ticket_id = $2 and message_id >= $4"
        ),
        params![workspace, from, to, first],
    )?;
    tx.execute(
        sql!(
            "update ticket_mentions
             set ticket_id = $3
             where workspace_id = $1 and ticket_id = $2 and message_id >= $4"
        ),
        params![workspace, from, to, first],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Connection, DbError> {
    let by: Option<String> = row.get("ended_by")?;
    let at: Option<Timestamp> = row.get("ended_at")?;
    Ok(Connection {
        id: row.get("id")?,
        joint: word(row, "kind")?,
        ticket: row.get("ticket_id")?,
        other: row.get("other_id")?,
        message: row.get("message_id")?,
        status: word(row, "status")?,
        snoozed_until: row.get("snoozed_until")?,
        author: row.get("author")?,
        made_at: row.get("made_at")?,
        ended: by.zip(at),
    })
}
