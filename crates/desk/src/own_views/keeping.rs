//! Keeping views true: every change of a ticket puts it where it lies now, in the same transaction, and counts it there.
//!
//! A view whose conditions are new looks through all tickets in parts, each by the same rule, so that what changes meanwhile
//! is right from whichever comes later. What only the clock changes comes in and goes out with the minute; tags, followers and
//! ratings follow by a job.

use std::collections::{BTreeMap, HashMap};

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use tandem_core::accounts::{AccountId, merging};
use tandem_core::contacts::ContactId;
use tandem_core::fields::{self, Values};
use tandem_core::workspaces::WorkspaceId;
use tandem_core::{assignment, contacts, tags, tallies, tiers};

use super::{Conditions, Facts, OwnView, OwnViewId, Seat, store};
use crate::surveys;
use crate::tickets::nouns::NOUN;
use crate::tickets::{self, Ticket, TicketId, followers};

/// How many tickets are looked through at a time.
pub(super) const PART: i64 = 300;

/// Puts a ticket where it lies now, in every view of its workspace.
///
/// # Errors
/// [`DbError`] of the database.
pub fn follow(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: &Ticket) -> Result<(), DbError> {
    let mut views = store::all(tx, workspace)?;
    if views.is_empty() {
        return Ok(());
    }
    for view in &mut views {
        stand(tx, workspace, &mut view.text.conditions)?;
    }
    let asks = Asks::of(&views);
    let mut around = around(tx, workspace, asks, std::slice::from_ref(ticket))?;
    let facts = around.remove(&ticket.id).unwrap_or_default();
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
    let mut view = view.clone();
    stand(tx, workspace, &mut view.text.conditions)?;
    let asks = Asks::of(std::slice::from_ref(&view));
    let mut around = around(tx, workspace, asks, &part)?;
    for ticket in &part {
        let facts = around.remove(&ticket.id).unwrap_or_default();
        let seat = view.seat(ticket, &facts, tx.now());
        sit(
            tx,
            workspace,
            &view,
            ticket.id,
            (held.get(&ticket.id).copied(), seat),
        )?;
    }
    let is_last = i64::try_from(part.len()).unwrap_or(PART) < PART;
    Ok(part.last().filter(|_| !is_last).map(|ticket| ticket.id))
}

/// Who was merged is asked for as who stands for them.
fn stand(tx: &mut Tx<'_>, workspace: WorkspaceId, asked: &mut Conditions) -> Result<(), DbError> {
    if let Ok(account) = asked.account.parse::<AccountId>()
        && let Some(now) = merging::standing(tx, workspace, account)?
    {
        asked.account = now.to_string();
    }
    if let Ok(contact) = asked.contact.parse::<ContactId>()
        && let Some(now) = contacts::merging::roots(tx, workspace, &[contact])?.get(&contact)
    {
        asked.contact = now.to_string();
    }
    // Few conditions, and fewer of them name somebody.
    for one in &mut asked.any {
        stand(tx, workspace, one)?;
    }
    Ok(())
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

/// What views ask of tickets that does not stand in them.
#[derive(Clone, Copy, Debug, Default)]
struct Asks {
    accounts: bool,
    contacts: bool,
    fields: bool,
    tags: bool,
    followers: bool,
    ratings: bool,
}

impl Asks {
    fn of(views: &[OwnView]) -> Self {
        let any = |asks: fn(&Conditions) -> bool| views.iter().any(|view| asks(&view.text.conditions));
        Self {
            accounts: any(Conditions::asks_account),
            contacts: any(Conditions::asks_contact),
            fields: any(Conditions::asks_fields),
            tags: any(Conditions::asks_tags),
            followers: any(Conditions::asks_followers),
            ratings: any(Conditions::asks_ratings),
        }
    }
}

/// What is known of tickets beside themselves, as far as it is asked for.
fn around(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asks: Asks,
    tickets: &[Ticket],
) -> Result<HashMap<TicketId, Facts>, DbError> {
    let ids: Vec<TicketId> = tickets.iter().map(|ticket| ticket.id).collect();
    let mut found: HashMap<TicketId, Facts> = HashMap::new();
    if asks.accounts {
        let accounts = facts_of(tx, workspace, tickets)?;
        for ticket in tickets {
            let facts = ticket.account.and_then(|account| accounts.get(&account));
            found.extend(facts.map(|facts| (ticket.id, facts.clone())));
        }
    }
    if asks.contacts {
        let asking: Vec<ContactId> = tickets.iter().filter_map(|ticket| ticket.contact).collect();
        let roots = contacts::merging::roots(tx, workspace, &asking)?;
        for ticket in tickets {
            let root = ticket.contact.and_then(|contact| roots.get(&contact));
            found.entry(ticket.id).or_default().contact = root.copied();
        }
    }
    if asks.fields {
        for (id, own) in own_values(tx, workspace, &ids)? {
            found.entry(TicketId::from_uuid(id)).or_default().own = own;
        }
    }
    if asks.tags {
        let uuids: Vec<Uuid> = ids.iter().map(|id| id.uuid()).collect();
        for (id, on_it) in tags::of_many(tx, workspace, &NOUN, &uuids)? {
            let facts = found.entry(TicketId::from_uuid(id)).or_default();
            facts.tags = on_it.into_iter().map(|tag| tag.id).collect();
        }
    }
    if asks.followers {
        for (id, agent) in followers::of_many(tx, workspace, &ids)? {
            found.entry(id).or_default().followers.push(agent);
        }
    }
    if asks.ratings {
        for id in surveys::low_of(tx, workspace, &ids)? {
            found.entry(id).or_default().is_low = true;
        }
    }
    Ok(found)
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
    let counted = |seat: Option<Seat>| seat.filter(|seat| seat.is_in).map(|seat| seat.bucket);
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
