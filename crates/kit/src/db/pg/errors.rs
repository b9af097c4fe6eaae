//! PostgreSQL's errors in our words, with the columns of a broken constraint.

use tokio_postgres::Error;
use tokio_postgres::error::{DbError as Told, SqlState};

use crate::db::error::DbError;

/// The error of a statement at `place`.
pub(super) fn named(error: &Error, place: &str) -> DbError {
    match error.as_db_error() {
        Some(told) => told_by_server(told, place),
        None if error.is_closed() || is_io(error) => unavailable(error),
        None => DbError::internal(place, describe(error)),
    }
}

/// No connection, and why: refused, an unknown name, a wrong password.
pub(super) fn unavailable(error: &Error) -> DbError {
    DbError::Unavailable(describe(error))
}

/// The error of a commit. Only the server can say that nothing was stored.
pub(super) fn of_commit(error: &Error) -> DbError {
    match error.as_db_error().map(|told| told_by_server(told, "commit")) {
        None | Some(DbError::Unavailable(_)) => DbError::Unknown,
        Some(named) => named,
    }
}

/// Whether a prepared statement is out of date: the schema has changed, or the server has forgotten it.
pub(super) fn is_stale(error: &Error) -> bool {
    error.as_db_error().is_some_and(|told| {
        *told.code() == SqlState::INVALID_SQL_STATEMENT_NAME
            || (*told.code() == SqlState::FEATURE_NOT_SUPPORTED
                && told.routine() == Some("RevalidateCachedQuery"))
    })
}

fn told_by_server(told: &Told, place: &str) -> DbError {
    let table = told.table().unwrap_or_default().to_owned();
    let code = told.code();
    if *code == SqlState::UNIQUE_VIOLATION {
        DbError::Unique {
            table,
            columns: key_columns(told),
        }
    } else if *code == SqlState::FOREIGN_KEY_VIOLATION {
        DbError::ForeignKey {
            table,
            columns: key_columns(told),
        }
    } else if *code == SqlState::NOT_NULL_VIOLATION {
        DbError::NotNull {
            table,
            column: told.column().unwrap_or_default().to_owned(),
        }
    } else if *code == SqlState::CHECK_VIOLATION {
        DbError::Check {
            table,
            name: told.constraint().unwrap_or_default().to_owned(),
        }
    } else if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED {
        DbError::Contention
    } else if *code == SqlState::QUERY_CANCELED || *code == SqlState::LOCK_NOT_AVAILABLE {
        DbError::Timeout {
            statement: place.to_owned(),
        }
    } else if *code == SqlState::DISK_FULL {
        DbError::Full
    } else if *code == SqlState::READ_ONLY_SQL_TRANSACTION {
        DbError::ReadOnly
    } else if is_gone(code) {
        DbError::Unavailable(told.message().to_owned())
    } else {
        DbError::internal(place, format!("{} ({})", told.message(), code.code()))
    }
}

/// Shutdown, start-up, too many connections, broken connection.
fn is_gone(code: &SqlState) -> bool {
    let code = code.code();
    code.starts_with("08") || code.starts_with("57P") || code == "53300" || code == "25P03"
}

/// The columns in `Key (a, b)=(…)`: the one part of the detail that no language changes.
fn key_columns(told: &Told) -> Vec<String> {
    told.detail().map(columns_in).unwrap_or_default()
}

fn columns_in(detail: &str) -> Vec<String> {
    detail
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(")=("))
        .map(|(columns, _)| columns.split(", ").map(str::to_owned).collect())
        .unwrap_or_default()
}

fn is_io(error: &Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>())
}

/// The driver's error with its cause: a parameter of the wrong type says which.
fn describe(error: &Error) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_in_a_detail_of_any_language() {
        for detail in [
            "Key (workspace_id, name)=(7, Ada) already exists.",
            "Schlüssel »(workspace_id, name)=(7, Ada)« existiert bereits.",
            "Klucz (workspace_id, name)=(7, a)=(b) już istnieje.",
            "キー (workspace_id, name)=(7, Ada) はすでに存在します。",
            "键值\"(workspace_id, name)=(7, Ada)\" 已经存在",
        ] {
            assert_eq!(columns_in(detail), ["workspace_id", "name"], "{detail}");
        }
        assert!(columns_in("No key here.").is_empty());
    }
}
