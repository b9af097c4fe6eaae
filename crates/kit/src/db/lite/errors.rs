//! SQLite's errors in our words, with the columns of a broken constraint.

use std::time::Duration;

use rusqlite::{Connection, ErrorCode, ffi};

use super::session::Session;
use crate::db::error::DbError;
use crate::db::query::Query;
use crate::db::value::Value;

/// How long the search for the broken foreign key may take before the error goes out without column names.
const SEARCH: Duration = Duration::from_millis(200);

/// The error of a statement of the registry.
pub(super) fn named(
    error: &rusqlite::Error,
    session: &Session,
    query: Query<'_>,
    params: &[Value<'_>],
) -> DbError {
    if extended(error) == Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY) {
        session.allow(SEARCH);
        let (table, columns) =
            broken_reference(session, query, params).unwrap_or_else(|| (target(query.lite()), Vec::new()));
        return DbError::ForeignKey { table, columns };
    }
    plain(error, &query.place())
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

fn extended(error: &rusqlite::Error) -> Option<i32> {
    error.sqlite_error().map(|failure| failure.extended_code)
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

/// The table a statement changes.
fn target(text: &str) -> String {
    let mut words = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty());
    while let Some(word) = words.next() {
        match word {
            "into" | "from" => return words.next().unwrap_or_default().to_owned(),
            "update" => return words.next().unwrap_or_default().to_owned(),
            _ => {}
        }
    }
    String::new()
}

/// Which reference a statement broke: SQLite does not say, so the statement runs once more with the check put off,
/// the broken reference is looked up, and everything is taken back.
fn broken_reference(
    session: &Session,
    query: Query<'_>,
    params: &[Value<'_>],
) -> Option<(String, Vec<String>)> {
    let connection = &session.connection;
    session
        .script("savepoint reference; pragma defer_foreign_keys = on;")
        .ok()?;
    let found = session.run(query, params, &mut |_| Ok(())).ok().and_then(|_| {
        find_broken(
            connection,
            &target(query.lite()),
            query.lite().trim_start().starts_with("insert"),
        )
    });
    session
        .script("rollback to reference; release reference; pragma defer_foreign_keys = off;")
        .ok()?;
    found
}

fn find_broken(connection: &Connection, changed: &str, is_insert: bool) -> Option<(String, Vec<String>)> {
    if is_insert {
        return broken_by_insert(connection, changed);
    }
    let (table, key): (String, i64) = connection
        .query_row(
            "select \"table\", fkid from pragma_foreign_key_check limit 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .ok()?;
    let side = if table == changed { "from" } else { "to" };
    Some((table.clone(), reference_columns(connection, &table, key, side)?))
}

/// Checks only the row just inserted, whatever the size of the table.
fn broken_by_insert(connection: &Connection, table: &str) -> Option<(String, Vec<String>)> {
    let mut keys = connection
        .prepare("select distinct id, \"table\" from pragma_foreign_key_list(?1)")
        .ok()?;
    let keys: Vec<(i64, String)> = keys
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))
        .ok()?
        .filter_map(Result::ok)
        .collect();
    for (key, parent) in keys {
        let from = reference_columns(connection, table, key, "from")?;
        let to = reference_columns(connection, table, key, "to")?;
        let joined: Vec<_> = from
            .iter()
            .zip(&to)
            .map(|(child, parent)| format!("p.{parent} = c.{child}"))
            .collect();
        let given: Vec<_> = from
            .iter()
            .map(|child| format!("c.{child} is not null"))
            .collect();
        let text = format!(
            "select 1 from {table} c where c.rowid = ?1 and {} and not exists (select 1 from {parent} p where {})",
            given.join(" and "),
            joined.join(" and "),
        );
        if connection
            .query_row(&text, [connection.last_insert_rowid()], |_| Ok(()))
            .is_ok()
        {
            return Some((table.to_owned(), from));
        }
    }
    None
}

fn reference_columns(connection: &Connection, table: &str, key: i64, side: &str) -> Option<Vec<String>> {
    let text = format!("select \"{side}\" from pragma_foreign_key_list(?1) where id = ?2 order by seq");
    let mut statement = connection.prepare(&text).ok()?;
    let columns = statement
        .query_map((table, key), |row| row.get(0))
        .ok()?
        .filter_map(Result::ok)
        .collect();
    Some(columns)
}
