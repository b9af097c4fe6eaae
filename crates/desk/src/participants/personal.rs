//! What participants keep of persons: for them to take along, and to be forgotten.

use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{Participant, store};
use crate::mailboxes::folded;
use crate::mails;
use crate::tickets::TicketId;

/// In which tickets a person takes part.
pub const HOLDS: Holding = Holding {
    name: "ticket_participants",
    needs: Permission::TicketsRead,
    export,
    forget,
};

fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let found = of_person(tx, actor.workspace, contact)?;
    let said = found.iter().map(|one| {
        json!({
            "ticket": one.ticket, "name": one.name, "address": one.address, "is_copy": one.is_copy,
            "added_at": one.added_at.0, "ended_at": one.ended_at.map(|at| at.0),
        })
    });
    Ok(said.collect())
}

/// Where a person takes part: also under an address that was put there before it was known to be theirs.
fn of_person(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<Participant>, DbError> {
    let mut found = store::of_contact(tx, workspace, contact)?;
    for address in mails::addresses(tx, workspace, contact)? {
        found.extend(store::of_address(tx, workspace, &folded(&address))?);
    }
    found.sort_by_key(|one| one.id);
    found.dedup_by_key(|one| one.id);
    Ok(found)
}

fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let found = of_person(tx, actor.workspace, contact)?;
    for one in &found {
        store::delete(tx, actor.workspace, one.id)?;
    }
    Ok(found.len())
}

/// Removes the participants of a ticket that is removed.
pub(crate) fn forget_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<(), DbError> {
    store::delete_of_ticket(tx, workspace, ticket)
}
