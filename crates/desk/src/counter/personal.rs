//! What the counter keeps of persons: for them to take along, and to be forgotten.

use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;

use super::store;

/// When a person was where.
pub const HOLDS: Holding = Holding {
    name: "counter_visits",
    needs: Permission::CounterRead,
    export,
    forget,
};

fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let visits = store::of_contact(tx, actor.workspace, contact)?;
    let exported = visits.into_iter().map(|visit| {
        json!({
            "place": visit.place, "day": visit.day, "number": visit.code(), "ticket": visit.ticket, "state": visit.state,
            "came_at": visit.came_at.0, "waited": visit.waited, "served": visit.served,
        })
    });
    Ok(exported.collect())
}

/// Who it was is gone; that somebody came, waited and was served stays.
fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let found = store::of_contact(tx, actor.workspace, contact)?;
    store::forget(tx, actor.workspace, contact)?;
    Ok(found.len())
}
