//! Events: what happened, recorded in the transaction in which it happened. The spine of the product.
//!
//! A verb calls [`record`]; in the same transaction every reaction of the [`Wiring`] is queued as a job, so none is ever
//! missed. Each event later gets a *position*: a number that only grows in the order in which readers can see events,
//! whatever order their transactions committed in. Live pages, the search index and the event feed read by position.
//!
//! Words: the *subject* is the thing the event is about; *topics* are the subject and the lists that show it: what a page
//! names to be told of changes.

pub mod api;
mod model;
mod positions;
mod reading;
mod store;
mod wiring;

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};

pub use model::{Event, EventId, Kind, NewEvent, Position};
pub use positions::give_positions;
pub use reading::{Reading, visible};
pub use wiring::{Listener, Wiring};

use crate::actor::Actor;
use crate::workspaces::WorkspaceId;

/// What the bus calls "there are new events".
pub const TOPIC: &str = "events";

/// Records what happened and queues its reactions, in the caller's transaction.
///
/// # Errors
/// [`DbError`] of the database; then nothing of the transaction is kept.
pub fn record(tx: &mut Tx<'_>, actor: &Actor, new: NewEvent) -> Result<EventId, DbError> {
    let event = new.by(tx.new_id(), actor, tx.now());
    let position = if tx.commits_in_order() {
        Some(store::next_position(tx)?)
    } else {
        None
    };
    store::insert(tx, &event, position)?;
    if let Some(wiring) = tx.attached::<Wiring>() {
        for listener in wiring.listeners(&event.kind) {
            listener.queue(tx, std::slice::from_ref(&event))?;
        }
    }
    tx.wake(TOPIC);
    Ok(event.id)
}

/// Records what happened to many things at once, in this order and in one statement, and queues the reactions to all of it.
///
/// # Errors
/// As of [`record`].
pub fn record_all(tx: &mut Tx<'_>, actor: &Actor, new: Vec<NewEvent>) -> Result<(), DbError> {
    if new.is_empty() {
        return Ok(());
    }
    let now = tx.now();
    let events = new.into_iter().map(|one| one.by(tx.new_id(), actor, now));
    let mut events: Vec<Event> = events.collect();
    if tx.commits_in_order() {
        let first = store::next_position(tx)?.0;
        for (event, number) in events.iter_mut().zip(first..) {
            event.position = Some(Position(number));
        }
    }
    store::insert_all(tx, actor.workspace, &events)?;
    if let Some(wiring) = tx.attached::<Wiring>() {
        let mut kinds: BTreeMap<String, Vec<Event>> = BTreeMap::new();
        for event in events {
            kinds.entry(event.kind.clone()).or_default().push(event);
        }
        for (kind, events) in &kinds {
            for listener in wiring.listeners(kind) {
                listener.queue(tx, events)?;
            }
        }
    }
    tx.wake(TOPIC);
    Ok(())
}

/// The ids of one type among the subjects of events, each once.
pub fn subjects<I: FromStr + Ord>(events: &[Event]) -> Vec<I> {
    let named = events
        .iter()
        .flat_map(|event| [event.subject.as_str()].into_iter().chain(event.subjects()));
    let ids: BTreeSet<I> = named.filter_map(|id| id.parse().ok()).collect();
    ids.into_iter().collect()
}

/// Something of a past that is made up: who did it, when, and what.
pub type Past = (Actor, Timestamp, NewEvent);

/// Records a past that is made up, of one workspace, in the order given. Nobody reacts: whoever makes a past up makes what
/// follows from it too.
///
/// # Errors
/// [`DbError`] of the database; then nothing of the transaction is kept.
pub fn record_past(tx: &mut Tx<'_>, past: Vec<Past>) -> Result<Vec<Event>, DbError> {
    let mut events = Vec::with_capacity(past.len());
    for (actor, at, new) in past {
        events.push(tx.as_of(at, |tx| new.by(tx.new_id(), &actor, at)));
    }
    let Some(workspace) = events.first().map(|event| event.workspace) else {
        return Ok(events);
    };
    if tx.commits_in_order() {
        let first = store::next_position(tx)?;
        for (event, number) in events.iter_mut().zip(first.0..) {
            event.position = Some(Position(number));
        }
    }
    store::insert_all(tx, workspace, &events)?;
    tx.wake(TOPIC);
    Ok(events)
}

/// Up to `limit` events of every workspace after `position`, in order. For the live stream and the search index, which
/// look at each event's workspace themselves.
///
/// # Errors
/// [`DbError`] of the database.
pub fn after(tx: &mut Tx<'_>, position: Position, limit: i64) -> Result<Vec<Event>, DbError> {
    store::after(tx, position, limit)
}

/// Up to `limit` events of `workspace` after `position`, in order.
///
/// # Errors
/// [`DbError`] of the database.
pub fn feed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    position: Position,
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    store::feed(tx, workspace, position, limit)
}

/// The event of `workspace` with this id.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: EventId) -> Result<Option<Event>, DbError> {
    store::find(tx, workspace, id)
}

/// The newest `limit` events about `subject`, newest first.
///
/// # Errors
/// [`DbError`] of the database.
pub fn about(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    subject: impl Into<kit::id::AnyId>,
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    store::about(tx, workspace, &subject.into().to_string(), limit)
}

/// Forgets what happened to `subject`: only for what the program itself made up. The positions stay taken: whoever has
/// read beyond them would miss what got one of them again.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    subject: impl Into<kit::id::AnyId>,
) -> Result<(), DbError> {
    let subject = subject.into().to_string();
    store::mark(tx, workspace, &subject)?;
    store::delete_about(tx, workspace, &subject)
}

/// Forgets what happened to many subjects: only what an import takes back.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget_all<I: Into<kit::id::AnyId> + Copy>(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    subjects: &[I],
) -> Result<(), DbError> {
    let subjects: Vec<String> = subjects.iter().map(|id| (*id).into().to_string()).collect();
    // Most of what is taken back had no event of its own.
    for subject in store::with_events(tx, workspace, &subjects)? {
        store::mark(tx, workspace, &subject)?;
        store::delete_about(tx, workspace, &subject)?;
    }
    Ok(())
}

/// The newest `limit` events of `workspace` that have a position, newest first.
///
/// # Errors
/// [`DbError`] of the database.
pub fn newest(tx: &mut Tx<'_>, workspace: WorkspaceId, limit: i64) -> Result<Vec<Event>, DbError> {
    store::newest(tx, workspace, limit)
}

/// The newest `limit` events of `workspace` of these kinds that have a position, newest first.
///
/// # Errors
/// [`DbError`] of the database.
pub fn newest_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    kinds: [&Kind; 5],
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    store::newest_of(tx, workspace, kinds.map(|kind| kind.name), limit)
}

/// The newest position that was given, whether or not its event is still there.
///
/// # Errors
/// [`DbError`] of the database.
pub fn newest_position(tx: &mut Tx<'_>) -> Result<Position, DbError> {
    store::newest_position(tx)
}
