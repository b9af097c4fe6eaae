//! Side conversations: what the team asks others about a ticket by mail, such as a supplier or another department.
//!
//! A side conversation has a subject and people of its own. It belongs to its ticket and is no part of it: the customer never
//! sees it, no answer quotes it, and what comes back in it neither opens the ticket again nor counts in any number. It touches
//! the ticket as a note does, so whoever follows that one has news. Its mails are named by tokens of its own, so that their
//! answers lead back to it and not to the ticket ([why](../../../../docs/decisions/0047-side-conversations-are-not-messages.md)).
//!
//! A *forward* is a side conversation that begins with what the ticket says.

pub mod api;
pub mod beginning;
pub mod demo;
mod documents;
mod failures;
mod forwarding;
mod model;
mod once;
pub mod operations;
mod personal;
mod reading;
mod removing;
mod rewording;
pub mod search;
mod showing;
mod store;
mod taking_in;
mod views;
pub mod web;
mod writing;

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::panels::{Panel, Place};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use forwarding::{forwarded, quoted};
pub(crate) use model::Answer;
pub use model::{Entry, EntryKind, Forward, MOST, NewEntry, NewSide, Person, Side, SideError};
pub use personal::HOLDS;
pub(crate) use removing::{forget_ticket, look_again};
pub(crate) use rewording::reword;
pub(crate) use taking_in::take_in;
pub use writing::{open, write};

use crate::mailboxes::folded;
use crate::tickets::{self, MessageId, Ticket, TicketError, TicketId, connections};

kit::id! {
    /// A side conversation.
    SideId, "scv"
}

/// Somebody wrote to others about a ticket.
pub const SENT: Kind = Kind::new("side_conversation.sent", Permission::TicketsRead);
/// Somebody else wrote about a ticket.
pub const CAME: Kind = Kind::new("side_conversation.came", Permission::TicketsRead);
/// A side conversation was closed or reopened.
pub const CHANGED: Kind = Kind::new("side_conversation.changed", Permission::TicketsRead);
/// Somebody was erased; what they wrote in it is gone.
pub const FORGOTTEN: Kind = Kind::new("side_conversation.forgotten", Permission::TicketsRead);
/// What somebody else wrote was understood anew and has other words.
pub const REWORDED: Kind = Kind::new("side_conversation.reworded", Permission::TicketsRead);

/// The name of all lists of side conversations, for pages that show them and in cursors.
pub const LIST: &str = "side_conversations";

/// The panel beside a ticket: whom else it was written to about.
pub const PANEL: Panel = Panel {
    lines: 2,
    ..Panel::new(
        "sides",
        Place::Case,
        Permission::TicketsRead,
        "/tickets/{id}/sides",
    )
};

/// Entries of one side conversation that are shown at most.
pub const ENTRIES: i64 = 300;

/// A side conversation with everything in it, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// The side conversation.
    pub side: Side,
    /// To whom the next message goes.
    pub people: Vec<Person>,
    /// What happened in it.
    pub entries: Vec<Entry>,
}

/// A side conversation of the actor's workspace with everything in it.
///
/// # Errors
/// [`SideError::Unknown`] for one of no or another workspace; a missing permission.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: SideId) -> Result<Whole, SideError> {
    actor.must(Permission::TicketsRead)?;
    let side = store::find(tx, actor.workspace, id)?.ok_or(SideError::Unknown)?;
    let mut entries = store::entries(tx, actor.workspace, id, ENTRIES)?;
    entries.reverse();
    Ok(Whole {
        people: store::people(tx, actor.workspace, id)?,
        side,
        entries,
    })
}

/// The side conversations of a ticket and of what is merged into it, with their people, in the order in which they began.
///
/// # Errors
/// A ticket of no or another workspace, a missing permission, or the database's.
pub fn of_ticket(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
) -> Result<Vec<(Side, Vec<Person>)>, SideError> {
    actor.must(Permission::TicketsRead)?;
    tickets::find(tx, actor, id)?.ok_or(TicketError::Unknown)?;
    let sides = of_whole(tx, actor.workspace, id)?;
    Ok(with_people(tx, actor.workspace, sides)?)
}

/// A place in the list of those that are open.
pub type Spot = (Timestamp, SideId);

/// Those that are open, with their people, what was written in last first; after a place where one is named.
///
/// # Errors
/// A missing permission, or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<Spot>,
    limit: i64,
) -> Result<Vec<(Side, Vec<Person>)>, SideError> {
    actor.must(Permission::TicketsRead)?;
    let after = after.unwrap_or((Timestamp(i64::MAX), SideId::from_uuid(Uuid::max())));
    let sides = store::open(tx, actor.workspace, after, limit)?;
    Ok(with_people(tx, actor.workspace, sides)?)
}

