//! Rows into a table, many in one statement.

use super::rows::Cell;
use crate::db::catalog::{Table, insert_row, insert_rows};
use crate::db::{DbError, Tx, Value};

/// Rows that one statement inserts, where they are not too wide for it.
const AT_ONCE: usize = 100;
/// Values that one statement takes on both databases.
const MOST_VALUES: usize = 30_000;

/// Collects rows of one table and inserts them.
pub(super) struct Inserter<'t> {
    table: &'t Table,
    at_once: usize,
    held: Vec<Cell>,
}

impl<'t> Inserter<'t> {
    pub(super) fn new(table: &'t Table) -> Self {
        let most = MOST_VALUES / table.columns.len().max(1);
        Self {
            table,
            at_once: AT_ONCE.min(most).max(1),
            held: Vec::new(),
        }
    }

    /// Takes a row, which has a cell for each column.
    pub(super) fn add(&mut self, tx: &mut Tx<'_>, row: Vec<Cell>) -> Result<(), DbError> {
        self.held.extend(row);
        if self.held.len() == self.at_once * self.table.columns.len() {
            let values: Vec<Value<'_>> = self.held.iter().map(Cell::to_value).collect();
            insert_rows(tx, self.table, self.at_once, &values)?;
            self.held.clear();
        }
        Ok(())
    }

    /// Inserts what is left.
    pub(super) fn finish(self, tx: &mut Tx<'_>) -> Result<(), DbError> {
        for row in self.held.chunks(self.table.columns.len().max(1)) {
            let values: Vec<Value<'_>> = row.iter().map(Cell::to_value).collect();
            insert_row(tx, self.table, &values)?;
        }
        Ok(())
    }
}
