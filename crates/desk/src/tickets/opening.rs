//! How tickets come to be, and what a new one may name.

use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::contacts::{self, ContactError, ContactId};
use tandem_core::permissions::Permission;
use tandem_core::{agents, teams};

use kit::db::Tx;

use super::{
    Field, Message, MessageKind, NewTicket, OPENED, Status, Ticket, TicketError, count, formatted, history,
    model, record, store, unread,
};
use crate::{numbers, statuses};

/// Opens a ticket with its first message.
///
/// # Errors
/// [`TicketError`] for a missing permission, a field that does not fit, or an account, contact, agent or team of no or
/// another workspace.
pub fn open(tx: &mut Tx<'_>, actor: &Actor, new: &NewTicket) -> Result<Ticket, TicketError> {
    let ticket = place(tx, actor, new)?;
    announce(tx, actor, &ticket)?;
    Ok(ticket)
}

/// Tells that a ticket was opened: only now anything follows from it, such as the mail of what we wrote.
pub(super) fn announce(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket) -> Result<(), TicketError> {
    record(tx, actor, &OPENED, ticket, serde_json::json!({}))?;
    Ok(())
}

/// Stores a ticket and its first message, before anybody is told.
pub(super) fn place(tx: &mut Tx<'_>, actor: &Actor, new: &NewTicket) -> Result<Ticket, TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let mut ticket = fresh(tx, new)?;
    for field in [Field::Agent, Field::Team, Field::Account, Field::Contact] {
        must_be_there(tx, actor, &ticket, field)?;
    }
    ticket.account = match (ticket.account, ticket.contact) {
        (None, Some(contact)) => only_account(tx, actor, contact)?,
        (account, _) => account,
    };
    ticket.number = store::next_number(tx, actor.workspace)?;
    let first = first(tx, actor, &ticket, new)?;
    if let Some(message) = &first {
        ticket.hear(message);
    }
    statuses::stand_for(tx, actor.workspace, None, &mut ticket)?;
    store::insert(tx, actor.workspace, &ticket)?;
    if let Some(message) = &first {
        history::store::insert_message(tx, actor.workspace, message)?;
    }
    count(tx, actor.workspace, None, &ticket)?;
    numbers::follow(tx, actor.workspace, &ticket)?;
    if let Some(message) = &first {
        unread::written(tx, actor, message)?;
    }
    unread::given(tx, actor, ticket.id, ticket.agent)?;
    Ok(ticket)
}

/// A new ticket that nothing was written in yet, without a number.
pub(super) fn fresh(tx: &Tx<'_>, new: &NewTicket) -> Result<Ticket, TicketError> {
    let now = tx.now();
    Ok(Ticket {
        id: tx.new_id(),
        number: 0,
        account: new.account,
        contact: new.contact,
        subject: model::subject(&new.subject)?,
        status: Status::Open,
        own: None,
        priority: new.priority,
        kind: new.kind,
        channel: new.channel,
        agent: new.agent,
        team: new.team,
        snoozed_until: None,
        preview: String::new(),
        is_ours: new.is_ours && new.says_something(),
        replies: 0,
        reopenings: 0,
        opened_at: now,
        touched_at: now,
        replied_at: None,
        first_solved_at: None,
        solved_at: None,
        last_public: None,
        version: 1,
    })
}

/// A ticket as it would be, for what is said in it before it is opened: without a number, perhaps without a subject.
///
/// # Errors
/// None but what a new ticket may be refused for.
pub(crate) fn unopened(tx: &Tx<'_>, new: &NewTicket) -> Result<Ticket, TicketError> {
    let named = NewTicket {
        subject: "-".to_owned(),
        ..new.clone()
    };
    Ok(Ticket {
        subject: new.subject.clone(),
        ..fresh(tx, &named)?
    })
}

/// The message that a ticket is opened with.
pub(super) fn first(
    tx: &Tx<'_>,
    actor: &Actor,
    ticket: &Ticket,
    new: &NewTicket,
) -> Result<Option<Message>, TicketError> {
    if !new.says_something() {
        return Ok(None);
    }
    let words = formatted::words(&new.body, new.html.as_deref(), &[])?;
    Ok(Some(Message {
        id: tx.new_id(),
        ticket: ticket.id,
        kind: if new.is_ours {
            MessageKind::Reply
        } else {
            MessageKind::Inbound
        },
        author: actor.signature(),
        contact: ticket.contact.filter(|_| !new.is_ours),
        body: words.body,
        html: words.html,
        written_at: ticket.opened_at,
    }))
}

/// The account of a contact who is at one only.
pub(crate) fn only_account(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: ContactId,
) -> Result<Option<AccountId>, TicketError> {
    if !actor.may(Permission::ContactsRead) {
        return Ok(None);
    }
    let Some(contact) = contacts::find(tx, actor, contact).map_err(of_contact)? else {
        return Ok(None);
    };
    let there = contacts::memberships::of_contact(tx, actor, contact.root).map_err(of_contact)?;
    match &there[..] {
        [(membership, _)] => Ok(Some(membership.account)),
        _ => Ok(None),
    }
}

/// Whether what a field names exists here.
pub(super) fn must_be_there(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: &Ticket,
    field: Field,
) -> Result<(), TicketError> {
    match field {
        Field::Agent => {
            let Some(id) = ticket.agent else { return Ok(()) };
            let agent = agents::find(tx, actor.workspace, id)?.filter(|agent| agent.is_active);
            agent.map(drop).ok_or(TicketError::NoAgent)
        }
        Field::Team => {
            let Some(id) = ticket.team else { return Ok(()) };
            let teams = teams::all(tx, actor.workspace)?;
            let team = teams
                .iter()
                .find(|team| team.id == id && team.archiving.is_none());
            team.map(drop).ok_or(TicketError::NoTeam)
        }
        Field::Status => match statuses::is_there(tx, actor.workspace, ticket.step(), false)? {
            true => Ok(()),
            false => Err(TicketError::BadStatus),
        },
        Field::Account => match ticket.account {
            Some(id) if !accounts::exists(tx, actor.workspace, id)? => Err(TicketError::NoAccount),
            _ => Ok(()),
        },
        Field::Contact => {
            let Some(id) = ticket.contact else { return Ok(()) };
            let contact = contacts::find(tx, actor, id).map_err(of_contact)?;
            contact.map(drop).ok_or(TicketError::NoContact)
        }
        _ => Ok(()),
    }
}

pub(super) fn of_contact(error: ContactError) -> TicketError {
    match error {
        ContactError::Forbidden(missing) => missing.into(),
        ContactError::Db(error) => error.into(),
        _ => TicketError::NoContact,
    }
}
