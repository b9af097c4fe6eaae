//! How far an index is.

use std::fmt;
use std::str::FromStr;

use kit::db::{DbError, Tx};

use crate::events::{self, EventId, Position};

/// The newest event that an index has seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Its position; 0 before the first.
    pub position: Position,
    /// Its id; none before the first.
    pub event: Option<EventId>,
}

/// A text that is no mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a mark")]
pub struct MarkError;

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.position)?;
        self.event.map_or(Ok(()), |event| write!(f, " {event}"))
    }
}

impl FromStr for Mark {
    type Err = MarkError;
    fn from_str(text: &str) -> Result<Self, MarkError> {
        let mut parts = text.split(' ');
        let position = parts.next().unwrap_or_default().parse().map_err(|_| MarkError)?;
        let event = parts.next().map(str::parse).transpose().map_err(|_| MarkError)?;
        Ok(Self {
            position: Position(position),
            event,
        })
    }
}

/// The mark of an index that has seen everything there is now.
pub(super) fn newest(tx: &mut Tx<'_>) -> Result<Mark, DbError> {
    let Position(newest) = events::newest_position(tx)?;
    let event = events::after(tx, Position(newest - 1), 1)?.pop();
    Ok(event.map_or_else(Mark::default, |event| Mark {
        position: event.position.unwrap_or_default(),
        event: Some(event.id),
    }))
}

/// Whether this database is the one of which an index with this mark was made.
///
/// # Errors
/// [`DbError`] of the database.
pub fn is_known(tx: &mut Tx<'_>, mark: Mark) -> Result<bool, DbError> {
    let Some(id) = mark.event else {
        return Ok(mark.position == Position(0));
    };
    let there = events::after(tx, Position(mark.position.0 - 1), 1)?.pop();
    Ok(there.is_some_and(|event| event.id == id && event.position == Some(mark.position)))
}
