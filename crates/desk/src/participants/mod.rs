//! Participants: who else gets the answers of a ticket by mail, beside the one who asked: further people of the customer,
//! and copies. The composer shows everybody whom an answer goes to before it is sent.
//!
//! An address is on a ticket once. Who is taken off can be put back. What a participant writes belongs to the ticket.

pub mod api;
mod failures;
pub mod operations;
mod personal;
mod store;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::contacts::ContactId;
use tandem_core::contacts::identities::{self, NewIdentity};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use personal::HOLDS;
pub(crate) use personal::forget_ticket;

use crate::mailboxes::{self, folded};
use crate::mails;
use crate::outbox::{self, Recipient};
use crate::tickets::{self, Ticket, TicketError, TicketId, connections};

kit::id! {
    /// Somebody who gets the answers of a ticket too.
    ParticipantId, "tpt"
}

/// Somebody gets the answers of a ticket from now on, or does not any more.
pub const CHANGED: Kind = Kind::new("ticket.participants_changed", Permission::TicketsRead);

/// How many a ticket has at most, as many as a mail goes to.
pub const MOST: usize = 19;

/// Somebody who gets the answers of a ticket too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// Its id.
    pub id: ParticipantId,
    /// The ticket.
    pub ticket: TicketId,
    /// Who it is, where the address is somebody's.
    pub contact: Option<ContactId>,
    /// The name beside the address.
    pub name: String,
    /// The address.
    pub address: String,
    /// Whether they are only copied in.
    pub is_copy: bool,
    /// Who put them there: a signature.
    pub author: String,
    /// When.
    pub added_at: Timestamp,
    /// When they were taken off, if they were.
    pub ended_at: Option<Timestamp>,
}

/// Why nobody was added or taken off.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParticipantError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// It is no address, or one of the workspace's own mailboxes.
    #[error("not an address that an answer can go to")]
    BadAddress,
    /// An answer goes to so many at most.
    #[error("an answer goes to at most 20 addresses")]
    TooMany,
    /// There is no such participant here.
    #[error("there is no such participant")]
    Unknown,
    /// What is wrong with the ticket.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Puts an address on a ticket; one that is there is as it is said now.
///
/// # Errors
/// [`ParticipantError`] for a missing permission, an address that is none or our own, too many of them, or a ticket of no or
/// another workspace.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    (address, is_copy): (&str, bool),
) -> Result<Participant, ParticipantError> {
    actor.must(Permission::TicketsWrite)?;
    let ticket = tickets::find(tx, actor, id)?.ok_or(TicketError::Unknown)?;
    let (participant, is_news) = put(tx, actor, id, (address, is_copy))?;
    if is_news {
        tell(tx, actor, (&ticket, &participant))?;
    }
    Ok(participant)
}

/// Puts an address on a ticket of which nobody has heard yet: whoever is told of the ticket finds them there.
///
/// # Errors
/// As of [`add`].
pub(crate) fn seat(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: &Ticket,
    seat: (&str, bool),
) -> Result<Participant, ParticipantError> {
    actor.must(Permission::TicketsWrite)?;
    put(tx, actor, ticket.id, seat).map(|(participant, _)| participant)
}

/// Stores an address as it is said now; with whether it was not there so before.
fn put(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    (address, is_copy): (&str, bool),
) -> Result<(Participant, bool), ParticipantError> {
    let identity = NewIdentity::email(address);
    let identity = identity.checked().map_err(|_| ParticipantError::BadAddress)?;
    if mailboxes::is_at(&mailboxes::all(tx, actor.workspace)?, &identity.value) {
        return Err(ParticipantError::BadAddress);
    }
    let there = store::of_ticket(tx, actor.workspace, id)?;
    must_fit(&there)?;
    let known = identities::who_is(tx, actor.workspace, &identity)?;
    let before = there
        .into_iter()
        .find(|one| folded(&one.address) == folded(&identity.value));
    let participant = Participant {
        id: before.as_ref().map_or_else(|| tx.new_id(), |one| one.id),
        ticket: id,
        contact: known.as_ref().map(|contact| contact.root),
        name: known.map(|contact| contact.text.name).unwrap_or_default(),
        address: identity.value,
        is_copy,
        author: actor.signature(),
        added_at: tx.now(),
        ended_at: None,
    };
    let is_there = |one: &Participant| one.ended_at.is_none() && one.is_copy == is_copy;
    if let Some(before) = before.filter(is_there) {
        return Ok((before, false));
    }
    store::put(tx, actor.workspace, &participant)?;
    Ok((participant, true))
}

/// Whether one more has room.
fn must_fit(there: &[Participant]) -> Result<(), ParticipantError> {
    if there.iter().filter(|one| one.ended_at.is_none()).count() < MOST {
        Ok(())
    } else {
        Err(ParticipantError::TooMany)
    }
}

/// Takes somebody off a ticket; [`restore`] puts them back. Twice is no harm.
///
/// # Errors
/// [`ParticipantError::Unknown`] for one of no or another workspace; as of [`add`].
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: ParticipantId) -> Result<Participant, ParticipantError> {
    let now = tx.now();
    end(tx, actor, id, Some(now))
}

