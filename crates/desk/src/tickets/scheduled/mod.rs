//! Scheduled replies: written now, sent later, and called off by themselves when the customer writes first.
//!
//! Until it is sent a scheduled reply is no message: no clock moves, nobody is told that the customer was answered. When it
//! is due it becomes a message in the name of whoever wrote it, if they may still write; then it goes the way of every
//! reply. Its files are held for it. What was called off keeps its words, and can be put back or taken into a composer.

pub mod api;
mod documents;
mod failures;
mod going;
pub mod jobs;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::events::Kind;
use tandem_core::permissions::Permission;
use tandem_core::tokens;
use tandem_core::workspaces::WorkspaceId;

pub use going::CANCEL;
pub use model::{NewScheduled, Place, ScheduleError, Scheduled, State};

use super::connections::{must_stand, parts};
use super::drafts::{self, NewDraft};
use super::sending::{self, FormId};
use super::{
    Message, MessageKind, Ticket, TicketError, TicketId, files, formatted, record, store as tickets,
};

kit::id! {
    /// A scheduled reply.
    ScheduledId, "tsr"
}

/// A reply was scheduled, moved, called off, put back or sent.
pub const SCHEDULED: Kind = Kind::new("ticket.scheduled", Permission::TicketsRead);

/// The name of the list of scheduled replies, for pages that show it.
pub const LIST: &str = "scheduled_replies";
/// How many wait in one ticket at most.
const MOST: usize = 20;
/// How far ahead a reply can be sent.
const AHEAD: Duration = Duration::from_secs(366 * 86_400);
/// For how long a ticket shows what was called off by itself.
const SHOWN: Duration = Duration::from_secs(14 * 86_400);

/// Schedules a reply. The same form sent twice schedules once.
///
/// # Errors
/// [`ScheduleError`] for a missing permission, a moment or words that do not fit, too many of them, or a ticket of no or
/// another workspace.
pub fn schedule(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, form): (TicketId, Option<FormId>),
    new: &NewScheduled,
) -> Result<Scheduled, ScheduleError> {
    actor.must(Permission::TicketsWrite)?;
    if let Some(form) = form
        && let Some(held) = sending::kept(tx, actor, form)?
    {
        let there = store::find(tx, actor.workspace, ScheduledId::from_uuid(held.uuid()))?;
        return there
            .filter(|there| there.ticket == id)
            .ok_or(ScheduleError::Unknown);
    }
    let agent = actor.agent().ok_or(TicketError::NoAgent)?;
    let ticket = place(tx, actor, id, new.due_at)?;
    let shown = files::named(tx, actor.workspace, &new.files)?;
    let words = formatted::words(&new.body, new.html.as_deref(), &shown)?;
    let one = Scheduled {
        id: tx.new_id(),
        ticket: id,
        home: id,
        contact: ticket.contact,
        agent,
        author: actor.signature(),
        may: actor.permissions().words(),
        token: tokens::of(tx, actor)?,
        body: words.body,
        html: words.html,
        then: new.then,
        due_at: new.due_at,
        moved_from: None,
        unless_reply: new.unless_reply,
        made_at: tx.now(),
        state: State::Waiting,
        ended_at: None,
        ended_by: None,
        message: None,
    };
    store::insert(tx, actor.workspace, &one)?;
    files::attach(tx, actor, (id, one.holder()), &new.files)?;
    if let Some(form) = form {
        sending::keep(tx, actor.workspace, form, &held(&one))?;
    }
    drafts::end(tx, actor, id)?;
    tell(tx, actor, &one)?;
    Ok(one)
}

/// What stands for the message while it is none.
fn held(one: &Scheduled) -> Message {
    Message {
        id: one.holder(),
        ticket: one.ticket,
        kind: MessageKind::Reply,
        author: one.author.clone(),
        contact: None,
        body: String::new(),
        html: None,
        written_at: one.made_at,
    }
}

/// A scheduled reply of the actor's workspace.
///
/// # Errors
/// [`ScheduleError::Unknown`], a missing permission, or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: ScheduledId) -> Result<Scheduled, ScheduleError> {
    actor.must(Permission::TicketsRead)?;
    store::find(tx, actor.workspace, id)?.ok_or(ScheduleError::Unknown)
}

