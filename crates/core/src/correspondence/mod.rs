//! Mails to contacts that another feature than the one with mailboxes has something to write in.
//!
//! Whoever has mailboxes attaches a [`Carrier`] in the wiring; whoever has something to write asks it, in the transaction of
//! its cause, so that a mail is written with it or not at all. An answer comes back where the carrier keeps conversations.
//! Without a carrier nothing is written, and that is said.

use kit::db::{DbError, Tx};

use crate::accounts::AccountId;
use crate::agents::AgentId;
use crate::contacts::ContactId;
use crate::workspaces::WorkspaceId;

/// A mail to a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailing {
    /// To whom.
    pub contact: ContactId,
    /// At which account.
    pub account: AccountId,
    /// Whose work an answer is; nobody's without.
    pub agent: Option<AgentId>,
    /// In a line what it is about.
    pub subject: String,
    /// What it says, without a signature.
    pub words: String,
    /// What wrote it: the word of a feature.
    pub by: &'static str,
}

/// What a mail was written as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The id of the conversation in which an answer comes back.
    pub conversation: String,
    /// The id of the message in it that the mail brings.
    pub message: String,
}

/// Why somebody can't be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// No mailbox sends.
    NoWay,
    /// They have no address, or are not there any more.
    NoAddress,
    /// Their address takes no mail: it bounced for good, or they complained.
    Suppressed,
    /// They got as many mails by themselves as anybody may within a day.
    TooMany,
}

impl Hindrance {
    /// Its word in rows and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoWay => "no_way",
            Self::NoAddress => "no_address",
            Self::Suppressed => "suppressed",
            Self::TooMany => "too_many",
        }
    }
}

/// What became of a mail so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is on its way, or can be taken back still.
    Waiting,
    /// Their server has taken it.
    Sent,
    /// It was refused, or came back.
    Failed,
    /// It was handed over, and nobody knows whether it arrived.
    Unknown,
    /// Somebody took it back in time.
    Withdrawn,
    /// They answered.
    Answered,
}

impl Fate {
    /// Its word in documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Withdrawn => "withdrawn",
            Self::Answered => "answered",
        }
    }
}

/// Whether somebody can be written to; none where nothing is in the way.
pub type Asks = fn(&mut Tx<'_>, WorkspaceId, ContactId) -> Result<Option<Hindrance>, DbError>;
/// Writes a mail.
pub type Carries = fn(&mut Tx<'_>, WorkspaceId, &Mailing) -> Result<Result<Carried, Hindrance>, DbError>;
/// What became of a message, by its id; none where nobody knows it any more.
pub type Follows = fn(&mut Tx<'_>, WorkspaceId, &str) -> Result<Option<Fate>, DbError>;

/// What takes mails to contacts; attached to the database handle.
#[derive(Clone, Copy, Debug)]
pub struct Carrier {
    /// Whether somebody can be written to.
    pub asks: Asks,
    /// Writes a mail.
    pub carries: Carries,
    /// What became of one.
    pub follows: Follows,
    /// What stands before a conversation's id in its address.
    pub place: &'static str,
}
