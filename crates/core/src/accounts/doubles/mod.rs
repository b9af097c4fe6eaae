//! Doubles: accounts that may be one customer, found by what they are told apart by and by who is at them.
//!
//! Marks and pairs are rows: an account is looked at when it came or changed, and each night, so that no page compares
//! accounts. A pair of which somebody said that it is *not the same* is not found again.

pub mod api;
pub mod jobs;
mod marks;
mod store;
mod views;
pub mod web;

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};

pub use marks::Likeness;

use super::merging::{Part, Way};
use super::{Account, AccountError, AccountId, AccountKind, external_ids, store as accounts};
use crate::actor::Actor;
use crate::contacts::memberships;
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// Somebody said whether two accounts are the same.
pub const JUDGED: Kind = Kind::new("account.double_judged", Permission::AccountsRead);

/// The name of the list of doubles, for pages that show it.
pub const LIST: &str = "account-doubles";
/// Pairs on one page.
pub const PAGE: i64 = 50;
/// How many others may have a mark: beyond, it says nothing.
const MOST: usize = 10;
/// How many people have to be at two companies; of two persons, one is enough.
const ENOUGH: i64 = 2;

/// What a merge of accounts does with what is found of them.
pub const MERGES: [Part; 5] = [
    Part::new("account_marks", Way::Keep),
    Part::new("account_doubles", Way::Keep).named_in("one_id"),
    Part::new("account_doubles", Way::Keep).named_in("other_id"),
    Part::new("account_distinctions", Way::Keep).named_in("one_id"),
    Part::new("account_distinctions", Way::Keep).named_in("other_id"),
];

/// Two accounts that may be one; the elder comes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Double {
    /// The elder.
    pub one: AccountId,
    /// The younger.
    pub other: AccountId,
    /// What the elder is called.
    pub one_name: String,
    /// What the younger is called.
    pub other_name: String,
    /// The website of the elder.
    pub one_website: Option<String>,
    /// The website of the younger.
    pub other_website: Option<String>,
    /// How likely they are one: the sum over the reasons.
    pub strength: i64,
    /// Why, the strongest reason first.
    pub because: Vec<Likeness>,
}

/// A place in the list of doubles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    strength: i64,
    one: AccountId,
    other: AccountId,
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

    /// The account that is not `id`, with its name.
    pub fn beside(&self, id: AccountId) -> (AccountId, &str) {
        if self.one == id {
            (self.other, &self.other_name)
        } else {
            (self.one, &self.one_name)
        }
    }
}

/// Up to `limit` pairs of the workspace, the likelier first, after `cursor`.
///
/// # Errors
/// [`AccountError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    cursor: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Double>, AccountError> {
    actor.must(Permission::AccountsRead)?;
    Ok(store::list(tx, actor.workspace, cursor, limit)?)
}

