//! Keeping views true: every change of a ticket puts it where it lies now, in the same transaction, and counts it there.
//!
//! A view whose conditions are new looks through all tickets in parts, each by the same rule, so that what changes meanwhile
//! is right from whichever comes later. What only the clock changes comes in with the minute.

use std::collections::{BTreeMap, HashMap};

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::AccountId;
use tandem_core::fields::{self, Values};
use tandem_core::workspaces::WorkspaceId;
use tandem_core::{assignment, tallies, tiers};

use super::{Facts, OwnView, OwnViewId, Seat, store};
use crate::tickets::nouns::NOUN;
use crate::tickets::{self, Ticket, TicketId};

/// How many tickets are looked through at a time.
pub(super) const PART: i64 = 300;

/// Puts a ticket where it lies now, in every view of its workspace.
///
/// # Errors
/// [`DbError`] of the database.
pub fn follow(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: &Ticket) -> Result<(), DbError> {
    let views = store::all(tx, workspace)?;
    if views.is_empty() {
        return Ok(());
    }
    let mut facts = if views.iter().any(|view| view.text.conditions.asks_account()) {
        facts(tx, workspace, ticket)?
    } else {
        Facts::default()
    };
    if views.iter().any(|view| !view.text.conditions.fields.is_empty()) {
        let mut own = own_values(tx, workspace, &[ticket.id])?;
        facts.own = own.remove(&ticket.id.uuid()).unwrap_or_default();
    }
    let held: HashMap<OwnViewId, Seat> = store::seats(tx, workspace, ticket.id)?.into_iter().collect();
    for view in &views {
        let seat = view.seat(ticket, &facts, tx.now());
        sit(
            tx,
            workspace,
            view,
            ticket.id,
            (held.get(&view.id).copied(), seat),
        )?;
    }
    Ok(())
}

/// Takes a ticket out of every view: it is going away.
///
/// # Errors
/// [`DbError`] of the database.
pub fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<(), DbError> {
    let held: HashMap<OwnViewId, Seat> = store::seats(tx, workspace, ticket)?.into_iter().collect();
    if held.is_empty() {
        return Ok(());
    }
    for view in store::all(tx, workspace)? {
        let before = held.get(&view.id).copied();
        sit(tx, workspace, &view, ticket, (before, None))?;
    }
    store::leave(tx, workspace, ticket)
}

/// Puts many tickets where they lie now.
///
/// # Errors
/// [`DbError`] of the database.
pub fn follow_all(tx: &mut Tx<'_>, workspace: WorkspaceId, tickets: &[&Ticket]) -> Result<(), DbError> {
    if store::all(tx, workspace)?.is_empty() {
        return Ok(());
    }
    for ticket in tickets {
        follow(tx, workspace, ticket)?;
    }
    Ok(())
}

/// Looks through one more part of all tickets; gives where to go on, none at the end.
pub(super) fn look_through(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    view: &OwnView,
    after: TicketId,
) -> Result<Option<TicketId>, DbError> {
    let part = tickets::in_order(tx, workspace, after, PART)?;
    let ids: Vec<TicketId> = part.iter().map(|ticket| ticket.id).collect();
    let held: HashMap<TicketId, Seat> = store::seats_in(tx, workspace, view.id, &ids)?
        .into_iter()
        .collect();
    let around = if view.text.conditions.asks_account() {
        facts_of(tx, workspace, &part)?
    } else {
        HashMap::new()
    };
    let mut own = if view.text.conditions.fields.is_empty() {
        BTreeMap::new()
    } else {
        own_values(tx, workspace, &ids)?
    };
    for ticket in &part {
        let facts = ticket.account.and_then(|account| around.get(&account).cloned());
        let facts = Facts {
            own: own.remove(&ticket.id.uuid()).unwrap_or_default(),
            ..facts.unwrap_or_default()
        };
        let seat = view.seat(ticket, &facts, tx.now());
        sit(
            tx,
            workspace,
            view,
            ticket.id,
            (held.get(&ticket.id).copied(), seat),
        )?;
    }
    let is_last = i64::try_from(part.len()).unwrap_or(PART) < PART;
    Ok(part.last().filter(|_| !is_last).map(|ticket| ticket.id))
}

/// Takes some tickets out of a view that is removed; gives whether there were any.
pub(super) fn empty(tx: &mut Tx<'_>, workspace: WorkspaceId, view: &OwnView) -> Result<bool, DbError> {
    let part = store::held(tx, workspace, view.id, PART)?;
    for ticket in &part {
        let held = store::seats(tx, workspace, *ticket)?;
        let held = held
            .into_iter()
            .find(|(id, _)| *id == view.id)
            .map(|(_, seat)| seat);
        sit(tx, workspace, view, *ticket, (held, None))?;
    }
    Ok(!part.is_empty())
}

fn facts(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: &Ticket) -> Result<Facts, DbError> {
    let Some(account) = ticket.account else {
        return Ok(Facts::default());
    };
    let tier = tiers::of(tx, workspace, &[account])?.remove(&account);
    let owner = assignment::of(tx, workspace, &[account])?.remove(&account);
    Ok(Facts {
        tier: tier.and_then(|standing| standing.tier).map(|tier| tier.id),
        owner: owner.map(|span| span.agent),
        ..Facts::default()
    })
}

/// What stands in the own fields of these tickets, of fields that were archived too: a view goes on asking for them.
fn own_values(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tickets: &[TicketId],
) -> Result<BTreeMap<Uuid, Values>, DbError> {
    let all = fields::all(tx, workspace, &NOUN)?;
    let ids: Vec<Uuid> = tickets.iter().map(|id| id.uuid()).collect();
    fields::of_many(tx, workspace, &all, &ids)
}

/// The same of all accounts of these tickets.
fn facts_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tickets: &[Ticket],
) -> Result<HashMap<AccountId, Facts>, DbError> {
    let mut accounts: Vec<AccountId> = tickets.iter().filter_map(|ticket| ticket.account).collect();
    accounts.sort_unstable();
    accounts.dedup();
    let mut tiers = tiers::of(tx, workspace, &accounts)?;
    let mut owners = assignment::of(tx, workspace, &accounts)?;
    let facts = accounts.into_iter().map(|account| {
        let tier = tiers.remove(&account).and_then(|standing| standing.tier);
        let facts = Facts {
            tier: tier.map(|tier| tier.id),
            owner: owners.remove(&account).map(|span| span.agent),
            ..Facts::default()
        };
        (account, facts)
    });
    Ok(facts.collect())
}

/// From one seat to another, with the tallies of those that are in.
fn sit(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    view: &OwnView,
    ticket: TicketId,
    (before, after): (Option<Seat>, Option<Seat>),
) -> Result<(), DbError> {
    if before == after {
        return Ok(());
    }
    match &after {
        Some(seat) => store::put(tx, workspace, (view.id, ticket), seat)?,
        None => store::take(tx, workspace, (view.id, ticket))?,
    }
    let counted = |seat: Option<Seat>| seat.filter(|seat| seat.due.is_none()).map(|seat| seat.bucket);
    let (old, new) = (counted(before), counted(after));
    if old != new {
        if let Some(bucket) = old {
            tallies::add(tx, workspace, &view.tally(bucket), -1)?;
        }
        if let Some(bucket) = new {
            tallies::add(tx, workspace, &view.tally(bucket), 1)?;
        }
    }
    Ok(())
}
