//! What a mail that came is: where it lies, what became of it and why.

use kit::blob::BlobId;
use kit::clock::Timestamp;
use kit::db::DbError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Forbidden;
use tandem_core::contacts::ContactId;

use super::{MailId, by_agents, old, sent};
use crate::mailboxes::{MailboxError, MailboxId};
use crate::sides::SideId;
use crate::tickets::{MessageId, TicketId};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident $prefix:literal: $($(#[$row:meta])* $variant:ident $word:literal $icon:literal $tone:literal;)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$row])* $variant,)*
        }

        impl $name {
            /// All of them, in the order in which people choose.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in rows, forms and documents.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The key of its name in the reader's language.
            pub fn text(self) -> String {
                format!($prefix, self.as_str().replace('_', "-"))
            }

            /// Its icon.
            pub const fn icon(self) -> &'static str {
                match self { $(Self::$variant => $icon,)* }
            }

            /// How its mark is coloured.
            pub const fn tone(self) -> &'static str {
                match self { $(Self::$variant => $tone,)* }
            }

            /// Reads what [`Self::as_str`] wrote.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

words! {
    /// What became of a mail.
    State "mails-state-{}":
    /// It is kept and not read yet.
    Stored "stored" "clock" "info";
    /// It is a message in a ticket.
    Placed "placed" "circle-check" "good";
    /// It is held back until somebody decides.
    Suspended "suspended" "triangle-alert" "warn";
    /// It could not be read.
    Failed "failed" "circle-alert" "bad";
    /// It had come before.
    Repeated "repeated" "copy" "";
    /// It said what became of a mail of ours, and that mail knows.
    Told "told" "undo-2" "info";
    /// Somebody decided that it is none.
    Blocked "blocked" "ban" "";
    /// Somebody threw it away; its bytes stay for a while and then go.
    Deleted "deleted" "trash-2" "";
    /// It is old mail and waits until its import comes to it.
    Old "old" "hourglass" "info";
    /// It is old mail that became no ticket: a machine's, or spam.
    Aside "aside" "archive" "";
    /// It is a copy of a mail of ours.
    Known "known" "send" "";
    /// One of us sent it from another program, and it belongs to no ticket.
    Kept "kept" "archive" "";
}

words! {
    /// Why a mail is held back.
    Cause "mails-cause-{}":
    /// The mail server that took it in holds it for spam.
    Spam "spam" "ban" "bad";
    /// Somebody has blocked its sender.
    BlockedSender "blocked_sender" "ban" "bad";
    /// The domain in its From denies having sent it.
    Denied "denied" "shield-check" "bad";
    /// It is our own mail, or from an address of ours.
    Loop "loop" "rotate-cw" "warn";
    /// It says that a mail could not be delivered.
    DeliveryFailure "delivery_failure" "undo-2" "warn";
    /// It says so of a mail that was never ours: somebody writes in our name.
    Backscatter "backscatter" "undo-2" "warn";
    /// Somebody complained of our mail.
    Complaint "complaint" "frown" "warn";
    /// Somebody is away, and it answers nothing that we know.
    Vacation "vacation" "calendar" "";
    /// A machine wrote it, and it answers nothing that we know.
    Automatic "automatic" "settings" "";
    /// It was sent to many at once.
    Bulk "bulk" "users" "";
    /// Nothing is in it.
    Blank "blank" "file-text" "";
    /// Too many came from its sender within an hour.
    TooMany "too_many" "timer" "warn";
    /// It answers a mail to an agent, and nothing shows that it is that agent's, or they may not answer.
    AgentUnverified "agent_unverified" "shield-check" "bad";
    /// It leads to a ticket in which its sender has no part.
    Stranger "stranger" "users" "warn";
    /// Its sender fails the checks of their domain, and nothing else shows that it is theirs.
    Unverified "unverified" "shield-check" "warn";
    /// It is larger than what is taken; it stays where it is.
    TooLarge "too_large" "package" "warn";
}

words! {
    /// What was decided about a sender.
    Verdict "mails-verdict-{}":
    /// Their mail is held back.
    Blocked "blocked" "ban" "bad";
    /// Their mail is let through.
    Trusted "trusted" "circle-check" "good";
    /// Their mail is let through, also where they fail the checks of their domain.
    Excused "excused" "circle-check" "warn";
}

/// A mail that came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id.
    pub id: MailId,
    /// Where it came.
    pub mailbox: MailboxId,
    /// How it came.
    pub arrival: Arrival,
    /// What became of it.
    pub state: State,
    /// Why it is held back, while it is.
    pub cause: Option<Cause>,
    /// Why it could not be read; for those who look after the installation.
    pub trouble: String,
    /// Whether somebody has let it through.
    pub is_released: bool,
    /// What was read.
    pub reading: Reading,
    /// Who wrote it, where that is known.
    pub contact: Option<ContactId>,
    /// Where it is now.
    pub ticket: Option<TicketId>,
    /// The message it is.
    pub message: Option<MessageId>,
    /// The side conversation that it is in; it is then none of its ticket's own.
    pub side: Option<SideId>,
    /// What led to the ticket: the word of a clue; empty for a ticket of its own.
    pub clue: String,
    /// The address, identifier or tag that was the clue.
    pub clue_text: String,
    /// Whether its sender does not take part in that ticket otherwise.
    pub is_stranger: bool,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

