//! What an import of old mail is: a file of mails, how far it is, and what became of each of them.

use kit::blob::{BlobError, BlobId};
use kit::clock::Timestamp;
use kit::db::DbError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Forbidden;

use super::MailImportId;
use crate::mailboxes::MailboxId;
use crate::mails::MailId;
use crate::tickets::TicketId;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident $prefix:literal: $($(#[$row:meta])* $variant:ident $word:literal $icon:literal $tone:literal;)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        $(#[$doc])*
        pub enum $name {
            $($(#[$row])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word in rows, addresses and documents.
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
    /// What is going on with an import of old mail.
    MailImportState "mail-imports-state-{}":
    /// Its file is being looked through; nothing has happened yet.
    Looking "looking" "search" "info";
    /// It was looked through and waits for somebody to begin.
    Ready "ready" "pencil" "";
    /// Mails are being taken.
    Running "running" "rotate-cw" "info";
    /// It waits for somebody to let it go on.
    Paused "paused" "hourglass" "warn";
    /// Every mail has found its end.
    Done "done" "circle-check" "good";
    /// It can't go on.
    Failed "failed" "circle-alert" "bad";
    /// What it did is being taken back.
    Undoing "undoing" "undo-2" "info";
    /// What it did was taken back, as far as nobody had touched it.
    Undone "undone" "undo-2" "";
}

words! {
    /// Which part of its work an import is at.
    #[schemars(rename = "MailImportPhase")]
    Phase "mail-imports-phase-{}":
    /// Mails are taken out of a zip file.
    Unpacking "unpacking" "package" "info";
    /// Mails are kept as they came.
    Keeping "keeping" "archive" "info";
    /// It is found out which of them belong together.
    Sorting "sorting" "workflow" "info";
    /// They become messages of tickets.
    Placing "placing" "inbox" "info";
}

words! {
    /// What became of an old mail.
    #[schemars(rename = "OldMailOutcome")]
    Outcome "mail-imports-outcome-{}":
    /// Its turn has not come.
    Waiting "waiting" "hourglass" "";
    /// It opened a ticket.
    Opened "opened" "plus" "good";
    /// It is a message of a ticket.
    Joined "joined" "mail" "good";
    /// It was here already.
    Repeated "repeated" "copy" "";
    /// It is kept and became no ticket.
    Aside "aside" "archive" "";
    /// It could not be taken.
    Refused "refused" "circle-alert" "bad";
}

/// An import of old mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailImport {
    /// Its id.
    pub id: MailImportId,
    /// The mailbox to which the mails had come.
    pub mailbox: MailboxId,
    /// What the file was called.
    pub file_name: String,
    /// The file, until each of its mails is kept by itself.
    pub file: Option<BlobId>,
    /// Its length in bytes.
    pub size: i64,
    /// What is going on.
    pub state: MailImportState,
    /// Which part of its work it is at.
    pub phase: Phase,
    /// Why it failed; empty unless it did. For those who look after the installation.
    pub problem: String,
    /// What was chosen.
    pub choices: Choices,
    /// What looking through the file has shown.
    pub found: Found,
    /// The signature of who asked for it.
    pub by: String,
    /// When.
    pub created_at: Timestamp,
    /// When something last changed.
    pub changed_at: Timestamp,
    /// How many bytes of the file were read; from here it goes on.
    pub position: i64,
    /// How many of its mails were taken in.
    pub taken: i64,
    /// The last conversation that has found its end.
    pub thread: i64,
    /// Mails in a second, lately.
    pub rate: i64,
    /// What became of the mails.
    pub counts: Counts,
}

/// What is chosen before an import begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Tickets whose last message is at most so many days old stay open; the others are solved.
    pub open_days: i64,
    /// Whether newsletters, notices of absence and the like become tickets too.
    pub takes_machines: bool,
    /// Addresses that were ours beside those of mailboxes and agents, in small letters.
    pub own: Vec<String>,
}

/// What looking through a file has shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// How many mails there are.
    pub mails: i64,
    /// How many conversations they make.
    pub threads: i64,
    /// When the oldest was written.
    pub first_at: Option<i64>,
    /// When the newest was.
    pub last_at: Option<i64>,
    /// How many are too large to be taken.
    pub large: i64,
    /// How many files of a zip file held no mail.
    #[serde(default)]
    pub left_out: i64,
    /// How many have no day of their own; they count as written when the one before them was.
    pub undated: i64,
    /// From which of our addresses how many were sent.
    pub own: Vec<(String, i64)>,
    /// To which addresses most of the others were sent, ours or not.
    pub to: Vec<(String, i64)>,
}

/// What became of the mails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// They opened a ticket.
    pub opened: i64,
    /// They are further messages of tickets.
    pub joined: i64,
    /// They were here already.
    pub repeated: i64,
    /// They are kept and became no ticket.
    pub aside: i64,
    /// They could not be taken.
    pub refused: i64,
    /// Tickets of which they were taken back.
    pub taken_back: i64,
    /// Tickets that somebody has touched since, which stay.
    pub left_alone: i64,
}

