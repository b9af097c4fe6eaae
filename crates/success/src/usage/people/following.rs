//! What is put down anew after a contact or an account is another.

use std::collections::{BTreeMap, BTreeSet};

use kit::db::{DbError, Tx};
use tandem_core::accounts::merging::merged_into;
use tandem_core::accounts::{AccountId, external_ids};
use tandem_core::actor::Actor;
use tandem_core::contacts::{ContactId, identities, memberships};
use tandem_core::metrics;
use tandem_core::workspaces::WorkspaceId;

use super::placing::Placing;
use super::walking::Walk;
use super::{NameId, NameKind, jobs, known, link, shifting, store};
use crate::usage::adoption;
use crate::usage::folding::{self, store as days};
use crate::usage::measures::history;

/// How many persons are put down anew in one go, how many ids of one of them, and how many people of an account are looked at.
const PART: usize = 200;
pub(super) const IDS: usize = 400;
const PEOPLE: i64 = 100_000;

/// Puts down anew what these names did and what was done in them, and lets the numbers of the accounts be found again; gives those
/// accounts. Of a person with very many ids a job goes on with the rest, and a group of very many days is a job's alone.
///
/// # Errors
/// [`DbError`] of the database.
pub fn settle(
    tx: &mut Tx<'_>,
    placing: &mut Placing,
    workspace: WorkspaceId,
    (persons, groups): (&BTreeSet<NameId>, &BTreeSet<NameId>),
) -> Result<BTreeSet<AccountId>, DbError> {
    let mut moved = BTreeSet::new();
    for group in groups {
        if shifting::is_large(tx, workspace, *group)? {
            shifting::begin(tx, workspace, *group)?;
        } else {
            moved.extend(placing.settle_group(tx, *group)?);
        }
    }
    moved.extend(settle_persons(tx, placing, workspace, persons)?);
    look(tx, workspace, &moved)?;
    Ok(moved)
}

/// Puts down anew what persons did, each of them once by whichever of their ids.
fn settle_persons(
    tx: &mut Tx<'_>,
    placing: &mut Placing,
    workspace: WorkspaceId,
    persons: &BTreeSet<NameId>,
) -> Result<BTreeSet<AccountId>, DbError> {
    let (mut moved, mut done) = (BTreeSet::new(), BTreeSet::new());
    // Those who stand behind them, and whether a job goes on with the rest of their ids.
    let mut roots: BTreeMap<NameId, bool> = BTreeMap::new();
    for person in placing.concerned(tx, persons)? {
        let root = placing.root(tx, person)?;
        let (mut ids, mut rest) = (vec![person], Vec::new());
        match roots.get(&root) {
            Some(true) => continue,
            Some(false) => {}
            None => {
                let mut walk = placing.walk(tx, person)?;
                while ids.len() < IDS
                    && let Some(part) = placing.part(tx, &mut walk, IDS)?
                {
                    ids.extend(part);
                }
                rest = walk.rest();
                roots.insert(root, !rest.is_empty());
            }
        }
        // What was made just now is put down as it should be.
        ids.retain(|id| done.insert(*id) && !placing.is_fresh(*id));
        let of_person = match ids.is_empty() {
            true => BTreeSet::new(),
            false => placing.settle(tx, person, &ids)?,
        };
        for place in rest {
            shifting::rest(tx, workspace, place.0, &of_person)?;
            jobs::queue_spread(tx, workspace, place)?;
        }
        moved.extend(of_person);
    }
    Ok(moved)
}

/// Lets the numbers of these accounts be found again, in which something was done.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look_in_turn(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &BTreeSet<AccountId>,
) -> Result<(), DbError> {
    adoption::counting::mark(tx, workspace, accounts)?;
    metrics::jobs::look_in_turn(tx, workspace, accounts)
}

/// Lets the numbers of these accounts be found again, whose past is another now.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look(tx: &mut Tx<'_>, workspace: WorkspaceId, accounts: &BTreeSet<AccountId>) -> Result<(), DbError> {
    adoption::counting::mark(tx, workspace, accounts)?;
    metrics::jobs::look_at_each(tx, workspace, accounts)
}

/// Works out anew whose events are that may concern an account: after it was merged, or is called otherwise. What was done in
/// groups is put down at once, and of persons as many as one go may; a job goes on with the rest.
///
/// # Errors
/// [`DbError`] of the database.
pub fn follow_account(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    let merged = merged_of(tx, workspace, account)?;
    let mut groups = groups_of(tx, workspace, account, &merged)?;
    let mut persons = days::persons_of_account(tx, workspace, account)?;
    for gone in merged {
        // What a merge left there for us.
        groups.extend(days::groups_of_account(tx, workspace, gone)?);
        persons.extend(days::persons_of_account(tx, workspace, gone)?);
    }
    for group in &groups {
        persons.extend(store::pointing_at(tx, workspace, *group)?);
    }
    persons.extend(store::placed_at(tx, workspace, account)?);
    let system = Actor::system(workspace, "usage");
    let members = memberships::at_account(tx, &system, account, PEOPLE).unwrap_or_default();
    let members: BTreeSet<ContactId> = members.into_iter().map(|(_, contact)| contact.root).collect();
    persons.extend(store::of_contacts(
        tx,
        workspace,
        &members.into_iter().collect::<Vec<_>>(),
    )?);
    let moved = settle(
        tx,
        &mut Placing::of(workspace),
        workspace,
        (&BTreeSet::new(), &groups),
    )?;
    history::ask_whole(tx, workspace, Some(&moved))?;
    follow_persons(tx, workspace, persons.into_iter().collect())
}

