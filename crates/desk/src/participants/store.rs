//! The rows of participants.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use super::{Participant, ParticipantId};
use crate::mailboxes::folded;
use crate::tickets::TicketId;

pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Participant) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_participants (workspace_id, id, ticket_id, contact_id, name, address, address_folded, is_copy, author,
               added_at, ended_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
             on conflict (workspace_id, id) do update
             set contact_id = $4, name = $5, address = $6, is_copy = $8, author = $9, added_at = $10, ended_at = $11"
        ),
        params![
            workspace,
            one.id,
            one.ticket,
            one.contact,
            one.name,
            one.address,
            folded(&one.address),
            one.is_copy,
            one.author,
            one.added_at,
            one.ended_at
        ],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ParticipantId,
) -> Result<Option<Participant>, DbError> {
    tx.optional(
        sql!(
            "select id, ticket_id, contact_id, name, address, is_copy, author, added_at, ended_at
             from ticket_participants
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// Those of a ticket, with those who were taken off.
pub(super) fn of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<Participant>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, contact_id, name, address, is_copy, author, added_at, ended_at
             from ticket_participants
             where workspace_id = $1 and ticket_id = $2
             order by id"
        ),
        params![workspace, ticket],
        read,
    )
}

/// Where a person takes part.
pub(super) fn of_contact(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<Participant>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, contact_id, name, address, is_copy, author, added_at, ended_at
             from ticket_participants
             where workspace_id = $1 and contact_id = $2
             order by id"
        ),
        params![workspace, contact],
        read,
    )
}

/// Where an address takes part, whosever it is.
pub(super) fn of_address(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    folded: &str,
) -> Result<Vec<Participant>, DbError> {
    tx.rows(
        sql!(
            "select id, ticket_id, contact_id, name, address, is_copy, author, added_at, ended_at
             from ticket_participants
             where workspace_id = $1 and address_folded = $2
             order by id"
        ),
        params![workspace, folded],
        read,
    )
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ParticipantId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from ticket_participants where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Participant, DbError> {
    Ok(Participant {
        id: row.get("id")?,
        ticket: row.get("ticket_id")?,
        contact: row.get("contact_id")?,
        name: row.get("name")?,
        address: row.get("address")?,
        is_copy: row.get("is_copy")?,
        author: row.get("author")?,
        added_at: row.get("added_at")?,
        ended_at: row.get("ended_at")?,
    })
}

pub(super) fn delete_of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from ticket_participants where workspace_id = $1 and ticket_id = $2"),
        params![workspace, ticket],
    )?;
    Ok(())
}
