//! Who comes: people are found by a part of their name, an address or a phone number, or added while they stand there.

use kit::db::Tx;
use serde::Serialize;
use tandem_core::actor::Actor;
use tandem_core::agents::is_address;
use tandem_core::contacts::finding::{self, Wishes};
use tandem_core::contacts::identities::{self, Kind, NewIdentity};
use tandem_core::contacts::memberships;
use tandem_core::contacts::{self, Contact, ContactId, ContactText, Introduction};
use tandem_core::permissions::Permission;

use super::CounterError;

/// How many are offered.
const MOST: i64 = 8;

/// Somebody who may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Who.
    pub id: ContactId,
    /// Their name.
    pub name: String,
    /// What tells them from others of the name: their accounts, or what they are known by.
    pub note: String,
}

/// Who may be meant by what was typed: a part of a name, an address, or a phone number.
///
/// # Errors
/// A missing permission, or the database's.
pub fn candidates(tx: &mut Tx<'_>, actor: &Actor, typed: &str) -> Result<Vec<Candidate>, CounterError> {
    actor.must(Permission::ContactsRead)?;
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let found = match known_by(tx, actor, typed)? {
        Some(contact) => vec![contact],
        None => {
            let wishes = Wishes {
                q: typed.to_owned(),
                ..Wishes::default()
            };
            finding::found(tx, actor, &wishes, None, MOST)?
        }
    };
    let mut candidates = Vec::with_capacity(found.len());
    for contact in found {
        // A few look-ups by key for each of a few.
        candidates.push(Candidate {
            note: note(tx, actor, contact.root)?,
            id: contact.root,
            name: contact.text.name,
        });
    }
    Ok(candidates)
}

/// The contact who is known by an address or a phone number.
fn known_by(tx: &mut Tx<'_>, actor: &Actor, typed: &str) -> Result<Option<Contact>, CounterError> {
    let Some(identity) = identity(typed) else {
        return Ok(None);
    };
    Ok(identities::who_is(tx, actor.workspace, &identity)?)
}

/// What was typed as an address or a phone number, if it is one.
fn identity(typed: &str) -> Option<NewIdentity> {
    let kind = if is_address(typed) {
        Kind::Email
    } else {
        Kind::Phone
    };
    let identity = NewIdentity {
        kind,
        realm: String::new(),
        value: typed.to_owned(),
    };
    identity.checked().ok()
}

fn note(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<String, CounterError> {
    if actor.may(Permission::AccountsRead) {
        let there = memberships::of_contact(tx, actor, contact)?;
        let names: Vec<String> = there.into_iter().map(|(_, account)| account).collect();
        if !names.is_empty() {
            return Ok(names.join(", "));
        }
    }
    let known = identities::of(tx, actor, contact)?;
    Ok(known.into_iter().next().map(|one| one.value).unwrap_or_default())
}

/// Adds whoever was typed; an address or a number becomes what they are known by.
pub(super) fn add(tx: &mut Tx<'_>, actor: &Actor, typed: &str) -> Result<ContactId, CounterError> {
    // Who it is known to be is not told to those who may not see people.
    actor.must(Permission::ContactsRead)?;
    let typed = super::model::line(typed, 200).ok_or(CounterError::NoWho)?;
    if let Some(contact) = known_by(tx, actor, &typed)? {
        return Ok(contact.root);
    }
    let text = ContactText {
        name: typed.clone(),
        ..ContactText::default()
    };
    let introduction = Introduction {
        identities: identity(&typed).into_iter().collect(),
        membership: None,
    };
    Ok(contacts::add(tx, actor, &text, &introduction)?.id)
}

/// Whether what was typed is an address or a phone number by which a contact is known.
pub(super) fn is_known_by(tx: &mut Tx<'_>, actor: &Actor, typed: &str) -> Result<bool, CounterError> {
    Ok(known_by(tx, actor, typed)?.is_some())
}
