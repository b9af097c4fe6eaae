//! Families of accounts: who belongs to whom.
//!
//! An account has one *parent* at most and any number of children; the account without a parent stands at the top and
//! gives the *family* its id. No account stands above itself, and a family is small: [`LEVELS`] and [`MOST`] bound it,
//! so that reading one is a short list and never a search.

pub mod api;
mod store;
pub(super) mod views;
pub mod web;

use std::collections::{BTreeMap, BTreeSet};

use kit::db::{DbError, Tx};

use super::{Account, AccountError, AccountId, LIST, MOVED};
use crate::actor::Actor;
use crate::contacts::memberships;
use crate::currencies::{self, Sum};
use crate::events::{self, NewEvent};
use crate::panels::{Panel, Place};
use crate::permissions::Permission;
use crate::{subscriptions, workspaces};

/// How many levels a family has at most, its top included.
pub const LEVELS: usize = 6;
/// How many accounts a family has at most.
pub const MOST: usize = 200;

/// The panel of the account's page: the family with what it brings together.
pub const PANEL: Panel = Panel::new(
    "family",
    Place::Account,
    Permission::AccountsRead,
    "/accounts/{id}/family",
);

/// An account in its family.
#[derive(Clone, Debug)]
pub struct Relative {
    /// The account.
    pub account: Account,
    /// How many levels below the top.
    pub level: usize,
    /// What it brings in a month by itself; nothing for readers who may not see money.
    pub mrr: Option<Sum>,
    /// How many subscriptions it has now.
    pub subscriptions: usize,
    /// How many people are at it now.
    pub contacts: i64,
}

/// A family, from its top downwards, with what its accounts come to together.
#[derive(Clone, Debug)]
pub struct Family {
    /// The accounts: each before its children, children by name.
    pub members: Vec<Relative>,
    /// What all bring in a month; nothing for readers who may not see money.
    pub mrr: Option<Sum>,
    /// How many subscriptions all have now.
    pub subscriptions: usize,
    /// How many people are at one of them now, each once.
    pub contacts: i64,
}

/// Puts an account below `parent`, or at the top of a family of its own. Where it stands already nothing changes.
///
/// # Errors
/// [`AccountError::NoParent`], [`AccountError::Loop`] with the names on the way round, [`AccountError::TooLarge`].
pub fn place(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: AccountId,
    parent: Option<AccountId>,
) -> Result<Account, AccountError> {
    actor.must(Permission::AccountsWrite)?;
    let account = super::find(tx, actor, id)?.ok_or(AccountError::Unknown)?;
    if account.parent == parent {
        return Ok(account);
    }
    let own = store::members(tx, actor.workspace, account.family)?;
    let branch = branch(id, &own);
    let family = match parent {
        Some(parent) => {
            let above = super::find(tx, actor, parent)?.ok_or(AccountError::NoParent)?;
            let others = store::members(tx, actor.workspace, above.family)?;
            fits(&account, &above, &own, &others, &branch)?;
            above.family
        }
        None => id,
    };
    let before = account.parent;
    store::set_parent(tx, actor.workspace, id, parent)?;
    for member in branch.keys() {
        // A branch is small, see MOST.
        store::set_family(tx, actor.workspace, *member, family)?;
    }
    let moved = super::find(tx, actor, id)?.ok_or(AccountError::Unknown)?;
    note(tx, actor, &moved, before)?;
    Ok(moved)
}

/// Takes an account out of its family before it is erased: what was below it stands at the top of a family of its own.
pub(super) fn leave(tx: &mut Tx<'_>, actor: &Actor, account: &Account) -> Result<(), AccountError> {
    let family = store::members(tx, actor.workspace, account.family)?;
    for child in family.iter().filter(|other| other.parent == Some(account.id)) {
        place(tx, actor, child.id, None)?;
    }
    Ok(())
}

/// Whether another account stands right below this one.
pub(super) fn has_below(
    tx: &mut Tx<'_>,
    workspace: workspaces::WorkspaceId,
    account: &Account,
) -> Result<bool, DbError> {
    let family = store::members(tx, workspace, account.family)?;
    Ok(family.iter().any(|other| other.parent == Some(account.id)))
}

/// The accounts right below this one.
pub(super) fn children(
    tx: &mut Tx<'_>,
    workspace: workspaces::WorkspaceId,
    account: &Account,
) -> Result<Vec<Account>, DbError> {
    let mut family = store::members(tx, workspace, account.family)?;
    family.retain(|other| other.parent == Some(account.id));
    Ok(family)
}

/// Whether `account` stands somewhere below `top`.
pub(super) fn is_below(
    tx: &mut Tx<'_>,
    workspace: workspaces::WorkspaceId,
    account: &Account,
    top: AccountId,
) -> Result<bool, DbError> {
    let family = store::members(tx, workspace, account.family)?;
    Ok(account.id != top && branch(top, &family).contains_key(&account.id))
}

