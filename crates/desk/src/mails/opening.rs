//! Tickets of their own that mails open: for what answers nothing, for what answers something that was over too long ago, and for
//! strangers where their mail does not join.

use kit::db::{DbError, Tx};
use mail::threading::{Decision, Participation};
use tandem_core::workspaces::WorkspaceId;

use super::placing::{self, Unplaced, actor, body, held_back, joined, subject};
use super::understanding::Understood;
use super::{Mail, State, carrying, suspicion};
use crate::mailboxes::Mailbox;
use crate::tickets::connections::{self, Connection, Joint};
use crate::tickets::{self, NewTicket, Ticket, TicketError, TicketId};

/// The clue of a stranger's mail that opened a ticket of its own, or joined that one.
const APART: &str = "apart";
/// Mails of a ticket that are asked whether one opened it apart.
const MOST: i64 = 200;

/// A ticket of its own.
///
/// # Errors
/// [`Unplaced`] with the reason.
pub(super) fn opened(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
    mut mail: Mail,
    read: &Understood,
) -> Result<Mail, Unplaced> {
    let actor = actor(workspace);
    let body = body(read);
    mail.contact = placing::contact(tx, &actor, &mail)?;
    let new = NewTicket {
        subject: subject(&mail, &body),
        body,
        contact: mail.contact,
        team: mailbox.team,
        ..NewTicket::default()
    };
    let ticket = match tx.attempt(|tx| tickets::open(tx, &actor, &new)) {
        // The team was archived meanwhile: the ticket is nobody's.
        Err(TicketError::NoTeam) => tickets::open(tx, &actor, &NewTicket { team: None, ..new })?,
        other => other?,
    };
    mail.state = State::Placed;
    (mail.ticket, mail.message) = (Some(ticket.id), ticket.last_public);
    if let Some(message) = ticket.last_public {
        carrying::keep(tx, &actor, (ticket.id, message), &read.carried)?;
    }
    Ok(mail)
}

/// A ticket of its own for an answer to one that was solved too long ago, related to it; further answers join that one until it is
/// solved too.
///
/// # Errors
/// As of [`opened`].
pub(super) fn opened_anew(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: Mail,
    read: &Understood,
    (mailbox, old, decision): (&Mailbox, TicketId, &Decision),
) -> Result<Mail, Unplaced> {
    for ticket in opened_beside(tx, workspace, old)? {
        // What a stranger opened beside it is nothing that its customer may come into.
        if !is_apart(tx, workspace, ticket)? {
            return joined(tx, workspace, mail, read, (ticket, decision));
        }
    }
    opened_related(tx, workspace, mail, read, (mailbox, old))
}

/// A ticket of its own for a mail that leads to one in which its sender has no part, related to it; what they write further joins
/// theirs until it is solved.
///
/// # Errors
/// As of [`opened`].
pub(super) fn opened_apart(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: Mail,
    read: &Understood,
    (mailbox, other, decision): (&Mailbox, TicketId, &Decision),
) -> Result<Mail, Unplaced> {
    let mut own = None;
    for ticket in opened_beside(tx, workspace, other)? {
        let writer = &mail.reading.sender;
        if is_apart(tx, workspace, ticket)? && placing::takes_part(tx, workspace, (mailbox, ticket), writer)?
        {
            own = Some(ticket);
            break;
        }
    }
    let mut mail = match own {
        Some(ticket) => {
            let decision = Decision {
                writer: Participation::Participant,
                ..decision.clone()
            };
            joined(tx, workspace, mail, read, (ticket, &decision))?
        }
        None => opened_related(tx, workspace, mail, read, (mailbox, other))?,
    };
    if mail.state == State::Placed {
        APART.clone_into(&mut mail.clue);
        let because = decision.because.as_ref();
        mail.clue_text = because.map_or_else(String::new, |one| one.text.chars().take(300).collect());
    }
    Ok(mail)
}

/// A ticket of its own, related to another, unless something holds its mail back.
fn opened_related(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: Mail,
    read: &Understood,
    (mailbox, other): (&Mailbox, TicketId),
) -> Result<Mail, Unplaced> {
    let cause = suspicion::of_a_first(tx, workspace, &mail, read)?;
    if let Some(cause) = cause.filter(|_| !mail.is_released) {
        return Ok(held_back(mail, cause));
    }
    let mail = opened(tx, workspace, mailbox, mail, read)?;
    if let Some(new) = mail.ticket {
        connections::connect(tx, &actor(workspace), (new, other), Joint::Related)?;
    }
    Ok(mail)
}

/// The tickets that mails opened beside another and that are not over, the newest first, each as it stands now.
fn opened_beside(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    other: TicketId,
) -> Result<Vec<TicketId>, Unplaced> {
    let actor = actor(workspace);
    let around = connections::all(tx, &actor, other)?;
    let is_ours = |one: &Connection| {
        one.joint == Joint::Related && one.other == other && one.author == actor.signature()
    };
    let mut found = Vec::new();
    for (_, ticket) in around.iter().rev().filter(|(one, _)| is_ours(one)) {
        let standing = connections::survivor(tx, workspace, ticket.id)?;
        let standing = tickets::with_id(tx, workspace, standing)?;
        let is_it = |ticket: &Ticket| !ticket.status.is_over();
        found.extend(standing.filter(is_it).map(|ticket| ticket.id));
    }
    Ok(found)
}

/// Whether a stranger's mail opened a ticket.
fn is_apart(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<bool, DbError> {
    let mails = super::of_whole(tx, workspace, ticket, MOST)?;
    Ok(mails.iter().any(|mail| mail.clue == APART))
}
