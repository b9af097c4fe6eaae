//! By what a contact is known: addresses, phones, handles, numbers of other systems. Each belongs to one contact.

pub mod api;
mod model;
mod store;
pub mod web;

use std::collections::HashMap;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};

pub use model::{Kind, NewIdentity, Trouble};

use super::{CHANGED, Contact, ContactError, ContactId, record, root_of};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

kit::id! {
    /// By what a contact is known.
    IdentityId, "idn"
}

/// By what a contact is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its id.
    pub id: IdentityId,
    /// The contact it was written down for, before any merge.
    pub contact: ContactId,
    /// What it is.
    pub kind: Kind,
    /// Where a handle or a number of another system is from; empty for addresses and phones.
    pub realm: String,
    /// As it was written.
    pub value: String,
    /// Who made sure that it is theirs, and when.
    pub verified: Option<Verified>,
}

/// Who made sure of an identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Their signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// Writes down by what a contact is known.
///
/// # Errors
/// [`ContactError::BadIdentity`], [`ContactError::IdentityTaken`] with the contact that is known by it,
/// [`ContactError::Unknown`].
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: ContactId,
    new: &NewIdentity,
) -> Result<Identity, ContactError> {
    actor.must(Permission::ContactsWrite)?;
    let new = new.checked()?;
    let whose = super::find(tx, actor, contact)?.ok_or(ContactError::Unknown)?;
    if let Some(known) = store::by_identity(tx, actor.workspace, new.kind, &new.realm, &new.folded())? {
        return if known.root == whose.root {
            let mut all = store::of(tx, actor.workspace, whose.root)?.into_iter();
            all.find(|identity| identity.kind == new.kind && folded(identity) == new.folded())
                .ok_or(ContactError::Unknown)
        } else {
            Err(ContactError::IdentityTaken(Box::new(known)))
        };
    }
    let identity = Identity {
        id: tx.new_id(),
        contact,
        kind: new.kind,
        realm: new.realm.clone(),
        value: new.value.clone(),
        verified: None,
    };
    let now = tx.now();
    store::insert(tx, actor.workspace, &identity, &new.folded(), now)?;
    record(tx, actor, &CHANGED, whose.root)?;
    Ok(identity)
}

fn folded(identity: &Identity) -> String {
    let Identity {
        kind, realm, value, ..
    } = identity.clone();
    NewIdentity { kind, realm, value }.folded()
}

/// What a contact and those merged into it are known by.
///
/// # Errors
/// [`ContactError::Forbidden`], or the database's.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, root: ContactId) -> Result<Vec<Identity>, ContactError> {
    actor.must(Permission::ContactsRead)?;
    Ok(store::of(tx, actor.workspace, root)?)
}

/// The addresses of these contacts, for a list of them.
pub(super) fn addresses(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contacts: &[ContactId],
) -> Result<HashMap<ContactId, String>, DbError> {
    let mut first = HashMap::new();
    for (contact, address) in store::addresses(tx, workspace, contacts)? {
        first.entry(contact).or_insert(address);
    }
    Ok(first)
}

/// Everything that a contact and those merged into them are known by.
pub(super) fn all_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    root: ContactId,
) -> Result<Vec<Identity>, DbError> {
    store::of(tx, workspace, root)
}

/// Everything that a contact is known by, for the search.
pub(super) fn values(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    root: ContactId,
) -> Result<Vec<String>, DbError> {
    let known = store::of(tx, workspace, root)?;
    Ok(known.into_iter().map(|identity| identity.value).collect())
}

/// Forgets what a contact is known by; gives how many.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<u64, DbError> {
    store::delete_all(tx, workspace, contact)
}

/// Takes an identity away.
///
/// # Errors
/// [`ContactError::Unknown`] for one of no or another workspace.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: IdentityId) -> Result<Identity, ContactError> {
    actor.must(Permission::ContactsWrite)?;
    let identity = store::find(tx, actor.workspace, id)?.ok_or(ContactError::Unknown)?;
    store::delete(tx, actor.workspace, id)?;
    let root = root_of(tx, actor, identity.contact)?;
    record(tx, actor, &CHANGED, root)?;
    Ok(identity)
}

/// Says that an identity is theirs; saying it twice keeps who said it first.
///
/// # Errors
/// As of [`remove`].
pub fn verify(tx: &mut Tx<'_>, actor: &Actor, id: IdentityId) -> Result<Identity, ContactError> {
    actor.must(Permission::ContactsWrite)?;
    let mut identity = store::find(tx, actor.workspace, id)?.ok_or(ContactError::Unknown)?;
    if identity.verified.is_none() {
        identity.verified = Some(Verified {
            by: actor.signature(),
            at: tx.now(),
        });
        keep_verified(tx, actor, &identity)?;
    }
    Ok(identity)
}

/// Takes back that an identity is theirs.
///
/// # Errors
/// As of [`remove`].
pub fn doubt(tx: &mut Tx<'_>, actor: &Actor, id: IdentityId) -> Result<Identity, ContactError> {
    actor.must(Permission::ContactsWrite)?;
    let mut identity = store::find(tx, actor.workspace, id)?.ok_or(ContactError::Unknown)?;
    if identity.verified.take().is_some() {
        keep_verified(tx, actor, &identity)?;
    }
    Ok(identity)
}

fn keep_verified(tx: &mut Tx<'_>, actor: &Actor, identity: &Identity) -> Result<(), ContactError> {
    store::set_verified(tx, actor.workspace, identity)?;
    let root = root_of(tx, actor, identity.contact)?;
    record(tx, actor, &CHANGED, root)
}

/// The contact that is known by this, whoever they turned out to be.
///
/// # Errors
/// [`DbError`] of the database.
pub fn who_is(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    identity: &NewIdentity,
) -> Result<Option<Contact>, DbError> {
    store::by_identity(tx, workspace, identity.kind, &identity.realm, &identity.folded())
}

/// The contacts that are known by these values of one kind, whoever they turned out to be. The values are folded
/// ([`NewIdentity::folded`]), and so are the keys of what is found.
///
/// # Errors
/// [`DbError`] of the database.
pub fn known_by(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (kind, realm): (Kind, &str),
    folded: &[&str],
) -> Result<HashMap<String, ContactId>, DbError> {
    let known = store::known_by(tx, workspace, (kind, realm), folded)?;
    Ok(known.into_iter().collect())
}