/// How a mail came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The folder it was read from; empty for what was handed over.
    pub folder: String,
    /// Its place there: UIDVALIDITY and UID.
    pub place: Option<(i64, i64)>,
    /// Its bytes; none for what was too large to take.
    pub blob: Option<BlobId>,
    /// How many there are, as its server counted them.
    pub size: i64,
    /// When its server got it.
    pub arrived_at: Timestamp,
    /// When it was stored here.
    pub stored_at: Timestamp,
    /// From whom it was handed over, by the envelope.
    pub envelope_from: String,
    /// To whom.
    pub envelope_to: Vec<String>,
    /// From which address it was handed over.
    pub peer: String,
    /// What the other side called itself.
    pub hello: String,
    /// Its Message-ID without brackets, as far as it was seen.
    pub message_id: String,
}

/// What was read in a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Who wrote it: an address in small letters.
    pub sender: String,
    /// Their name, as they write it.
    pub sender_name: String,
    /// Its subject.
    pub subject: String,
    /// Who wrote it, a person or what kind of machine.
    pub nature: String,
    /// What speaks for that: a field and its value.
    pub evidence: String,
    /// What is known of its sender: `spf=pass dkim=pass`.
    pub checks: String,
    /// What follows from that: `authenticated`, `denied` or `unknown`.
    pub identity: String,
    /// Where answers should go, with blanks between.
    pub reply_to: String,
    /// Everybody it is from and to, ours left out, with blanks between.
    pub people: String,
    /// The conversation before it: identifiers with blanks between, the oldest first.
    pub references: String,
    /// Outlook's mark of a conversation.
    pub thread_index: String,
    /// The hash of what stands below its header.
    pub content: Option<[u8; 32]>,
}

impl Reading {
    /// Whether the mail shows that it is its sender's.
    pub fn is_confirmed(&self) -> bool {
        self.identity == "authenticated" && !self.sender.is_empty()
    }
}

/// What a reply has to know of the newest mail of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Newest {
    /// Who wrote it, where that is known.
    pub contact: Option<ContactId>,
    /// Where it came.
    pub mailbox: MailboxId,
    /// Its Message-ID without brackets; empty if it has none.
    pub message_id: String,
    /// The conversation before it, the oldest first.
    pub references: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// Outlook's mark of the conversation; empty for none.
    pub thread_index: String,
    /// Where answers go.
    pub reply_to: Vec<String>,
    /// Where it asks them to go as well, without showing that it is its sender's: they do not go there.
    pub withheld: Vec<String>,
    /// Who else took part in it.
    pub people: Vec<String>,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such mail here.
    #[error("there is no such mail")]
    Unknown,
    /// It is not held back, or not any more.
    #[error("nobody has to decide about this mail any more")]
    Decided,
    /// It is larger than what is fetched even where somebody wants it.
    #[error("the mail is larger than 150 MiB")]
    TooLarge,
    /// There is no raw mail to read.
    #[error("the mail was too large to be kept")]
    NotKept,
    /// Its mailbox is archived, or its mail comes another way.
    #[error("the mailbox is not read from a server")]
    NotRead,
    /// It is no address and no domain.
    #[error("a sender is an address, or @ and a domain")]
    BadSender,
    /// They are more than are decided about at once.
    #[error("at most 50 mails are decided about at once")]
    TooMany,
    /// Its mail is not being read again, or that is over.
    #[error("nothing is being read again in this mailbox")]
    NoReplay,
    /// Its mailbox does not do.
    #[error(transparent)]
    Mailbox(#[from] MailboxError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Mail {
    /// A mail that has just come and was not read.
    pub fn of(id: MailId, mailbox: MailboxId, arrival: Arrival) -> Self {
        let is_kept = arrival.blob.is_some();
        Self {
            id,
            mailbox,
            state: if is_kept { State::Stored } else { State::Suspended },
            cause: (!is_kept).then_some(Cause::TooLarge),
            arrival,
            trouble: String::new(),
            is_released: false,
            reading: Reading::default(),
            contact: None,
            ticket: None,
            message: None,
            side: None,
            clue: String::new(),
            clue_text: String::new(),
            is_stranger: false,
            read_at: None,
        }
    }

    /// Whether one of us wrote it, in another program.
    pub fn is_ours(&self) -> bool {
        [old::SENT, sent::ELSEWHERE, by_agents::ANSWERED].contains(&self.clue.as_str())
    }

    /// Whether somebody has to look at it.
    pub fn waits_for_somebody(&self) -> bool {
        matches!(self.state, State::Suspended | State::Failed)
    }

    /// Whether what was decided about it can be taken back: what was thrown away long ago has no bytes any more.
    pub fn can_be_taken_back(&self) -> bool {
        match self.state {
            State::Blocked => true,
            State::Deleted => self.arrival.blob.is_some() || self.cause.is_some(),
            _ => false,
        }
    }
}