/// What waits in a ticket, and what was called off by itself in the last days, in the order in which it is due.
///
/// # Errors
/// A missing permission, or the database's.
pub fn of_ticket(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Vec<Scheduled>, ScheduleError> {
    actor.must(Permission::TicketsRead)?;
    tickets::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    let since = tx.now().minus(SHOWN);
    let mut all = store::of_ticket(tx, actor.workspace, id)?;
    all.retain(|one| match one.state {
        State::Waiting => true,
        State::Answered | State::Failed => one.ended_at.is_some_and(|at| at > since),
        State::Sent | State::Cancelled | State::Taken => false,
    });
    all.sort_by_key(|one| (one.due_at, one.id));
    Ok(all)
}

/// Those that wait in the workspace, in the order in which they are due, after a place.
///
/// # Errors
/// A missing permission, or the database's.
pub fn all(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Scheduled>, ScheduleError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::waiting(tx, actor.workspace, after, limit)?)
}

/// Gives a waiting reply another moment, and says whether it is called off when the customer writes first.
///
/// # Errors
/// [`ScheduleError::Over`], [`ScheduleError::BadMoment`], a missing permission, or the database's.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ScheduledId,
    (due_at, unless_reply): (Timestamp, bool),
) -> Result<Scheduled, ScheduleError> {
    let mut one = waiting(tx, actor, id)?;
    timely(tx, due_at)?;
    if one.due_at != due_at {
        one.moved_from = Some(one.due_at);
    }
    (one.due_at, one.unless_reply) = (due_at, unless_reply);
    keep(tx, actor, &one)?;
    Ok(one)
}

/// Gives a waiting reply the moment back that it had before the last change.
///
/// # Errors
/// As of [`change`].
pub fn move_back(tx: &mut Tx<'_>, actor: &Actor, id: ScheduledId) -> Result<Scheduled, ScheduleError> {
    let one = waiting(tx, actor, id)?;
    match one.moved_from {
        Some(before) => change(tx, actor, id, (before, one.unless_reply)),
        None => Ok(one),
    }
}

/// Calls a reply off; its words are kept. Doing it twice is no harm, and what was called off by itself is put aside.
///
/// # Errors
/// [`ScheduleError::Over`] when it was sent or its words are in a composer; a missing permission, or the database's.
pub fn cancel(tx: &mut Tx<'_>, actor: &Actor, id: ScheduledId) -> Result<Scheduled, ScheduleError> {
    actor.must(Permission::TicketsWrite)?;
    let mut one = find(tx, actor, id)?;
    match one.state {
        State::Cancelled => return Ok(one),
        State::Waiting | State::Answered | State::Failed => {}
        State::Sent | State::Taken => return Err(ScheduleError::Over),
    }
    let now = tx.now();
    one.end(actor, State::Cancelled, now);
    keep(tx, actor, &one)?;
    Ok(one)
}

/// Puts back what was called off; one that waits stays.
///
/// # Errors
/// [`ScheduleError::BadMoment`] when its moment is past, [`ScheduleError::OtherContact`], too many that wait, a merged
/// ticket, [`ScheduleError::Over`]; as of [`cancel`].
pub fn resume(tx: &mut Tx<'_>, actor: &Actor, id: ScheduledId) -> Result<Scheduled, ScheduleError> {
    actor.must(Permission::TicketsWrite)?;
    let mut one = find(tx, actor, id)?;
    if one.state == State::Waiting {
        return Ok(one);
    }
    if !one.state.may_resume() {
        return Err(ScheduleError::Over);
    }
    let ticket = place(tx, actor, one.ticket, one.due_at)?;
    going::must_be_theirs(tx, actor.workspace, &ticket, &one)?;
    (one.state, one.ended_at, one.ended_by) = (State::Waiting, None, None);
    keep(tx, actor, &one)?;
    Ok(one)
}

/// Sends a reply now that waits or was called off by itself. From then on it is as every reply, and can be taken back as
/// one.
///
/// # Errors
/// [`ScheduleError::Over`], [`ScheduleError::OtherContact`], what the ticket refuses, a missing permission, or the database's.
pub fn send_now(tx: &mut Tx<'_>, actor: &Actor, id: ScheduledId) -> Result<Scheduled, ScheduleError> {
    actor.must(Permission::TicketsWrite)?;
    let one = find(tx, actor, id)?;
    if one.state != State::Waiting && !one.state.may_resume() {
        return Err(ScheduleError::Over);
    }
    going::send(tx, actor, one)
}

