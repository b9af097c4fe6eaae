//! Senders with a token behind a plus: whether the server by which a mailbox sends takes them, as its test has shown.
//!
//! Where it does, each mail leaves with a sender of its own (VERP), so that a report about it names it even where it has lost
//! everything else. Where it does not, or nobody has asked, mails leave with the mailbox's address.

mod store;

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use mail::threading::Signer;
use tandem_core::workspaces::WorkspaceId;

use super::{Mailbox, MailboxId};

/// What a server says of an address with a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plus {
    /// It takes it as sender and as recipient.
    Taken,
    /// It does not, with its words.
    Refused(String),
}

impl Plus {
    /// How its mark is coloured.
    pub const fn tone(&self) -> &'static str {
        match self {
            Self::Taken => "good",
            Self::Refused(_) => "",
        }
    }

    /// Its icon.
    pub const fn icon(&self) -> &'static str {
        match self {
            Self::Taken => "circle-check",
            Self::Refused(_) => "info",
        }
    }

    /// What it is, in the reader's language.
    pub fn title(&self, t: &Text) -> String {
        t.say(match self {
            Self::Taken => "mailboxes-plus-taken",
            Self::Refused(_) => "mailboxes-plus-refused",
        })
    }

    /// What follows from it.
    pub fn advice(&self, t: &Text) -> String {
        t.say(match self {
            Self::Taken => "mailboxes-plus-taken-text",
            Self::Refused(_) => "mailboxes-plus-refused-text",
        })
    }

    /// What the server said; empty where it takes them.
    pub fn said(&self) -> &str {
        match self {
            Self::Taken => "",
            Self::Refused(said) => said,
        }
    }
}

impl Mailbox {
    /// By which way it sends: what was asked of another way says nothing.
    fn way_out(&self) -> Option<String> {
        let server = self.smtp.as_ref()?;
        Some(format!(
            "{} {}:{} {}",
            self.address, server.host, server.port, server.login
        ))
    }

    /// An address with a token that is tried: none where such addresses do not come to it.
    pub(super) fn tried_address(&self, signer: &Signer) -> Option<String> {
        let address = signer.bounce_address(&self.address, [0; 16])?;
        (self.takes_tokens() && self.has_plus_addresses).then_some(address)
    }
}

/// Keeps what a mailbox's server said.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn note(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailbox: &Mailbox,
    plus: &Plus,
) -> Result<(), DbError> {
    match mailbox.way_out() {
        Some(way) => store::put(tx, workspace, (mailbox.id, &way), *plus == Plus::Taken),
        None => Ok(()),
    }
}

/// The sender of one mail of a mailbox, which names the mail; none where the mailbox's own is to be used.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn sender(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (mailbox, signer): (&Mailbox, &Signer),
    mail: [u8; 16],
) -> Result<Option<String>, DbError> {
    let is_wanted = mailbox.takes_tokens() && mailbox.has_plus_addresses;
    let Some(way) = mailbox.way_out().filter(|_| is_wanted) else {
        return Ok(None);
    };
    if !store::is_taken(tx, workspace, (mailbox.id, &way))? {
        return Ok(None);
    }
    Ok(signer.bounce_address(&mailbox.address, mail))
}

/// A server took such a sender when it was asked and refused the mail then: it is not used any more until somebody asks again.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn refused(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailboxId) -> Result<(), DbError> {
    match super::one(tx, workspace, id)? {
        Some(mailbox) => note(tx, workspace, &mailbox, &Plus::Refused(String::new())),
        None => Ok(()),
    }
}