/// Puts somebody back who was taken off.
///
/// # Errors
/// As of [`remove`]; [`ParticipantError::TooMany`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: ParticipantId) -> Result<Participant, ParticipantError> {
    end(tx, actor, id, None)
}

fn end(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ParticipantId,
    at: Option<Timestamp>,
) -> Result<Participant, ParticipantError> {
    actor.must(Permission::TicketsWrite)?;
    let mut participant = store::find(tx, actor.workspace, id)?.ok_or(ParticipantError::Unknown)?;
    if participant.ended_at.is_some() == at.is_some() {
        return Ok(participant);
    }
    let ticket = tickets::find(tx, actor, participant.ticket)?.ok_or(TicketError::Unknown)?;
    if at.is_none() {
        must_fit(&store::of_ticket(tx, actor.workspace, ticket.id)?)?;
    }
    participant.ended_at = at;
    store::put(tx, actor.workspace, &participant)?;
    tell(tx, actor, (&ticket, &participant))?;
    Ok(participant)
}

/// Who gets the answers of a ticket too, and of what is merged into it, in the order in which they were added.
///
/// # Errors
/// A ticket of no or another workspace, a missing permission, or the database's.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Vec<Participant>, ParticipantError> {
    actor.must(Permission::TicketsRead)?;
    tickets::find(tx, actor, id)?.ok_or(TicketError::Unknown)?;
    Ok(standing(tx, actor.workspace, id)?)
}

/// The same, for what sends answers and places mails.
pub(crate) fn standing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TicketId,
) -> Result<Vec<Participant>, DbError> {
    let mut found: Vec<Participant> = Vec::new();
    for part in connections::parts(tx, workspace, id)? {
        for one in store::of_ticket(tx, workspace, part)? {
            let is_there = |there: &Participant| folded(&there.address) == folded(&one.address);
            if one.ended_at.is_none() && !found.iter().any(is_there) {
                found.push(one);
            }
        }
    }
    Ok(found)
}

/// To whom the next answer goes, and who else was on the customer's newest mail or asked in what is merged into the ticket.
///
/// # Errors
/// As of [`of`].
pub fn next(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
) -> Result<(Vec<Recipient>, Vec<String>), ParticipantError> {
    actor.must(Permission::TicketsRead)?;
    let ticket = tickets::find(tx, actor, id)?.ok_or(TicketError::Unknown)?;
    let recipients = outbox::next_recipients(tx, actor.workspace, &ticket)?;
    let own = mailboxes::all(tx, actor.workspace)?;
    let newest = mails::newest_of_ticket(tx, actor.workspace, id)?;
    let (mut others, withheld) =
        newest.map_or_else(Default::default, |newest| (newest.people, newest.withheld));
    for part in connections::parts(tx, actor.workspace, id)?.into_iter().skip(1) {
        let merged = tickets::find(tx, actor, part)?;
        if let Some(contact) = merged
            .and_then(|merged| merged.contact)
            .filter(|one| Some(*one) != ticket.contact)
        {
            let known = identities::of(tx, actor, contact).unwrap_or_default();
            let mail = known.into_iter().find(|one| one.kind == identities::Kind::Email);
            others.extend(mail.map(|one| one.value));
        }
    }
    // What somebody wrote who may be anybody is warned of, not suggested.
    others.retain(|address| !withheld.contains(address));
    let is_new = |address: &String| {
        let address = folded(address);
        let is_own = mailboxes::is_at(&own, &address);
        !is_own && recipients.iter().all(|one| folded(&one.address) != address)
    };
    others.retain(is_new);
    others.sort();
    others.dedup();
    others.truncate(5);
    Ok((recipients, others))
}

/// Where the customer's newest mail asks answers to go, though it does not show that it is theirs: they do not go there.
///
/// # Errors
/// As of [`of`].
pub fn withheld(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Vec<String>, ParticipantError> {
    actor.must(Permission::TicketsRead)?;
    let ticket = tickets::find(tx, actor, id)?.ok_or(TicketError::Unknown)?;
    let newest = mails::newest_of_ticket(tx, actor.workspace, id)?;
    let mut withheld = newest.map(|newest| newest.withheld).unwrap_or_default();
    let recipients = outbox::next_recipients(tx, actor.workspace, &ticket)?;
    withheld.retain(|address| recipients.iter().all(|one| folded(&one.address) != *address));
    withheld.truncate(5);
    Ok(withheld)
}

/// Events hold no address.
fn tell(tx: &mut Tx<'_>, actor: &Actor, (ticket, one): (&Ticket, &Participant)) -> Result<(), DbError> {
    let event = NewEvent::of(&CHANGED, ticket.id).topic(tickets::LIST);
    let payload = json!({
        "participant": one.id, "number": ticket.number, "is_copy": one.is_copy, "takes_part": one.ended_at.is_none(),
    });
    events::record(tx, actor, event.payload(payload))?;
    Ok(())
}
