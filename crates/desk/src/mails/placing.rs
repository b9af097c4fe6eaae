//! Where a mail belongs: in a ticket that its evidence leads to, in a new one, or held back with a cause.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use mail::automatic::Nature;
use mail::threading::{Clue, Decision, Evidence, Inbox, Participation, Standing, candidates, decide};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::events::{self, NewEvent};
use tandem_core::workspaces::WorkspaceId;

use super::participants::Rows;
use super::understanding::Understood;
use super::{
    Cause, HELD, LIST, Mail, MailId, State, beside, by_agents, carrying, guarding, oddities, opening,
    passing, reports, sent, shapes, store, suspicion,
};
use crate::mailboxes::{self, Mailbox, Strangers};
use crate::outbox;
use crate::tickets::taking_in::{self, NewInbound};
use crate::tickets::{self, TicketError, TicketId};
use crate::{askers, numbers};

/// Who has done what a mail did.
pub(super) fn actor(workspace: WorkspaceId) -> Actor {
    Actor::system(workspace, "mail")
}

/// Gives a mail its place, unless it has one.
///
/// # Errors
/// [`DbError`] of the database. Everything else becomes a mail that failed, with the reason.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
    id: MailId,
    read: Result<&Understood, &String>,
) -> Result<(), DbError> {
    let Some(before) = store::find(tx, workspace, id)?.filter(|mail| mail.state == State::Stored) else {
        return Ok(());
    };
    let placed = match read {
        Ok(read) => tx.attempt(|tx| placed(tx, workspace, mailbox, before.clone(), read)),
        Err(reason) => Err(Unplaced::Failed(reason.clone())),
    };
    let mut mail = match placed {
        Ok(mail) => mail,
        Err(Unplaced::Db(error)) => return Err(error),
        Err(Unplaced::Failed(reason)) => Mail {
            state: State::Failed,
            trouble: reason,
            reading: read.map_or_else(|_| before.reading.clone(), |read| read.reading.clone()),
            ..before
        },
    };
    mail.read_at = Some(tx.now());
    store::update(tx, workspace, &mail)?;
    let odd: &[&'static str] = match read {
        Ok(read) => &read.oddities,
        Err(_) => &[],
    };
    oddities::keep(tx, workspace, mail.id, odd)?;
    if let Ok(read) = read {
        shapes::keep(tx, workspace, mail.id, read.shape)?;
    }
    if let Some(ticket) = mail.ticket
        && let Some(ticket) = tickets::with_id(tx, workspace, ticket)?
    {
        numbers::follow(tx, workspace, &ticket)?;
    }
    if mail.waits_for_somebody() {
        let payload = json!({ "state": mail.state, "cause": mail.cause });
        let event = NewEvent::of(&HELD, mail.id).topic(LIST).payload(payload);
        events::record(tx, &actor(workspace), event)?;
    }
    Ok(())
}

/// Why a mail has no place.
pub(super) enum Unplaced {
    /// It can't have one, with words for those who look after the installation.
    Failed(String),
    /// The database failed.
    Db(DbError),
}

impl From<DbError> for Unplaced {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

impl From<TicketError> for Unplaced {
    fn from(error: TicketError) -> Self {
        match error {
            TicketError::Db(error) => Self::Db(error),
            error => Self::Failed(error.to_string()),
        }
    }
}

impl From<mailboxes::MailboxError> for Unplaced {
    fn from(error: mailboxes::MailboxError) -> Self {
        match error {
            mailboxes::MailboxError::Db(error) => Self::Db(error),
            error => Self::Failed(error.to_string()),
        }
    }
}

fn placed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
    mut mail: Mail,
    read: &Understood,
) -> Result<Mail, Unplaced> {
    if mailbox.is_sent(&mail.arrival.folder) {
        return sent::placed(tx, workspace, mailbox, mail, read);
    }
    let attributed = passing::attributed(tx, workspace, read)?;
    let read = &*attributed;
    anew(&mut mail, read);
    if let Some(first) = suspicion::before(tx, workspace, &mail)? {
        mail.state = State::Repeated;
        (mail.ticket, mail.message, mail.side) = (first.ticket, first.message, first.side);
        return Ok(mail);
    }
    let held = suspicion::of_itself(tx, workspace, &mail, read)?;
    if let Some(cause) = held.filter(|_| !mail.is_released) {
        mail.ticket = suspicion::about(tx, workspace, &mail, read)?;
        if reports::told(tx, workspace, (&mail, read), cause)? {
            mail.state = State::Told;
            return Ok(mail);
        }
        let cause = reports::whose(tx, workspace, read, (cause, mail.ticket))?;
        return Ok(held_back(mail, cause));
    }
    if let Some(mail) = by_agents::placed(tx, workspace, &mail, read)? {
        return Ok(mail);
    }
    if let Some(cause) = guarding::unverified(tx, workspace, mailbox, &mail)? {
        return Ok(held_back(mail, cause));
    }
    guarding::leave_out_copies(mailbox, &mut mail.reading, &read.copies);
    let decision = decision(tx, workspace, mailbox, &mail, read)?;
    led(tx, workspace, mail, read, (mailbox, &decision))
}

