//! Doubles: contacts who may be one person, found by the marks of their addresses, phones and names.
//!
//! Marks and pairs are rows: a contact is looked at when they came or changed, so that no page compares contacts. A contact
//! who was merged has neither: who stands for them has the marks of both. A pair of which somebody said that it is *not the
//! same person* is not found again, until that is taken back.

pub mod api;
pub mod jobs;
mod marks;
mod store;
mod views;
pub mod web;

use std::collections::{BTreeMap, BTreeSet};

use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};

pub use marks::Likeness;
use marks::MarkKind;

use super::{Contact, ContactError, ContactId, identities, memberships, store as contacts};
use crate::accounts::AccountId;
use crate::actor::Actor;
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// Somebody said whether two contacts are the same person.
pub const JUDGED: Kind = Kind::new("contact.double_judged", Permission::ContactsRead);

/// The name of the list of doubles, for pages that show it.
pub const LIST: &str = "contact-doubles";
/// Pairs on one page.
pub const PAGE: i64 = 50;
/// How many pairs are counted at most.
pub const COUNTED: i64 = 100;
/// How many others may have a mark: beyond, it says nothing.
const MOST: usize = 10;

/// Two contacts who may be one person; the elder comes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Double {
    /// The elder.
    pub one: ContactId,
    /// The younger.
    pub other: ContactId,
    /// What the elder is called.
    pub one_name: String,
    /// What the younger is called.
    pub other_name: String,
    /// How likely they are one: the sum over the reasons.
    pub strength: i64,
    /// Why, the strongest reason first.
    pub because: Vec<Likeness>,
}

/// A place in the list of doubles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    strength: i64,
    one: ContactId,
    other: ContactId,
}

impl Double {
    /// The place after this pair.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            strength: self.strength,
            one: self.one,
            other: self.other,
        }
    }

    /// How sure that is, in the reader's words: the key of a message.
    pub fn surely(&self) -> &'static str {
        match self.strength {
            ..=2 => "contact-doubles-perhaps",
            3 => "contact-doubles-likely",
            _ => "contact-doubles-surely",
        }
    }
}

/// Up to `limit` pairs of the workspace, the likelier first, after `cursor`.
///
/// # Errors
/// [`ContactError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Double>, ContactError> {
    actor.must(Permission::ContactsRead)?;
    Ok(store::list(tx, actor.workspace, cursor, limit)?)
}

/// How many pairs there are, up to [`COUNTED`].
///
/// # Errors
/// As of [`list`].
pub fn count(tx: &mut Tx<'_>, actor: &Actor) -> Result<i64, ContactError> {
    actor.must(Permission::ContactsRead)?;
    Ok(store::count(tx, actor.workspace, COUNTED)?)
}

/// Those of whom somebody said that they are not this contact.
pub(super) fn distinct(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    root: ContactId,
) -> Result<BTreeSet<ContactId>, DbError> {
    Ok(store::distinct(tx, workspace, root)?.into_iter().collect())
}

/// Says that two contacts are not the same person: they are not found again. Saying it twice keeps who said it first.
///
/// # Errors
/// [`ContactError::BadMerge`] when they are, or one is none of this workspace; a missing permission.
pub fn distinguish(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: ContactId,
    other: ContactId,
) -> Result<(), ContactError> {
    let pair = judged(tx, actor, contact, other)?;
    if store::distinguish(tx, actor.workspace, pair, &actor.signature())? {
        store::delete(tx, actor.workspace, pair)?;
        note(tx, actor, pair)?;
    }
    Ok(())
}

/// Takes back that two contacts are not the same person.
///
/// # Errors
/// As of [`distinguish`].
pub fn confuse(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: ContactId,
    other: ContactId,
) -> Result<(), ContactError> {
    let pair = judged(tx, actor, contact, other)?;
    if store::confuse(tx, actor.workspace, pair)? {
        look(tx, actor.workspace, pair.0)?;
        note(tx, actor, pair)?;
    }
    Ok(())
}

fn judged(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: ContactId,
    other: ContactId,
) -> Result<(ContactId, ContactId), ContactError> {
    actor.must(Permission::ContactsWrite)?;
    let one = super::find(tx, actor, contact)?.ok_or(ContactError::Unknown)?;
    let other = super::find(tx, actor, other)?.ok_or(ContactError::BadMerge)?;
    if one.root == other.root {
        return Err(ContactError::BadMerge);
    }
    Ok((one.root.min(other.root), one.root.max(other.root)))
}

