//! Questions on their way: mails of the program to the one who asked, which no machine answers and nobody gets who wants
//! none.

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use tandem_core::actor::Actor;
use tandem_core::contacts::Contact;
use tandem_core::contacts::identities::{self, Kind};
use tandem_core::workspaces::WorkspaceId;

use super::model::{Mail, MailState, Parcel, Recipient};
use super::writing::{mailbox_of, of_contact, of_mailbox, post, recipients};
use super::{answering, suppression};
use crate::mailboxes::{self, Mailbox};
use crate::surveys::SurveyId;
use crate::tickets::{MessageId, Ticket};

/// A question as it is sent.
pub(crate) struct Asking {
    /// The survey.
    pub(crate) survey: SurveyId,
    /// By which mailbox it leaves.
    pub(crate) mailbox: Mailbox,
    /// To whom.
    pub(crate) recipient: Recipient,
    /// In a line what it is about.
    pub(crate) subject: String,
    /// What it says.
    pub(crate) body: String,
}

/// By which mailbox and to which address somebody can be asked about their ticket: to one of theirs, the verified first,
/// else where its answers go. None where no mailbox sends, or no address takes mail.
pub(crate) fn way_to_ask(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
    contact: &Contact,
) -> Result<Option<(Mailbox, Recipient)>, DbError> {
    let Some(mailbox) = mailbox_of(tx, workspace, ticket)? else {
        return Ok(None);
    };
    let reader = Actor::system(workspace, "outbox");
    let mut known = identities::of(tx, &reader, contact.root).map_err(of_contact)?;
    known.retain(|identity| identity.kind == Kind::Email);
    known.sort_by_key(|identity| identity.verified.is_none());
    let name = contact.text.name.as_str();
    let mut all: Vec<Recipient> = known
        .iter()
        .map(|one| Recipient::new(name, &one.value, false))
        .collect();
    if all.is_empty() {
        let answered = answering::newest(tx, workspace, ticket.id)?;
        let answers = recipients(tx, workspace, ticket, answered.as_ref())?;
        all.extend(answers.into_iter().find(|one| !one.is_copy));
    }
    for one in all {
        // A look-up by key for each of a few.
        if suppression::of(tx, workspace, &one.address)?.is_none() {
            return Ok(Some((mailbox, one)));
        }
    }
    Ok(None)
}

/// Writes the mail of a question and sends it as answers are sent.
pub(crate) fn ask(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
    asking: Asking,
) -> Result<(), DbError> {
    let signer = mailboxes::signer(tx, workspace).map_err(of_mailbox)?;
    let mailbox = &asking.mailbox;
    let domain = mailbox.address.rsplit_once('@').map_or("", |(_, domain)| domain);
    let (message, now): (MessageId, _) = (tx.new_id(), tx.now());
    let conversation = *ticket.id.uuid().as_bytes();
    let mail = Mail {
        id: tx.new_id(),
        ticket: ticket.id,
        message,
        contact: ticket.contact,
        mailbox: mailbox.id,
        identifier: signer.identifier(conversation, *message.uuid().as_bytes(), domain),
        from_address: mailbox.address.clone(),
        from_name: mailbox.sender.clone(),
        subject: asking.subject,
        in_reply_to: None,
        references: Vec::new(),
        outlook: None,
        body: asking.body,
        state: MailState::Waiting,
        attempts: 0,
        due_at: now,
        written_by: Actor::system(workspace, "surveys").signature(),
        written_at: now,
        settled_at: None,
        handed_by: None,
        handed_at: None,
        trouble: None,
        survey: Some(asking.survey),
        side: None,
        reply_to: mailbox.answer_address(&signer, conversation),
    };
    let recipients = vec![asking.recipient];
    post(tx, workspace, Parcel { mail, recipients })
}
