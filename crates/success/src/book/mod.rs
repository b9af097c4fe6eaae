//! One's book: the accounts that somebody looks after, as home shows them each morning. Who needs one, what renews, and what
//! changed since one last said that one had seen it.
//!
//! What was seen is kept for each person and moves only when they say so, up to the moment of what they looked at: what comes
//! in between is new the next time.

pub mod api;
mod changes;
mod needs;
pub mod panels;
mod renewals;
mod store;
mod views;
mod visits;
pub mod web;

use kit::db::{DbError, Tx};
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::assignment::{self, AssignmentError};
use tandem_core::permissions::Permission;

use crate::alerts::AlertError;
use crate::tasks::TaskError;

pub use changes::{Change, What, changes};
pub use needs::{Need, Unhappy, needs};
pub use renewals::{AHEAD, Renewal, renewals};
pub use visits::{Visit, see, take_back, visit};

/// Why there is nothing to show.
#[derive(Debug, thiserror::Error)]
pub enum BookError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// Only a person has a book.
    #[error("only agents look after accounts")]
    NoAgent,
    /// Something else happened since.
    #[error("something else was seen since")]
    Superseded,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<AlertError> for BookError {
    fn from(error: AlertError) -> Self {
        match error {
            AlertError::Forbidden(missing) => missing.into(),
            AlertError::Db(error) => error.into(),
            _ => Self::NoAgent,
        }
    }
}

impl From<TaskError> for BookError {
    fn from(error: TaskError) -> Self {
        match error {
            TaskError::Forbidden(missing) => missing.into(),
            TaskError::Db(error) => error.into(),
            _ => Self::NoAgent,
        }
    }
}

/// Whether somebody has to do with renewals: they look after accounts, or keep the money of all.
///
/// # Errors
/// [`DbError`] of the database.
pub fn renews_matter(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    Ok(actor.may(Permission::MoneyWrite) || has_any(tx, actor)?)
}

/// Whether somebody looks after any account.
///
/// # Errors
/// [`DbError`] of the database.
pub fn has_any(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    let Some(agent) = actor.agent() else {
        return Ok(false);
    };
    match assignment::book(tx, actor, Some(agent), None, 1) {
        Ok(book) => Ok(!book.is_empty()),
        Err(AssignmentError::Db(error)) => Err(error),
        Err(_) => Ok(false),
    }
}
