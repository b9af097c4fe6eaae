//! A row as a closure reads it: by the names of its columns.

use std::cell::Cell;

use super::error::DbError;
use super::query::Query;
use super::value::{FromColumn, Value};
use super::{lite, pg};

/// One row of a result, read by column name.
pub struct Row<'r> {
    pub(super) source: RowSource<'r>,
    pub(super) query: Query<'r>,
    pub(super) next: Cell<usize>,
}

pub(super) enum RowSource<'r> {
    Lite(&'r rusqlite::Row<'r>),
    Pg(&'r tokio_postgres::Row),
}

impl std::fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Row")
            .field("sql", &self.query.place())
            .finish_non_exhaustive()
    }
}

impl Row<'_> {
    /// The column `name` as a `T`. Quickest when columns are read in the statement's order.
    ///
    /// # Errors
    /// [`DbError::Column`] when there is no such column or it holds another type.
    pub fn get<T: FromColumn>(&self, name: &str) -> Result<T, DbError> {
        let place = self
            .place_of(name)
            .ok_or_else(|| self.wrong(name, "no such column"))?;
        self.next.set(place + 1);
        self.value_at(place)
            .and_then(|value| T::from_column(value).map_err(|error| error.to_string()))
            .map_err(|problem| self.wrong(name, &problem))
    }

    /// The error for a column whose value is not `expected`, for readers of words: roles, kinds, states.
    pub fn broken(&self, column: &str, expected: &str) -> DbError {
        self.wrong(column, &format!("expected {expected}"))
    }

    /// The column at `place`, whatever its type.
    pub(super) fn value_at(&self, place: usize) -> Result<Value<'_>, String> {
        match &self.source {
            RowSource::Lite(row) => lite::column(row, place),
            RowSource::Pg(row) => pg::column(row, place),
        }
    }

    fn place_of(&self, name: &str) -> Option<usize> {
        let guess = self.next.get();
        if self.name_at(guess) == Some(name) {
            return Some(guess);
        }
        (0..)
            .map_while(|place| self.name_at(place).map(|found| (place, found)))
            .find(|(_, found)| *found == name)
            .map(|(place, _)| place)
    }

    fn name_at(&self, place: usize) -> Option<&str> {
        match &self.source {
            RowSource::Lite(row) => row.as_ref().column_name(place).ok(),
            RowSource::Pg(row) => row.columns().get(place).map(tokio_postgres::Column::name),
        }
    }

    pub(super) fn wrong(&self, column: &str, problem: &str) -> DbError {
        DbError::Column {
            statement: self.query.place(),
            column: column.to_owned(),
            problem: problem.to_owned(),
        }
    }
}
