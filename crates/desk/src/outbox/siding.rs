//! Mails of side conversations: to others than the customer, named by tokens of the side conversation, so that their answers
//! lead back there.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use mail::compose::references;
use tandem_core::contacts;
use tandem_core::workspaces::WorkspaceId;

use super::model::{Mail, MailState, Parcel, Recipient};
use super::settings::settings;
use super::writing::{mailbox_of, of_mailbox, post, sends};
use super::{letters, log, personal, quoting, rewritten, store};
use crate::mailboxes::{self, Mailbox, MailboxId};
use crate::mails;
use crate::sides::SideId;
use crate::tickets::{MessageId, Ticket, TicketId};

/// The most lines that are passed on.
const PASSED_ON: usize = 10_000;

/// A message of a side conversation as it is sent.
pub(crate) struct Sideways<'a> {
    /// The side conversation.
    pub(crate) side: SideId,
    /// The ticket that it is about.
    pub(crate) ticket: TicketId,
    /// Its entry, whose files go along.
    pub(crate) message: MessageId,
    /// To whom.
    pub(crate) recipients: Vec<Recipient>,
    /// In a line what the side conversation is about.
    pub(crate) subject: &'a str,
    /// The words.
    pub(crate) words: &'a str,
    /// What of the ticket is passed on below them; empty for nothing.
    pub(crate) passed_on: &'a str,
    /// What was written in it before: by whom, empty for us; the words; when.
    pub(crate) before: Option<(&'a str, &'a str, Timestamp)>,
    /// Who writes it: a signature.
    pub(crate) author: &'a str,
}

/// By which mailbox a side conversation of a ticket leaves: the one that the ticket's answers leave by.
pub(crate) fn mailbox_of_side(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
) -> Result<Option<Mailbox>, DbError> {
    mailbox_of(tx, workspace, ticket)
}

/// A mailbox, if it still sends.
pub(crate) fn sending_mailbox(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: MailboxId,
) -> Result<Option<Mailbox>, DbError> {
    Ok(mailboxes::one(tx, workspace, id)?.filter(sends))
}

/// Writes the mail of a message in a side conversation and sends it as answers are sent.
pub(crate) fn write_to_side(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
    new: Sideways<'_>,
) -> Result<(), DbError> {
    let signer = mailboxes::signer(tx, workspace).map_err(of_mailbox)?;
    let domain = mailbox.address.rsplit_once('@').map_or("", |(_, domain)| domain);
    let (conversation, unique) = (*new.side.uuid().as_bytes(), *new.message.uuid().as_bytes());
    let (answered, known, is_first) = before(tx, workspace, new.side)?;
    let references = references(&known, answered.as_deref());
    let now = tx.now();
    let mail = Mail {
        id: tx.new_id(),
        ticket: new.ticket,
        message: new.message,
        contact: None,
        mailbox: mailbox.id,
        identifier: signer.identifier(conversation, unique, domain),
        from_address: mailbox.address.clone(),
        from_name: mailbox.sender.clone(),
        subject: if is_first {
            new.subject.to_owned()
        } else {
            letters::answered(new.subject)
        },
        in_reply_to: answered.filter(|id| references.contains(id)),
        references,
        outlook: None,
        body: body(tx, workspace, mailbox, &new)?,
        state: MailState::Waiting,
        attempts: 0,
        due_at: now,
        written_by: new.author.to_owned(),
        written_at: now,
        settled_at: None,
        handed_by: None,
        handed_at: None,
        trouble: None,
        survey: None,
        side: Some(new.side),
        reply_to: mailbox.reply_address(&signer, conversation, None),
    };
    let recipients = new.recipients;
    post(tx, workspace, Parcel { mail, recipients })
}

/// What is answered, what came before that, and whether nothing did.
type Before = (Option<String>, Vec<String>, bool);

/// By which fields other programs find the conversation: after the newest mail of the others, else after our own.
fn before(tx: &mut Tx<'_>, workspace: WorkspaceId, side: SideId) -> Result<Before, DbError> {
    if let Some(newest) = mails::newest_of_side(tx, workspace, side)? {
        let identifier = Some(newest.message_id).filter(|id| !id.is_empty());
        return Ok((identifier, newest.references, false));
    }
    Ok(match store::newest_of_side(tx, workspace, side)? {
        Some(before) => {
            let identifier = rewritten::known_as(tx, workspace, &before)?;
            (Some(identifier), before.references, false)
        }
        None => (None, Vec::new(), true),
    })
}

/// The words with signature, and below it what is passed on, or where workspace and mailbox want it what was written before.
fn body(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
    new: &Sideways<'_>,
) -> Result<String, DbError> {
    let (words, signature) = (new.words, mailbox.signature.as_str());
    let t = contacts::reader(tx, workspace, None)?;
    if !new.passed_on.is_empty() {
        let line = t.say("outbox-passed-on");
        let history = Some((line.as_str(), new.passed_on));
        return Ok(letters::text_within(words, signature, history, PASSED_ON));
    }
    let quotes = mailbox.rules.quotes && settings(tx, workspace)?.quotes_history;
    let Some((whose, said, at)) = new.before.filter(|(_, said, _)| quotes && !said.is_empty()) else {
        return Ok(letters::text(words, signature, None));
    };
    let whose = if whose.is_empty() {
        quoting::ours(mailbox)
    } else {
        whose
    };
    let line = quoting::line(&t, whose, at);
    Ok(letters::text(words, signature, Some((&line, said))))
}

/// Takes everything from the mail of a message that says what it said and to whom it went. What waits is taken back.
pub(crate) fn forget_message(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
) -> Result<(), DbError> {
    let Some(parcel) = store::of_message(tx, workspace, message)? else {
        return Ok(());
    };
    let raw = log::store::raw(tx, workspace, parcel.mail.id)?;
    personal::unlink(tx, workspace, parcel.mail.id, raw)?;
    log::store::forget(tx, workspace, parcel.mail.id)
}

/// Takes away what the mail of a message is called, with the bytes that hold it. What waits still goes out.
pub(crate) fn forget_subject(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
) -> Result<(), DbError> {
    let Some(parcel) = store::of_message(tx, workspace, message)? else {
        return Ok(());
    };
    let raw = log::store::raw(tx, workspace, parcel.mail.id)?;
    personal::unlink(tx, workspace, parcel.mail.id, raw)?;
    log::store::forget_subject(tx, workspace, parcel.mail.id)
}

/// Which of these messages went to one of these addresses, in small letters, or are on their way there.
pub(crate) fn went_to(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    messages: &[MessageId],
    known: &[String],
) -> Result<Vec<MessageId>, DbError> {
    let is_known = |one: &Recipient| known.contains(&mailboxes::folded(&one.address));
    let mut parcels = store::of_messages(tx, workspace, messages)?;
    parcels
        .retain(|parcel| parcel.mail.state != MailState::Withdrawn && parcel.recipients.iter().any(is_known));
    Ok(parcels.iter().map(|parcel| parcel.mail.message).collect())
}
