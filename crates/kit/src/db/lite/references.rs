//! Which reference is broken: SQLite only says that one is.

use std::time::Duration;

use rusqlite::Connection;

use super::session::Session;
use crate::db::query::Query;
use crate::db::value::Value;

/// How long the search may take before the error goes out without column names.
const SEARCH: Duration = Duration::from_millis(200);

/// The table and the columns of the reference that a statement broke: it runs once more with the check put off, the
/// broken reference is looked up, and everything is taken back.
pub(super) fn of_statement(
    session: &Session,
    query: Query<'_>,
    params: &[Value<'_>],
) -> (String, Vec<String>) {
    let changed = target(query.lite());
    session
        .within(SEARCH, || search(session, query, params, &changed))
        .unwrap_or((changed, Vec::new()))
}

/// The first reference in the whole database that does not fit: the table and the columns that refer.
pub(super) fn broken(connection: &Connection) -> Option<(String, Vec<String>)> {
    let (table, key) = first_broken(connection)?;
    let columns = reference_columns(connection, &table, key, "from")?;
    Some((table, columns))
}

fn search(
    session: &Session,
    query: Query<'_>,
    params: &[Value<'_>],
    changed: &str,
) -> Option<(String, Vec<String>)> {
    session
        .script("savepoint reference; pragma defer_foreign_keys = on;")
        .ok()?;
    let is_insert = query.lite().trim_start().starts_with("insert");
    let found = session
        .run(query, params, &mut |_| Ok(()))
        .ok()
        .and_then(|_| find_broken(&session.connection, changed, is_insert));
    session
        .script("rollback to reference; release reference; pragma defer_foreign_keys = off;")
        .ok()?;
    found
}

fn find_broken(connection: &Connection, changed: &str, is_insert: bool) -> Option<(String, Vec<String>)> {
    if is_insert && let Some(found) = broken_by_insert(connection, changed) {
        return Some(found);
    }
    let (table, key) = first_broken(connection)?;
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
    // Without named columns, a reference goes to the parent's primary key.
    let text = format!(
        "select coalesce(r.\"{side}\", (select k.name from pragma_table_info(r.\"table\") k where k.pk = r.seq + 1))
         from pragma_foreign_key_list(?1) r where r.id = ?2 order by r.seq"
    );
    let mut statement = connection.prepare(&text).ok()?;
    let columns = statement
        .query_map((table, key), |row| row.get(0))
        .ok()?
        .filter_map(Result::ok)
        .collect();
    Some(columns)
}

fn first_broken(connection: &Connection) -> Option<(String, i64)> {
    let text = "select \"table\", fkid from pragma_foreign_key_check limit 1";
    connection
        .query_row(text, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .ok()
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
