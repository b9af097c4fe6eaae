//! What participants keep of persons: for them to take along, and to be forgotten.

use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;

use super::store;

/// In which tickets a person takes part.
pub const HOLDS: Holding = Holding {
    name: "ticket_participants",
    needs: Permission::TicketsRead,
    export,
    forget,
};

fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let found = store::of_contact(tx, actor.workspace, contact)?;
    let said = found.iter().map(|one| {
        json!({
            "ticket": one.ticket, "name": one.name, "address": one.address, "is_copy": one.is_copy,
            "added_at": one.added_at.0, "ended_at": one.ended_at.map(|at| at.0),
        })
    });
    Ok(said.collect())
}

fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let found = store::of_contact(tx, actor.workspace, contact)?;
    store::forget(tx, actor.workspace, contact)?;
    Ok(found.len())
}
