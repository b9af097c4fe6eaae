//! What a mail answers: the newest mail of the customer in its ticket, and the mailbox that it came to.

use kit::db::{DbError, Tx};
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;

use crate::mailboxes::MailboxId;
use crate::mails;
use crate::tickets::TicketId;

/// The mail that is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answered {
    /// Who wrote it, where that is known.
    pub(super) contact: Option<ContactId>,
    /// Its Message-ID, if it had one.
    pub(super) identifier: Option<String>,
    /// Its References.
    pub(super) references: Vec<String>,
    /// Its subject.
    pub(super) subject: String,
    /// Where its answers go.
    pub(super) reply_to: Vec<String>,
    /// Its topic and Thread-Index, which Outlook groups by.
    pub(super) outlook: Option<(String, String)>,
}

/// The newest mail of the customer in a ticket.
pub(super) fn newest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<Answered>, DbError> {
    let newest = mails::newest_of_ticket(tx, workspace, ticket)?;
    Ok(newest.map(|newest| Answered {
        contact: newest.contact,
        identifier: Some(newest.message_id).filter(|id| !id.is_empty()),
        references: newest.references,
        reply_to: newest.reply_to,
        outlook: Some(newest.thread_index)
            .filter(|index| !index.is_empty())
            .map(|index| (newest.subject.clone(), index)),
        subject: newest.subject,
    }))
}

/// The mailbox to which the mails of a ticket came.
pub(super) fn mailbox(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<MailboxId>, DbError> {
    mails::mailbox_of_ticket(tx, workspace, ticket)
}