impl Counts {
    /// Mails that have found their end.
    pub fn mails(&self) -> i64 {
        self.opened + self.joined + self.repeated + self.aside + self.refused
    }

    pub(super) fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Waiting => {}
            Outcome::Opened => self.opened += 1,
            Outcome::Joined => self.joined += 1,
            Outcome::Repeated => self.repeated += 1,
            Outcome::Aside => self.aside += 1,
            Outcome::Refused => self.refused += 1,
        }
    }
}

/// What became of one mail of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file.
    pub number: i64,
    /// The mail, unless it was too large to be kept.
    pub mail: Option<MailId>,
    /// Its length in bytes.
    pub size: i64,
    /// When it was written.
    pub sent_at: Timestamp,
    /// What became of it.
    pub outcome: Outcome,
    /// Why: the word of a cause, `too_large` or `unreadable`; empty where nothing is to be said.
    pub reason: String,
    /// Who wrote it.
    pub sender: String,
    /// Its subject.
    pub subject: String,
    /// The ticket where it is.
    pub ticket: Option<TicketId>,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailImportError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such import here.
    #[error("there is no such import of old mail")]
    Unknown,
    /// There is no such mailbox here, or it is archived.
    #[error("there is no such mailbox")]
    NoMailbox,
    /// The file is no mbox file.
    #[error("the file is no zip file and no mbox file: it does not begin with a line `From …`")]
    NotMbox,
    /// The zip file can't be taken.
    #[error("the zip file can't be taken: {0}")]
    Zip(&'static str),
    /// There is no mail in the file.
    #[error("there is no mail in the file")]
    Empty,
    /// A number of days that makes no sense.
    #[error("days are between 0 and 3650")]
    BadDays,
    /// An address that is none.
    #[error("{0} is no address")]
    BadAddress(String),
    /// The import is past that.
    #[error("the import is past that: it is {}", .0.as_str())]
    Past(MailImportState),
    /// The store of files failed.
    #[error(transparent)]
    Blob(BlobError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<BlobError> for MailImportError {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Database(error) => Self::Db(error),
            error => Self::Blob(error),
        }
    }
}

impl Phase {
    /// What a file is that begins with it.
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Unpacking => "application/zip",
            _ => "application/mbox",
        }
    }
}

impl MailImport {
    /// Whether something runs in the background.
    pub fn is_moving(&self) -> bool {
        use MailImportState::{Looking, Running, Undoing};
        matches!(self.state, Looking | Running | Undoing)
    }

    /// Whether there is something to take back.
    pub fn can_be_undone(&self) -> bool {
        use MailImportState::{Done, Failed, Paused};
        matches!(self.state, Done | Failed | Paused) && self.taken > 0
    }

    /// The name without the id in the signature of who asked for it.
    pub fn author(&self) -> &str {
        self.by.split_once(' ').map_or(&self.by, |(_, name)| name)
    }

    /// How far it is, of how much: bytes while the file is read, mails while they find their places.
    pub fn progress(&self) -> (i64, i64) {
        match (self.state, self.phase) {
            (MailImportState::Undoing | MailImportState::Undone, _) => (
                self.counts.taken_back + self.counts.left_alone,
                self.counts.opened,
            ),
            (MailImportState::Looking, _) | (_, Phase::Keeping) => (self.position, self.size),
            _ => (self.counts.mails(), self.taken),
        }
    }
}