fn with_people(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    sides: Vec<Side>,
) -> Result<Vec<(Side, Vec<Person>)>, DbError> {
    let ids: Vec<SideId> = sides.iter().map(|side| side.id).collect();
    let mut people: BTreeMap<SideId, Vec<Person>> = BTreeMap::new();
    for (side, one) in store::people_of(tx, workspace, &ids)? {
        people.entry(side).or_default().push(one);
    }
    let found = sides.into_iter().map(|side| {
        let theirs = people.remove(&side.id).unwrap_or_default();
        (side, theirs)
    });
    Ok(found.collect())
}

fn of_whole(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TicketId) -> Result<Vec<Side>, DbError> {
    let mut sides = Vec::new();
    for part in connections::parts(tx, workspace, id)? {
        sides.extend(store::of_ticket(tx, workspace, part)?);
    }
    sides.sort_by_key(|side| side.id);
    Ok(sides)
}

/// What happened in the side conversations of a ticket and of what is merged into it, without the words, for its history.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn history(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TicketId,
) -> Result<Vec<(Side, Entry)>, DbError> {
    let mut found = Vec::new();
    for side in of_whole(tx, workspace, id)? {
        // One look-up by key for each of a few.
        let entries = store::moments(tx, workspace, side.id, ENTRIES)?;
        found.extend(entries.into_iter().map(|entry| (side.clone(), entry)));
    }
    Ok(found)
}

/// The side conversation that a token of a mail names.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn named(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    conversation: [u8; 16],
) -> Result<Option<Side>, DbError> {
    store::find(tx, workspace, SideId::from_uuid(Uuid::from_bytes(conversation)))
}

/// Whether an address takes part: messages go there, or somebody wrote from it who was no stranger.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn takes_part(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    side: SideId,
    address: &str,
) -> Result<bool, DbError> {
    let people = store::people(tx, workspace, side)?;
    if people.iter().any(|one| folded(&one.address) == address) {
        return Ok(true);
    }
    store::has_written(tx, workspace, side, address)
}

/// Closes a side conversation: nothing more is expected in it. What comes nevertheless opens it again. Twice is no harm.
///
/// # Errors
/// [`SideError::Unknown`] for one of no or another workspace; a missing permission.
pub fn close(tx: &mut Tx<'_>, actor: &Actor, id: SideId) -> Result<Side, SideError> {
    let now = tx.now();
    turn(tx, actor, id, Some(now))
}

/// Opens a closed side conversation again. Twice is no harm.
///
/// # Errors
/// As of [`close`].
pub fn reopen(tx: &mut Tx<'_>, actor: &Actor, id: SideId) -> Result<Side, SideError> {
    turn(tx, actor, id, None)
}

fn turn(tx: &mut Tx<'_>, actor: &Actor, id: SideId, closed_at: Option<Timestamp>) -> Result<Side, SideError> {
    actor.must(Permission::TicketsWrite)?;
    let mut side = store::find(tx, actor.workspace, id)?.ok_or(SideError::Unknown)?;
    if side.closed_at.is_some() == closed_at.is_some() {
        return Ok(side);
    }
    let kind = match closed_at {
        Some(_) => EntryKind::Closed,
        None => EntryKind::Reopened,
    };
    let entry = entry(tx, actor, id, kind);
    store::insert_entry(tx, actor.workspace, &entry)?;
    (side.closed_at, side.touched_at) = (closed_at, entry.written_at);
    store::update(tx, actor.workspace, &side)?;
    let ticket = tickets::with_id(tx, actor.workspace, side.ticket)?;
    tell(tx, actor, &CHANGED, (&side, &entry, ticket.as_ref()))?;
    Ok(side)
}

/// An entry without words.
fn entry(tx: &Tx<'_>, actor: &Actor, side: SideId, kind: EntryKind) -> Entry {
    Entry {
        id: tx.new_id::<MessageId>(),
        side,
        kind,
        author: actor.signature(),
        sender: String::new(),
        sender_name: String::new(),
        body: String::new(),
        quoted: String::new(),
        is_automatic: false,
        is_stranger: false,
        written_at: tx.now(),
    }
}

/// Events hold no address and no word.
fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    (side, entry, ticket): (&Side, &Entry, Option<&Ticket>),
) -> Result<(), DbError> {
    let mut event = NewEvent::of(kind, side.id)
        .topic(LIST)
        .topic(tickets::LIST)
        .topic(side.ticket);
    let mut payload = json!({
        "ticket": side.ticket, "message": entry.id, "state": side.state(), "is_forward": side.is_forward,
        "is_automatic": entry.is_automatic,
    });
    if let Some(ticket) = ticket {
        // What a ticket is merged into shows it too.
        if ticket.id != side.ticket {
            event = event.topic(ticket.id);
        }
        payload["number"] = ticket.number.into();
    }
    events::record(tx, actor, event.payload(payload))?;
    Ok(())
}
