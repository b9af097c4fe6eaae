//! Answers on their way to the program: handed to the inbox's line in the transaction that stores them, followed until they are
//! taken, and what the program tells of them afterwards.

pub(super) mod store;

use kit::db::{DbError, Tx};
use kit::jobs::Job;
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::events::{self, Event, Listener, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::touchpoints::Channel;
use tandem_core::webhooks::WebhookError;
use tandem_core::webhooks::deliveries::{self, DeliveryId, DeliveryState};
use tandem_core::webhooks::jobs::Deliver;
use tandem_core::webhooks::lines::{self, Handed};
use tandem_core::workspaces::WorkspaceId;

use super::store as inboxes;
use super::{ANSWERED, Answer, ApiInbox, ApiInboxError, ApiInboxId, Receipt, Told};
use crate::tickets::{
    self, Message, MessageId, SENT_ELSEWHERE, Ticket, TicketError, TicketId, connections, files, formatted,
};

/// The `type` of what is sent.
pub const KIND: &str = "answer.written";
/// How many messages of a ticket are looked through for the one that is sent.
const LOOKED: i64 = 20;

/// Puts what an agent answers in a conversation of an API inbox on its way.
pub const WRITE: Listener = Listener::new(<Deliver as Job>::KIND, write);

/// Writes down what became of an answer.
pub const FOLLOW: Listener = Listener::new(<Deliver as Job>::KIND, follow);

fn write(tx: &mut Tx<'_>, event: &Event) -> Result<(), DbError> {
    let workspace = event.workspace;
    let (author, name) = event.actor.split_once(' ').unwrap_or((event.actor.as_str(), ""));
    // What the program itself writes down, such as samples, goes nowhere; nor what is with the customer already.
    let is_sent = event.payload[SENT_ELSEWHERE].as_bool() == Some(true);
    if author.parse::<AgentId>().is_err() || is_sent {
        return Ok(());
    }
    let word = event.payload["message"].as_str().unwrap_or_default();
    let (Ok(ticket), Ok(id)) = (event.subject.parse::<TicketId>(), word.parse::<MessageId>()) else {
        return Ok(());
    };
    let Some(ticket) = tickets::with_id(tx, workspace, ticket)? else {
        return Ok(());
    };
    let Some((inbox, conversation)) = way(tx, workspace, &ticket)? else {
        return Ok(());
    };
    if store::find(tx, workspace, id)?.is_some() {
        return Ok(());
    }
    let reader = Actor::system(workspace, "api-inbox");
    let newest = tickets::messages(tx, &reader, ticket.id, None, LOOKED).map_err(of_ticket)?;
    let Some(message) = newest.into_iter().find(|message| message.id == id) else {
        return Ok(());
    };
    let data = said(tx, &reader, (&inbox, &conversation), (&ticket, &message, name))?;
    let handed = Handed {
        event: event.id,
        kind: KIND,
        at: message.written_at,
        data,
    };
    let delivery = lines::hand(tx, workspace, inbox.line, handed).map_err(of_line)?;
    let answer = Answer {
        message: id,
        inbox: inbox.id,
        ticket: message.ticket,
        conversation,
        delivery: delivery.id,
        state: delivery.state,
        written_at: message.written_at,
        settled_at: delivery.settled_at,
        receipt: Receipt::default(),
    };
    store::insert(tx, workspace, &answer)?;
    tell(tx, &reader, &answer)
}

/// By which inbox the answers of a ticket leave, and what the other side calls the conversation: where the customer wrote last by
/// one. A ticket that came by mail is answered by mail, also where one of an inbox was merged into it.
fn way(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
) -> Result<Option<(ApiInbox, String)>, DbError> {
    let mut found = inboxes::of_ticket(tx, workspace, ticket.id)?;
    if found.is_empty() && ticket.channel != Channel::Email {
        for part in connections::parts(tx, workspace, ticket.id)? {
            found.extend(inboxes::of_ticket(tx, workspace, part)?);
        }
    }
    match found.into_iter().next() {
        Some((id, conversation)) => {
            let inbox = inboxes::find(tx, workspace, id)?;
            Ok(inbox.map(|inbox| (inbox, conversation)))
        }
        None => Ok(None),
    }
}

/// Whether the answers of a ticket leave by an API inbox, and so by no mail.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn carries(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: &Ticket) -> Result<bool, DbError> {
    Ok(way(tx, workspace, ticket)?.is_some())
}

/// What the API inbox is called by which the answers of a ticket leave, if they do.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn carrier(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
) -> Result<Option<String>, DbError> {
    Ok(way(tx, workspace, ticket)?.map(|(inbox, _)| inbox.text.name))
}

/// What is said to the other side.
fn said(
    tx: &mut Tx<'_>,
    reader: &Actor,
    (inbox, conversation): (&ApiInbox, &str),
    (ticket, message, author): (&Ticket, &Message, &str),
) -> Result<Value, DbError> {
    let formatted = formatted::of_message(tx, reader.workspace, message.id)?;
    let files = files::of_message(tx, reader, message.id).map_err(of_ticket)?;
    let files = files.into_iter().map(|file| {
        json!({
            "id": file.id, "name": file.name, "media_type": file.media_type, "size": file.size,
            "path": format!("/api/v1/files/{}", file.id),
        })
    });
    Ok(json!({
        "message": message.id,
        "inbox": inbox.id,
        "conversation": conversation,
        "ticket": ticket.id,
        "ticket_number": ticket.number,
        "author": { "name": author },
        "text": message.body,
        "html": formatted.map(|formatted| formatted.written.html()),
        "files": files.collect::<Vec<Value>>(),
        "written_at": message.written_at.0,
    }))
}

