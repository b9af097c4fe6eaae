//! SQLite's errors in our words, with the columns of a broken constraint.

use rusqlite::{Connection, ErrorCode, ffi};

use super::references;
use super::session::Session;
use crate::db::error::DbError;
use crate::db::query::Query;
use crate::db::value::Value;

/// The error of a statement.
pub(super) fn named(
    error: &rusqlite::Error,
    session: &Session,
    query: Query<'_>,
    params: &[Value<'_>],
) -> DbError {
    if error.sqlite_error().map(|failure| failure.extended_code) == Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY) {
        let (table, columns) = references::of_statement(session, query, params);
        return DbError::ForeignKey { table, columns };
    }
    plain(error, &query.place())
}

/// The error of a commit. After a failed write nobody knows what a power cut would leave of it.
pub(super) fn of_commit(error: &rusqlite::Error, connection: &Connection) -> DbError {
    match plain(error, "commit") {
        DbError::ForeignKey { .. } => {
            let (table, columns) = references::broken(connection).unwrap_or_default();
            DbError::ForeignKey { table, columns }
        }
        DbError::Unavailable(_) => DbError::Unknown,
        other => other,
    }
}

/// The error of anything else.
pub(super) fn plain(error: &rusqlite::Error, place: &str) -> DbError {
    let rusqlite::Error::SqliteFailure(failure, message) = error else {
        return DbError::internal(place, error);
    };
    let message = message.as_deref().unwrap_or_default();
    match (failure.code, failure.extended_code) {
        (
            _,
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => {
            let (table, columns) = listed(message);
            DbError::Unique { table, columns }
        }
        (_, ffi::SQLITE_CONSTRAINT_NOTNULL) => {
            let (table, mut columns) = listed(message);
            DbError::NotNull {
                table,
                column: columns.pop().unwrap_or_default(),
            }
        }
        (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => DbError::ForeignKey {
            table: String::new(),
            columns: Vec::new(),
        },
        (_, ffi::SQLITE_CONSTRAINT_CHECK) => DbError::Check {
            table: String::new(),
            name: after_colon(message).to_owned(),
        },
        (ErrorCode::OperationInterrupted, _) => DbError::Timeout {
            statement: place.to_owned(),
        },
        (ErrorCode::DiskFull, _) => DbError::Full,
        (ErrorCode::ReadOnly, _) => DbError::ReadOnly,
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => DbError::Contention,
        // A file-size limit and a vanished disk show as failed writes.
        (ErrorCode::SystemIoFailure | ErrorCode::CannotOpen, _) => DbError::Unavailable(error.to_string()),
        _ => DbError::internal(place, error),
    }
}

fn after_colon(message: &str) -> &str {
    message.split_once(": ").map_or(message, |(_, rest)| rest)
}

/// `UNIQUE constraint failed: t.a, t.b` as `t` and `[a, b]`; an index over an expression gives its name as the column.
fn listed(message: &str) -> (String, Vec<String>) {
    let mut table = String::new();
    let columns = after_colon(message)
        .split(", ")
        .map(|pair| match pair.split_once('.') {
            Some((of, column)) => {
                of.clone_into(&mut table);
                column.to_owned()
            }
            None => pair.to_owned(),
        })
        .collect();
    (table, columns)
}
