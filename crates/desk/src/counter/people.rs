//! Who comes: people are found by a part of their name, an address or a phone number, or added while they stand there.

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactId, ContactText, Introduction};
use tandem_core::permissions::Permission;

pub use crate::askers::Candidate;

use super::CounterError;
use crate::askers;

/// Who may be meant by what was typed: a part of a name, an address, or a phone number.
///
/// # Errors
/// A missing permission, or the database's.
pub fn candidates(tx: &mut Tx<'_>, actor: &Actor, typed: &str) -> Result<Vec<Candidate>, CounterError> {
    Ok(askers::candidates(tx, actor, typed)?)
}

/// Adds whoever was typed; an address or a number becomes what they are known by.
pub(super) fn add(tx: &mut Tx<'_>, actor: &Actor, typed: &str) -> Result<ContactId, CounterError> {
    // Who it is known to be is not told to those who may not see people.
    actor.must(Permission::ContactsRead)?;
    let typed = super::model::line(typed, 200).ok_or(CounterError::NoWho)?;
    if let Some(contact) = askers::known_by(tx, actor, &typed)? {
        return Ok(contact.root);
    }
    let text = ContactText {
        name: typed.clone(),
        ..ContactText::default()
    };
    let introduction = Introduction {
        identities: askers::identity(&typed).into_iter().collect(),
        membership: None,
    };
    Ok(contacts::add(tx, actor, &text, &introduction)?.id)
}

/// Whether what was typed is an address or a phone number by which a contact is known.
pub(super) fn is_known_by(tx: &mut Tx<'_>, actor: &Actor, typed: &str) -> Result<bool, CounterError> {
    Ok(askers::known_by(tx, actor, typed)?.is_some())
}