fn follow(tx: &mut Tx<'_>, event: &Event) -> Result<(), DbError> {
    let Ok(id) = event.subject.parse::<DeliveryId>() else {
        return Ok(());
    };
    let word = event.payload["state"].as_str();
    let found = store::of_delivery(tx, event.workspace, id)?;
    let (Some(mut answer), Some(state)) = (found, word.and_then(DeliveryState::parse)) else {
        return Ok(());
    };
    answer.state = state;
    answer.settled_at = (state != DeliveryState::Waiting).then(|| tx.now());
    store::update(tx, event.workspace, &answer)?;
    tell(tx, &Actor::system(event.workspace, "api-inbox"), &answer)
}

/// The answer that a message of ours is.
///
/// # Errors
/// [`ApiInboxError::Unknown`] for a message that left by no API inbox here, or a missing permission.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, message: MessageId) -> Result<Answer, ApiInboxError> {
    actor.must(Permission::TicketsRead)?;
    store::find(tx, actor.workspace, message)?.ok_or(ApiInboxError::Unknown)
}

/// Answers of an inbox, the newest first, before the one named.
///
/// # Errors
/// [`ApiInboxError::Unknown`] for an inbox of no or another workspace, or a missing permission.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (inbox, before): (ApiInboxId, Option<MessageId>),
    limit: i64,
) -> Result<Vec<Answer>, ApiInboxError> {
    super::known(tx, actor, inbox)?;
    Ok(store::list(tx, actor.workspace, (inbox, before), limit)?)
}

/// Sends an answer again that nobody took, and at once one that waits for a later attempt.
///
/// # Errors
/// [`ApiInboxError::Line`] for one that the program has, or where the way back is switched off; as of [`find`].
pub fn again(tx: &mut Tx<'_>, actor: &Actor, message: MessageId) -> Result<Answer, ApiInboxError> {
    actor.must(Permission::TicketsWrite)?;
    let mut answer = find(tx, actor, message)?;
    lines::again(tx, actor.workspace, answer.delivery)?;
    wait(tx, actor, &mut answer)?;
    Ok(answer)
}

/// Sends all answers of an inbox again that failed in the days for which they are kept; gives how many.
///
/// # Errors
/// As of [`again`].
pub fn again_all(tx: &mut Tx<'_>, actor: &Actor, id: ApiInboxId) -> Result<usize, ApiInboxError> {
    actor.must(Permission::InboxWrite)?;
    let (inbox, _) = super::known(tx, actor, id)?;
    let since = tx.now().minus(deliveries::KEPT);
    let sent = lines::replay_failed(tx, actor.workspace, inbox.line, since)?;
    for delivery in &sent {
        // A thousand at most; what only tried the way is no answer.
        if let Some(mut answer) = store::of_delivery(tx, actor.workspace, *delivery)? {
            wait(tx, actor, &mut answer)?;
        }
    }
    Ok(sent.len())
}

fn wait(tx: &mut Tx<'_>, actor: &Actor, answer: &mut Answer) -> Result<(), DbError> {
    (answer.state, answer.settled_at) = (DeliveryState::Waiting, None);
    store::update(tx, actor.workspace, answer)?;
    tell(tx, actor, answer)
}

/// Writes down what the program tells of an answer; twice is no harm.
///
/// # Errors
/// [`ApiInboxError::Unknown`] for a message that did not leave by this inbox, or a missing permission.
pub fn told(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (inbox, message): (ApiInboxId, MessageId),
    told: &Told,
) -> Result<Answer, ApiInboxError> {
    actor.must(Permission::TicketsWrite)?;
    let mut answer = find(tx, actor, message)?;
    if answer.inbox != inbox {
        return Err(ApiInboxError::Unknown);
    }
    let now = tx.now();
    if answer.receipt.take(told, now) {
        store::update(tx, actor.workspace, &answer)?;
        tell(tx, actor, &answer)?;
    }
    Ok(answer)
}

/// Events hold no name of the other side and no word.
pub(super) fn tell(tx: &mut Tx<'_>, actor: &Actor, answer: &Answer) -> Result<(), DbError> {
    let event = NewEvent::of(&ANSWERED, answer.inbox).topic(answer.ticket);
    let payload = json!({
        "ticket": answer.ticket, "message": answer.message, "state": answer.standing().as_str(),
    });
    events::record(tx, actor, event.payload(payload))?;
    Ok(())
}

fn of_any(error: &dyn std::fmt::Display) -> DbError {
    DbError::Internal {
        statement: "api inboxes".to_owned(),
        problem: error.to_string(),
    }
}

fn of_line(error: WebhookError) -> DbError {
    match error {
        WebhookError::Db(error) => error,
        other => of_any(&other),
    }
}

fn of_ticket(error: TicketError) -> DbError {
    match error {
        TicketError::Db(error) => error,
        other => of_any(&other),
    }
}