/// A mail as it is read now, without what an earlier reading made of it.
fn anew(mail: &mut Mail, read: &Understood) {
    mail.reading = read.reading.clone();
    if let Some(own) = &read.message.message_id {
        mail.arrival.message_id.clone_from(own);
    }
    (mail.trouble, mail.cause, mail.is_stranger) = (String::new(), None, false);
    mail.clue.clear();
    mail.clue_text.clear();
}

/// The place to which the evidence of a mail leads.
fn led(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mut mail: Mail,
    read: &Understood,
    (mailbox, decision): (&Mailbox, &Decision),
) -> Result<Mail, Unplaced> {
    let strangers = guarding::strangers(tx, workspace, (mailbox, &mail), read, decision)?;
    if strangers == Strangers::Hold {
        mail.ticket = beside::to_ticket(tx, workspace, decision)?;
        learn(&mut mail, decision);
        return Ok(held_back(mail, Cause::Stranger));
    }
    if let Some(side) = beside::led(tx, workspace, decision)? {
        return beside::joined(tx, workspace, mail, read, (&side, decision));
    }
    let Some(ticket) = decision.conversation.map(ticket_of) else {
        let cause = suspicion::of_a_first(tx, workspace, &mail, read)?;
        if let Some(cause) = cause.filter(|_| !mail.is_released) {
            return Ok(held_back(mail, cause));
        }
        return opening::opened(tx, workspace, mailbox, mail, read);
    };
    if strangers == Strangers::Apart {
        return opening::opened_apart(tx, workspace, mail, read, (mailbox, ticket, decision));
    }
    if is_by_hand(read.nature)
        && let Some(old) = crate::reopening::over(tx, workspace, ticket)?
    {
        return opening::opened_anew(tx, workspace, mail, read, (mailbox, old, decision));
    }
    joined(tx, workspace, mail, read, (ticket, decision))
}

/// The ticket that a decision names.
pub(super) fn ticket_of(conversation: [u8; 16]) -> TicketId {
    TicketId::from_uuid(Uuid::from_bytes(conversation))
}

pub(super) fn held_back(mut mail: Mail, cause: Cause) -> Mail {
    mail.state = State::Suspended;
    mail.cause = Some(cause);
    mail
}

/// Where the evidence of a mail leads.
pub(super) fn decision(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
    mail: &Mail,
    read: &Understood,
) -> Result<Decision, Unplaced> {
    let signer = mailboxes::signer(tx, workspace)?;
    let now = jiff::Timestamp::from_microsecond(tx.now().0).unwrap_or_default();
    let mut clues = candidates(&read.message, &mail.arrival.envelope_to, &signer, now);
    for clue in &mut clues {
        follow(tx, workspace, clue)?;
    }
    let actor = actor(workspace);
    let mut rows = Rows {
        tx,
        actor: &actor,
        mailbox: mailbox.id,
        failure: None,
    };
    let decision = decide(clues, Some(&mail.reading.sender), &mut rows);
    if let Some(error) = rows.failure {
        return Err(error.into());
    }
    for refused in &decision.refused {
        tracing::info!(mail = %mail.id, clue = clue_word(&refused.clue), standing = ?refused.standing, "a token does not hold");
    }
    Ok(decision)
}

