//! SQLite: one writer thread that commits in groups, and readers beside it.
//!
//! Write-ahead log with `synchronous=FULL`: what was answered is on disk. Each closure of a group has its own
//! savepoint, so a failing one takes back only itself.

mod errors;
mod reader;
mod session;
mod writer;

pub(super) use reader::{snapshot as spawn_snapshot, spawn as spawn_reader};
pub(super) use session::{Session, column};
pub(super) use writer::spawn as spawn_writer;

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::error::DbError;

/// Opens the file for writing, creating it, and sets what every writer needs.
pub(super) fn open_writer(path: &Path) -> Result<Connection, DbError> {
    let connection = Connection::open(path).map_err(|error| unopened(path, &error))?;
    connection
        .execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 67108864;
             pragma wal_autocheckpoint = 2000;",
        )
        .and_then(|()| common(&connection, -16_000))
        .map_err(|error| unopened(path, &error))?;
    Ok(connection)
}

/// Opens the file for reading only.
pub(super) fn open_reader(path: &Path) -> Result<Connection, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| unopened(path, &error))?;
    common(&connection, -8_000)
        .and_then(|()| connection.execute_batch("pragma query_only = on;"))
        .map_err(|error| unopened(path, &error))?;
    Ok(connection)
}

fn common(connection: &Connection, cache_kib: i64) -> rusqlite::Result<()> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(1_024);
    rusqlite::vtab::array::load_module(connection)?;
    connection.execute_batch(&format!(
        "pragma foreign_keys = on; pragma trusted_schema = off; pragma temp_store = memory; pragma cache_size = {cache_kib};"
    ))
}

fn unopened(path: &Path, error: &rusqlite::Error) -> DbError {
    DbError::Unavailable(format!("{}: {error}", path.display()))
}
