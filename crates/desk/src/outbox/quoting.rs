//! Whose words are quoted, and when they were written: the line above what a mail quotes.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::i18n::Text;
use tandem_core::actor::Actor;
use tandem_core::contacts;
use tandem_core::workspaces::WorkspaceId;

use super::writing::of_contact;
use crate::mailboxes::{self, Mailbox};
use crate::tickets::{Message, MessageKind};

/// The line above a message that a mailbox's mail quotes.
pub(super) fn line_of(
    tx: &mut Tx<'_>,
    (workspace, mailbox): (WorkspaceId, &Mailbox),
    t: &Text,
    message: &Message,
) -> Result<String, DbError> {
    let reader = Actor::system(workspace, "outbox");
    let whose = match (message.kind, message.contact) {
        (MessageKind::Inbound, Some(id)) => contacts::find(tx, &reader, id)
            .map_err(of_contact)?
            .map(|contact| contact.text.name)
            .unwrap_or_default(),
        (MessageKind::Reply, _) => ours(mailbox).to_owned(),
        _ => String::new(),
    };
    Ok(line(t, &whose, message.written_at))
}

/// The same of a message that is passed on: what is ours is the default mailbox's.
pub(crate) fn whose_line(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    t: &Text,
    message: &Message,
) -> Result<String, DbError> {
    match mailboxes::default_of(tx, workspace)? {
        Some(mailbox) => line_of(tx, (workspace, &mailbox), t, message),
        None => Ok(line(t, "", message.written_at)),
    }
}

/// What a mailbox calls us.
pub(super) fn ours(mailbox: &Mailbox) -> &str {
    if mailbox.sender.is_empty() {
        &mailbox.name
    } else {
        &mailbox.sender
    }
}

/// The line itself; without a name for nobody known.
pub(super) fn line(t: &Text, whose: &str, written_at: Timestamp) -> String {
    let at = t.moment(written_at);
    if whose.is_empty() {
        t.say_with("outbox-wrote-somebody", kit::args!(moment = at))
    } else {
        t.say_with("outbox-wrote", kit::args!(moment = at, name = whose))
    }
}
