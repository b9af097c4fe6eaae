//! Tickets: requests of customers, from any channel, and the messages in them.
//!
//! A ticket is opened once and stays; what was written in it is never changed. A field that takes another value leaves a
//! *change* (who, when, before, after), by which it can be taken back. What follows from a message (who is waited for, the
//! first response, coming back after being solved) is one pure rule in `model.rs`. How many lie where is counted with
//! every change, so that no page counts rows. All writes of a workspace take turns ([`turn`]).

pub mod acts;
pub mod api;
mod asides;
pub mod beginning;
pub mod bins;
mod changing;
pub mod column;
pub mod connections;
mod conversing;
pub mod demo;
pub mod details;
mod documents;
pub mod drafts;
mod entries;
mod errors;
pub mod extras;
mod failures;
pub mod files;
pub mod followers;
pub(crate) mod formatted;
pub mod hints;
mod history;
pub mod jobs;
pub mod listing;
pub mod marks;
mod meanwhile;
pub mod measures;
mod model;
mod names;
pub mod nouns;
mod onward;
mod opening;
pub mod operations;
mod pages;
mod panel;
mod parts;
pub mod past;
mod personal;
pub mod presence;
mod rewording;
pub mod scheduled;
pub mod search;
pub mod sending;
pub mod sifting;
mod step;
mod store;
pub mod tagged;
mod taking_back;
pub mod taking_in;
pub mod traces;
pub mod unread;
mod views;
pub mod web;
mod window;
mod words;
mod writing;

use kit::db::{DbError, Tx};
use tandem_core::accounts::merging::{Part, Way};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::bridge::Case;
use tandem_core::checklist::Item;
use tandem_core::events::{self, NewEvent};
use tandem_core::panels::{Panel, Place, Width};
use tandem_core::permissions::Permission;
use tandem_core::tallies;
use tandem_core::workspaces::WorkspaceId;

pub(crate) use acts::snooze;
pub use changing::{change, undo};
pub(crate) use details::solving::told as unanswered;
pub use errors::TicketError;
pub(crate) use failures::{AGENT, BODY, FILE, LARGE_FILE, SUBJECT};
pub use history::{changes, messages};
pub use model::{Change, LONGEST, Message, NewMessage, NewTicket, Ticket};
pub(crate) use model::{body as checked_body, subject as checked_subject};
pub use opening::open;
use opening::{first, fresh, must_be_there, of_contact};
pub(crate) use opening::{only_account, unopened};
pub(crate) use pages::conversation;
pub use personal::HOLDS;
pub(crate) use personal::of_person;
pub(crate) use rewording::reword;
pub use step::Step;
pub(crate) use taking_back::take_back;
pub(crate) use taking_in::{SENT_ELSEWHERE, touch};
pub use words::{Field, Kind, MessageKind, Priority, Status};
pub use writing::write;

use crate::{own_views, sides, statuses};

kit::id! {
    /// A ticket.
    TicketId, "tkt"
}
kit::id! {
    /// A message in a ticket.
    MessageId, "tms"
}
kit::id! {
    /// A change of a ticket's field.
    ChangeId, "tcg"
}

/// A ticket was opened.
pub const OPENED: events::Kind = events::Kind::new("ticket.opened", Permission::TicketsRead);
/// The customer wrote in a ticket.
pub const HEARD: events::Kind = events::Kind::new("ticket.heard", Permission::TicketsRead);
/// An agent wrote to the customer.
pub const REPLIED: events::Kind = events::Kind::new("ticket.replied", Permission::TicketsRead);
/// An agent wrote a note.
pub const NOTED: events::Kind = events::Kind::new("ticket.noted", Permission::TicketsRead);
/// A field took another value.
pub const CHANGED: events::Kind = events::Kind::new("ticket.changed", Permission::TicketsRead);
/// A ticket was solved.
pub const SOLVED: events::Kind = events::Kind::new("ticket.solved", Permission::TicketsRead);
/// A solved ticket came back.
pub const REOPENED: events::Kind = events::Kind::new("ticket.reopened", Permission::TicketsRead);

/// The person who asked or wrote was erased; what they wrote is gone.
pub const FORGOTTEN: events::Kind = events::Kind::new("ticket.forgotten", Permission::TicketsRead);
/// What somebody wrote from outside was understood anew and has other words or files.
pub const REWORDED: events::Kind = events::Kind::new("ticket.reworded", Permission::TicketsRead);

/// What a merge of accounts does with them.
pub const MERGES: Part = Part::new("tickets", Way::Move).said("merging-tickets", Permission::TicketsRead);

/// The name of all lists of tickets, for pages that show them and in cursors.
pub const LIST: &str = "tickets";

