//! What contacts are to accounts: a contact may be at several, at each from a day to a day, and have several roles there.

pub mod api;
pub mod measures;
mod model;
mod store;
pub mod web;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::Uuid;

pub use model::{ContactRole, Membership, MembershipText};

use super::{CHANGED, Contact, ContactError, ContactId, record, root_of};
use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// What a merge of accounts does with them.
pub const MERGES: Part =
    Part::new("memberships", Way::Move).said("merging-contacts", Permission::ContactsRead);

kit::id! {
    /// What a contact is to an account.
    MembershipId, "mem"
}

/// Says that a contact is at an account.
///
/// # Errors
/// [`ContactError`] for a text that does not fit, or a contact or an account of no or another workspace.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: ContactId,
    account: AccountId,
    text: &MembershipText,
) -> Result<Membership, ContactError> {
    actor.must(Permission::ContactsWrite)?;
    let text = text.checked()?;
    let root = root_of(tx, actor, contact)?;
    if !accounts::exists(tx, actor.workspace, account)? {
        return Err(ContactError::NoAccount);
    }
    let membership = Membership {
        id: tx.new_id(),
        contact,
        account,
        text,
    };
    let now = tx.now();
    store::insert(tx, actor.workspace, &membership, now)?;
    record(tx, actor, &CHANGED, root)?;
    Ok(membership)
}

/// Says something else about a membership.
///
/// # Errors
/// [`ContactError::Unknown`] for one of no or another workspace, or a text that does not fit.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MembershipId,
    text: &MembershipText,
) -> Result<Membership, ContactError> {
    actor.must(Permission::ContactsWrite)?;
    let text = text.checked()?;
    let mut membership = store::find(tx, actor.workspace, id)?.ok_or(ContactError::Unknown)?;
    if membership.text != text {
        membership.text = text;
        store::update(tx, actor.workspace, &membership)?;
        let root = root_of(tx, actor, membership.contact)?;
        record(tx, actor, &CHANGED, root)?;
    }
    Ok(membership)
}

/// Takes a membership away as if it had never been written down; one that ended gets its last day instead.
///
/// # Errors
/// As of [`change`].
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: MembershipId) -> Result<Membership, ContactError> {
    actor.must(Permission::ContactsWrite)?;
    let membership = store::find(tx, actor.workspace, id)?.ok_or(ContactError::Unknown)?;
    let root = root_of(tx, actor, membership.contact)?;
    // While the account is still one of theirs: what happens there follows from it too.
    record(tx, actor, &CHANGED, root)?;
    store::delete(tx, actor.workspace, id)?;
    Ok(membership)
}

/// The membership with this id in the actor's workspace.
///
/// # Errors
/// [`ContactError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: MembershipId) -> Result<Option<Membership>, ContactError> {
    actor.must(Permission::ContactsRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// Where a contact is and was, with the accounts' names.
///
/// # Errors
/// [`ContactError::Forbidden`], or the database's.
pub fn of_contact(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: ContactId,
) -> Result<Vec<(Membership, String)>, ContactError> {
    actor.must(Permission::ContactsRead)?;
    Ok(store::of(tx, actor.workspace, contact)?)
}

/// Where each of these contacts is and was, for what the program does by itself.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of_contacts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    roots: &[ContactId],
) -> Result<Vec<(ContactId, Membership)>, DbError> {
    store::of_many(tx, workspace, roots)
}

/// Up to `limit` people at an account, those who are there before those who were, by name.
///
/// # Errors
/// As of [`of_contact`].
pub fn at_account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    limit: i64,
) -> Result<Vec<(Membership, Contact)>, ContactError> {
    actor.must(Permission::ContactsRead)?;
    Ok(store::at(tx, actor.workspace, account, limit)?)
}

/// Forgets where a contact is and was; gives how many.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<u64, DbError> {
    store::delete_all(tx, workspace, contact)
}

/// Forgets who is and was at an account; the people stay. Only for what the program itself made up.
pub(crate) fn forget_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<(), DbError> {
    store::delete_of_account(tx, workspace, account)
}

/// The accounts where people are or were who are or were at this one, with how many; the most first.
pub(crate) fn shared(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    limit: i64,
) -> Result<Vec<(AccountId, i64)>, DbError> {
    store::shared(tx, workspace, account, limit)
}

/// Who is at these accounts on `today`, as who stands for them; each pair once.
pub(crate) fn present(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    today: Day,
) -> Result<Vec<(AccountId, ContactId)>, DbError> {
    store::present(tx, workspace, accounts, today)
}

/// Up to `limit` of those who are or were at an account, as who stands for them.
pub(super) fn people_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    part: (Uuid, i64),
) -> Result<Vec<Uuid>, DbError> {
    store::people_at(tx, workspace, account, part)
}

/// The accounts where a contact is or was, for pages that show them.
pub(super) fn accounts_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<AccountId>, DbError> {
    store::accounts_of(tx, workspace, contact)
}
