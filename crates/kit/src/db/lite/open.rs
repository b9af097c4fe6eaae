//! Opening the file: what every connection must have set.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::session::Session;
use crate::db::error::DbError;

/// How long to wait for another process that has the file's lock: a backup program, a shell, a server at hard work. Waiting
/// is not in turn: who asks now and then may find it taken again and again.
const BUSY: Duration = Duration::from_secs(30);

/// Opens the file for writing, creating it.
pub(super) fn writer(path: &Path) -> Result<Session, DbError> {
    let connection = Connection::open(path).map_err(|error| unopened(path, &error))?;
    let mode: String = connection
        .busy_timeout(BUSY)
        .and_then(|()| connection.query_row("pragma journal_mode = wal", [], |row| row.get(0)))
        .map_err(|error| unopened(path, &error))?;
    if mode != "wal" {
        let problem = "the file system can't hold SQLite's write-ahead log";
        return Err(DbError::Unavailable(format!("{}: {problem}", path.display())));
    }
    connection
        .execute_batch(
            "pragma synchronous = full; pragma journal_size_limit = 67108864; pragma wal_autocheckpoint = 16000;",
        )
        .and_then(|()| common(&connection, -16_000))
        .map_err(|error| unopened(path, &error))?;
    Session::new(connection)
}

/// How much of the file readers map into memory, in bytes: pages there need neither a call of the system nor a copy, so that
/// the small caches of many readers cost little. The system takes the memory back when others need it.
const MAPPED: i64 = 1 << 30;

/// Opens the file for reading only.
pub(super) fn reader(path: &Path) -> Result<Session, DbError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| unopened(path, &error))?;
    connection
        .busy_timeout(BUSY)
        .and_then(|()| common(&connection, -8_000))
        .and_then(|()| {
            connection.execute_batch(&format!("pragma query_only = on; pragma mmap_size = {MAPPED};"))
        })
        .map_err(|error| unopened(path, &error))?;
    Session::new(connection)
}

fn common(connection: &Connection, cache_kib: i64) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(512);
    // Plans do not look at what is bound: otherwise whatever has a `limit $n` is prepared again each time it runs.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    rusqlite::vtab::array::load_module(connection)?;
    connection.execute_batch(&format!(
        "pragma foreign_keys = on; pragma trusted_schema = off; pragma temp_store = memory; pragma cache_size = {cache_kib};"
    ))
}

fn unopened(path: &Path, error: &rusqlite::Error) -> DbError {
    DbError::Unavailable(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use rusqlite::{Connection, StatementStatus};

    #[test]
    fn a_statement_is_prepared_once_whatever_is_bound() {
        let connection = Connection::open_in_memory().expect("memory is enough");
        super::common(&connection, -1_000).expect("the settings fit");
        connection
            .execute_batch(
                "create table things (id integer primary key, state text);
                 create index waiting on things (id) where state = 'waiting';",
            )
            .expect("the table is made");
        let text = "select id from things where state = ?1 and id > ?2 order by id limit ?3";
        let mut statement = connection.prepare(text).expect("the statement is right");
        for round in 0..3 {
            let mut rows = statement
                .query(("waiting", round, round + 1))
                .expect("what is bound fits");
            while rows.next().expect("rows are read").is_some() {}
        }
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
    }
}
