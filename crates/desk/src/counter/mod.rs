//! The counter: people who come in person. A place has queues; whoever comes gets a ticket and a number, waits, and is
//! called to a window.
//!
//! A *place* is a branch or a desk, with up to six *queues*; a *visit* is somebody who came there on a day of the
//! workspace's calendar, with the number on their slip: `A007`. Numbers begin anew each day. An agent takes a *seat*, a
//! window for the day, and calls who waits longest; nobody is called twice, because a visit leaves the line in the write
//! that calls it. How long they waited and were served stays with the visit, from which the numbers of a day are made. The
//! *board* on the wall shows numbers and windows to whoever has its key: no names, no subjects.

pub mod api;
pub mod arriving;
pub mod board;
mod calling;
pub mod day;
pub mod demo;
mod documents;
mod errors;
mod failures;
mod looking;
mod model;
pub mod operations;
pub mod people;
mod personal;
pub mod places;
mod store;
pub mod traces;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;

pub use arriving::{Arrival, Who, arrive};
pub use calling::{act, leave, next, sit};
pub use day::{Figures, figures};
pub use errors::CounterError;
pub use looking::{Line, current, line, of_day, seat, seats, visit};
pub use model::{Archiving, Deed, LETTERS, Place, PlaceText, Queue, Seat, Visit, VisitState};
pub use personal::HOLDS;

kit::id! {
    /// A place where people come in person.
    CounterPlaceId, "cpl"
}
kit::id! {
    /// Somebody who came.
    CounterVisitId, "cvs"
}

/// A place was set up, is another, was archived or brought back.
pub const CHANGED: Kind = Kind::new("counter.changed", Permission::CounterRead);
/// Somebody came.
pub const ARRIVED: Kind = Kind::new("counter.arrived", Permission::CounterRead);
/// Somebody was called, or called again.
pub const CALLED: Kind = Kind::new("counter.called", Permission::CounterRead);
/// Somebody was served.
pub const SERVED: Kind = Kind::new("counter.served", Permission::CounterRead);
/// Somebody was called and did not come.
pub const MISSED: Kind = Kind::new("counter.missed", Permission::CounterRead);
/// Somebody waits in another queue, or again.
pub const MOVED: Kind = Kind::new("counter.moved", Permission::CounterRead);
/// An agent took a window, or left it.
pub const SEATED: Kind = Kind::new("counter.seated", Permission::CounterRead);

/// The name of the list of places, for pages that show it.
pub const LIST: &str = "counter";

/// Tells of a visit: which, and by what number; nothing of who it is. Where the account is named, it is what leaves a trace
/// on its timeline.
fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    (visit, account): (&Visit, Option<AccountId>),
) -> Result<(), DbError> {
    let mut event = NewEvent::of(kind, visit.ticket)
        .topic(LIST)
        .topic(visit.place)
        .topic(visit.id);
    if let Some(account) = account {
        event = event.topic(account);
        if let Some(contact) = visit.contact {
            event = event.topic(contact);
        }
    }
    let payload = json!({
        "visit": visit.id, "place": visit.place, "number": visit.code(), "queue": visit.queue, "state": visit.state,
        "window": visit.window,
    });
    events::record(tx, actor, event.payload(payload))?;
    Ok(())
}