/// Puts down anew what names did and what was done in them, after somebody said something of them: what one go may at once, the
/// rest behind it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn follow_names(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (persons, groups): (&BTreeSet<NameId>, &BTreeSet<NameId>),
) -> Result<(), DbError> {
    let mut placing = Placing::of(workspace);
    let moved = settle(tx, &mut placing, workspace, (persons, groups))?;
    history::ask_whole(tx, workspace, Some(&moved))?;
    folding::touch(tx, workspace)
}

/// Puts down anew the next ids that lead to a user, after one of them; gives after which it goes on. The numbers of the accounts to
/// which that makes a difference rest until all of it is done.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn spread(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (user, after): (NameId, NameId),
) -> Result<Option<NameId>, DbError> {
    let mut placing = Placing::of(workspace);
    let mut walk = Walk::from((user, after));
    let ids = placing.part(tx, &mut walk, IDS)?.unwrap_or_default();
    let moved = match ids.is_empty() {
        true => BTreeSet::new(),
        false => placing.settle(tx, user, &ids)?,
    };
    shifting::rest(tx, workspace, user, &moved)?;
    let (same, others): (Vec<_>, Vec<_>) = walk.rest().into_iter().partition(|place| place.0 == user);
    for other in others {
        jobs::queue_spread(tx, workspace, other)?;
    }
    let next = same.first().map(|place| place.1);
    if next.is_none() {
        let moved = shifting::wake(tx, workspace, user)?;
        look(tx, workspace, &moved)?;
        history::ask_whole(tx, workspace, Some(&moved))?;
    }
    Ok(next)
}

/// Puts down anew what some persons did, and queues the rest.
///
/// # Errors
/// [`DbError`] of the database.
pub fn follow_persons(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mut persons: Vec<NameId>,
) -> Result<(), DbError> {
    let rest = persons.split_off(persons.len().min(PART));
    // What somebody did who was erased stays where it is: nothing tells any more whose it was.
    let named = known::names(tx, workspace, &persons)?;
    let named = named.into_iter().filter(|name| !name.is_erased());
    let persons = named.map(|name| name.id).collect();
    let mut placing = Placing::of(workspace);
    let moved = settle(tx, &mut placing, workspace, (&persons, &BTreeSet::new()))?;
    history::ask_whole(tx, workspace, Some(&moved))?;
    if !rest.is_empty() {
        jobs::queue(tx, workspace, rest)?;
    }
    Ok(())
}

/// The accounts that were merged into one, and into those.
fn merged_of(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<Vec<AccountId>, DbError> {
    let system = Actor::system(workspace, "usage");
    let (mut all, mut at) = (vec![account], 0);
    while let Some(one) = all.get(at).copied() {
        at += 1;
        let merges = merged_into(tx, &system, one).unwrap_or_default();
        all.extend(merges.into_iter().map(|merge| merge.account));
    }
    Ok(all.split_off(1))
}

/// The groups that are the account's or were put down to it.
fn groups_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    merged: &[AccountId],
) -> Result<BTreeSet<NameId>, DbError> {
    let mut values = external_ids::values_of(tx, workspace, account)?;
    values.push(account.to_string());
    values.extend(merged.iter().map(ToString::to_string));
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    let known = store::ids(tx, workspace, NameKind::Group, &values)?;
    let mut groups: BTreeSet<NameId> = known.into_iter().map(|(_, id)| id).collect();
    groups.extend(days::groups_of_account(tx, workspace, account)?);
    Ok(groups)
}

/// The same after a contact came, is known otherwise, or is somewhere else.
///
/// # Errors
/// [`DbError`] of the database.
pub fn follow_contact(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<(), DbError> {
    let system = Actor::system(workspace, "usage");
    let known = identities::of(tx, &system, contact).unwrap_or_default();
    let values: Vec<&str> = known.iter().map(|identity| identity.value.as_str()).collect();
    let mut names: BTreeSet<NameId> = store::ids(tx, workspace, NameKind::User, &values)?
        .into_iter()
        .map(|(_, id)| id)
        .collect();
    names.extend(store::of_contacts(tx, workspace, &[contact])?);
    names.extend(store::with_emails(tx, workspace, &values)?);
    link(tx, workspace, &names)?;
    follow_persons(tx, workspace, names.into_iter().collect())
}
