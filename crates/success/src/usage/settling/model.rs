//! What waits for its account, and why nothing was done about it.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::{AccountError, AccountId};
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::contacts::{ContactError, ContactId};

use super::{Looked, Subject};
use crate::usage::people::NameId;

/// Which part of the queue is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What its id, its name or its address contains; empty for all.
    pub text: String,
    /// Of how many days; none for all that there are.
    pub days: Option<i64>,
    /// Those that were left without an account on purpose, instead of those that wait.
    pub is_left: bool,
}

/// A place in the queue: how many events wait with a name, and the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queued {
    /// How many events.
    pub events: i64,
    /// The name.
    pub id: NameId,
}

/// A name some of whose events belong to no account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The name: a group, or a person in none.
    pub id: NameId,
    /// `group`, `user` or `anonymous`.
    pub kind: String,
    /// As the sender writes it.
    pub value: String,
    /// What the traits call it.
    pub title: Option<String>,
    /// The address in the traits.
    pub email: Option<String>,
    /// How many events wait.
    pub events: i64,
    /// Of how many people.
    pub people: i64,
    /// When the first of them happened.
    pub first: Timestamp,
    /// When the last one happened.
    pub last: Timestamp,
    /// Who left it without an account, and when.
    pub left: Option<Mark>,
}

/// The same, with why it waits and which accounts it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// What waits.
    pub line: Line,
    /// Why, and what could be chosen.
    pub looked: Looked,
}

/// Who said something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Who: a signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What was made of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// An account.
    Account(AccountId),
    /// A contact.
    Contact(ContactId),
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettleError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such name here.
    #[error("there is no such id of usage")]
    Unknown,
    /// There is no such account here.
    #[error("there is no such account")]
    NoAccount,
    /// Nothing can be made of a browser.
    #[error("nothing can be made of an anonymous id")]
    Unfit,
    /// Accounts refuse it.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// Contacts refuse it.
    #[error(transparent)]
    Contact(#[from] ContactError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl Line {
    /// Where it stands in the queue.
    pub fn queued(&self) -> Queued {
        Queued {
            events: self.events,
            id: self.id,
        }
    }

    pub(super) fn subject(&self) -> Subject<'_> {
        Subject {
            id: self.id,
            kind: &self.kind,
            value: &self.value,
            title: self.title.as_deref(),
            email: self.email.as_deref(),
        }
    }
}

impl Mark {
    /// Of this actor, now.
    pub(in crate::usage) fn by(tx: &Tx<'_>, actor: &Actor) -> Self {
        Self {
            by: actor.signature(),
            at: tx.now(),
        }
    }
}

impl Made {
    /// Its id.
    pub fn id(self) -> String {
        match self {
            Self::Account(id) => id.to_string(),
            Self::Contact(id) => id.to_string(),
        }
    }
}
