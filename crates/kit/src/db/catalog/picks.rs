//! Rows that one value in one column picks: counted, pointed elsewhere, lifted out and laid back.
//!
//! Every table that is picked from begins with `workspace_id`. Rows are kept by the names of their columns, so that a
//! record of them is good after columns have been added.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use super::cell::Cell;
use super::rows::{listed, ordered, quoted, typed};
use super::{Table, made};
use crate::db::error::DbError;
use crate::db::tx::Tx;
use crate::db::value::Value;

/// What every domain table begins with.
const WORKSPACE: &str = "workspace_id";
/// Rows that one statement points back.
const AT_ONCE: usize = 100;

/// Rows of a table: those of a workspace with a value in a column.
#[derive(Clone, Copy, Debug)]
pub struct Pick<'a> {
    /// The table.
    pub table: &'a Table,
    /// The column with an id.
    pub column: &'a str,
    /// Another column that must hold this text.
    pub only: Option<(&'a str, &'a str)>,
    /// Another column that must be without a value.
    pub without: Option<&'a str>,
    /// The workspace.
    pub workspace: Uuid,
}

/// A whole row: what stands in each column, by the column's name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Whole(BTreeMap<String, Json>);

/// The primary key of a row, without the workspace.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(Vec<Json>);

impl Whole {
    /// The same row with another id in a column, or none.
    #[must_use]
    pub fn with(mut self, column: &str, id: Option<Uuid>) -> Self {
        let cell = id.map_or(Cell::Null, |id| Cell::Bytes(id.into_bytes().to_vec()));
        self.0.insert(column.to_owned(), cell.to_json());
        self
    }

    /// The id in a column.
    pub fn id(&self, column: &str) -> Option<Uuid> {
        match Cell::from_json(self.0.get(column)?.clone())? {
            Cell::Bytes(bytes) => Uuid::from_slice(&bytes).ok(),
            _ => None,
        }
    }

    /// The primary key of the row in its table.
    pub fn key(&self, table: &Table) -> Key {
        let key = table.key.iter().filter(|name| *name != WORKSPACE);
        Key(key
            .map(|name| self.0.get(name).cloned().unwrap_or(Json::Null))
            .collect())
    }
}

impl Key {
    /// The only id of a key that is one id.
    pub fn id(&self) -> Option<Uuid> {
        let [one] = &self.0[..] else { return None };
        match Cell::from_json(one.clone())? {
            Cell::Bytes(bytes) => Uuid::from_slice(&bytes).ok(),
            _ => None,
        }
    }
}

