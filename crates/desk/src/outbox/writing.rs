//! From a reply to a mail: written in the transaction that stores the reply, or not at all.

use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use mail::compose::{references, thread_index_reply};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::contacts::identities::{self, Kind};
use tandem_core::contacts::{self, Contact, ContactError, ContactId};
use tandem_core::events::{Event, Listener};
use tandem_core::workspaces::WorkspaceId;

use super::answering::{self, Answered};
use super::model::{Mail, MailState, Parcel, Recipient, RecipientState, Step};
use super::settings::settings;
use super::{
    LogLine, OutgoingId, jobs, letters, log, queue, quoting, rewritten, store, suppression, trouble,
};
use crate::api_inboxes;
use crate::mailboxes::{self, Mailbox, MailboxError};
use crate::mails;
use crate::participants;
use crate::tickets::{self, Message, MessageId, Ticket, TicketError, TicketId};

/// Writes the mail of a reply that an agent wrote to somebody with an address.
pub const WRITE: Listener = Listener::new(<jobs::Send as kit::jobs::Job>::KIND, |tx, event| {
    let Some((ticket, message)) = replied(tx, event)? else {
        return Ok(());
    };
    write(tx, event.workspace, &ticket, message)
});

/// To how many addresses one answer goes.
const MOST: usize = 20;
/// How many messages of a ticket are looked through for the one that is sent and the one that it answers.
pub(super) const LOOKED: i64 = 20;

/// The ticket and the public message of ours that an event tells of. What the program itself writes down, such as samples
/// and what files bring, is no mail.
fn replied(tx: &mut Tx<'_>, event: &Event) -> Result<Option<(Ticket, MessageId)>, DbError> {
    let by_agent = event
        .actor
        .split(' ')
        .next()
        .is_some_and(|id| id.parse::<AgentId>().is_ok());
    let Ok(id) = event.subject.parse::<TicketId>() else {
        return Ok(None);
    };
    if !by_agent {
        return Ok(None);
    }
    // What one of us sent from another program is out.
    if event.payload[tickets::SENT_ELSEWHERE].as_bool() == Some(true) {
        return Ok(None);
    }
    let reader = Actor::system(event.workspace, "outbox");
    let Some(ticket) = tickets::find(tx, &reader, id).map_err(of_ticket)? else {
        return Ok(None);
    };
    let message = if event.kind == tickets::REPLIED.name {
        let word = event.payload["message"].as_str().unwrap_or_default();
        word.parse().ok()
    } else {
        ticket.last_public.filter(|_| ticket.is_ours)
    };
    Ok(message.map(|message| (ticket, message)))
}

fn write(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: &Ticket, id: MessageId) -> Result<(), DbError> {
    if store::of_message(tx, workspace, id)?.is_some() {
        return Ok(());
    }
    // What came by an API inbox is answered there.
    if api_inboxes::carrying::carries(tx, workspace, ticket)? {
        return Ok(());
    }
    let Some(mailbox) = mailbox_of(tx, workspace, ticket)? else {
        return Ok(());
    };
    match drafted(tx, workspace, (ticket, id), &mailbox)? {
        Some(parcel) => post(tx, workspace, parcel),
        None => Ok(()),
    }
}

/// The mail of a message, if there is an address to send it to.
pub(super) fn drafted(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (ticket, id): (&Ticket, MessageId),
    mailbox: &Mailbox,
) -> Result<Option<Parcel>, DbError> {
    let answered = answering::newest(tx, workspace, ticket.id)?;
    let recipients = recipients(tx, workspace, ticket, answered.as_ref())?;
    if recipients.is_empty() {
        return Ok(None);
    }
    let reader = Actor::system(workspace, "outbox");
    let mut messages = tickets::messages(tx, &reader, ticket.id, None, LOOKED).map_err(of_ticket)?;
    // What a stranger wrote is for us to see, not for the customer.
    let ids: Vec<MessageId> = messages.iter().map(|message| message.id).collect();
    let strange = mails::by_strangers(tx, workspace, &ids)?;
    messages.retain(|message| !strange.contains(&message.id));
    let Some(message) = messages.iter().find(|message| message.id == id) else {
        return Ok(None);
    };
    let signer = mailboxes::signer(tx, workspace).map_err(of_mailbox)?;
    let domain = mailbox.address.rsplit_once('@').map_or("", |(_, domain)| domain);
    let mut before = store::newest_of_ticket(tx, workspace, ticket.id)?;
    if let Some(before) = &mut before {
        before.identifier = rewritten::known_as(tx, workspace, before)?;
    }
    let (now, conversation) = (tx.now(), *ticket.id.uuid().as_bytes());
    let subject = subject(ticket, answered.as_ref(), before.is_some() || messages.len() > 1);
    let mail = Mail {
        id: tx.new_id(),
        ticket: ticket.id,
        message: id,
        contact: ticket.contact,
        mailbox: mailbox.id,
        identifier: signer.identifier(conversation, *id.uuid().as_bytes(), domain),
        from_address: mailbox.address.clone(),
        from_name: mailbox.sender.clone(),
        subject: letters::tagged(&subject, (mailbox, &signer), conversation, now),
        in_reply_to: None,
        references: Vec::new(),
        outlook: outlook(tx, answered.as_ref()),
        body: body(tx, workspace, (mailbox, ticket.contact), message, &messages)?,
        state: MailState::Waiting,
        attempts: 0,
        due_at: now,
        written_by: message.author.clone(),
        written_at: now,
        settled_at: None,
        handed_by: None,
        handed_at: None,
        trouble: None,
        survey: None,
        side: None,
        reply_to: mailbox.answer_address(&signer, conversation),
    };
    Ok(Some(Parcel {
        mail: threaded(mail, answered, before),
        recipients,
    }))
}

