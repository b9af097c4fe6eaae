//! What usage keeps of persons: exported with them, and forgotten with them.

use std::collections::BTreeSet;

use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::erasing::Holding;
use tandem_core::contacts::{ContactId, identities};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{NameId, NameKind, Placing, known, moving, store, written};
use crate::usage::log::scrubbing::{self, Marks};
use crate::usage::{adoption, backfill, folding};

/// How many ids are forgotten at once.
const PART: usize = 500;

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
    let mut marks = Marks::default();
    let system = Actor::system(actor.workspace, "usage");
    // Also what no id was ever linked by: an address in a property, an event that was refused.
    let mut addresses = Vec::new();
    for identity in identities::of(tx, &system, contact).unwrap_or_default() {
        match identity.kind {
            identities::Kind::External => marks.add_id(&identity.value),
            _ => {
                marks.add(&identity.value);
                addresses.push(identity.value);
            }
        }
    }
    let mut names: BTreeSet<NameId> = store::of_contact(tx, actor.workspace, contact)?
        .into_iter()
        .collect();
    names.extend(unlinked(tx, actor.workspace, &addresses)?);
    let mut all = BTreeSet::new();
    for id in &names {
        all.insert(*id);
        let mut walk = Placing::of(actor.workspace).walk(tx, *id)?;
        // A browser that others came with too is not this person's. What was read of one part is not held for the next.
        while let Some(part) = Placing::of(actor.workspace).part(tx, &mut walk, PART)? {
            all.extend(part);
        }
    }
    let all: Vec<NameId> = all.into_iter().collect();
    for part in all.chunks(PART) {
        // However many browsers they came with: a few statements for hundreds of them.
        for name in known::names(tx, actor.workspace, part)? {
            marks.add_id(&name.value);
            if let Some(email) = &name.email {
                marks.add(email);
            }
        }
        let accounts = moving::accounts_of(tx, actor.workspace, part)?;
        written::forget(tx, actor.workspace, part)?;
        // Their ids are as many persons from here on.
        moving::forget(tx, actor.workspace, part)?;
        adoption::counting::mark(tx, actor.workspace, &accounts)?;
    }
    scrubbing::queue(tx, actor.workspace, marks)?;
    backfill::forget_files(tx, actor.workspace)?;
    folding::touch(tx, actor.workspace)?;
    Ok(names.len())
}

/// The names that say one of these addresses and are no contact: somebody may have ended their link.
fn unlinked(tx: &mut Tx<'_>, workspace: WorkspaceId, addresses: &[String]) -> Result<Vec<NameId>, DbError> {
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let mut ids = store::with_emails(tx, workspace, &addresses)?;
    let called = store::ids(tx, workspace, NameKind::User, &addresses)?;
    ids.extend(called.into_iter().map(|(_, id)| id));
    let mut found = known::names(tx, workspace, &ids)?;
    found.retain(|name| name.contact.is_none());
    Ok(found.into_iter().map(|name| name.id).collect())
}
