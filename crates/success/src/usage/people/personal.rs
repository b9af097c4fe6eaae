//! What usage keeps of persons: exported with them, and forgotten with them.

use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;

use super::store;
use crate::usage::folding;
use crate::usage::log::scrubbing;

/// What is kept of persons.
pub const HOLDS: Holding = Holding {
    name: "usage",
    needs: Permission::UsageRead,
    export,
    forget,
};

/// By which ids a person is known to the product, and what they did on which day.
fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let mut rows = Vec::new();
    for id in store::of_contact(tx, actor.workspace, contact)? {
        let Some(name) = store::find(tx, actor.workspace, id)? else {
            continue;
        };
        let days = folding::store::told(tx, actor.workspace, id)?;
        let days: Vec<Value> = days
            .into_iter()
            .map(|(day, feature, events)| json!({ "day": day, "feature": feature, "events": events }))
            .collect();
        rows.push(json!({ "id": name.value, "email": name.email, "days": days }));
    }
    Ok(rows)
}

/// Takes away by what a person was known; that somebody did something stays, without a name. What they sent is taken out
/// of the log behind this.
fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let mut marks = Vec::new();
    let names = store::of_contact(tx, actor.workspace, contact)?;
    for id in &names {
        for name in std::iter::once(*id).chain(store::pointing_at(tx, actor.workspace, *id)?) {
            let Some(name) = store::find(tx, actor.workspace, name)? else {
                continue;
            };
            marks.push(scrubbing::mark(&name.value));
            marks.extend(name.email.as_deref().map(scrubbing::mark));
            store::forget(tx, actor.workspace, name.id)?;
            folding::store::forget_person(tx, actor.workspace, name.id)?;
        }
    }
    if !marks.is_empty() {
        scrubbing::queue(tx, actor.workspace, marks)?;
        folding::touch(tx, actor.workspace)?;
    }
    Ok(names.len())
}
