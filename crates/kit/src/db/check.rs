//! A look at the database's health, for operations.

use super::catalog::made;
use super::error::DbError;
use super::handle::Db;
use super::tx::Tx;
use crate::clock::Timestamp;
use crate::{params, sql};

/// What [`Db::check`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkup {
    /// The engine and its version: `SQLite 3.50.4`, `PostgreSQL 15.18 (Debian …)`.
    pub version: String,
    /// The time by the database's own clock.
    pub clock: Timestamp,
    /// How many bytes the database takes on its disk, without SQLite's log.
    pub bytes: i64,
    /// What is wrong with the stored data, in the engine's words; empty when all is well. PostgreSQL is not searched:
    /// it looks after itself.
    pub problems: Vec<String>,
}

impl Db {
    /// Looks at version, clock, size and, on SQLite, reads the whole file for damage: minutes for a large one.
    ///
    /// # Errors
    /// [`DbError`] when the database can't be asked.
    pub async fn check(&self) -> Result<Checkup, DbError> {
        self.snapshot(|tx| {
            let ask = sql! {
                kind: "catalogue",
                lite: "select 'SQLite ' || sqlite_version() as version,
                       cast(unixepoch('subsec') * 1000000 as integer) as clock,
                       (select page_count from pragma_page_count()) * (select page_size from pragma_page_size()) as bytes",
                pg: "select 'PostgreSQL ' || current_setting('server_version') as version,
                     cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) as clock,
                     pg_database_size(current_database()) as bytes",
            };
            let mut checkup = tx.one(ask, params![], |row| {
                Ok(Checkup {
                    version: row.get("version")?,
                    clock: row.get("clock")?,
                    bytes: row.get("bytes")?,
                    problems: Vec::new(),
                })
            })?;
            checkup.problems = damage(tx)?;
            Ok(checkup)
        })
        .await
    }
}

fn damage(tx: &mut Tx<'_>) -> Result<Vec<String>, DbError> {
    if tx.is_postgres() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    made(tx, "pragma quick_check", &[], &mut |row| {
        found.push(row.get::<String>("quick_check")?);
        Ok(())
    })?;
    found.retain(|line| line != "ok");
    Ok(found)
}
