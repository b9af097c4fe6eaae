//! What a mail answers: the newest mail of the customer in its ticket, and the mailbox that it came to.

use kit::db::{DbError, Tx};
use tandem_core::workspaces::WorkspaceId;

use crate::mailboxes::MailboxId;
use crate::tickets::TicketId;

/// The mail that is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answered {
    /// Its Message-ID, if it had one.
    pub(super) identifier: Option<String>,
    /// Its References.
    pub(super) references: Vec<String>,
    /// Its subject.
    pub(super) subject: String,
    /// Where its answers go.
    pub(super) reply_to: Vec<String>,
    /// Its Thread-Topic and Thread-Index.
    pub(super) outlook: Option<(String, String)>,
}

/// The newest mail of the customer in a ticket.
pub(super) fn newest(
    _tx: &mut Tx<'_>,
    _workspace: WorkspaceId,
    _ticket: TicketId,
) -> Result<Option<Answered>, DbError> {
    Ok(None)
}

/// The mailbox to which the mails of a ticket came.
pub(super) fn mailbox(
    _tx: &mut Tx<'_>,
    _workspace: WorkspaceId,
    _ticket: TicketId,
) -> Result<Option<MailboxId>, DbError> {
    Ok(None)
}
