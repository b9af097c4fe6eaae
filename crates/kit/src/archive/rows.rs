//! Rows as lines of text: the same bytes from either database.

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::{ArchiveError, TableSummary};
pub(super) use crate::db::catalog::Cell;
use crate::db::catalog::Table;

/// The line of a row, with its end.
pub(super) fn line(cells: &[Cell]) -> Vec<u8> {
    let row: Json = cells.iter().map(Cell::to_json).collect();
    let mut line = row.to_string().into_bytes();
    line.push(b'\n');
    line
}

/// Reads a line; it must have one cell for each of `columns`.
pub(super) fn parse(line: &[u8], columns: usize) -> Result<Vec<Cell>, ArchiveError> {
    let row: Option<Vec<Json>> = serde_json::from_slice(line).ok();
    row.filter(|row| row.len() == columns)
        .and_then(|row| row.into_iter().map(Cell::from_json).collect())
        .ok_or_else(|| ArchiveError::damaged("a line is not a row of its table"))
}

/// Counts and hashes the lines of one table.
pub(super) struct Tally {
    name: String,
    columns: Vec<String>,
    rows: u64,
    hash: Sha256,
}

impl Tally {
    pub(super) fn of(name: &str, columns: Vec<String>) -> Self {
        Self {
            name: name.to_owned(),
            columns,
            rows: 0,
            hash: Sha256::new(),
        }
    }

    pub(super) fn of_table(table: &Table) -> Self {
        let columns = table.columns.iter().map(|column| column.name.clone());
        Self::of(&table.name, columns.collect())
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn add(&mut self, line: &[u8]) {
        self.rows += 1;
        self.hash.update(line);
    }

    pub(super) fn summary(self) -> TableSummary {
        TableSummary {
            name: self.name,
            columns: self.columns,
            rows: self.rows,
            sha256: super::file::digits(&self.hash.finalize()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell() -> impl Strategy<Value = Cell> {
        prop_oneof![
            Just(Cell::Null),
            any::<i64>().prop_map(Cell::Int),
            any::<bool>().prop_map(Cell::Bool),
            any::<f64>()
                .prop_filter("nan is not itself", |number| !number.is_nan())
                .prop_map(Cell::Real),
            any::<String>().prop_map(Cell::Text),
            any::<Vec<u8>>().prop_map(Cell::Bytes),
        ]
    }

    proptest! {
        #[test]
        fn a_line_is_read_as_it_was_written(cells in prop::collection::vec(cell(), 0..6)) {
            let line = line(&cells);
            prop_assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
            prop_assert_eq!(parse(&line, cells.len()).unwrap(), cells);
        }
    }

    #[test]
    fn what_is_no_row_is_refused() {
        for line in [
            "",
            "[1",
            "{}",
            "[[]]",
            "[{\"x\":1}]",
            "[1,2]",
            "[0.5]",
            "[{\"b\":\"?\"}]",
        ] {
            assert!(parse(line.as_bytes(), 1).is_err(), "{line}");
        }
    }
}
