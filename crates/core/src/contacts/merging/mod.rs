//! Two contacts that are one person. A merge is an edge: nothing is rewritten, so taking it back leaves everything as it
//! was. Every contact names its *root*, the one that stands for it; rows stay with the contact they were written for.

pub mod api;
mod preview;
mod store;
pub mod web;

use std::collections::HashMap;

use kit::db::{DbError, Tx};

use super::{Contact, ContactError, ContactId, MERGED, UNMERGED, doubles, record};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

pub(super) use preview::{Preview, Side};

/// Why two contacts may be one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They have the same name and are or were at the same account.
    NameAndAccount,
    /// They have the same name.
    Name,
}

impl Likeness {
    /// The word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NameAndAccount => "name_and_account",
            Self::Name => "name",
        }
    }

    /// The key of its sentence in the reader's language.
    pub const fn text(self) -> &'static str {
        match self {
            Self::NameAndAccount => "contacts-like-name-and-account",
            Self::Name => "contacts-like-name",
        }
    }
}

/// Says that `gone` is `kept`: from now on `kept` stands for both. Said twice it changes nothing.
///
/// # Errors
/// [`ContactError::BadMerge`] when either is none of this workspace, or they are one already the other way round.
pub fn merge(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kept: ContactId,
    gone: ContactId,
) -> Result<Contact, ContactError> {
    actor.must(Permission::ContactsWrite)?;
    let whole = super::find(tx, actor, kept)?.ok_or(ContactError::Unknown)?;
    let part = super::find(tx, actor, gone)?.ok_or(ContactError::BadMerge)?;
    if part.root == whole.root {
        return if part.id == whole.id || part.id == whole.root {
            Err(ContactError::BadMerge)
        } else {
            standing(tx, actor, whole.root)
        };
    }
    store::insert(tx, actor.workspace, part.root, whole.root, &actor.signature())?;
    store::set_root(tx, actor.workspace, part.root, whole.root)?;
    record(tx, actor, &MERGED, whole.root)?;
    record(tx, actor, &MERGED, part.root)?;
    standing(tx, actor, whole.root)
}

/// Takes a merge of `gone` back: it stands for itself again, and for those that were merged into it.
///
/// # Errors
/// [`ContactError::Unknown`] for a contact of no or another workspace; one that was never merged stays as it is.
pub fn unmerge(tx: &mut Tx<'_>, actor: &Actor, gone: ContactId) -> Result<Contact, ContactError> {
    actor.must(Permission::ContactsWrite)?;
    let part = super::find(tx, actor, gone)?.ok_or(ContactError::Unknown)?;
    if store::delete(tx, actor.workspace, gone)? {
        let edges = store::under(tx, actor.workspace, part.root)?;
        for id in branch(gone, &edges) {
            store::set_own_root(tx, actor.workspace, id, gone)?;
        }
        record(tx, actor, &UNMERGED, part.root)?;
        record(tx, actor, &UNMERGED, gone)?;
    }
    standing(tx, actor, gone)
}

/// `top` and everybody who was merged into it, directly or through others; `edges` go from who was merged to into whom.
fn branch(top: ContactId, edges: &[(ContactId, ContactId)]) -> Vec<ContactId> {
    let mut found = vec![top];
    let mut next = 0;
    while next < found.len() {
        let into = found[next];
        found.extend(edges.iter().filter(|edge| edge.1 == into).map(|edge| edge.0));
        next += 1;
    }
    found
}

fn standing(tx: &mut Tx<'_>, actor: &Actor, id: ContactId) -> Result<Contact, ContactError> {
    super::find(tx, actor, id)?.ok_or(ContactError::Unknown)
}

/// The contacts that stand in `kept` beside itself.
///
/// # Errors
/// [`ContactError::Forbidden`], or the database's.
pub fn merged_into(tx: &mut Tx<'_>, actor: &Actor, kept: ContactId) -> Result<Vec<Contact>, ContactError> {
    actor.must(Permission::ContactsRead)?;
    Ok(store::parts(tx, actor.workspace, kept)?)
}

/// Who stands for each of these: themselves, or into whom they were merged.
///
/// # Errors
/// [`DbError`] of the database.
pub fn roots(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[ContactId],
) -> Result<HashMap<ContactId, ContactId>, DbError> {
    Ok(store::roots(tx, workspace, ids)?.into_iter().collect())
}

/// A contact and those that stand in it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all_of(tx: &mut Tx<'_>, workspace: WorkspaceId, kept: ContactId) -> Result<Vec<ContactId>, DbError> {
    let parts = store::parts(tx, workspace, kept)?;
    Ok(std::iter::once(kept)
        .chain(parts.into_iter().map(|part| part.id))
        .collect())
}

/// Forgets that anybody was merged into `root`, before all of them are erased.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, root: ContactId) -> Result<(), DbError> {
    for (part, _) in store::under(tx, workspace, root)? {
        store::delete(tx, workspace, part)?;
        store::set_own_root(tx, workspace, part, part)?;
    }
    Ok(())
}

/// Up to `limit` contacts that may be the same person, the likelier first.
///
/// # Errors
/// As of [`merged_into`].
pub fn alike(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: &Contact,
    limit: i64,
) -> Result<Vec<(Contact, Likeness)>, ContactError> {
    actor.must(Permission::ContactsRead)?;
    let distinct = doubles::distinct(tx, actor.workspace, contact.root)?;
    let mut found = Vec::new();
    for (other, shares_account) in store::namesakes(tx, actor.workspace, contact, limit)? {
        let likeness = if shares_account {
            Likeness::NameAndAccount
        } else {
            Likeness::Name
        };
        if !distinct.contains(&other.id) {
            found.push((other, likeness));
        }
    }
    found.sort_by_key(|(_, likeness)| *likeness);
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(number: u8) -> ContactId {
        format!("con_01k000000000000000000000{number:02}")
            .parse()
            .expect("an id")
    }

    #[test]
    fn a_branch_takes_along_what_was_merged_into_it_and_nothing_else() {
        let edges = [(2, 1), (3, 2), (4, 3), (5, 1)].map(|(part, whole)| (contact(part), contact(whole)));
        assert_eq!(branch(contact(2), &edges), [2, 3, 4].map(contact));
        assert_eq!(branch(contact(5), &edges), [contact(5)]);
    }
}
