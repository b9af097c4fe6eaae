//! The timelines of many accounts at once: what an import brings and takes back.

mod store;

use kit::db::{DbError, Tx};

use super::jobs::Follow;
use super::{ADDED, Touchpoint, TouchpointError, TouchpointId, Trace, Traces};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::events::{self, Event, NewEvent};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

/// An event that was about many accounts has left its trace on the timeline of each; the traces are its further
/// subjects.
pub const TRACED: events::Kind = events::Kind::new("touchpoints.traced", Permission::AccountsRead);

/// Leaves the trace of an event on the timelines of all accounts that it is about.
pub(super) fn trace(tx: &mut Tx<'_>, event: &Event, trace: &Trace) -> Result<(), DbError> {
    let about: Vec<AccountId> = event.subjects().filter_map(|id| id.parse().ok()).collect();
    // Some may have been taken back meanwhile.
    let there = accounts::bulk::existing(tx, event.workspace, &about)?;
    if there.is_empty() {
        return Ok(());
    }
    let rule = Actor::system(event.workspace, "timeline");
    let traces: Vec<Touchpoint> = there
        .into_iter()
        .map(|account| Touchpoint {
            id: tx.new_id(),
            account,
            contact: None,
            kind: trace.kind.word.to_owned(),
            channel: trace.kind.channel,
            direction: trace.direction,
            author: rule.signature(),
            summary: String::new(),
            evidence: None,
            happened_at: event.created_at.min(tx.now()),
            recorded_at: tx.now(),
            impression: None,
        })
        .collect();
    store::insert(tx, event.workspace, &traces)?;
    let told = NewEvent::of(&TRACED, event.id).subjects(traces.iter().map(|trace| trace.id));
    events::record(tx, &rule, told)?;
    Ok(())
}

/// Leaves the traces of a past that is made up, as the job of each of its events would have. The accounts are there and
/// stand for themselves.
///
/// # Errors
/// [`DbError`] of the database.
pub fn follow_past(tx: &mut Tx<'_>, workspace: WorkspaceId, past: &[Event]) -> Result<(), DbError> {
    let Some(traces) = tx.attached::<Traces>() else {
        return Ok(());
    };
    let (rule, now) = (Actor::system(workspace, "timeline"), tx.now());
    let mut left = Vec::new();
    for event in past {
        let (Some(trace), Some(follow)) = (traces.of(&event.kind), Follow::of(event)) else {
            continue;
        };
        match super::noted(tx, &rule, follow.account(), &follow.leaves(trace, now)) {
            Ok(touchpoint) => left.push(touchpoint),
            Err(TouchpointError::Db(error)) => return Err(error),
            Err(_) => {}
        }
    }
    store::insert_all(tx, workspace, &left)?;
    let told = left
        .iter()
        .map(|touchpoint| (rule.clone(), now, super::told(&ADDED, touchpoint)));
    let told = told.collect();
    events::record_past(tx, told).map(drop)
}

/// Those of these accounts on whose timelines something stands beside the trace of their coming.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn touched(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<AccountId>, DbError> {
    store::touched(tx, workspace, accounts)
}

/// Forgets the timelines of accounts; only for what an import takes back.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget_accounts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<(), DbError> {
    let ids: Vec<TouchpointId> = store::of(tx, workspace, accounts)?;
    store::delete(tx, workspace, &ids)
}

/// Takes a touchpoint away as if it had never been written down; only what an import takes back.
pub(super) fn erase(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TouchpointId) -> Result<(), DbError> {
    store::delete(tx, workspace, &[id])
}