/// Stores the mail and queues its job for when it can't be taken back any more.
pub(super) fn post(tx: &mut Tx<'_>, workspace: WorkspaceId, mut parcel: Parcel) -> Result<(), DbError> {
    let window = settings(tx, workspace)?.undo_seconds;
    let window = Duration::from_secs(u64::try_from(window).unwrap_or_default());
    parcel.mail.due_at = tx.now().plus(window);
    for one in &mut parcel.recipients {
        if let Some(suppressed) = suppression::of(tx, workspace, &one.address)? {
            one.state = RecipientState::Refused;
            parcel.mail.trouble = Some(trouble::of_suppressed(&suppressed).to_owned());
        }
    }
    parcel.mail.state = parcel.state();
    let is_stopped = parcel.mail.state != MailState::Waiting;
    parcel.mail.settled_at = is_stopped.then(|| tx.now());
    store::insert(tx, workspace, &parcel)?;
    store::update(tx, workspace, &parcel)?;
    let line = LogLine {
        author: parcel.mail.written_by.clone(),
        trouble: parcel.mail.trouble.clone(),
        ..LogLine::new(tx, Step::Written)
    };
    let id: OutgoingId = parcel.mail.id;
    log::note(tx, workspace, id, &line)?;
    if is_stopped {
        super::tell(tx, workspace, &parcel)
    } else {
        queue(tx, workspace, &parcel.mail)
    }
}

/// By which mailbox a ticket's answers leave: the one its mails came to, else the default; the first that sends at all.
pub(super) fn mailbox_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
) -> Result<Option<Mailbox>, DbError> {
    if let Some(id) = answering::mailbox(tx, workspace, ticket.id)?
        && let Some(mailbox) = mailboxes::one(tx, workspace, id)?.filter(sends)
    {
        return Ok(Some(mailbox));
    }
    mailbox_that_sends(tx, workspace)
}

pub(super) fn sends(mailbox: &Mailbox) -> bool {
    mailbox.is_open() && mailbox.outgoing != mailboxes::Outgoing::None
}

