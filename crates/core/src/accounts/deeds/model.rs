//! What an act on many accounts is. No database, no HTML.

use kit::clock::Timestamp;
use kit::db::DbError;
use serde::{Deserialize, Serialize};

use super::AccountBulkId;
use crate::accounts::finding::Wishes;
use crate::accounts::{AccountError, AccountId};
use crate::actor::Forbidden;
use crate::agents::AgentId;

/// How far an act has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It goes through its accounts.
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

/// What became of one account.
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
    /// Every fate.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Changed,
        Self::Same,
        Self::Refused,
        Self::Undone,
        Self::Kept,
    ];

    /// The word in rows and documents.
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

    /// The fate of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fate| fate.as_str() == word)
    }
}

/// One deed that is wanted, and with what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// The key of the deed.
    pub deed: String,
    /// An id or a word; what it may be depends on the deed.
    pub value: String,
    /// What is said beside it: a reason, the key of a field.
    pub detail: String,
}

/// An act on many accounts at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountBulk {
    /// Its id.
    pub id: AccountBulkId,
    /// Who does it, where that is an agent; once it is taken back, who did that.
    pub agent: Option<AgentId>,
    /// Their signature.
    pub author: String,
    /// The address of the list in which the accounts were chosen.
    pub back: String,
    /// What is done to each.
    pub deeds: Vec<Wanted>,
    /// How far it has come.
    pub state: State,
    /// How many accounts.
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

/// One of its accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountBulkRow {
    /// Its place among them.
    pub place: i64,
    /// Which.
    pub account: AccountId,
    /// What became of it.
    pub fate: Fate,
    /// What each deed left, by which it is taken back; none where it changed nothing.
    pub traces: Vec<Option<String>>,
    /// The key of the sentence why it was refused or kept.
    pub reason: String,
}

/// Which accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// These.
    These(Vec<AccountId>),
    /// All that the list finds.
    All,
}

/// An act to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccountBulk {
    /// What the list asked for in which they were chosen.
    pub wishes: Wishes,
    /// Which.
    pub chosen: Chosen,
    /// What is done to each, in this order.
    pub deeds: Vec<Wanted>,
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AccountBulkError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// No account is chosen.
    #[error("choose accounts")]
    NoAccounts,
    /// More than go at once.
    #[error("up to 5000 accounts are changed at once")]
    TooMany,
    /// Nothing is to be done.
    #[error("choose what to do")]
    NoDeeds,
    /// No feature knows the deed, it is wanted twice, or too many are.
    #[error("{0} is none of the deeds, or is wanted twice")]
    BadDeed(String),
    /// It can't be wanted so; the deed, and the key of the reason.
    #[error("{0}: {1}")]
    BadValue(String, &'static str),
    /// It is under way, or has been taken back.
    #[error("it can't be taken back now")]
    NotNow,
    /// There is no such act here.
    #[error("there is no such act")]
    Unknown,
    /// The accounts could not be read.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}
