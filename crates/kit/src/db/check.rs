//! A look at the database's health, for operations.

use super::catalog::made;
use super::error::DbError;
use super::handle::Db;
use super::tx::Tx;
use crate::clock::Timestamp;

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

/// Outside the registry, because everything in it must leave the database's own clock alone.
const ASK_LITE: &str = "select 'SQLite ' || sqlite_version() as version,
  cast(unixepoch('subsec') * 1000000 as integer) as clock,
  (select page_count from pragma_page_count()) * (select page_size from pragma_page_size()) as bytes";
const ASK_PG: &str = "select 'PostgreSQL ' || current_setting('server_version') as version,
  cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) as clock,
  pg_database_size(current_database()) as bytes";

impl Db {
    /// Looks at version, clock, size and, on SQLite, reads the whole file for damage: minutes for a large one.
    ///
    /// # Errors
    /// [`DbError`] when the database can't be asked.
    pub async fn check(&self) -> Result<Checkup, DbError> {
        self.snapshot(|tx| {
            let mut checkup = None;
            let ask = if tx.is_postgres() { ASK_PG } else { ASK_LITE };
            made(tx, ask, &[], &mut |row| {
                checkup = Some(Checkup {
                    version: row.get("version")?,
                    clock: row.get("clock")?,
                    bytes: row.get("bytes")?,
                    problems: Vec::new(),
                });
                Ok(())
            })?;
            let mut checkup = checkup.ok_or_else(|| DbError::internal("a checkup", "no row"))?;
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
