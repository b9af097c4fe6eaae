//! Why a job did not do its work, and what follows from it.

use crate::clock::Timestamp;
use crate::db::DbError;

/// The longest reason that is kept, in characters.
const LONGEST: usize = 500;

/// Why a job did not do its work. Reasons are stored, shown and logged: never a body, an address or a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// Try again after the kind's back-off; after its last attempt the job is dead.
    #[error("{0}")]
    Retry(String),
    /// Try again at this moment: the other side said when.
    #[error("{1}")]
    RetryAt(Timestamp, String),
    /// Trying again would not help: the job is dead until someone revives it.
    #[error("{0}")]
    GiveUp(String),
    /// The errand saw that it should stop and did. Back into the queue, or over if it was cancelled.
    #[error("stopped on request")]
    Stopped,
    /// The database refused. A database that is gone or too busy does not count as an attempt.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl JobError {
    /// [`JobError::Retry`] for `reason`.
    pub fn retry(reason: impl Into<String>) -> Self {
        Self::Retry(reason.into())
    }

    /// [`JobError::GiveUp`] for `reason`.
    pub fn give_up(reason: impl Into<String>) -> Self {
        Self::GiveUp(reason.into())
    }

    /// Whether the job had no chance: nothing of this is its fault.
    pub(super) fn is_excused(&self) -> bool {
        match self {
            Self::Stopped => true,
            Self::Database(error) => matches!(
                error,
                DbError::Unavailable(_)
                    | DbError::Closed
                    | DbError::Unknown
                    | DbError::Overloaded
                    | DbError::Contention
                    | DbError::Full
                    | DbError::ReadOnly
            ),
            _ => false,
        }
    }

    /// The reason as it is stored: short, and without the one character that no database text may hold.
    pub(super) fn reason(&self) -> String {
        self.to_string()
            .replace('\0', " ")
            .chars()
            .take(LONGEST)
            .collect()
    }
}
