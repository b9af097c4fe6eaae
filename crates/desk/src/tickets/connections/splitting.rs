//! Splitting: a message and what follows become a ticket of their own.

use kit::db::Tx;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::super::changing::settle;
use super::super::{
    Message, MessageId, MessageKind, OPENED, Status, Ticket, TicketError, count, history, model, record,
    store as tickets,
};
use crate::{numbers, statuses};

use super::{CONNECTED, Connection, Joint, merging, must_stand, store, tell};

/// Takes a message and everything after it out of its ticket into a new one, with their files and mails; what answers those
/// mails follows them. Gives the new ticket and the connection, whose end merges it back.
///
/// # Errors
/// [`TicketError::NothingLeft`] for the first message of a ticket, [`TicketError::Unknown`] for one of no or another
/// workspace, [`TicketError::Merged`] in a merged ticket, or a missing permission.
pub fn split(
    tx: &mut Tx<'_>,
    actor: &Actor,
    first: MessageId,
    subject: &str,
) -> Result<(Ticket, Connection), TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let workspace = actor.workspace;
    let message = history::store::find_message(tx, workspace, first)?.ok_or(TicketError::Unknown)?;
    let before = tickets::find(tx, workspace, message.ticket)?.ok_or(TicketError::Unknown)?;
    must_stand(tx, workspace, &before)?;
    let moved = history::store::since(tx, workspace, before.id, first)?;
    if history::store::messages(tx, workspace, before.id, Some(first), 1)?.is_empty() {
        return Err(TicketError::NothingLeft);
    }
    let subject = match subject.trim() {
        "" => before.subject.clone(),
        typed => model::subject(typed)?,
    };
    let gone = history::store::taken_back(tx, workspace, before.id, first)?;
    let mut ticket = cut_off(tx, &before, (&moved, &gone), subject);
    statuses::stand_for(tx, workspace, None, &mut ticket)?;
    ticket.number = tickets::next_number(tx, workspace)?;
    tickets::insert(tx, workspace, &ticket)?;
    count(tx, workspace, None, &ticket)?;
    store::carry(tx, workspace, (before.id, ticket.id), first)?;
    numbers::follow(tx, workspace, &ticket)?;
    let mut left = before.clone();
    merging::look_again(tx, actor, &mut left)?;
    left.replies -= ticket.replies;
    left.touched_at = tx.now();
    settle(tx, actor, &before, &mut left)?;
    let connection = Connection {
        id: tx.new_id(),
        joint: Joint::Split,
        ticket: ticket.id,
        other: before.id,
        message: Some(first),
        status: ticket.status,
        snoozed_until: None,
        author: actor.signature(),
        made_at: tx.now(),
        ended: None,
    };
    store::insert(tx, workspace, &connection)?;
    record(tx, actor, &OPENED, &ticket, json!({ "split_off": before.id }))?;
    tell(tx, actor, &CONNECTED, &connection)?;
    Ok((ticket, connection))
}

/// A ticket that begins with some messages of another: it is as the other was but for what they say. Those that are gone were
/// taken back and count as none.
fn cut_off(
    tx: &Tx<'_>,
    before: &Ticket,
    (moved, gone): (&[Message], &[MessageId]),
    subject: String,
) -> Ticket {
    let asked = moved.iter().find(|message| message.kind == MessageKind::Inbound);
    let mut ticket = Ticket {
        id: tx.new_id(),
        number: 0,
        subject,
        contact: asked.and_then(|message| message.contact).or(before.contact),
        status: Status::Open,
        own: None,
        snoozed_until: None,
        preview: String::new(),
        // The answers in it went out long ago, whoever began.
        is_ours: false,
        replies: 0,
        reopenings: 0,
        opened_at: moved
            .first()
            .map_or(before.opened_at, |message| message.written_at),
        replied_at: None,
        first_solved_at: None,
        solved_at: None,
        last_public: None,
        version: 1,
        ..before.clone()
    };
    for message in moved {
        if gone.contains(&message.id) {
            ticket.last_public = Some(message.id);
        } else {
            ticket.hear(message);
        }
    }
    ticket.touched_at = tx.now();
    ticket
}