/// Whether a writer takes part in a ticket.
pub(super) fn takes_part(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (mailbox, ticket): (&Mailbox, TicketId),
    writer: &str,
) -> Result<bool, DbError> {
    let mut rows = Rows {
        tx,
        actor: &actor(workspace),
        mailbox: mailbox.id,
        failure: None,
    };
    let participation = rows.participation(*ticket.uuid().as_bytes(), writer);
    match rows.failure {
        Some(error) => Err(error),
        None => Ok(participation == Participation::Participant),
    }
}

/// What answers a mail of ours belongs where that one is now: its message may have been split off since it was signed.
fn follow(tx: &mut Tx<'_>, workspace: WorkspaceId, clue: &mut Evidence) -> Result<(), DbError> {
    let is_own = matches!(clue.clue, Clue::OwnInReplyTo | Clue::OwnReference(_));
    if is_own
        && matches!(clue.standing, Standing::Names(_))
        && let Some(parcel) = outbox::is_ours(tx, workspace, &clue.text)?
    {
        let ticket = *parcel.mail.ticket.uuid().as_bytes();
        clue.standing = Standing::Names(parcel.mail.side.map_or(ticket, |side| *side.uuid().as_bytes()));
    }
    Ok(())
}

/// A message in a ticket that is there.
pub(super) fn joined(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mut mail: Mail,
    read: &Understood,
    (ticket, decision): (TicketId, &Decision),
) -> Result<Mail, Unplaced> {
    let actor = actor(workspace);
    mail.contact = contact(tx, &actor, &mail)?;
    let new = NewInbound {
        body: body(read),
        html: None,
        contact: mail.contact,
        is_automatic: !is_by_hand(read.nature),
        is_stranger: decision.writer == Participation::Stranger,
    };
    let (ticket, message) = taking_in::take_in(tx, &actor, ticket, &new)?;
    mail.state = State::Placed;
    (mail.ticket, mail.message) = (Some(ticket.id), Some(message.id));
    carrying::keep(tx, &actor, (ticket.id, message.id), &read.carried)?;
    learn(&mut mail, decision);
    Ok(mail)
}

/// What led a mail to where it is, and whether its sender had a part there.
pub(super) fn learn(mail: &mut Mail, decision: &Decision) {
    if let Some(because) = &decision.because {
        clue_word(&because.clue).clone_into(&mut mail.clue);
        mail.clue_text = because.text.chars().take(300).collect();
    }
    mail.is_stranger = decision.writer == Participation::Stranger;
}

/// Whether somebody wrote it by hand, as far as it can be known.
pub(super) fn is_by_hand(nature: Nature) -> bool {
    matches!(nature, Nature::Person | Nature::List | Nature::Calendar)
}

/// The words of a mail as a message: never empty, never too long. The whole of it is in the raw mail.
pub(super) fn body(read: &Understood) -> String {
    words(read, &read.text)
}

/// The same where only this text of it counts.
pub(super) fn words(read: &Understood, text: &str) -> String {
    let plain = |text: &str| -> String {
        let kept = text
            .chars()
            .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
        kept.take(tickets::LONGEST).collect::<String>().trim().to_owned()
    };
    let text = plain(text);
    if !text.is_empty() {
        return text;
    }
    let names = read
        .message
        .attachments
        .iter()
        .filter_map(|file| file.name.as_deref());
    let names = plain(&names.collect::<Vec<_>>().join("\n"));
    if names.is_empty() { "…".to_owned() } else { names }
}

/// The subject of a ticket: that of the mail, else its first line.
pub(super) fn subject(mail: &Mail, body: &str) -> String {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let given = line(&mail.reading.subject);
    if !given.is_empty() {
        return given;
    }
    let first = body
        .lines()
        .map(line)
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    first.chars().take(120).collect()
}

/// Who wrote: known by the address, or made by it. An address that is none leaves nobody.
pub(super) fn contact(tx: &mut Tx<'_>, actor: &Actor, mail: &Mail) -> Result<Option<ContactId>, DbError> {
    askers::who(tx, actor, &mail.reading.sender, &mail.reading.sender_name)
}

/// What led to the ticket, as it is kept.
pub(super) fn clue_word(clue: &Clue) -> &'static str {
    match clue {
        Clue::ReplyAddress => "reply_address",
        Clue::OwnInReplyTo => "own_in_reply_to",
        Clue::OwnReference(_) => "own_reference",
        Clue::KnownInReplyTo => "known_in_reply_to",
        Clue::KnownReference(_) => "known_reference",
        Clue::SubjectTag => "subject_tag",
    }
}
