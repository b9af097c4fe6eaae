//! What was done in a group of very many days is put down to another account by a job, a part after another, so that nobody waits
//! for it and no write is long. From then until the last part the numbers of the accounts that have to do with it *rest*: what is
//! made of them stays as it was, and their pages say how far it is, so that nobody sees a half of it. Cut off anywhere, it goes on:
//! what is put down already is none of what is left. What was given up for good is taken up again by the next [`Turn`].

mod store;

use std::collections::BTreeSet;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::jobs::{About, Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::accounts::merging::{Part, Way};
use tandem_core::workspaces::WorkspaceId;

use super::placing::Placing;
use super::{NameId, NameKind, following, jobs, moving};
use crate::usage::folding;
use crate::usage::measures::history;

/// A group of more days than that is put down by a job; about so many are looked at in each part.
const LARGE: i64 = 20_000;
/// How many parts with something in them one job does before the next goes on.
const PARTS: usize = 100;

/// What a merge of accounts does: the job that goes on notes anew whose numbers rest.
pub const MERGES: Part = Part::new("usage_resting", Way::Derive(store::forget, nothing));

/// Puts down anew what was done in a group of very many days.
#[derive(Debug, Serialize, Deserialize)]
pub struct Shift {
    group: NameId,
}

impl Job for Shift {
    const KIND: &'static str = "usage.shift";
    const LANE: Lane = Lane::Slow;
}

/// Takes up what was left of groups and of persons in every workspace: the job of one may have failed for good.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Turn {
    const KIND: &'static str = "usage.shift-turn";
    const LANE: Lane = Lane::Slow;
}

fn nothing(_: &mut Tx<'_>, _: WorkspaceId, _: AccountId) -> Result<(), DbError> {
    Ok(())
}

/// Whether so much was done in a group that a job puts it down.
pub(super) fn is_large(tx: &mut Tx<'_>, workspace: WorkspaceId, group: NameId) -> Result<bool, DbError> {
    Ok(store::days_of(tx, workspace, group, LARGE + 1)? > LARGE)
}

/// Whether so much was done at an account that taking it from there at once would be a long write.
pub(in crate::usage) fn is_large_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<bool, DbError> {
    Ok(store::days_at(tx, workspace, account, LARGE + 1)? > LARGE)
}

/// Lets a job put down what was done in a group; asked often, it is done once. The numbers of its account rest from here on.
///
/// # Errors
/// [`DbError`] of the database.
pub fn begin(tx: &mut Tx<'_>, workspace: WorkspaceId, group: NameId) -> Result<(), DbError> {
    moving::begin_spread(tx, workspace, (group, group), (0, 1))?;
    let account = Placing::of(workspace).account_of(tx, group)?;
    rest(tx, workspace, group, &account.into_iter().collect())?;
    go_on(tx, workspace, group)
}

fn go_on(tx: &mut Tx<'_>, workspace: WorkspaceId, group: NameId) -> Result<(), DbError> {
    let job = Shift { group };
    let queue = Queue::new(&job).workspace(workspace).key(group.to_string());
    queue.put(tx).map(drop)
}

/// Queues the job of each name of which not everything is put down; where one waits already, it is that one.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for (workspace, name, kind) in store::left(tx)? {
        match NameKind::named(&kind) {
            Some(NameKind::Group) => go_on(tx, workspace, name)?,
            _ => jobs::go_on(tx, workspace, name)?,
        }
    }
    Ok(())
}

/// Lets the numbers of accounts rest until what a name did is put down.
///
/// # Errors
/// [`DbError`] of the database.
pub fn rest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    name: NameId,
    accounts: &BTreeSet<AccountId>,
) -> Result<(), DbError> {
    // Few: those at which a person or a group was, and is.
    for account in accounts {
        store::rest(tx, workspace, *account, name)?;
    }
    Ok(())
}

/// All that a name did is put down; gives the accounts whose numbers rested for it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn wake(tx: &mut Tx<'_>, workspace: WorkspaceId, name: NameId) -> Result<BTreeSet<AccountId>, DbError> {
    let accounts = store::resting_for(tx, workspace, name)?;
    store::wake(tx, workspace, name)?;
    Ok(accounts.into_iter().collect())
}

/// How far it is with what an account's numbers rest for; nothing while they don't.
///
/// # Errors
/// [`DbError`] of the database.
pub fn resting(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<(i64, i64)>, DbError> {
    store::resting(tx, workspace, account)
}

/// Puts down what was done in a group, one account that has some of it after another.
///
/// # Errors
/// The database's; the job then goes on where it was.
pub async fn shift(errand: Errand, job: Shift) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let (db, group) = (errand.db(), job.group);
    let mut parts = 0;
    while let Some(from) = db.report(move |tx| other(tx, workspace, group)).await? {
        let Some(span) = db.report(move |tx| store::span(tx, workspace, from)).await? else {
            continue;
        };
        let mut after = span.0.plus_days(-1);
        while let Some(until) = db
            .report(move |tx| store::until(tx, workspace, from, (after, LARGE)))
            .await?
        {
            errand.go_on()?;
            // Parts without anything of the group cost little: whoever goes on passes them again.
            if parts >= PARTS {
                db.write(move |tx| go_on(tx, workspace, group)).await?;
                return Ok(());
            }
            let part = (after, until);
            let is_moved = db.write(move |tx| put(tx, workspace, (group, from), part, span));
            parts += usize::from(is_moved.await?);
            after = until;
        }
    }
    db.write(move |tx| end(tx, workspace, group)).await?;
    Ok(())
}

/// Another account than the group's, or none, to which something is put down that was done in it.
fn other(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    group: NameId,
) -> Result<Option<Option<AccountId>>, DbError> {
    let account = Placing::of(workspace).account_of(tx, group)?;
    store::other(tx, workspace, group, account)
}

/// Puts down the days of a part; whether there were any.
fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (group, from): (NameId, Option<AccountId>),
    part: (Day, Day),
    (first, last): (Day, Day),
) -> Result<bool, DbError> {
    let account = Placing::of(workspace).account_of(tx, group)?;
    // Somebody may have said meanwhile that it is as it was.
    if account == from {
        return Ok(false);
    }
    let concerned = [account, from].into_iter().flatten().collect();
    rest(tx, workspace, group, &concerned)?;
    let is_moved = store::put(tx, workspace, (group, from), account, part)?;
    let done = (first.days_until(part.1) + 1, first.days_until(last) + 1);
    moving::move_spread(tx, workspace, (group, group), done)?;
    folding::touch(tx, workspace)?;
    Ok(is_moved)
}

/// Everything is put down: the numbers are found again, all at once.
fn end(tx: &mut Tx<'_>, workspace: WorkspaceId, group: NameId) -> Result<(), DbError> {
    // Somebody may have given the group to another account since this job looked last.
    if other(tx, workspace, group)?.is_some() {
        return go_on(tx, workspace, group);
    }
    moving::delete_spread(tx, workspace, group)?;
    let accounts = wake(tx, workspace, group)?;
    following::look(tx, workspace, &accounts)?;
    history::ask_whole(tx, workspace, Some(&accounts))?;
    folding::touch(tx, workspace)
}
