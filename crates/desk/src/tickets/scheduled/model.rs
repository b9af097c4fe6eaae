//! What a scheduled reply is, and why nothing was done with one.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::id::TypedId;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::doors::SessionId;

use super::super::files::FileId;
use super::super::{MessageId, Status, TicketError, TicketId};
use super::ScheduledId;

/// What became of a scheduled reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is sent when it is due.
    Waiting,
    /// It is a message of its ticket.
    Sent,
    /// Somebody called it off.
    Cancelled,
    /// The customer wrote first.
    Answered,
    /// Its words are in a composer again.
    Taken,
    /// Who wrote it may not write any more, or the ticket takes nothing.
    Failed,
}

impl State {
    const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Sent,
        Self::Cancelled,
        Self::Answered,
        Self::Taken,
        Self::Failed,
    ];

    /// The word in rows and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Cancelled => "cancelled",
            Self::Answered => "answered",
            Self::Taken => "taken",
            Self::Failed => "failed",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// Whether it can be put back among those that wait.
    pub const fn may_resume(self) -> bool {
        matches!(self, Self::Cancelled | Self::Answered | Self::Failed)
    }
}

/// A reply that is sent later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// Its id.
    pub id: ScheduledId,
    /// The ticket.
    pub ticket: TicketId,
    /// The ticket that it was written in; another one once a merge carried it.
    pub home: TicketId,
    /// Whom it was written to.
    pub contact: Option<ContactId>,
    /// Who wrote it, and in whose name it is sent.
    pub agent: AgentId,
    /// Their signature.
    pub author: String,
    /// What they could do when they wrote it, as words: a token can do less than its agent.
    pub may: String,
    /// The token by which they wrote it; none for a person's own hand.
    pub token: Option<SessionId>,
    /// The words.
    pub body: String,
    /// The same with formatting; none where the words say everything.
    pub html: Option<String>,
    /// How far the ticket has come with it.
    pub then: Option<Status>,
    /// When it is sent.
    pub due_at: Timestamp,
    /// When it was to be sent before somebody chose another moment.
    pub moved_from: Option<Timestamp>,
    /// Whether it is called off when the customer writes first.
    pub unless_reply: bool,
    /// When it was written.
    pub made_at: Timestamp,
    /// What became of it.
    pub state: State,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// By whom: a signature.
    pub ended_by: Option<String>,
    /// The message that it became.
    pub message: Option<MessageId>,
}

/// A place in the list of those that wait: when the last one shown is due, and which it is.
pub type Place = (Timestamp, ScheduledId);

impl Scheduled {
    /// The place after it.
    pub fn place(&self) -> Place {
        (self.due_at, self.id)
    }

    /// What its files belong to until its message is written.
    pub(super) fn holder(&self) -> MessageId {
        MessageId::from_uuid(self.id.uuid())
    }

    /// Ends it.
    pub(super) fn end(&mut self, actor: &Actor, state: State, now: Timestamp) {
        self.state = state;
        self.ended_at = Some(now);
        self.ended_by = Some(actor.signature());
    }
}

/// A reply to be sent later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewScheduled {
    /// The words.
    pub body: String,
    /// The words with formatting, as an editor writes them; then `body` follows from it.
    pub html: Option<String>,
    /// How far the ticket has come with it; none leaves that as it follows.
    pub then: Option<Status>,
    /// When it is sent.
    pub due_at: Timestamp,
    /// Whether it is called off when the customer writes first.
    pub unless_reply: bool,
    /// Files that wait for it.
    pub files: Vec<FileId>,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such reply here.
    #[error("there is no such scheduled reply")]
    Unknown,
    /// The moment is past, or more than a year ahead.
    #[error("a reply is sent within a year")]
    BadMoment,
    /// What was typed is no day.
    #[error("not a day")]
    BadDay,
    /// What was typed is no time of a day.
    #[error("not a time of day, such as 09:30")]
    BadTime,
    /// There are as many as there may be.
    #[error("twenty replies wait in a ticket at most")]
    TooMany,
    /// It does not wait any more.
    #[error("it was sent or called off")]
    Over,
    /// The ticket is another contact's than the one that it was written to.
    #[error("it was written to somebody else")]
    OtherContact,
    /// The ticket does not take it.
    #[error(transparent)]
    Ticket(TicketError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<TicketError> for ScheduleError {
    fn from(error: TicketError) -> Self {
        match error {
            TicketError::Forbidden(missing) => Self::Forbidden(missing),
            TicketError::Db(error) => Self::Db(error),
            other => Self::Ticket(other),
        }
    }
}