/// Takes a reply into the actor's composer, behind what they have begun there.
///
/// # Errors
/// As of [`send_now`].
pub fn take_up(tx: &mut Tx<'_>, actor: &Actor, id: ScheduledId) -> Result<Scheduled, ScheduleError> {
    actor.must(Permission::TicketsWrite)?;
    let mut one = find(tx, actor, id)?;
    if one.state != State::Waiting && !one.state.may_resume() {
        return Err(ScheduleError::Over);
    }
    let draft = NewDraft {
        kind: MessageKind::Reply,
        body: one.body.clone(),
        html: one.html.clone(),
        form: None,
    };
    drafts::append(tx, actor, one.ticket, draft)?;
    let now = tx.now();
    files::give_back(tx, actor, one.holder())?;
    one.end(actor, State::Taken, now);
    keep(tx, actor, &one)?;
    Ok(one)
}

/// What waits in a ticket that is merged into another waits there.
pub(super) fn carry(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (TicketId, TicketId),
) -> Result<(), DbError> {
    for one in store::of_ticket(tx, workspace, from)? {
        if one.state != State::Sent {
            files::carry_held(tx, workspace, one.holder(), to)?;
        }
    }
    store::carry(tx, workspace, (from, to))
}

/// Takes [`carry`] back: what was written in a ticket that is merged no more, or in what is merged into it, waits there.
pub(super) fn give_back(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<(), DbError> {
    for part in parts(tx, workspace, ticket)? {
        for one in store::at_home(tx, workspace, part)? {
            if one.state != State::Sent && one.ticket != ticket {
                files::carry_held(tx, workspace, one.holder(), ticket)?;
                store::carry_one(tx, workspace, one.id, ticket)?;
            }
        }
    }
    Ok(())
}

/// Forgets what was written to somebody who is forgotten, in whichever ticket it is.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<(), DbError> {
    for one in store::of_contact(tx, workspace, contact)? {
        if one.state != State::Sent {
            files::remove_held(tx, workspace, one.holder())?;
        }
        store::delete(tx, workspace, one.id)?;
    }
    Ok(())
}

/// Forgets what waits in a ticket that is removed, or was sent from it.
pub(super) fn forget_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<(), DbError> {
    for one in store::of_ticket(tx, workspace, ticket)? {
        if one.state != State::Sent {
            files::remove_held(tx, workspace, one.holder())?;
        }
        store::delete(tx, workspace, one.id)?;
    }
    Ok(())
}

/// The ticket, where one more can wait until this moment.
fn place(tx: &mut Tx<'_>, actor: &Actor, id: TicketId, due_at: Timestamp) -> Result<Ticket, ScheduleError> {
    let ticket = tickets::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    must_stand(tx, actor.workspace, &ticket)?;
    timely(tx, due_at)?;
    if store::waiting_of(tx, actor.workspace, id)?.len() >= MOST {
        return Err(ScheduleError::TooMany);
    }
    Ok(ticket)
}

fn waiting(tx: &mut Tx<'_>, actor: &Actor, id: ScheduledId) -> Result<Scheduled, ScheduleError> {
    actor.must(Permission::TicketsWrite)?;
    let one = find(tx, actor, id)?;
    match one.state {
        State::Waiting => Ok(one),
        _ => Err(ScheduleError::Over),
    }
}

fn timely(tx: &Tx<'_>, at: Timestamp) -> Result<(), ScheduleError> {
    let now = tx.now();
    if at > now && at <= now.plus(AHEAD) {
        Ok(())
    } else {
        Err(ScheduleError::BadMoment)
    }
}

fn keep(tx: &mut Tx<'_>, actor: &Actor, one: &Scheduled) -> Result<(), ScheduleError> {
    store::update(tx, actor.workspace, one)?;
    tell(tx, actor, one)?;
    Ok(())
}

fn tell(tx: &mut Tx<'_>, actor: &Actor, one: &Scheduled) -> Result<(), DbError> {
    let Some(ticket) = tickets::find(tx, actor.workspace, one.ticket)? else {
        return Ok(());
    };
    let payload = json!({ "scheduled": one.id, "state": one.state.as_str() });
    record(tx, actor, &SCHEDULED, &ticket, payload)
}
