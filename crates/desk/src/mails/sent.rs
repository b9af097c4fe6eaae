//! What lies in a mailbox's folder of what was sent: copies of our own mails, which are known, and answers that one of us wrote
//! in another mail program. Those become messages of ours in their tickets, and nobody sends them again; what belongs to no
//! ticket is kept.

use kit::db::{DbError, Tx};
use mail::automatic::Nature;
use tandem_core::workspaces::WorkspaceId;

use super::old::ours::Ours;
use super::placing::{Unplaced, actor, body, decision, learn, ticket_of};
use super::understanding::Understood;
use super::{Mail, State, answers, beside, carrying, of_whole, personal, suspicion};
use crate::mailboxes::{Mailbox, folded};
use crate::outbox::{self, Parcel};
use crate::participants;
use crate::tickets::taking_in::{self, SentElsewhere};
use crate::tickets::{self, TicketId};

/// The clue of a mail that one of us sent from another program.
pub(super) const ELSEWHERE: &str = "sent_elsewhere";
/// Mails of a ticket that are looked through for a newer one.
const LOOKED: i64 = 20;
/// Mails of a ticket that are asked for who has written there.
const ASKED: i64 = 200;

/// Gives a mail from the folder of what was sent its place.
pub(super) fn placed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
    mut mail: Mail,
    read: &Understood,
) -> Result<Mail, Unplaced> {
    mail.reading = read.reading.clone();
    // Its server lets nobody else put mail there.
    "authenticated".clone_into(&mut mail.reading.identity);
    if let Some(own) = &read.message.message_id {
        mail.arrival.message_id.clone_from(own);
    }
    (mail.trouble, mail.cause) = (String::new(), None);
    let stamp = read.message.field(outbox::STAMP);
    if let Some(parcel) = outbox::recognised(tx, workspace, stamp, &mail.arrival.message_id)? {
        return Ok(known(mail, &parcel));
    }
    if stamp.is_some() {
        mail.state = State::Known;
        return Ok(mail);
    }
    let before = suspicion::before(tx, workspace, &mail)?;
    let is_first = |first: &Mail| matches!(first.state, State::Placed | State::Known | State::Kept);
    if let Some(first) = before.filter(is_first) {
        mail.state = State::Repeated;
        (mail.ticket, mail.message, mail.side) = (first.ticket, first.message, first.side);
        return Ok(mail);
    }
    mail.state = State::Kept;
    if is_by_itself(read.nature) {
        return Ok(mail);
    }
    let decision = decision(tx, workspace, mailbox, &mail, read)?;
    if let Some(side) = beside::led(tx, workspace, &decision)? {
        mail.side = Some(side.id);
        return Ok(mail);
    }
    let Some(ticket) = decision.conversation.map(ticket_of) else {
        return Ok(mail);
    };
    learn(&mut mail, &decision);
    mail.is_stranger = false;
    joined(tx, workspace, mail, read, ticket)
}

/// A copy of a mail of ours: it is in its ticket already.
fn known(mut mail: Mail, parcel: &Parcel) -> Mail {
    mail.state = State::Known;
    mail.side = parcel.mail.side;
    mail.ticket = mail.side.is_none().then_some(parcel.mail.ticket);
    mail
}

/// Whether a machine answered or reported: that is nobody's answer.
fn is_by_itself(nature: Nature) -> bool {
    matches!(
        nature,
        Nature::AutoReply
            | Nature::OutOfOffice
            | Nature::DeliveryReport
            | Nature::ReadReceipt
            | Nature::Challenge
            | Nature::Complaint
    )
}

/// A message of ours in a ticket, in the name of the agent who wrote it, or of nobody where that is not known.
fn joined(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mut mail: Mail,
    read: &Understood,
    ticket: TicketId,
) -> Result<Mail, Unplaced> {
    let ours = Ours::of(tx, workspace, &[])?;
    let (sender, name) = (&mail.reading.sender, &mail.reading.sender_name);
    if !ours.has(sender) && is_customers(tx, workspace, ticket, sender)? {
        // Somebody has put the customer's own mail there.
        mail.clue.clear();
        return Ok(mail);
    }
    if !is_to_customer(tx, workspace, read, ticket)? {
        // One of us passed the customer's mail on, to a colleague or a supplier.
        mail.clue.clear();
        return Ok(mail);
    }
    let sent = SentElsewhere {
        author: ours.actor(workspace, sender, name),
        body: body(read),
        sent_at: mail.arrival.arrived_at,
        is_last: !is_overtaken(tx, workspace, &mail, ticket)?,
    };
    let system = actor(workspace);
    let (ticket, message) = taking_in::take_answer(tx, &system, ticket, &sent)?;
    carrying::keep(tx, &system, (ticket.id, message.id), &read.carried)?;
    mail.state = State::Placed;
    (mail.ticket, mail.message) = (Some(ticket.id), Some(message.id));
    ELSEWHERE.clone_into(&mut mail.clue);
    Ok(mail)
}

/// Whether an address is one of whoever asked.
fn is_customers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    address: &str,
) -> Result<bool, DbError> {
    let contact = tickets::with_id(tx, workspace, ticket)?.and_then(|ticket| ticket.contact);
    let Some(contact) = contact else {
        return Ok(false);
    };
    let theirs = personal::addresses(tx, workspace, contact)?;
    Ok(theirs.iter().any(|known| folded(known) == address))
}

/// Whether a mail went to somebody of the ticket: whoever asked, whoever takes part, or whoever has written there.
fn is_to_customer(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    read: &Understood,
    ticket: TicketId,
) -> Result<bool, DbError> {
    let message = &read.message;
    let went = message.to.iter().chain(&message.cc).chain(&message.bcc);
    let went: Vec<String> = went.map(|one| folded(&one.address)).collect();
    for address in &went {
        if is_customers(tx, workspace, ticket, address)? {
            return Ok(true);
        }
    }
    let added = participants::standing(tx, workspace, ticket)?;
    if added.iter().any(|one| went.contains(&folded(&one.address))) {
        return Ok(true);
    }
    let others = of_whole(tx, workspace, ticket, ASKED)?;
    let theirs = |other: &Mail| {
        let asked = answers::words(&other.reading.reply_to);
        went.contains(&other.reading.sender) || asked.iter().any(|address| went.contains(&folded(address)))
    };
    let is_theirs = |other: &Mail| other.state == State::Placed && !other.is_stranger && !other.is_ours();
    Ok(others.iter().any(|other| is_theirs(other) && theirs(other)))
}

/// Whether the customer has written after a mail was sent.
fn is_overtaken(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: &Mail,
    ticket: TicketId,
) -> Result<bool, DbError> {
    let others = of_whole(tx, workspace, ticket, LOOKED)?;
    let is_newer = |other: &Mail| {
        other.state == State::Placed && !other.is_ours() && other.arrival.arrived_at > mail.arrival.arrived_at
    };
    Ok(others.iter().any(is_newer))
}