/// What a new workspace does for the first time here: an answer to somebody who is no sample.
pub const ANSWERED: Item = Item {
    key: "answer",
    path: "/inbox",
    needs: Some(Permission::TicketsWrite),
    live: LIST,
    is_done: |tx, actor| store::has_answered(tx, actor.workspace),
};

/// The panel of the account's page: its tickets.
pub const OF_ACCOUNT: Panel = Panel {
    width: Width::Line,
    lines: 4,
    ..Panel::new(
        "tickets",
        Place::Account,
        Permission::TicketsRead,
        "/accounts/{id}/tickets",
    )
};
/// The panel of the contact's page: what they asked for.
pub const OF_CONTACT: Panel = Panel {
    width: Width::Line,
    lines: 4,
    ..Panel::new(
        "their-tickets",
        Place::Contact,
        Permission::TicketsRead,
        "/contacts/{id}/tickets",
    )
};
/// The panel of the home page: what waits for the person.
pub const MINE: Panel = Panel {
    lines: 5,
    first_for: &[Permission::TicketsWrite],
    ..Panel::new(
        "my-tickets",
        Place::Home,
        Permission::TicketsRead,
        "/home/tickets",
    )
};

/// Whose turn it is when tickets of a workspace are written: numbers and tallies are rows that everybody changes.
pub fn turn(workspace: WorkspaceId) -> String {
    format!("tickets {workspace}")
}

/// The ticket with this id in the actor's workspace.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Option<Ticket>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// A ticket as others need to know it, by its id as it is written; none where the actor may not see it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn case(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<Option<Case>, DbError> {
    let Some(id) = id.parse().ok().filter(|_| actor.may(Permission::TicketsRead)) else {
        return Ok(None);
    };
    let found = store::find(tx, actor.workspace, id)?;
    Ok(found.map(|ticket| Case {
        number: ticket.number,
        subject: ticket.subject,
        account: ticket.account,
        contact: ticket.contact,
    }))
}

/// The ticket that people call by this number.
///
/// # Errors
/// As of [`find`].
pub fn numbered(tx: &mut Tx<'_>, actor: &Actor, number: i64) -> Result<Option<Ticket>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::numbered(tx, actor.workspace, number)?)
}

/// Stores what became of a ticket, and counts it where it lies now.
fn keep(tx: &mut Tx<'_>, workspace: WorkspaceId, before: &Ticket, after: &mut Ticket) -> Result<(), DbError> {
    after.version = before.version + 1;
    store::update(tx, workspace, after)?;
    if before.status.is_apart() != after.status.is_apart() {
        sides::look_again(tx, &Actor::system(workspace, "bins"), after.id)?;
    }
    count(tx, workspace, Some(before), after)
}

fn count(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: Option<&Ticket>,
    after: &Ticket,
) -> Result<(), DbError> {
    let (old, new) = (before.map(Ticket::tallies).unwrap_or_default(), after.tallies());
    for name in new.iter().filter(|name| !old.contains(name)) {
        tallies::add(tx, workspace, name, 1)?;
    }
    for name in old.iter().filter(|name| !new.contains(name)) {
        tallies::add(tx, workspace, name, -1)?;
    }
    own_views::follow(tx, workspace, after)
}

/// Tickets of a workspace in the order of their ids, after one.
pub(crate) fn in_order(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    after: TicketId,
    limit: i64,
) -> Result<Vec<Ticket>, DbError> {
    store::after(tx, workspace, after, limit)
}

/// The workspace's own statuses of these tickets, of those that have one.
pub(crate) fn own_statuses(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    tickets: &[TicketId],
) -> Result<std::collections::BTreeMap<TicketId, statuses::StatusId>, DbError> {
    store::own_statuses(tx, workspace, tickets)
}

/// The ticket with this id, for what works without a person.
pub(crate) fn with_id(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TicketId,
) -> Result<Option<Ticket>, DbError> {
    store::find(tx, workspace, id)
}

/// The agent who wrote a message, where one did.
pub(crate) fn author_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
) -> Result<Option<AgentId>, DbError> {
    let found = history::store::find_message(tx, workspace, message)?;
    let signed = found
        .as_ref()
        .and_then(|message| message.author.split(' ').next());
    Ok(signed.and_then(|id| id.parse().ok()))
}

fn record(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static events::Kind,
    ticket: &Ticket,
    payload: serde_json::Value,
) -> Result<(), DbError> {
    events::record(tx, actor, told(kind, ticket, payload))?;
    Ok(())
}

/// What is told of a ticket.
fn told(kind: &'static events::Kind, ticket: &Ticket, mut payload: serde_json::Value) -> NewEvent {
    let mut event = NewEvent::of(kind, ticket.id).topic(LIST);
    if let Some(account) = ticket.account {
        event = event.topic(account);
    }
    if let Some(contact) = ticket.contact {
        event = event.topic(contact);
    }
    payload["number"] = ticket.number.into();
    event.payload(payload)
}