fn note(tx: &mut Tx<'_>, actor: &Actor, (one, other): (ContactId, ContactId)) -> Result<(), ContactError> {
    let event = NewEvent::of(&JUDGED, one).topic(other).topic(LIST);
    events::record(tx, actor, event.payload(serde_json::json!({ "other": other })))?;
    Ok(())
}

/// Forgets the marks of a contact before they are erased; gives how many there were.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<u64, DbError> {
    store::forget(tx, workspace, contact)
}

/// Looks at one contact: writes their marks down, and which others have them too. Doing it twice is no harm.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ContactId) -> Result<(), DbError> {
    let Some(contact) = contacts::find(tx, workspace, id)? else {
        return Ok(());
    };
    if contact.is_merged() {
        store::forget(tx, workspace, id)?;
        return Ok(());
    }
    let known = identities::all_of(tx, workspace, id)?;
    let marks = marks::of(&contact.text.name, &known);
    let mut held = store::marks(tx, workspace, id)?;
    held.sort();
    if held != marks {
        store::set_marks(tx, workspace, id, &marks)?;
    }
    let found = alike(tx, workspace, &contact, &marks)?;
    for (one, other) in store::pairs(tx, workspace, id)? {
        let beside = if one == id { other } else { one };
        if !found.contains_key(&beside) && !holds(tx, workspace, (beside, id))? {
            store::delete(tx, workspace, (one, other))?;
        }
    }
    for (other, because) in found {
        let strength = because.iter().map(|likeness| likeness.strength()).sum();
        let double = Double {
            one: id.min(other),
            other: id.max(other),
            one_name: String::new(),
            other_name: String::new(),
            strength,
            because,
        };
        store::insert(tx, workspace, &double)?;
    }
    Ok(())
}

/// Whether one of a pair, by the marks that they have, is like the other. Who is at many places has too many namesakes to
/// say anything, and somebody at one of those may have few.
fn holds(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (one, other): (ContactId, ContactId),
) -> Result<bool, DbError> {
    let Some(contact) = contacts::find(tx, workspace, one)?.filter(|contact| !contact.is_merged()) else {
        return Ok(false);
    };
    let marks = store::marks(tx, workspace, one)?;
    Ok(alike(tx, workspace, &contact, &marks)?.contains_key(&other))
}

/// Who is like a contact, and why.
fn alike(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: &Contact,
    marks: &[marks::Mark],
) -> Result<BTreeMap<ContactId, Vec<Likeness>>, DbError> {
    let limit = i64::try_from(MOST).expect("a small number") + 1;
    let mut found: BTreeMap<ContactId, Vec<Likeness>> = BTreeMap::new();
    let mut add = |others: Vec<ContactId>, likeness| {
        if others.len() <= MOST {
            for other in others {
                found.entry(other).or_default().push(likeness);
            }
        }
    };
    let accounts: Vec<AccountId> = memberships::accounts_of(tx, workspace, contact.id)?;
    let domains: Vec<String> = marks
        .iter()
        .filter(|(kind, _)| *kind == MarkKind::Domain)
        .map(|(_, domain)| domain.clone())
        .collect();
    for mark in marks {
        // A contact has a few marks.
        match mark.0 {
            MarkKind::Address => add(
                store::marked(tx, workspace, mark, contact.id, limit)?,
                Likeness::Address,
            ),
            MarkKind::Phone => add(
                store::marked(tx, workspace, mark, contact.id, limit)?,
                Likeness::Phone,
            ),
            MarkKind::Name => {
                add(
                    store::marked_at(tx, workspace, mark, (contact.id, &accounts), limit)?,
                    Likeness::NameAndAccount,
                );
                add(
                    store::marked_from(tx, workspace, mark, (contact.id, &domains), limit)?,
                    Likeness::NameAndDomain,
                );
            }
            MarkKind::Domain => {}
        }
    }
    for distinct in store::distinct(tx, workspace, contact.id)? {
        found.remove(&distinct);
    }
    for because in found.values_mut() {
        because.sort();
        because.dedup();
    }
    Ok(found)
}

/// Reasons as rows have them.
fn words(because: &[Likeness]) -> String {
    let words = because.iter().map(|likeness| likeness.as_str());
    words.collect::<Vec<_>>().join(" ")
}
