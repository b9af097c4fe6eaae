//! The schema's history: embedded texts, each applied once, all pending ones in one transaction.
//!
//! A migration is never changed after its release: its text's hash is stored and compared. A database that has
//! migrations this program does not know is newer, and is left alone.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::dialect;
use super::error::DbError;
use super::query::Query;
use super::tx::Tx;
use crate::{params, sql};

/// One step of the schema's history.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// `core_0001_workspaces`: crate, number, subject. Unique for ever.
    pub name: &'static str,
    text: &'static str,
    lite: Option<&'static str>,
}

impl Migration {
    /// A step with one text for both databases, in PostgreSQL's types.
    pub const fn new(name: &'static str, text: &'static str) -> Self {
        Self {
            name,
            text,
            lite: None,
        }
    }

    /// A step whose two texts must differ.
    pub const fn twin(name: &'static str, lite: &'static str, pg: &'static str) -> Self {
        Self {
            name,
            text: pg,
            lite: Some(lite),
        }
    }

    fn hash(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(self.text);
        hash.update(self.lite.unwrap_or_default());
        hash.finalize().to_vec()
    }

    fn lite_text(&self) -> Cow<'static, str> {
        match self.lite {
            Some(text) => text.into(),
            None => dialect::schema(self.text).into(),
        }
    }

    fn apply(&self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        let outcome = if tx.is_postgres() {
            tx.script(self.text)
        } else {
            tx.script(&self.lite_text())
        };
        outcome.map_err(|error| DbError::Schema(format!("migration {} failed: {error}", self.name)))
    }
}

/// A name for the schema that `lists` make: the same histories, the same name.
pub fn fingerprint(lists: &[&[Migration]]) -> String {
    let mut hash = Sha256::new();
    for migration in lists.iter().copied().flatten() {
        hash.update(migration.name);
        hash.update(migration.hash());
        // What SQLite gets depends on the translation too.
        hash.update(migration.lite_text().as_bytes());
    }
    hash.finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

type Lists = &'static [&'static [Migration]];

/// Applies what is pending; gives its names.
pub(super) fn bring_up(tx: &mut Tx<'_>, lists: Lists) -> Result<Vec<&'static str>, DbError> {
    let wanted = pending(tx, lists)?;
    for migration in lists
        .iter()
        .copied()
        .flatten()
        .filter(|migration| wanted.contains(&migration.name))
    {
        migration.apply(tx)?;
        let now = tx.now();
        tx.execute(
            sql!("insert into migrations (name, hash, applied_at) values ($1, $2, $3)"),
            params![migration.name, migration.hash(), now],
        )?;
    }
    if tx.is_postgres() {
        tx.script(EVERY_REFERENCE_CAN_WAIT)?;
    } else {
        every_table_is_strict(tx)?;
    }
    Ok(wanted)
}

/// Without `strict`, SQLite stores anything anywhere.
fn every_table_is_strict(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let lax = "select name from pragma_table_list
        where schema = 'main' and type = 'table' and not strict and name not like 'sqlite\\_%' escape '\\'";
    tx.ask(Query::Made(lax), params![], &mut |row| {
        let name: String = row.get("name")?;
        Err(DbError::Schema(format!("the table {name} is not strict")))
    })?;
    Ok(())
}

/// In SQLite the check of any foreign key can be put off to the commit; in PostgreSQL only of those made so.
const EVERY_REFERENCE_CAN_WAIT: &str = "do $$
declare reference record;
begin
  for reference in
    select conrelid::regclass as holder, conname from pg_constraint
    where contype = 'f' and not condeferrable and conparentid = 0 and connamespace = current_schema()::regnamespace
  loop
    execute format('alter table %s alter constraint %I deferrable initially immediate',
      reference.holder, reference.conname);
  end loop;
end
$$";

/// What is not applied yet, in order.
pub(super) fn pending(tx: &mut Tx<'_>, lists: Lists) -> Result<Vec<&'static str>, DbError> {
    if tx.is_postgres() {
        // Several nodes may start at once; the first one migrates, the others wait and find nothing to do.
        tx.script("select pg_advisory_xact_lock(7821450912)")?;
    }
    tx.script(&create_table(tx.is_postgres()))?;
    let applied = tx.rows(
        sql!("select name, hash from migrations order by name"),
        params![],
        |row| Ok((row.get::<String>("name")?, row.get::<Vec<u8>>("hash")?)),
    )?;
    let known: Vec<_> = lists.iter().copied().flatten().collect();
    for (name, hash) in &applied {
        match known.iter().find(|migration| migration.name == name) {
            None => {
                let problem = format!(
                    "the database is newer than this program: it has migration {name}; start a newer version"
                );
                return Err(DbError::Schema(problem));
            }
            Some(migration) if migration.hash() != *hash => {
                return Err(DbError::Schema(format!(
                    "migration {name} is not the one that was applied to this database"
                )));
            }
            Some(_) => {}
        }
    }
    let is_applied = |name: &str| applied.iter().any(|(applied, _)| applied == name);
    Ok(known
        .into_iter()
        .map(|migration| migration.name)
        .filter(|name| !is_applied(name))
        .collect())
}

fn create_table(is_postgres: bool) -> String {
    let text = "create table if not exists migrations (name text not null primary key, hash bytea not null, applied_at bigint not null);";
    if is_postgres {
        text.to_owned()
    } else {
        dialect::schema(text)
    }
}
