//! Forgetting a person who asks for it, and giving them what is known about them.
//!
//! Erasing takes away the contact with everybody merged into it, what they are known by, where they are, and what events
//! told of them; features above `core` name what they keep of persons in [`Holdings`], and it goes in the same
//! transaction. What stays is a proof: how many rows of which kind went, when, by whom, and that none is left.

pub mod api;
mod holdings;
mod store;
pub mod web;

use kit::clock::Timestamp;
use kit::db::Tx;
use kit::id::TypedId;
use serde_json::{Value, json};

use super::{
    Contact, ContactError, ContactId, ERASED, LIST, NOUN, doubles, identities, memberships, merging,
};
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, NewEvent};
use crate::imports;
use crate::nouns::Marks;
use crate::permissions::Permission;
use crate::touchpoints::{self, Filter, Whose};
use crate::{fields, tags};

pub use holdings::{Holding, Holdings};

/// That a person was erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The id they had.
    pub contact: ContactId,
    /// Who erased them: a signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What went, as JSON: how many rows of each kind, and how many are left.
    pub proof: String,
}

/// Everything that is known about a person, for them to take along.
///
/// # Errors
/// [`ContactError::Unknown`] for a contact of no or another workspace.
pub fn export(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<Value, ContactError> {
    actor.must(Permission::ContactsRead)?;
    let contact = super::find(tx, actor, id)?.ok_or(ContactError::Unknown)?;
    let root = super::find(tx, actor, contact.root)?.ok_or(ContactError::Unknown)?;
    let mut persons = vec![root.clone()];
    persons.extend(merging::merged_into(tx, actor, root.id)?);
    let mut happened = Vec::new();
    for person in &persons {
        happened.extend(events::about(tx, actor.workspace, person.id, 10_000)?);
    }
    let said = touchpoints::timeline(
        tx,
        actor,
        Whose::Contact(root.id),
        &Filter {
            limit: 10_000,
            ..Filter::default()
        },
    );
    let said = said.map_err(|_| ContactError::Unknown)?;
    let identities = identities::of(tx, actor, root.id)?;
    let memberships = memberships::of_contact(tx, actor, root.id)?;
    let bare: Vec<_> = persons.iter().map(|person| person.id.uuid()).collect();
    let marks = Marks::of(tx, actor, &NOUN, &bare)?;
    let (held, left_out) = holdings::export(tx, actor, &persons)?;
    Ok(json!({
        "held_elsewhere": held,
        "left_out_for_want_of_permission": left_out,
        "tags": marks.values().flat_map(|marks| &marks.tags).collect::<Vec<_>>(),
        "fields": marks.values().map(|marks| &marks.fields).collect::<Vec<_>>(),
        "contact": root.id.to_string(),
        "exported_at": tx.now().0,
        "persons": persons.iter().map(person).collect::<Vec<_>>(),
        "identities": identities.iter().map(|identity| json!({
            "kind": identity.kind.as_str(), "realm": identity.realm, "value": identity.value,
            "verified_at": identity.verified.as_ref().map(|verified| verified.at.0),
        })).collect::<Vec<_>>(),
        "memberships": memberships.iter().map(|(membership, account)| json!({
            "account": membership.account.to_string(), "account_name": account, "title": membership.text.title,
            "roles": membership.text.roles, "since": membership.text.since, "until": membership.text.until,
        })).collect::<Vec<_>>(),
        "touchpoints": said.iter().map(|touchpoint| json!({
            "kind": touchpoint.kind, "channel": touchpoint.channel, "direction": touchpoint.direction,
            "at": touchpoint.happened_at.0, "summary": touchpoint.summary,
        })).collect::<Vec<_>>(),
        "events": happened.iter().map(|event| json!({
            "kind": event.kind, "at": event.created_at.0, "by": event.actor,
        })).collect::<Vec<_>>(),
    }))
}

fn person(contact: &Contact) -> Value {
    json!({
        "id": contact.id.to_string(), "name": contact.text.name, "language": contact.text.language,
        "time_zone": contact.text.time_zone, "note": contact.text.note,
        "created_at": contact.created_at.0, "changed_at": contact.changed_at.0,
    })
}

/// Erases a person; erasing one who is gone already fails as any unknown contact.
///
/// # Errors
/// [`ContactError::Unknown`] for a contact of no or another workspace.
pub fn erase(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<Erasure, ContactError> {
    actor.must(Permission::ContactsErase)?;
    let contact = super::find(tx, actor, id)?.ok_or(ContactError::Unknown)?;
    let workspace = actor.workspace;
    let root = contact.root;
    let mut persons: Vec<ContactId> = merging::merged_into(tx, actor, root)?
        .into_iter()
        .map(|part| part.id)
        .collect();
    let accounts = memberships::accounts_of(tx, workspace, root)?;
    let known = identities::of(tx, actor, root)?.len();
    persons.push(root);
    merging::forget(tx, workspace, root)?;
    let held = holdings::forget(tx, actor, &persons)?;
    let (mut by, mut at, mut said, mut marks) = (0, 0, 0, 0);
    for person in &persons {
        by += identities::forget(tx, workspace, *person)?;
        marks += doubles::forget(tx, workspace, *person)?;
        at += memberships::forget(tx, workspace, *person)?;
        said += touchpoints::forget_contact(tx, workspace, *person)?;
        tags::forget(tx, workspace, &NOUN, person.uuid())?;
        fields::forget(tx, workspace, person.uuid())?;
        events::forget(tx, workspace, *person)?;
        imports::forget(tx, workspace, &super::importing::TARGET, person.uuid())?;
        super::store::delete(tx, workspace, *person)?;
    }
    let left =
        super::store::find(tx, workspace, root)?.map_or(0, |_| 1) + identities::of(tx, actor, root)?.len();
    let erasure = Erasure {
        contact: root,
        by: actor.signature(),
        at: tx.now(),
        proof: json!({
            "contacts": persons.len(), "identities": by, "identities_known": known, "memberships": at, "touchpoints": said, "held_elsewhere": held,
            "marks": marks, "left": left,
        })
        .to_string(),
    };
    store::insert(tx, workspace, &erasure)?;
    let mut event = NewEvent::of(&ERASED, root).topic(LIST);
    for account in accounts {
        event = event.topic(account.to_string());
    }
    events::record(tx, actor, event)?;
    audit::record(tx, actor, Entry::of(Act::ContactErased, root))?;
    Ok(erasure)
}

/// The newest `limit` erasures.
///
/// # Errors
/// [`ContactError::Forbidden`], or the database's.
pub fn list(tx: &mut Tx<'_>, actor: &Actor, limit: i64) -> Result<Vec<Erasure>, ContactError> {
    actor.must(Permission::ContactsErase)?;
    Ok(store::list(tx, actor.workspace, limit)?)
}
