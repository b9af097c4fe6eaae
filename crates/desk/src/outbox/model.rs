//! What an outgoing mail and its recipients are. What becomes of them stands in `parcel.rs`.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::jobs::JobId;
use tandem_core::actor::Forbidden;
use tandem_core::contacts::ContactId;

use super::OutgoingId;
use crate::mailboxes::MailboxId;
use crate::sides::SideId;
use crate::surveys::SurveyId;
use crate::tickets::{MessageId, TicketId};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$of])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in rows, addresses and documents.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// Reads what [`Self::as_str`] wrote.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! {
    /// What became of a mail for one recipient.
    RecipientState {
        /// An attempt will come.
        Waiting "waiting",
        /// The end of the mail is being sent, and its answer awaited.
        Handing "handing",
        /// The server has taken it and answers for it.
        Accepted "accepted",
        /// It was refused for good, or for too long.
        Refused "refused",
        /// It was handed over and no answer came.
        Unknown "unknown",
        /// It was taken back before it went out.
        Withdrawn "withdrawn",
    }
}

words! {
    /// How a mail stands: what follows from its recipients.
    MailState {
        /// It goes out when it is due.
        Waiting "waiting",
        /// It is being handed over.
        Handing "handing",
        /// Every recipient was accepted.
        Sent "sent",
        /// A recipient was refused.
        Failed "failed",
        /// For a recipient it is not known.
        Unknown "unknown",
        /// It was taken back.
        Withdrawn "withdrawn",
    }
}

words! {
    /// Something that happened to a mail, as its log keeps it.
    Step {
        /// It was written.
        Written "written",
        /// Nobody could be reached, or the way in was refused; nothing was sent.
        NotSent "not_sent",
        /// A recipient was accepted.
        Accepted "accepted",
        /// A recipient was refused for now.
        Deferred "deferred",
        /// A recipient was refused.
        Refused "refused",
        /// No answer came after it was handed over.
        Unknown "unknown",
        /// Another system told what became of it.
        Told "told",
        /// Somebody took it back.
        Withdrawn "withdrawn",
        /// Somebody sends it again.
        Again "again",
    }
}

/// A mail on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id.
    pub id: OutgoingId,
    /// The ticket.
    pub ticket: TicketId,
    /// The message that it brings.
    pub message: MessageId,
    /// The contact who gets it.
    pub contact: Option<ContactId>,
    /// The mailbox that it is from.
    pub mailbox: MailboxId,
    /// Its Message-ID, without brackets: fixed for ever.
    pub identifier: String,
    /// The address that it is from.
    pub from_address: String,
    /// The name beside it.
    pub from_name: String,
    /// In one line what it is about.
    pub subject: String,
    /// The mail it answers.
    pub in_reply_to: Option<String>,
    /// The conversation's identifiers.
    pub references: Vec<String>,
    /// Thread-Topic and Thread-Index, where the answered mail had one.
    pub outlook: Option<(String, String)>,
    /// What it says, with signature and quoted history.
    pub body: String,
    /// How it stands.
    pub state: MailState,
    /// How often it was tried since it was last put on its way.
    pub attempts: i64,
    /// When it goes out, or is tried again.
    pub due_at: Timestamp,
    /// Who wrote it: a signature.
    pub written_by: String,
    /// When.
    pub written_at: Timestamp,
    /// When its last recipient was settled.
    pub settled_at: Option<Timestamp>,
    /// Which job handed it over last.
    pub handed_by: Option<JobId>,
    /// When.
    pub handed_at: Option<Timestamp>,
    /// What stood in the way at the last attempt: a word of [`super::trouble`].
    pub trouble: Option<String>,
    /// The question that it asks; none for an answer.
    pub survey: Option<SurveyId>,
    /// The side conversation that it belongs to; none for what the customer gets.
    pub side: Option<SideId>,
    /// Where its answers go, where that is not the address that it is from.
    pub reply_to: Option<String>,
}

/// Somebody who gets a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The name beside the address.
    pub name: String,
    /// The address.
    pub address: String,
    /// Whether they are only copied in.
    pub is_copy: bool,
    /// What became of it.
    pub state: RecipientState,
    /// The code of the last answer.
    pub code: Option<i64>,
    /// Its status code (RFC 3463), such as 5.1.1.
    pub enhanced: Option<String>,
    /// Its words.
    pub said: String,
}

/// What somebody else said became of a mail, such as a report of a bounce.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Whether it is for good; a delay is not.
    pub is_final: bool,
    /// Whether it arrived.
    pub is_delivered: bool,
    /// The status code (RFC 3463), such as 5.2.2.
    pub enhanced: Option<String>,
    /// The words.
    pub said: String,
}

/// A mail with its recipients, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The mail.
    pub mail: Mail,
    /// To whom.
    pub recipients: Vec<Recipient>,
}

/// What a job may do with a mail that it looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing is left to do.
    Over,
    /// It is not its time.
    Later(Timestamp),
    /// It may be sent.
    Ready,
    /// It was handed over and its answer will never be heard: it was marked so.
    Lost,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OutboxError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such mail here.
    #[error("there is no such mail")]
    Unknown,
    /// It is out already, or being handed over.
    #[error("the mail is on its way already")]
    TooLate,
    /// No recipient is refused or unknown.
    #[error("there is nobody to send it to again")]
    NothingToSend,
    /// The window is longer than an hour.
    #[error("a mail waits an hour at most")]
    BadWindow,
    /// Somebody changed it meanwhile.
    #[error("somebody changed it meanwhile")]
    Stale,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl RecipientState {
    /// Whether nothing more happens by itself.
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Waiting | Self::Handing)
    }
}
