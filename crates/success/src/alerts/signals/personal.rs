//! What signals keep of persons: exported with them, and forgotten with them. That something was told stays; what it was
//! does not.

use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::events;
use tandem_core::permissions::Permission;

use super::{of_contact, store};
use crate::alerts::CHANGED;

/// What is kept of persons.
pub const HOLDS: Holding = Holding {
    name: "signals",
    needs: Permission::AlertsRead,
    export,
    forget,
};

fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let told = of_contact(tx, actor, contact)?;
    let row = |sent: &super::Sent| {
        let signal = sent.alert.signal()?;
        Some(json!({
            "id": signal.id,
            "kind": signal.kind,
            "words": signal.words,
            "ticket": signal.ticket,
            "told_at": signal.at.0,
        }))
    };
    Ok(told.iter().filter_map(row).collect())
}

fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let told = of_contact(tx, actor, contact)?;
    store::blank(tx, actor.workspace, contact)?;
    for sent in &told {
        let facts = json!({ "fields": ["words"] });
        let event = sent.alert.event(tx, &CHANGED).payload(facts);
        events::record(tx, actor, event)?;
    }
    Ok(told.len())
}
