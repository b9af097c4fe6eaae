//! What is put down anew after a contact or an account is another.

use std::collections::BTreeSet;

use kit::db::{DbError, Tx};
use tandem_core::accounts::merging::merged_into;
use tandem_core::accounts::{AccountId, external_ids};
use tandem_core::actor::Actor;
use tandem_core::contacts::{ContactId, identities, memberships};
use tandem_core::metrics;
use tandem_core::workspaces::WorkspaceId;

use super::placing::Placing;
use super::{NameId, NameKind, jobs, known, link, store};
use crate::usage::adoption;
use crate::usage::folding::{self, store as days};
use crate::usage::measures::history;

/// How many persons are put down anew in one go, how many ids of one of them, and how many people of an account are looked at.
const PART: usize = 200;
pub(super) const IDS: usize = 400;
const PEOPLE: i64 = 100_000;

/// Puts down anew what these names did and what was done in them, and lets the numbers of the accounts be found again; gives those
/// accounts. Of a person with very many ids a job goes on with the rest.
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
        moved.extend(placing.settle_group(tx, *group)?);
    }
    let mut done = BTreeSet::new();
    for person in placing.concerned(tx, persons)? {
        let mut ids = placing.ids_of(tx, person)?;
        ids.push(person);
        // What was made just now is put down as it should be.
        ids.retain(|id| done.insert(*id) && !placing.is_fresh(*id));
        ids.sort_unstable();
        let all = ids.len();
        ids.truncate(IDS);
        if let Some(last) = ids.last().copied() {
            moved.extend(placing.settle(tx, person, &ids)?);
            if all > IDS {
                jobs::queue_spread(tx, workspace, (person, last), (IDS, all))?;
            }
        }
    }
    look(tx, workspace, &moved)?;
    Ok(moved)
}

/// Lets the numbers of these accounts be found again.
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
    let groups = groups_of(tx, workspace, account)?;
    let mut persons = days::persons_of_account(tx, workspace, account)?;
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

/// Puts down anew the next ids of a person, after one of them; gives the last of these and how many there are.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn spread(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (person, after): (NameId, NameId),
) -> Result<Option<(NameId, usize)>, DbError> {
    let mut placing = Placing::of(workspace);
    let mut ids = placing.ids_of(tx, person)?;
    let all = ids.len();
    ids.retain(|id| *id > after);
    ids.sort_unstable();
    ids.truncate(IDS);
    let moved = placing.settle(tx, person, &ids)?;
    look(tx, workspace, &moved)?;
    history::ask_whole(tx, workspace, Some(&moved))?;
    Ok(ids.last().map(|last| (*last, all)))
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

/// The groups that are the account's or were put down to it.
fn groups_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<BTreeSet<NameId>, DbError> {
    let mut values = external_ids::values_of(tx, workspace, account)?;
    values.push(account.to_string());
    let system = Actor::system(workspace, "usage");
    let mut kept = vec![account];
    while let Some(one) = kept.pop() {
        for merge in merged_into(tx, &system, one).unwrap_or_default() {
            values.push(merge.account.to_string());
            kept.push(merge.account);
        }
    }
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
