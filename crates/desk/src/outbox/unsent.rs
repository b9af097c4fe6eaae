//! Why the newest answer of a ticket goes out by no mail: said below it, so that nobody believes it was sent.

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;

use super::answering;
use super::writing::{LOOKED, mailbox_of, of_ticket, recipients};
use crate::api_inboxes;
use crate::mails;
use crate::tickets::marks::Mark;
use crate::tickets::{self, Message, MessageId, MessageKind, Ticket};

/// What is missing for the mail of a ticket's newest public message, where that is an agent's answer and no mail of it was
/// written.
pub(super) fn say(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    ticket: &Ticket,
    without_mail: impl Fn(MessageId) -> bool,
) -> Result<Option<Mark>, DbError> {
    let Some(id) = ticket.last_public.filter(|id| without_mail(*id)) else {
        return Ok(None);
    };
    let messages = tickets::messages(tx, actor, ticket.id, None, LOOKED).map_err(of_ticket)?;
    let is_answer = |message: &Message| message.id == id && is_by_agent(message);
    // Whichever way the ticket came, answers go out by mail, unless an API inbox carries them.
    if !messages.iter().any(is_answer) || mails::is_sent_elsewhere(tx, actor.workspace, id)? {
        return Ok(None);
    }
    if api_inboxes::carrying::carries(tx, actor.workspace, ticket)? {
        return Ok(None);
    }
    let (why, link, address) = if mailbox_of(tx, actor.workspace, ticket)?.is_none() {
        (
            "outbox-none-without-mailbox",
            "settings-mailboxes",
            "/settings/mailboxes".to_owned(),
        )
    } else {
        let answered = answering::newest(tx, actor.workspace, ticket.id)?;
        if !recipients(tx, actor.workspace, ticket, answered.as_ref())?.is_empty() {
            return Ok(None);
        }
        let address = ticket
            .contact
            .map_or_else(|| "/contacts".to_owned(), |id| format!("/contacts/{id}"));
        ("outbox-none-without-address", "contacts-title", address)
    };
    let mut mark = Mark::new(id, "triangle-alert", t.say(why));
    mark.tone = "warn";
    mark.links.push((t.say(link), address));
    Ok(Some(mark))
}

fn is_by_agent(message: &Message) -> bool {
    let author = message.author.split(' ').next().unwrap_or_default();
    message.kind == MessageKind::Reply && author.parse::<AgentId>().is_ok()
}
