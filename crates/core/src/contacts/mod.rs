//! Contacts: the people at accounts.
//!
//! A contact has *identities* (addresses, phones, handles, numbers of other systems; each belongs to one contact) and
//! *memberships* (which accounts, from when to when, in which roles). Two contacts that turn out to be one person are
//! *merged*: an edge that can be taken back, never a rewriting ([`merging`]). Whoever asks to be forgotten is *erased*,
//! with a proof that holds nothing of them ([`erasing`]).

pub mod api;
pub(crate) mod demo;
pub mod doubles;
pub mod erasing;
mod failures;
pub mod finding;
pub mod identities;
pub mod importing;
mod listing;
pub mod memberships;
pub mod merging;
mod model;
pub mod nouns;
pub mod operations;
mod page;
mod reader;
mod samples;
pub mod search;
mod store;
mod views;
pub mod web;

use std::collections::HashMap;

use kit::db::Tx;

use failures::STALE;
pub use model::{Contact, ContactError, ContactText, Cursor};
pub use nouns::NOUN;
pub use reader::reader;

use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::events::{self, Kind, NewEvent};
use crate::panels::{Panel, Place};
use crate::permissions::Permission;

kit::id! {
    /// A contact.
    ContactId, "con"
}

/// A contact came.
pub const ADDED: Kind = Kind::new("contact.added", Permission::ContactsRead);
/// A contact's text, identities or memberships are others.
pub const CHANGED: Kind = Kind::new("contact.changed", Permission::ContactsRead);
/// Two contacts turned out to be one person.
pub const MERGED: Kind = Kind::new("contact.merged", Permission::ContactsRead);
/// Two contacts turned out to be two persons after all.
pub const UNMERGED: Kind = Kind::new("contact.unmerged", Permission::ContactsRead);
/// A contact was erased.
pub const ERASED: Kind = Kind::new("contact.erased", Permission::ContactsRead);

/// The panel of the account's page: who is there.
pub const AT_ACCOUNT: Panel = Panel::new(
    "contacts",
    Place::Account,
    Permission::ContactsRead,
    "/accounts/{id}/contacts",
);

/// The name of the list of contacts, for pages that show it.
pub const LIST: &str = "contacts";
/// Contacts on one page of the list.
pub const PAGE: i64 = 50;

/// Where a new contact is, and by what they are known.
#[derive(Clone, Debug, Default)]
pub struct Introduction {
    /// By what they are known.
    pub identities: Vec<identities::NewIdentity>,
    /// The account they are at, and what they are there.
    pub membership: Option<(AccountId, memberships::MembershipText)>,
}

/// Adds a contact, with what they are known by and where they are.
///
/// # Errors
/// [`ContactError`] for a missing permission or a field that does not fit; then nothing is added.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    text: &ContactText,
    introduction: &Introduction,
) -> Result<Contact, ContactError> {
    actor.must(Permission::ContactsWrite)?;
    let contact = Contact::new(tx.new_id(), text.checked()?, tx.now());
    store::insert(tx, actor.workspace, &contact)?;
    record(tx, actor, &ADDED, contact.id)?;
    for identity in &introduction.identities {
        identities::add(tx, actor, contact.id, identity)?;
    }
    if let Some((account, text)) = &introduction.membership {
        memberships::add(tx, actor, contact.id, *account, text)?;
    }
    Ok(contact)
}

/// Changes what is written about a contact, made from `version`.
///
/// # Errors
/// [`ContactError::Stale`] with the contact as they are when someone changed them meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ContactId,
    version: i64,
    text: &ContactText,
) -> Result<Contact, ContactError> {
    actor.must(Permission::ContactsWrite)?;
    let text = text.checked()?;
    let mut contact = find(tx, actor, id)?.ok_or(ContactError::Unknown)?;
    if contact.version != version {
        return Err(ContactError::Stale(Box::new(contact)));
    }
    if contact.text != text {
        contact.text = text;
        contact.version += 1;
        contact.changed_at = tx.now();
        store::update(tx, actor.workspace, &contact)?;
        record(tx, actor, &CHANGED, contact.root)?;
    }
    Ok(contact)
}

/// The contact with this id in the actor's workspace; a merged one as they were.
///
/// # Errors
/// [`ContactError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<Option<Contact>, ContactError> {
    actor.must(Permission::ContactsRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// What these contacts are called, a merged one as who stands for them.
///
/// # Errors
/// [`ContactError::Forbidden`], or the database's.
pub fn names(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ids: &[ContactId],
) -> Result<HashMap<ContactId, String>, ContactError> {
    actor.must(Permission::ContactsRead)?;
    Ok(store::names(tx, actor.workspace, ids)?.into_iter().collect())
}

/// Up to `limit` contacts by name, after `cursor`; merged ones are left out.
///
/// # Errors
/// [`ContactError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    cursor: Option<&Cursor>,
    limit: i64,
) -> Result<Vec<Contact>, ContactError> {
    actor.must(Permission::ContactsRead)?;
    Ok(store::list(tx, actor.workspace, cursor, limit)?)
}

/// The contact that stands for this one.
fn root_of(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<ContactId, ContactError> {
    let contact = store::find(tx, actor.workspace, id)?.ok_or(ContactError::Unknown)?;
    Ok(contact.root)
}

/// What happened to a contact; nothing of what is written about them stands in an event, so that they can be erased.
fn record(tx: &mut Tx<'_>, actor: &Actor, kind: &'static Kind, id: ContactId) -> Result<(), ContactError> {
    let mut event = NewEvent::of(kind, id).topic(LIST);
    for account in memberships::accounts_of(tx, actor.workspace, id)? {
        event = event.topic(account.to_string());
    }
    events::record(tx, actor, event)?;
    Ok(())
}