impl Pick<'_> {
    /// How many rows have `id`.
    ///
    /// # Errors
    /// [`DbError`] of the statement.
    pub fn count(&self, tx: &mut Tx<'_>, id: Uuid) -> Result<i64, DbError> {
        let text = format!(
            "select count(*) as n from {} where {}",
            quoted(&self.table.name),
            self.which(1)
        );
        let mut found = 0;
        made(tx, &text, &self.params(&id), &mut |row| {
            found = row.get("n")?;
            Ok(())
        })?;
        Ok(found)
    }

    /// The rows with `id`, in the order of their key.
    ///
    /// # Errors
    /// [`DbError`] of the statement.
    pub fn rows(&self, tx: &mut Tx<'_>, id: Uuid) -> Result<Vec<Whole>, DbError> {
        let columns: Vec<&str> = self.columns().collect();
        let found = self.select(tx, &columns, id)?;
        let names = |cells: Vec<Cell>| {
            let cells = columns.iter().zip(cells);
            Whole(
                cells
                    .map(|(name, cell)| ((*name).to_owned(), cell.to_json()))
                    .collect(),
            )
        };
        Ok(found.into_iter().map(names).collect())
    }

    /// Takes the rows with `id` out of the table.
    ///
    /// # Errors
    /// [`DbError`] of a statement: a foreign key when something refers to one of them.
    pub fn lift(&self, tx: &mut Tx<'_>, id: Uuid) -> Result<Vec<Whole>, DbError> {
        let rows = self.rows(tx, id)?;
        if !rows.is_empty() {
            let text = format!("delete from {} where {}", quoted(&self.table.name), self.which(1));
            made(tx, &text, &self.params(&id), &mut |_| Ok(()))?;
        }
        Ok(rows)
    }

    /// Puts `to` in place of `from`; gives the keys of the rows that had it.
    ///
    /// # Errors
    /// [`DbError`] of a statement.
    pub fn point(&self, tx: &mut Tx<'_>, from: Uuid, to: Uuid) -> Result<Vec<Key>, DbError> {
        let key: Vec<&str> = self.key().collect();
        let found = self.select(tx, &key, from)?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let mut params = vec![Value::Bytes(to.as_bytes())];
        params.extend(self.params(&from));
        let text = format!(
            "update {} set {} = $1 where {}",
            quoted(&self.table.name),
            quoted(self.column),
            self.which(2)
        );
        made(tx, &text, &params, &mut |_| Ok(()))?;
        let json = |cells: Vec<Cell>| Key(cells.iter().map(Cell::to_json).collect());
        Ok(found.into_iter().map(json).collect())
    }

    /// Puts `to` in place of `from` in those of the rows with these keys that have it still; gives how many.
    ///
    /// # Errors
    /// [`DbError`] of a statement; [`DbError::Schema`] for keys of another table.
    pub fn point_back(&self, tx: &mut Tx<'_>, keys: &[Key], from: Uuid, to: Uuid) -> Result<u64, DbError> {
        let names: Vec<&str> = self.key().collect();
        let mut moved = 0;
        for some in keys.chunks(AT_ONCE) {
            let cells = self.cells(some, names.len())?;
            let mut params = vec![Value::Bytes(to.as_bytes())];
            params.extend(self.params(&from));
            let mut either = Vec::with_capacity(some.len());
            for row in cells.chunks(names.len()) {
                let mut all = Vec::with_capacity(names.len());
                for (name, cell) in names.iter().zip(row) {
                    params.push(cell.to_value());
                    all.push(format!("{} = ${}", quoted(name), params.len()));
                }
                either.push(format!("({})", all.join(" and ")));
            }
            let text = format!(
                "update {} set {} = $1 where {} and ({})",
                quoted(&self.table.name),
                quoted(self.column),
                self.which(2),
                either.join(" or ")
            );
            moved += made(tx, &text, &params, &mut |_| Ok(()))?;
        }
        Ok(moved)
    }

    /// Puts rows into the table that were lifted out of it. One whose place is taken or to which nothing answers any more
    /// is left out; gives how many came back.
    ///
    /// # Errors
    /// [`DbError`] of a statement.
    pub fn lay(&self, tx: &mut Tx<'_>, rows: &[Whole]) -> Result<u64, DbError> {
        let mut laid = 0;
        for row in rows {
            match tx.attempt(|tx| self.insert(tx, row)) {
                Ok(()) => laid += 1,
                Err(DbError::Unique { .. } | DbError::ForeignKey { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(laid)
    }

    fn insert(&self, tx: &mut Tx<'_>, row: &Whole) -> Result<(), DbError> {
        let (mut names, mut cells) = (Vec::new(), Vec::new());
        for column in self.columns() {
            if let Some(json) = row.0.get(column) {
                names.push(column);
                cells.push(Cell::from_json(json.clone()).ok_or_else(|| self.not_ours())?);
            }
        }
        let places: Vec<String> = (1..=names.len()).map(|place| format!("${place}")).collect();
        let text = format!(
            "insert into {} ({}) values ({})",
            quoted(&self.table.name),
            listed(names.into_iter()),
            places.join(", ")
        );
        let values: Vec<Value<'_>> = cells.iter().map(Cell::to_value).collect();
        made(tx, &text, &values, &mut |_| Ok(())).map(drop)
    }

    fn select(&self, tx: &mut Tx<'_>, columns: &[&str], id: Uuid) -> Result<Vec<Vec<Cell>>, DbError> {
        let text = format!(
            "select {} from {} where {} order by {}",
            listed(columns.iter().copied()),
            quoted(&self.table.name),
            self.which(1),
            ordered(tx, self.table)
        );
        let kinds: Vec<_> = columns
            .iter()
            .filter_map(|name| self.table.columns.iter().find(|column| column.name == *name))
            .collect();
        let mut found = Vec::new();
        made(tx, &text, &self.params(&id), &mut |row| {
            let cells = kinds.iter().enumerate().map(|(place, column)| {
                let value = row
                    .value_at(place)
                    .and_then(|value| typed(value, column.kind))
                    .map_err(|problem| row.wrong(&column.name, &problem))?;
                Ok(Cell::of(&value))
            });
            found.push(cells.collect::<Result<Vec<_>, DbError>>()?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The condition. Its parameters begin with this number: SQLite counts those of a made statement as they stand in it,
    /// so they have to stand in their order.
    fn which(&self, first: usize) -> String {
        let columns = [WORKSPACE, self.column]
            .into_iter()
            .chain(self.only.map(|(column, _)| column));
        let terms = columns
            .zip(first..)
            .map(|(column, place)| format!("{} = ${place}", quoted(column)));
        let without = self.without.map(|column| format!("{} is null", quoted(column)));
        terms.chain(without).collect::<Vec<_>>().join(" and ")
    }

    fn params<'v>(&'v self, id: &'v Uuid) -> Vec<Value<'v>> {
        let mut params = vec![
            Value::Bytes(self.workspace.as_bytes()),
            Value::Bytes(id.as_bytes()),
        ];
        if let Some((_, text)) = self.only {
            params.push(Value::Text(text.into()));
        }
        params
    }

    fn columns(&self) -> impl Iterator<Item = &str> {
        self.table.columns.iter().map(|column| column.name.as_str())
    }

    fn key(&self) -> impl Iterator<Item = &str> {
        let key = self.table.key.iter().map(String::as_str);
        key.filter(|name| *name != WORKSPACE)
    }

    fn cells(&self, keys: &[Key], width: usize) -> Result<Vec<Cell>, DbError> {
        let mut cells = Vec::with_capacity(keys.len() * width);
        for key in keys {
            if key.0.len() != width {
                return Err(self.not_ours());
            }
            for json in &key.0 {
                cells.push(Cell::from_json(json.clone()).ok_or_else(|| self.not_ours())?);
            }
        }
        Ok(cells)
    }

    fn not_ours(&self) -> DbError {
        DbError::Schema(format!("a kept row is none of {}", self.table.name))
    }
}
