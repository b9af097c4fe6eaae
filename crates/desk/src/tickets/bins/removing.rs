//! Removing a ticket for good, with what is merged into it: what was written, its files, mails and drafts. That one was removed
//! stands in the audit trail; that mail came stays known without its words, so that none is fetched again.

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::tags::{self, TagError};
use tandem_core::{events, fields};

use super::super::nouns::NOUN;
use super::super::past::letters;
use super::super::{LIST, Ticket, connections, files, scheduled, store as tickets};
use super::{REMOVED, store};
use crate::{api_inboxes, mails, notices, outbox, participants, sides, surveys};

/// Removes a ticket and everything that stands on it.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn remove(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket) -> Result<(), DbError> {
    for part in connections::parts(tx, actor.workspace, ticket.id)? {
        // A few rows each, found by their keys.
        if let Some(one) = tickets::find(tx, actor.workspace, part)? {
            remove_one(tx, actor, &one)?;
        }
    }
    Ok(())
}

fn remove_one(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket) -> Result<(), DbError> {
    let (workspace, id) = (actor.workspace, ticket.id);
    for tag in tags::of(tx, workspace, &NOUN, id.uuid())? {
        // Nothing but the database can stand in the way of the system.
        if let Err(TagError::Db(error)) = tags::take(tx, actor, &NOUN, id.into(), tag.id) {
            return Err(error);
        }
    }
    fields::forget(tx, workspace, id.uuid())?;
    mails::forget_ticket(tx, workspace, id)?;
    outbox::forget_ticket(tx, workspace, id)?;
    api_inboxes::forget_ticket(tx, workspace, id)?;
    sides::forget_ticket(tx, actor, id)?;
    surveys::forget_ticket(tx, workspace, id)?;
    participants::forget_ticket(tx, workspace, id)?;
    notices::forget_ticket(tx, workspace, id)?;
    scheduled::forget_ticket(tx, workspace, id)?;
    files::remove_waiting(tx, workspace, id)?;
    store::delete_around(tx, workspace, id)?;
    letters::take_away(tx, workspace, ticket)?;
    let entry = Entry::of(Act::TicketRemoved, id).named(format!("#{}", ticket.number));
    audit::record(
        tx,
        actor,
        entry.before(json!({ "opened_at": ticket.opened_at.0 })),
    )?;
    let event = events::NewEvent::of(&REMOVED, id).topic(LIST);
    events::record(tx, actor, event.payload(json!({ "number": ticket.number })))?;
    Ok(())
}