/// The pairs with this account, the likelier first.
///
/// # Errors
/// As of [`list`].
pub fn of(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Vec<Double>, AccountError> {
    actor.must(Permission::AccountsRead)?;
    Ok(store::of(tx, actor.workspace, account)?)
}

/// Says that two accounts are not the same: they are not found again. Saying it twice keeps who said it first.
///
/// # Errors
/// [`AccountError::BadMerge`] when they are, or one is none of this workspace; a missing permission.
pub fn distinguish(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    other: AccountId,
) -> Result<(), AccountError> {
    let pair = judged(tx, actor, account, other)?;
    if store::distinguish(tx, actor.workspace, pair, &actor.signature())? {
        store::delete(tx, actor.workspace, pair)?;
        note(tx, actor, pair)?;
    }
    Ok(())
}

/// Takes back that two accounts are not the same.
///
/// # Errors
/// As of [`distinguish`].
pub fn confuse(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    other: AccountId,
) -> Result<(), AccountError> {
    let pair = judged(tx, actor, account, other)?;
    if store::confuse(tx, actor.workspace, pair)? {
        look(tx, actor.workspace, account)?;
        note(tx, actor, pair)?;
    }
    Ok(())
}

fn judged(
    tx: &mut Tx<'_>,
    actor: &Actor,
    account: AccountId,
    other: AccountId,
) -> Result<(AccountId, AccountId), AccountError> {
    actor.must(Permission::AccountsWrite)?;
    super::find(tx, actor, account)?.ok_or(AccountError::Unknown)?;
    super::find(tx, actor, other)?.ok_or(AccountError::BadMerge)?;
    if account == other {
        return Err(AccountError::BadMerge);
    }
    Ok((account.min(other), account.max(other)))
}

fn note(tx: &mut Tx<'_>, actor: &Actor, (one, other): (AccountId, AccountId)) -> Result<(), AccountError> {
    let event = NewEvent::of(&JUDGED, one).topic(other).topic(LIST);
    events::record(tx, actor, event.payload(serde_json::json!({ "other": other })))?;
    Ok(())
}

/// Looks at one account: writes its marks down, and which others have them too. Doing it twice is no harm.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AccountId) -> Result<(), DbError> {
    let Some(account) = accounts::find(tx, workspace, id)? else {
        return Ok(());
    };
    let known = external_ids::of_many(tx, workspace, &[id])?;
    let marks = marks::of(&account, &known);
    let mut held = store::marks(tx, workspace, id)?;
    held.sort();
    if held != marks {
        store::set_marks(tx, workspace, id, &marks)?;
    }
    let found = alike(tx, workspace, &account, &marks)?;
    for old in store::of(tx, workspace, id)? {
        let (other, _) = old.beside(id);
        if !found.contains_key(&other) {
            store::delete(tx, workspace, (old.one, old.other))?;
        }
    }
    for (other, because) in found {
        let strength = because.iter().map(|likeness| likeness.strength()).sum();
        let double = Double {
            one: id.min(other),
            other: id.max(other),
            one_name: String::new(),
            other_name: String::new(),
            one_website: None,
            other_website: None,
            strength,
            because,
        };
        store::insert(tx, workspace, &double)?;
    }
    Ok(())
}

/// Who is like an account, and why.
fn alike(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: &Account,
    marks: &[marks::Mark],
) -> Result<BTreeMap<AccountId, Vec<Likeness>>, DbError> {
    let limit = i64::try_from(MOST).expect("a small number") + 1;
    let mut found: BTreeMap<AccountId, Vec<Likeness>> = BTreeMap::new();
    for mark in marks {
        let others = store::marked(tx, workspace, mark, account.id, limit)?;
        if others.len() <= MOST {
            for other in others {
                found.entry(other).or_default().push(mark.0);
            }
        }
    }
    let mut people = BTreeMap::new();
    for (other, shared) in memberships::shared(tx, workspace, account.id, limit)? {
        found.entry(other).or_default().push(Likeness::Contacts);
        people.insert(other, shared);
    }
    for distinct in store::distinct(tx, workspace, account.id)? {
        found.remove(&distinct);
    }
    let mut kept = BTreeMap::new();
    for (other, mut because) in found {
        // Few accounts are alike.
        let Some(beside) = accounts::find(tx, workspace, other)? else {
            continue;
        };
        let shared = people.get(&other).copied().unwrap_or_default();
        because.retain(|likeness| likeness.says_of(account, &beside, shared));
        because.sort();
        because.dedup();
        if is_enough(&because, account, &beside) {
            kept.insert(other, because);
        }
    }
    Ok(kept)
}

/// Persons often have the same name, so that it says something of them only beside another reason.
fn is_enough(because: &[Likeness], one: &Account, other: &Account) -> bool {
    let are_persons = one.kind == AccountKind::Person && other.kind == AccountKind::Person;
    let says_little = are_persons && because == [Likeness::Name];
    !because.is_empty() && !says_little
}

/// Reasons as rows have them.
fn words(because: &[Likeness]) -> String {
    let words = because.iter().map(|likeness| likeness.as_str());
    words.collect::<Vec<_>>().join(" ")
}
