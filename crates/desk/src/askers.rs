//! Who asks: whoever says so themselves by mail or form, and whoever an agent names while they are on the phone or at the counter.
//! People are found by a part of their name, an address or a phone number, or made.

use kit::db::{DbError, Tx};
use serde::Serialize;
use tandem_core::actor::Actor;
use tandem_core::agents::is_address;
use tandem_core::contacts::finding::{self, Wishes};
use tandem_core::contacts::identities::{self, Kind, NewIdentity};
use tandem_core::contacts::memberships;
use tandem_core::contacts::{self, Contact, ContactError, ContactId, ContactText, Introduction};
use tandem_core::permissions::Permission;

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

/// The contact with an address, known by it or made by it; called so where they are new. An address that is none leaves nobody.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn who(
    tx: &mut Tx<'_>,
    actor: &Actor,
    address: &str,
    name: &str,
) -> Result<Option<ContactId>, DbError> {
    let Ok(identity) = NewIdentity::email(address).checked() else {
        return Ok(None);
    };
    if let Some(known) = identities::who_is(tx, actor.workspace, &identity)? {
        return Ok(Some(known.root));
    }
    match tx.attempt(|tx| make(tx, actor, identity, (address, name))) {
        Ok(contact) => Ok(Some(contact.root)),
        Err(ContactError::Db(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

/// The same for an agent who types it: what keeps them from it is told.
///
/// # Errors
/// [`ContactError::BadIdentity`] for an address that is none, a missing permission, or the database's.
pub(crate) fn typed(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (address, name): (&str, &str),
) -> Result<ContactId, ContactError> {
    // Who it is known to be is not told to those who may not see people.
    actor.must(Permission::ContactsRead)?;
    let identity = NewIdentity::email(address).checked()?;
    match identities::who_is(tx, actor.workspace, &identity)? {
        Some(known) => Ok(known.root),
        None => Ok(make(tx, actor, identity, (address, name))?.root),
    }
}

fn make(
    tx: &mut Tx<'_>,
    actor: &Actor,
    identity: NewIdentity,
    (address, name): (&str, &str),
) -> Result<Contact, ContactError> {
    let name = match name.trim() {
        "" => address.split('@').next().unwrap_or(address),
        name => name,
    };
    let text = ContactText {
        name: name.chars().take(200).collect(),
        ..ContactText::default()
    };
    let introduction = Introduction {
        identities: vec![identity],
        membership: None,
    };
    contacts::add(tx, actor, &text, &introduction)
}

/// Who may be meant by what was typed: a part of a name, an address, or a phone number.
///
/// # Errors
/// A missing permission, or the database's.
pub(crate) fn candidates(
    tx: &mut Tx<'_>,
    actor: &Actor,
    typed: &str,
) -> Result<Vec<Candidate>, ContactError> {
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
pub(crate) fn known_by(tx: &mut Tx<'_>, actor: &Actor, typed: &str) -> Result<Option<Contact>, ContactError> {
    let Some(identity) = identity(typed) else {
        return Ok(None);
    };
    Ok(identities::who_is(tx, actor.workspace, &identity)?)
}

/// What was typed as an address or a phone number, if it is one.
pub(crate) fn identity(typed: &str) -> Option<NewIdentity> {
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

fn note(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<String, ContactError> {
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
