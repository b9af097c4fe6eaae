//! Keeping who is in: after an account has changed for that account alone, by the day for all accounts, and part by part
//! for a segment whose definition is new. Rows and counts move in one transaction.
//!
//! Those who listen hear of an account that came or went only when the account or the day was the cause.

use std::collections::HashSet;

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use serde_json::json;

use super::facts::{self, Wanted};
use super::members::store as rows;
use super::model::{Segment, matches};
use super::{ENTERED, LEFT, LIST, SegmentId, seeing, store};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::events::{self, NewEvent};
use crate::workspaces::{self, WorkspaceId};

/// How many accounts are looked at together.
pub(super) const PART: i64 = 500;

/// How many came and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Moved {
    pub(super) entered: i64,
    pub(super) left: i64,
}

/// Puts an account where it belongs now, in every segment of its workspace. Doing it twice is no harm.
///
/// # Errors
/// [`DbError`] of the database.
pub fn follow(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    follow_all(tx, workspace, &[account])
}

/// The same for several accounts, at most [`PART`].
pub(super) fn follow_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<(), DbError> {
    let segments = store::definitions(tx, workspace)?;
    look(tx, workspace, accounts, &segments)
}

/// Puts the accounts where they belong in these segments, and tells of those that came or went.
pub(super) fn look(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    segments: &[Segment],
) -> Result<(), DbError> {
    if segments.is_empty() || accounts.is_empty() {
        return Ok(());
    }
    let wanted = Wanted::of_all(segments);
    for (one, came, went) in sort(tx, workspace, accounts, segments, &wanted)? {
        // Also while a new definition is counted: that count is silent, and whom it finds in already it leaves alone.
        if one.is_shared() {
            tell(tx, workspace, (&ENTERED, &came), one)?;
            tell(tx, workspace, (&LEFT, &went), one)?;
        }
    }
    Ok(())
}

/// A segment with the accounts that came and those that went.
type Sorted<'s> = (&'s Segment, Vec<AccountId>, Vec<AccountId>);

fn sort<'s>(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    segments: &'s [Segment],
    wanted: &Wanted,
) -> Result<Vec<Sorted<'s>>, DbError> {
    let today = workspaces::today(tx, workspace)?;
    let known = facts::load(tx, workspace, accounts, wanted)?;
    let held: HashSet<(SegmentId, AccountId)> = rows::held(tx, workspace, accounts)?.into_iter().collect();
    let mut sorted = Vec::new();
    for segment in segments {
        let (mut came, mut went) = (Vec::new(), Vec::new());
        for (account, facts) in &known {
            let is_in = held.contains(&(segment.id, *account));
            match (is_in, matches(&segment.text.definition, facts, today)) {
                (false, true) => came.push(*account),
                (true, false) => went.push(*account),
                (true, true) | (false, false) => {}
            }
        }
        keep(tx, workspace, segment.id, (&came, &went))?;
        if !came.is_empty() || !went.is_empty() {
            sorted.push((segment, came, went));
        }
    }
    Ok(sorted)
}

/// Moves the rows, and the count with them.
fn keep(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: SegmentId,
    (came, went): (&[AccountId], &[AccountId]),
) -> Result<(), DbError> {
    let mut change = 0;
    for account in came {
        change += i64::from(rows::enter(tx, workspace, segment, *account)?);
    }
    for account in went {
        change -= i64::from(rows::leave(tx, workspace, segment, *account)?);
    }
    if change != 0 {
        rows::count(tx, workspace, segment, change)?;
    }
    Ok(())
}

fn tell(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (kind, accounts): (&'static events::Kind, &[AccountId]),
    segment: &Segment,
) -> Result<(), DbError> {
    let actor = Actor::system(workspace, "segments");
    let needs = seeing::needs(tx, &segment.text.definition);
    for account in accounts {
        let event = NewEvent::of(kind, *account)
            .topic(segment.id)
            .topic(LIST)
            .topic(accounts::LIST)
            .needs(needs.iter().copied());
        events::record(tx, &actor, event.payload(json!({ "segment": segment.id })))?;
    }
    Ok(())
}

/// Looks at one more part of all accounts for one segment, silently; gives where to go on, none at the end.
pub(super) fn look_through(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    segment: &Segment,
    after: AccountId,
) -> Result<(Option<AccountId>, Moved), DbError> {
    let part = accounts::ids_after(tx, workspace, after, PART)?;
    let wanted = Wanted::of(&segment.text.definition);
    let mut moved = Moved::default();
    for (_, came, went) in sort(tx, workspace, &part, std::slice::from_ref(segment), &wanted)? {
        moved.entered += size(&came);
        moved.left += size(&went);
    }
    store::advance(tx, workspace, segment.id, size(&part))?;
    let is_last = size(&part) < PART;
    Ok((part.last().copied().filter(|_| !is_last), moved))
}

/// Takes some accounts out of a segment that is removed; gives whether there were any.
pub(super) fn empty(tx: &mut Tx<'_>, workspace: WorkspaceId, segment: SegmentId) -> Result<bool, DbError> {
    let first = AccountId::from_uuid(Uuid::nil());
    let part = rows::members(tx, workspace, segment, first, PART)?;
    for member in &part {
        rows::leave(tx, workspace, segment, member.account)?;
    }
    rows::count(tx, workspace, segment, -size(&part))?;
    Ok(!part.is_empty())
}

/// Takes an account out of every segment, of which nobody is told: it is about to be gone itself.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    forget_all(tx, workspace, &[account])
}

/// The same for several accounts.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<(), DbError> {
    for (segment, account) in rows::held(tx, workspace, accounts)? {
        rows::leave(tx, workspace, segment, account)?;
        rows::count(tx, workspace, segment, -1)?;
    }
    Ok(())
}

fn size<T>(list: &[T]) -> i64 {
    i64::try_from(list.len()).unwrap_or(i64::MAX)
}
