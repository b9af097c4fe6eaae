//! Messages: what the customer writes, what we answer, and notes among agents.

use kit::db::Tx;
use kit::id::{TypedId, Uuid};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::events;
use tandem_core::permissions::Permission;

use super::changing::settle;
use super::connections::{self, must_stand};
use super::details::rules;
use super::{
    HEARD, Message, MessageId, MessageKind, NOTED, NewMessage, REPLIED, Status, Ticket, TicketError,
    TicketId, files, followers, formatted, history, record, store, unread,
};

/// Writes a message into a ticket. Gives the ticket as it is after it, and the message.
///
/// # Errors
/// [`TicketError::Overtaken`] when a public message came that the writer of a reply had not seen: nothing is written then.
/// [`TicketError`] for a missing permission, a message that does not fit, or a ticket of no or another workspace;
/// [`TicketError::Unanswered`] when an agent solves it with fields empty that are filled in before.
pub fn write(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    new: &NewMessage,
) -> Result<(Ticket, Message), TicketError> {
    must_be_answered(tx, actor, id, new)?;
    let files = files::named(tx, actor.workspace, &new.files)?;
    write_with(tx, actor, id, new, &files)
}

/// Stops a message that would solve a ticket in which something is to be filled in before.
fn must_be_answered(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    new: &NewMessage,
) -> Result<(), TicketError> {
    if new.then.is_none_or(|step| step.status != Status::Solved) {
        return Ok(());
    }
    actor.must(Permission::TicketsWrite)?;
    let ticket = store::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    match ticket.status {
        Status::Solved | Status::Merged => Ok(()),
        _ => rules::must_be_answered(tx, actor, &ticket),
    }
}

/// The same with files that its formatting may show, wherever they are, and whatever is empty: its moment has come.
pub(super) fn write_with(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    new: &NewMessage,
    shown: &[files::File],
) -> Result<(Ticket, Message), TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let words = formatted::words(&new.body, new.html.as_deref(), shown)?;
    let before = store::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    must_stand(tx, actor.workspace, &before)?;
    if new.kind == MessageKind::Reply
        && let Some(seen) = new.seen
        && let Some(newer) = unseen(tx, actor, &before, seen)?
    {
        return Err(TicketError::Overtaken(Box::new(newer)));
    }
    let message = Message {
        html: words.html,
        ..message(tx, actor, &before, (new.kind, words.body))
    };
    history::store::insert_message(tx, actor.workspace, &message)?;
    files::attach(tx, actor, (id, message.id), &new.files)?;
    let mut after = before.clone();
    after.hear(&message);
    if let Some(step) = new.then {
        after.set(super::Field::Status, &step.to_string(), message.written_at)?;
        super::must_be_there(tx, actor, &after, super::Field::Status)?;
    }
    settle(tx, actor, &before, &mut after)?;
    unread::written(tx, actor, &message)?;
    record(
        tx,
        actor,
        telling(new.kind),
        &after,
        json!({ "message": message.id }),
    )?;
    if new.kind == MessageKind::Note {
        followers::mention(tx, actor, &after, &message)?;
    }
    Ok((after, message))
}

/// A message as it is to be stored.
pub(super) fn message(
    tx: &Tx<'_>,
    actor: &Actor,
    ticket: &Ticket,
    (kind, body): (MessageKind, String),
) -> Message {
    Message {
        id: tx.new_id(),
        ticket: ticket.id,
        kind,
        author: actor.signature(),
        contact: ticket.contact.filter(|_| kind == MessageKind::Inbound),
        body,
        html: None,
        written_at: tx.now(),
    }
}

/// The event that tells of a message.
pub(super) fn telling(kind: MessageKind) -> &'static events::Kind {
    match kind {
        MessageKind::Inbound => &HEARD,
        MessageKind::Reply => &REPLIED,
        MessageKind::Note => &NOTED,
    }
}

/// The newest public message after the one that a writer had seen, if somebody else wrote it.
fn unseen(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: &Ticket,
    seen: Option<MessageId>,
) -> Result<Option<Message>, TicketError> {
    if seen == ticket.last_public {
        return Ok(None);
    }
    let seen = seen.unwrap_or_else(|| MessageId::from_uuid(Uuid::nil()));
    let mine = actor.signature();
    let mut newest: Option<Message> = None;
    for part in connections::parts(tx, actor.workspace, ticket.id)? {
        let newer = history::store::newest_of_others(tx, actor.workspace, (part, seen), &mine)?;
        newest = newest.into_iter().chain(newer).max_by_key(|message| message.id);
    }
    Ok(newest)
}
