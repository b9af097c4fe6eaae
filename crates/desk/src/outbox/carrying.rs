//! Mails that other features write to contacts: each opens a ticket at the account, so that its answer comes back there, and
//! goes out as answers do: it can be taken back for a while, and nobody gets it whose address takes no mail.

use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::agents;
use tandem_core::contacts::{self, ContactId};
use tandem_core::correspondence::{Carried, Carrier, Fate, Hindrance, Mailing};
use tandem_core::workspaces::WorkspaceId;

use super::model::MailState;
use super::writing::{drafted, mailbox_that_sends, of_contact, of_ticket, own_address, post};
use super::{answering, budgets, store, suppression};
use crate::mailboxes;
use crate::tickets::{self, Field, Kind, MessageId, NewTicket, Status, Ticket, TicketError};

/// What takes mails to contacts.
pub const CARRIER: Carrier = Carrier {
    asks,
    carries,
    follows,
    place: "/tickets/",
};

fn asks(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<Option<Hindrance>, DbError> {
    hindrance(tx, workspace, contact, None)
}

/// What is in the way of a mail to a contact, about something where that is known yet.
fn hindrance(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
    subject: Option<&str>,
) -> Result<Option<Hindrance>, DbError> {
    let Some(mailbox) = mailbox_that_sends(tx, workspace)? else {
        return Ok(Some(Hindrance::NoWay));
    };
    let reader = Actor::system(workspace, "outbox");
    let Some(contact) = contacts::find(tx, &reader, contact).map_err(of_contact)? else {
        return Ok(Some(Hindrance::NoAddress));
    };
    let Some(address) = own_address(tx, workspace, &contact)? else {
        return Ok(Some(Hindrance::NoAddress));
    };
    // A mail to one of our own mailboxes would be a ticket that we ask ourselves.
    if mailboxes::is_at(&mailboxes::all(tx, workspace)?, &address) {
        return Ok(Some(Hindrance::NoAddress));
    }
    if suppression::of(tx, workspace, &address)?.is_some() {
        return Ok(Some(Hindrance::Suppressed));
    }
    let has_room = budgets::has_room(tx, workspace, (mailbox.id, &address), subject)?;
    Ok((!has_room).then_some(Hindrance::TooMany))
}

fn carries(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailing: &Mailing,
) -> Result<Result<Carried, Hindrance>, DbError> {
    if let Some(hindrance) = hindrance(tx, workspace, mailing.contact, Some(&mailing.subject))? {
        return Ok(Err(hindrance));
    }
    let Some((ticket, message)) = opened(tx, workspace, mailing)? else {
        // Who went meanwhile can't be written to.
        return Ok(Err(Hindrance::NoAddress));
    };
    let Some(mailbox) = mailbox_that_sends(tx, workspace)? else {
        return Ok(Err(Hindrance::NoWay));
    };
    if let Some(parcel) = drafted(tx, workspace, (&ticket, message), &mailbox)? {
        post(tx, workspace, parcel)?;
    }
    Ok(Ok(carried(&ticket, message)))
}

/// The ticket of a mail, which waits for the customer; none where contact or account is not there any more, or where it would
/// say nothing.
pub(super) fn opened(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailing: &Mailing,
) -> Result<Option<(Ticket, MessageId)>, DbError> {
    let actor = Actor::system(workspace, mailing.by);
    let agent = match mailing.agent {
        Some(agent) => agents::find(tx, workspace, agent)?.filter(|agent| agent.is_active),
        None => None,
    };
    let new = NewTicket {
        subject: mailing.subject.clone(),
        body: mailing.words.clone(),
        is_ours: true,
        account: Some(mailing.account),
        contact: Some(mailing.contact),
        kind: Kind::Account,
        agent: agent.map(|agent| agent.id),
        ..NewTicket::default()
    };
    // A ticket without a message would be left, and no mail.
    if !new.has_words() {
        return Ok(None);
    }
    let ticket = match tickets::open(tx, &actor, &new) {
        Ok(ticket) => ticket,
        Err(TicketError::NoContact | TicketError::NoAccount) => return Ok(None),
        Err(other) => return Err(of_ticket(other)),
    };
    let waiting = [(Field::Status, Status::Waiting.as_str().to_owned())];
    let (ticket, _) = tickets::change(tx, &actor, ticket.id, &waiting).map_err(of_ticket)?;
    Ok(ticket.last_public.map(|message| (ticket, message)))
}

pub(super) fn carried(ticket: &Ticket, message: MessageId) -> Carried {
    Carried {
        conversation: ticket.id.to_string(),
        message: message.to_string(),
    }
}

fn follows(tx: &mut Tx<'_>, workspace: WorkspaceId, message: &str) -> Result<Option<Fate>, DbError> {
    let Ok(message) = message.parse::<MessageId>() else {
        return Ok(None);
    };
    let Some(parcel) = store::of_message(tx, workspace, message)? else {
        return Ok(None);
    };
    if answering::newest(tx, workspace, parcel.mail.ticket)?.is_some() {
        return Ok(Some(Fate::Answered));
    }
    Ok(Some(match parcel.mail.state {
        MailState::Waiting | MailState::Handing => Fate::Waiting,
        MailState::Sent => Fate::Sent,
        MailState::Failed => Fate::Failed,
        MailState::Unknown => Fate::Unknown,
        MailState::Withdrawn => Fate::Withdrawn,
    }))
}
