//! What API inboxes keep of persons: for them to take along, and to be forgotten.

use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;
use tandem_core::webhooks::lines;
use tandem_core::workspaces::WorkspaceId;

use super::{carrying, store};
use crate::tickets::{self, TicketId};

/// Conversations in which a person asked, and the copies of answers that are on their way to the program.
pub const HOLDS: Holding = Holding {
    name: "api_conversations",
    needs: Permission::TicketsRead,
    export,
    forget,
};

fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let (theirs, _) = tickets::of_person(tx, actor.workspace, contact)?;
    let mut exported = Vec::new();
    for (ticket, _) in theirs.into_iter().filter(|(_, asked)| *asked) {
        for (inbox, name) in store::of_ticket(tx, actor.workspace, ticket)? {
            exported.push(json!({ "inbox": inbox, "conversation": name, "ticket": ticket }));
        }
    }
    Ok(exported)
}

/// What the program calls their conversations is gone, and so is every copy of an answer to them; one that waits is not sent any
/// more.
fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let workspace = actor.workspace;
    let (theirs, _) = tickets::of_person(tx, workspace, contact)?;
    let mut count = 0;
    for (ticket, _) in theirs.into_iter().filter(|(_, asked)| *asked) {
        count += forget_ticket(tx, workspace, ticket)?;
    }
    Ok(count)
}

/// What the program calls the conversations of a ticket is gone, and so is every copy of an answer in it; gives how many.
pub(crate) fn forget_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<usize, DbError> {
    let mut count = 0;
    for answer in carrying::store::of_ticket(tx, workspace, ticket)? {
        lines::forget(tx, workspace, answer.delivery)?;
        carrying::store::forget(tx, workspace, answer.message)?;
        count += 1;
    }
    Ok(count + store::forget_conversations(tx, workspace, ticket)?)
}
