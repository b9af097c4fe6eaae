//! Messages that come from outside by themselves: mail, and what other channels bring.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::changing::settle;
use super::{
    Field, HEARD, Message, MessageKind, REPLIED, Status, Ticket, TicketError, TicketId, connections,
    formatted, history, keep, model, record, store, unread,
};

/// What came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInbound {
    /// The words.
    pub body: String,
    /// The same with formatting; then the words follow from it.
    pub html: Option<String>,
    /// Whose they are, where that is known; it need not be the one who asked first.
    pub contact: Option<ContactId>,
    /// Whether nobody wrote it by hand: then the ticket stays as it stands, and no clock moves.
    pub is_automatic: bool,
    /// Whether whoever wrote it has no part in the ticket: then it is kept and shown, and the ticket stays as it stands too.
    pub is_stranger: bool,
}

/// Takes a message into a ticket. Gives the ticket as it is after it, and the message.
///
/// # Errors
/// [`TicketError`] for a missing permission, a message that does not fit, or a ticket of no or another workspace.
pub fn take_in(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    new: &NewInbound,
) -> Result<(Ticket, Message), TicketError> {
    actor.must(Permission::TicketsWrite)?;
    // What comes for a merged ticket is shown where that one is.
    let id = connections::survivor(tx, actor.workspace, id)?;
    let before = store::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    let words = formatted::words(&new.body, new.html.as_deref(), &[])?;
    let message = Message {
        id: tx.new_id(),
        ticket: id,
        kind: MessageKind::Inbound,
        author: actor.signature(),
        contact: new.contact,
        body: words.body,
        html: words.html,
        written_at: tx.now(),
    };
    history::store::insert_message(tx, actor.workspace, &message)?;
    let mut after = before.clone();
    if new.is_automatic || new.is_stranger {
        after.touched_at = message.written_at;
        after.last_public = Some(message.id);
    } else {
        after.hear(&message);
    }
    settle(tx, actor, &before, &mut after)?;
    if !new.is_automatic {
        unread::written(tx, actor, &message)?;
    }
    let payload = json!({
        "message": message.id, "is_automatic": new.is_automatic, "is_stranger": new.is_stranger,
    });
    record(tx, actor, &HEARD, &after, payload)?;
    Ok((after, message))
}

/// What the event of a reply says when it is out already.
pub(crate) const SENT_ELSEWHERE: &str = "is_sent_elsewhere";

/// What one of us sent to the customer from elsewhere, such as a mail program of their own.
#[derive(Clone, Debug)]
pub struct SentElsewhere {
    /// Whose words they are.
    pub author: Actor,
    /// The words.
    pub body: String,
    /// When they were sent.
    pub sent_at: Timestamp,
    /// Whether the customer has written nothing since.
    pub is_last: bool,
}

/// Takes an answer into a ticket that is with the customer already: clocks move as for one from the page, and nobody sends it
/// again. Gives the ticket as it is after it, and the message.
///
/// # Errors
/// As of [`take_in`].
pub fn take_answer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    sent: &SentElsewhere,
) -> Result<(Ticket, Message), TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let id = connections::survivor(tx, actor.workspace, id)?;
    let before = store::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    let now = tx.now();
    let message = Message {
        id: tx.new_id(),
        ticket: id,
        kind: MessageKind::Reply,
        author: sent.author.signature(),
        contact: None,
        body: model::body(&sent.body)?,
        html: None,
        written_at: sent.sent_at.max(before.opened_at).min(now),
    };
    history::store::insert_message(tx, actor.workspace, &message)?;
    let mut after = before.clone();
    after.hear(&message);
    if !sent.is_last {
        // Lists go on showing what the customer wrote since.
        after.preview.clone_from(&before.preview);
        after.last_public = before.last_public;
    }
    after.touched_at = now;
    if sent.is_last && before.status == Status::Open {
        after.set(Field::Status, Status::Waiting.as_str(), now)?;
    }
    settle(tx, &sent.author, &before, &mut after)?;
    let payload = json!({ "message": message.id, SENT_ELSEWHERE: true });
    record(tx, &sent.author, &REPLIED, &after, payload)?;
    Ok((after, message))
}

/// Something was written about a ticket, and not in it: it goes to the top of lists, and whoever follows it has news. Nothing
/// else of it changes. Gives the ticket that shows it.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn touch(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TicketId,
) -> Result<Option<Ticket>, DbError> {
    let id = connections::survivor(tx, workspace, id)?;
    let Some(before) = store::find(tx, workspace, id)? else {
        return Ok(None);
    };
    let mut after = before.clone();
    after.touched_at = tx.now();
    keep(tx, workspace, &before, &mut after)?;
    Ok(Some(after))
}
