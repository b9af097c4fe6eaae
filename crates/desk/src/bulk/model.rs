//! What an act on many tickets is. No database, no HTML.

use kit::clock::Timestamp;
use kit::db::DbError;
use tandem_core::actor::Forbidden;
use tandem_core::agents::AgentId;

use super::{Answer, BulkId};
use crate::replies::templates::Broken;
use crate::tickets::connections::TicketConnectionId;
use crate::tickets::extras::{Did, Extras};
use crate::tickets::listing::View;
use crate::tickets::{ChangeId, Field, MessageId, TicketError, TicketId};

/// How far an act has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It goes through its tickets.
    Running,
    /// It has gone through all.
    Done,
    /// It takes back what it did.
    Undoing,
    /// It has taken back what could be.
    Undone,
}

impl State {
    /// The word in rows and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    /// The state of this word.
    pub fn named(word: &str) -> Option<Self> {
        [Self::Running, Self::Done, Self::Undoing, Self::Undone]
            .into_iter()
            .find(|state| state.as_str() == word)
    }

    /// Whether it is under way.
    pub const fn is_busy(self) -> bool {
        matches!(self, Self::Running | Self::Undoing)
    }
}

/// What became of one ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It waits.
    Waiting,
    /// It was changed.
    Changed,
    /// It was so already.
    Same,
    /// It was not changed, for a reason.
    Refused,
    /// What was changed was taken back.
    Undone,
    /// What was changed stayed, for a reason.
    Kept,
}

impl Fate {
    /// The word in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Changed => "changed",
            Self::Same => "same",
            Self::Refused => "refused",
            Self::Undone => "undone",
            Self::Kept => "kept",
        }
    }
}

/// An act on many tickets at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bulk {
    /// Its id.
    pub id: BulkId,
    /// Who does it, where that is an agent; once it is taken back, who did that.
    pub agent: Option<AgentId>,
    /// Their signature.
    pub author: String,
    /// The view in which the tickets were chosen.
    pub view: String,
    /// Which fields get which values.
    pub changes: Vec<(Field, String)>,
    /// What it does beside that: tags, and following.
    pub extras: Extras,
    /// Into which one they are merged; then nothing else is changed.
    pub merge_into: Option<TicketId>,
    /// The answer that is written into each; then nothing else is changed.
    pub answer: Option<Answer>,
    /// How far it has come.
    pub state: State,
    /// How many tickets.
    pub total: i64,
    /// How many it has gone through; of those to be taken back, while it does that.
    pub done: i64,
    /// How many are changed by it now.
    pub changed: i64,
    /// How many it could not change, or not take back.
    pub refused: i64,
    /// When it began.
    pub created_at: Timestamp,
    /// When it came to an end.
    pub ended_at: Option<Timestamp>,
}

/// One of its tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkRow {
    /// Its place among them.
    pub place: i64,
    /// Which.
    pub ticket: TicketId,
    /// A change that the act made.
    pub change: Option<ChangeId>,
    /// What the act did beside that.
    pub did: Did,
    /// The merge that the act made.
    pub connection: Option<TicketConnectionId>,
    /// The answer that the act wrote.
    pub message: Option<MessageId>,
    /// The key of the sentence why it was refused or kept.
    pub reason: String,
    /// What else is to be said of that, such as which fields are empty.
    pub about: Option<String>,
}

/// Which tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// These.
    These(Vec<TicketId>),
    /// All of the view.
    All,
}

/// An act to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBulk {
    /// The view in which they were chosen.
    pub view: View,
    /// Which.
    pub chosen: Chosen,
    /// Which fields get which values, as [`crate::tickets::Ticket::value`] writes them.
    pub changes: Vec<(Field, String)>,
    /// What it does beside that: tags, and following.
    pub extras: Extras,
    /// Into which one they are merged; then nothing else is changed.
    pub merge_into: Option<TicketId>,
    /// The answer that is written into each; then nothing else is changed.
    pub answer: Option<Answer>,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BulkError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// No ticket is chosen.
    #[error("choose tickets")]
    NoTickets,
    /// More than go at once.
    #[error("up to 5000 tickets are changed at once")]
    TooMany,
    /// Nothing is to be changed.
    #[error("choose what to change")]
    NoChanges,
    /// A field twice, or a value that is too long.
    #[error("each field once, with a value of up to 300 characters")]
    BadChanges,
    /// Words that can't be tags, too many of them, or one that is both put on and taken off: which of the two.
    #[error("up to 20 tags of 1 to 40 characters without a comma, none both added and removed")]
    BadTags(&'static str),
    /// The macro is gone, or writes words.
    #[error("only a macro without words changes many tickets")]
    BadMacro,
    /// No words, or a saved reply that is gone, a note or a macro.
    #[error("write words, or choose a saved reply that is neither a note nor a macro")]
    BadAnswer,
    /// Words that can't be filled in.
    #[error(transparent)]
    Broken(Broken),
    /// It is under way, or has been taken back.
    #[error("it can't be taken back now")]
    NotNow,
    /// There is no such act here.
    #[error("there is no such act")]
    Unknown,
    /// A value that does not fit, or tickets that could not be read.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}