/// By which mailbox leaves what nobody asked for: the default, else the first that sends at all.
pub(super) fn mailbox_that_sends(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Option<Mailbox>, DbError> {
    if let Some(mailbox) = mailboxes::default_of(tx, workspace)?.filter(sends) {
        return Ok(Some(mailbox));
    }
    let mut all = mailboxes::all(tx, workspace)?;
    all.sort_by_key(|mailbox| mailbox.id);
    Ok(all.into_iter().find(sends))
}

/// Where the answer goes: to whoever asked, under the addresses of their mail that it answers or else under the one that is
/// most surely theirs; to somebody else who wrote last; and to the participants.
pub(super) fn recipients(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
    answered: Option<&Answered>,
) -> Result<Vec<Recipient>, DbError> {
    let asked = person(tx, workspace, ticket.contact)?;
    let wrote = person(tx, workspace, answered.and_then(|answered| answered.contact))?;
    let is_same = |one: &Contact| wrote.as_ref().is_some_and(|other| other.root == one.root);
    let mut to = To::new(tx, workspace)?;
    // Whoever wrote last, the answer is the requester's.
    if let Some(contact) = asked.as_ref().filter(|contact| !is_same(contact)) {
        to.add(&contact.text.name, own_address(tx, workspace, contact)?, false);
    }
    let name = wrote.as_ref().map_or("", |contact| contact.text.name.as_str());
    for (place, address) in answered
        .map_or(&[][..], |answered| &answered.reply_to)
        .iter()
        .enumerate()
    {
        let name = if place == 0 { name } else { "" };
        to.add(name, Some(address.clone()), false);
    }
    if let (true, Some(contact)) = (to.all.is_empty(), &asked) {
        to.add(&contact.text.name, own_address(tx, workspace, contact)?, false);
    }
    for one in participants::standing(tx, workspace, ticket.id)? {
        to.add(&one.name, Some(one.address), one.is_copy);
    }
    Ok(to.all)
}

/// Who gets an answer, each address once and none of ours.
struct To {
    own: Vec<Mailbox>,
    all: Vec<Recipient>,
}

impl To {
    fn new(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Self, DbError> {
        Ok(Self {
            own: mailboxes::all(tx, workspace)?,
            all: Vec::new(),
        })
    }

    fn add(&mut self, name: &str, address: Option<String>, is_copy: bool) {
        let Some(address) = address else { return };
        let folded = suppression::folded(&address);
        let is_own = mailboxes::is_at(&self.own, &folded);
        let is_there = |one: &Recipient| suppression::folded(&one.address) == folded;
        if !is_own && !self.all.iter().any(is_there) && self.all.len() < MOST {
            self.all.push(Recipient::new(name, &address, is_copy));
        }
    }
}

fn person(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: Option<ContactId>,
) -> Result<Option<Contact>, DbError> {
    let reader = Actor::system(workspace, "outbox");
    match id {
        Some(id) => contacts::find(tx, &reader, id).map_err(of_contact),
        None => Ok(None),
    }
}

/// An address of a contact, one that is sure to be theirs first.
pub(super) fn own_address(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: &Contact,
) -> Result<Option<String>, DbError> {
    let reader = Actor::system(workspace, "outbox");
    let mut known = identities::of(tx, &reader, contact.root).map_err(of_contact)?;
    known.retain(|identity| identity.kind == Kind::Email);
    known.sort_by_key(|identity| identity.verified.is_none());
    Ok(known.into_iter().next().map(|identity| identity.value))
}

/// To whom the next answer of a ticket goes by mail: to nobody where it leaves by an API inbox.
pub(crate) fn next_recipients(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
) -> Result<Vec<Recipient>, DbError> {
    if api_inboxes::carrying::carries(tx, workspace, ticket)? {
        return Ok(Vec::new());
    }
    let answered = answering::newest(tx, workspace, ticket.id)?;
    recipients(tx, workspace, ticket, answered.as_ref())
}

fn subject(ticket: &Ticket, answered: Option<&Answered>, is_answer: bool) -> String {
    match answered.map(|answered| answered.subject.as_str()) {
        Some(subject) if !subject.trim().is_empty() => letters::answered(subject),
        _ if is_answer => letters::answered(&ticket.subject),
        _ => ticket.subject.clone(),
    }
}

/// What Outlook groups by, if the answered mail had it.
fn outlook(tx: &Tx<'_>, answered: Option<&Answered>) -> Option<(String, String)> {
    let (topic, index) = answered?.outlook.clone()?;
    let mut random = [0];
    tx.ids().fill(&mut random);
    let index = thread_index_reply(&index, tx.now().calendar()?, random[0])?;
    Some((topic, index))
}

/// The fields by which other programs find the conversation: after the customer's newest mail, else after our own.
fn threaded(mut mail: Mail, answered: Option<Answered>, before: Option<Mail>) -> Mail {
    let (identifier, known) = match (answered, before) {
        (Some(answered), _) => (answered.identifier, answered.references),
        (None, Some(before)) => (Some(before.identifier), before.references),
        (None, None) => return mail,
    };
    mail.references = references(&known, identifier.as_deref());
    mail.in_reply_to = identifier.filter(|id| mail.references.contains(id));
    mail
}

/// The words with signature and, where workspace and mailbox want it, the public message before them, dated as `to` reads dates.
fn body(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (mailbox, to): (&Mailbox, Option<ContactId>),
    message: &Message,
    messages: &[Message],
) -> Result<String, DbError> {
    let quotes = mailbox.rules.quotes && settings(tx, workspace)?.quotes_history;
    let ids: Vec<MessageId> = messages.iter().map(|one| one.id).collect();
    let gone = super::taken_back(tx, workspace, &ids)?;
    let mut before = messages
        .iter()
        .filter(|one| one.id < message.id && one.kind.is_public() && !gone.contains(&one.id));
    let quoted = before
        .by_ref()
        .filter(|_| quotes)
        .max_by_key(|one| one.id)
        .filter(|one| !one.body.is_empty());
    let Some(quoted) = quoted else {
        return Ok(letters::text(&message.body, &mailbox.signature, None));
    };
    let t = contacts::reader(tx, workspace, to)?;
    let line = quoting::line_of(tx, (workspace, mailbox), &t, quoted)?;
    Ok(letters::text(
        &message.body,
        &mailbox.signature,
        Some((&line, &quoted.body)),
    ))
}

pub(super) fn internal(problem: String) -> DbError {
    DbError::Internal {
        statement: "outbox".to_owned(),
        problem,
    }
}

pub(super) fn of_ticket(error: TicketError) -> DbError {
    match error {
        TicketError::Db(error) => error,
        other => internal(other.to_string()),
    }
}

pub(super) fn of_contact(error: ContactError) -> DbError {
    match error {
        ContactError::Db(error) => error,
        other => internal(other.to_string()),
    }
}

pub(super) fn of_mailbox(error: MailboxError) -> DbError {
    match error {
        MailboxError::Db(error) => error,
        other => internal(other.to_string()),
    }
}