/// The family of an account.
///
/// # Errors
/// [`AccountError::Unknown`], [`AccountError::Forbidden`], or the database's.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, id: AccountId) -> Result<Family, AccountError> {
    let account = super::find(tx, actor, id)?.ok_or(AccountError::Unknown)?;
    let found = store::members(tx, actor.workspace, account.family)?;
    let today = workspaces::today(tx, actor.workspace)?;
    let rates = currencies::on(tx, actor.workspace, today)?;
    let ids: Vec<AccountId> = found.iter().map(|member| member.id).collect();
    let people = memberships::present(tx, actor.workspace, &ids, today)?;
    let (mut amounts, mut open) = (Vec::new(), 0);
    let mut members = Vec::with_capacity(found.len());
    for (account, level) in in_order(account.family, &found) {
        // A family is small, see MOST.
        let mut held = subscriptions::of(tx, actor.workspace, account.id)?;
        held.retain(|one| one.is_active_on(today));
        let own: Vec<_> = held.iter().map(|one| one.mrr_on(today)).collect();
        open += held.len();
        members.push(Relative {
            level,
            mrr: actor
                .may(Permission::MoneyRead)
                .then(|| rates.sum(own.iter().copied())),
            subscriptions: held.len(),
            contacts: people
                .iter()
                .filter(|(at, _)| *at == account.id)
                .count()
                .try_into()
                .unwrap_or(i64::MAX),
            account,
        });
        amounts.extend(own);
    }
    let persons: BTreeSet<_> = people.iter().map(|(_, person)| *person).collect();
    Ok(Family {
        members,
        mrr: actor.may(Permission::MoneyRead).then(|| rates.sum(amounts)),
        subscriptions: open,
        contacts: i64::try_from(persons.len()).unwrap_or(i64::MAX),
    })
}

/// Whether `account` with its `branch` can stand below `above`.
fn fits(
    account: &Account,
    above: &Account,
    own: &[Account],
    others: &[Account],
    branch: &BTreeMap<AccountId, usize>,
) -> Result<(), AccountError> {
    let mut way = vec![above];
    while let Some(next) = way.last().and_then(|last| last.parent) {
        way.extend(others.iter().filter(|other| other.id == next).take(1));
        if way.last().is_none_or(|last| last.id != next) {
            break;
        }
    }
    if branch.contains_key(&above.id) {
        let mut names: Vec<&str> = way
            .iter()
            .take_while(|one| one.id != account.id)
            .map(|one| one.name.as_str())
            .collect();
        names.reverse();
        names.insert(0, &account.name);
        names.push(&account.name);
        return Err(AccountError::Loop(names.join(" → ")));
    }
    let height = branch.values().max().copied().unwrap_or(0) + 1;
    let is_new = own.first().map(|one| one.family) != others.first().map(|one| one.family);
    let grows = if is_new { branch.len() } else { 0 };
    if way.len() + height > LEVELS || others.len() + grows > MOST {
        return Err(AccountError::TooLarge);
    }
    Ok(())
}

/// `top` and everything below it, each with how many levels below.
fn branch(top: AccountId, family: &[Account]) -> BTreeMap<AccountId, usize> {
    let mut found = BTreeMap::from([(top, 0)]);
    let mut level = vec![top];
    for depth in 1..=LEVELS {
        let below = family
            .iter()
            .filter(|account| account.parent.is_some_and(|parent| level.contains(&parent)));
        level = below.map(|account| account.id).collect();
        found.extend(level.iter().map(|id| (*id, depth)));
    }
    found
}

/// Each before its children; `family` is by name.
fn in_order(top: AccountId, family: &[Account]) -> Vec<(Account, usize)> {
    let mut ordered = Vec::with_capacity(family.len());
    let mut waiting: Vec<(&Account, usize)> = family
        .iter()
        .filter(|one| one.id == top)
        .map(|one| (one, 0))
        .collect();
    while let Some((account, level)) = waiting.pop() {
        let children = family.iter().rev().filter(|one| one.parent == Some(account.id));
        waiting.extend(children.map(|one| (one, level + 1)));
        ordered.push((account.clone(), level));
    }
    ordered
}

fn note(tx: &mut Tx<'_>, actor: &Actor, moved: &Account, before: Option<AccountId>) -> Result<(), DbError> {
    let payload = serde_json::json!({ "parent": moved.parent, "before": before });
    let mut event = NewEvent::of(&MOVED, moved.id).topic(LIST).topic(moved.family);
    for relative in [moved.parent, before].into_iter().flatten() {
        event = event.topic(relative);
    }
    events::record(tx, actor, event.payload(payload))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kit::clock::Timestamp;

    use super::*;
    use crate::accounts::AccountText;

    fn account(name: &str, number: u8, parent: Option<u8>) -> Account {
        let id = |number: u8| -> AccountId {
            format!("acc_01k000000000000000000000{number:02}")
                .parse()
                .expect("an id")
        };
        let text = AccountText {
            name: name.to_owned(),
            ..AccountText::default()
        };
        let mut account = text.into_account(id(number), Timestamp(0));
        account.parent = parent.map(id);
        account.family = id(1);
        account
    }

    #[test]
    fn a_loop_is_named_from_the_account_round_to_itself() {
        let family = [
            account("Top", 1, None),
            account("Middle", 2, Some(1)),
            account("Low", 3, Some(2)),
        ];
        let below = branch(family[0].id, &family);
        assert_eq!(below.values().copied().collect::<Vec<_>>(), [0, 1, 2]);
        let error = fits(&family[0], &family[2], &family, &family, &below);
        assert_eq!(
            error,
            Err(AccountError::Loop("Top → Middle → Low → Top".to_owned()))
        );
        let own = fits(&family[0], &family[0], &family, &family, &below);
        assert_eq!(own, Err(AccountError::Loop("Top → Top".to_owned())));
    }

    #[test]
    fn each_stands_before_its_children_and_children_by_name() {
        let family = [
            account("A", 2, Some(1)),
            account("B", 3, Some(1)),
            account("C", 4, Some(2)),
            account("Top", 1, None),
        ];
        let ordered = in_order(family[3].id, &family);
        let names: Vec<_> = ordered
            .iter()
            .map(|(one, level)| (one.name.as_str(), *level))
            .collect();
        assert_eq!(names, [("Top", 0), ("A", 1), ("C", 2), ("B", 1)]);
    }
}
