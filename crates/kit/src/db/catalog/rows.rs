//! Whole rows of any table, out and in.

use std::fmt::Write;

use super::{Kind, Table, made};
use crate::db::error::DbError;
use crate::db::tx::Tx;
use crate::db::value::Value;

/// Which rows of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Part<'a> {
    /// All.
    Whole,
    /// Those with this value in this column: one workspace's.
    Where(&'a str, Value<'a>),
}

/// Reads rows one at a time in flat memory, in the order of the primary key; gives how many there were. Values stand in
/// the order of the table's columns.
///
/// # Errors
/// [`DbError`] of the statement, or the first one of `each`.
pub fn each_row(
    tx: &mut Tx<'_>,
    table: &Table,
    part: &Part<'_>,
    mut each: impl FnMut(&[Value<'_>]) -> Result<(), DbError>,
) -> Result<u64, DbError> {
    let mut text = format!(
        "select {} from {}",
        listed(table.columns.iter().map(|column| column.name.as_str())),
        quoted(&table.name)
    );
    let mut params = Vec::new();
    if let Part::Where(column, value) = part {
        let _ = write!(text, " where {} = $1", quoted(column));
        params.push(value.clone());
    }
    if !table.key.is_empty() {
        let _ = write!(text, " order by {}", ordered(tx, table));
    }
    made(tx, &text, &params, &mut |row| {
        let values = table
            .columns
            .iter()
            .enumerate()
            .map(|(place, column)| {
                row.value_at(place)
                    .and_then(|value| typed(value, column.kind))
                    .map_err(|problem| row.wrong(&column.name, &problem))
            })
            .collect::<Result<Vec<_>, _>>()?;
        each(&values)
    })
}

/// Writes one row; values stand in the order of the table's columns.
///
/// # Errors
/// As of [`insert_rows`].
pub fn insert_row(tx: &mut Tx<'_>, table: &Table, values: &[Value<'_>]) -> Result<(), DbError> {
    insert_rows(tx, table, 1, values)
}

/// Writes `count` rows in one statement; `values` are those of the first row, then those of the second, and so on. Use
/// few different counts: each is a statement of its own. SQLite takes 32,766 values, PostgreSQL twice as many.
///
/// # Errors
/// [`DbError`] of the statement; [`DbError::Schema`] when there are more or fewer values than `count` rows have.
pub fn insert_rows(
    tx: &mut Tx<'_>,
    table: &Table,
    count: usize,
    values: &[Value<'_>],
) -> Result<(), DbError> {
    let width = table.columns.len();
    if values.len() != width * count {
        let (name, found) = (&table.name, values.len());
        return Err(DbError::Schema(format!(
            "a row of {name} has {found} values instead of {}",
            width * count
        )));
    }
    let rows: Vec<_> = (0..count).map(|row| places(row * width, width)).collect();
    let text = format!(
        "insert into {} ({}) values {}",
        quoted(&table.name),
        listed(table.columns.iter().map(|column| column.name.as_str())),
        rows.join(", ")
    );
    made(tx, &text, values, &mut |_| Ok(())).map(|_| ())
}

/// Whether a table has any row.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn has_rows(tx: &mut Tx<'_>, table: &Table) -> Result<bool, DbError> {
    let text = format!("select 1 as n from {} limit 1", quoted(&table.name));
    made(tx, &text, &[], &mut |_| Ok(())).map(|rows| rows > 0)
}

/// `($4, $5, $6)`
fn places(before: usize, width: usize) -> String {
    let places: Vec<_> = (1..=width).map(|place| format!("${}", before + place)).collect();
    format!("({})", places.join(", "))
}

/// From here to the commit, references need not fit; at the commit they must.
///
/// # Errors
/// [`DbError`] of the step.
pub fn put_off_references(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.put_off_references()
}

/// The key, texts in the order of their bytes: by its own rules PostgreSQL would order them in some language.
pub(super) fn ordered(tx: &Tx<'_>, table: &Table) -> String {
    let is_text = |name: &String| {
        let mut columns = table.columns.iter();
        columns.any(|column| column.name == *name && column.kind == Kind::Text)
    };
    let terms = table.key.iter().map(|name| {
        let rule = if tx.is_postgres() && is_text(name) {
            " collate \"C\""
        } else {
            ""
        };
        format!("{}{rule}", quoted(name))
    });
    terms.collect::<Vec<_>>().join(", ")
}

/// SQLite keeps a boolean as 0 or 1.
pub(super) fn typed(value: Value<'_>, kind: Kind) -> Result<Value<'_>, String> {
    match (kind, value) {
        (Kind::Bool, Value::Int(number @ (0 | 1))) => Ok(Value::Bool(number == 1)),
        (Kind::Bool, value @ Value::Int(_)) => Err(value.is_not("a boolean").to_string()),
        (_, value) => Ok(value),
    }
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

pub(super) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(quoted).collect::<Vec<_>>().join(", ")
}
