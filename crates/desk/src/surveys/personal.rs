//! What surveys keep of persons: for them to take along, and to be forgotten.

use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::store;
use crate::tickets::TicketId;

/// What a person was asked and answered.
pub const HOLDS: Holding = Holding {
    name: "surveys",
    needs: Permission::TicketsRead,
    export,
    forget,
};

fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let mut exported = Vec::new();
    for survey in store::of_contact(tx, actor.workspace, contact)? {
        // A look-up by key for each of a few.
        let answers = store::answers(tx, actor.workspace, survey.id)?;
        let answers = answers.into_iter().map(
            |(rating, comment, at)| json!({ "rating": rating, "comment": comment, "answered_at": at.0 }),
        );
        exported.push(json!({
            "ticket": survey.ticket, "question": survey.asks.question, "scale": survey.asks.scale,
            "asked_at": survey.asked_at.0, "answers": answers.collect::<Vec<_>>(),
        }));
    }
    Ok(exported)
}

/// Comments, links and who it was are gone; that somebody was asked and how they rated stays.
fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let found = store::of_contact(tx, actor.workspace, contact)?;
    store::forget(tx, actor.workspace, contact)?;
    Ok(found.len())
}

/// Removes what was asked after a ticket that is removed.
pub(crate) fn forget_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<(), DbError> {
    store::delete_of_ticket(tx, workspace, ticket)
}
