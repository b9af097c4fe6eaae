//! Rows as lines of text: the same bytes from either database.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use super::{ArchiveError, TableSummary};
use crate::db::Value;
use crate::db::catalog::Table;

/// One column of one row, owned.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Null,
    Int(i64),
    Bool(bool),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Cell {
    /// Takes a value over from a row; a list is no value of a row.
    pub(super) fn of(value: &Value<'_>) -> Self {
        match value {
            Value::Null | Value::List(_) => Self::Null,
            Value::Text(text) => Self::Text(text.to_string()),
            Value::Int(number) => Self::Int(*number),
            Value::Bool(answer) => Self::Bool(*answer),
            Value::Real(number) => Self::Real(*number),
            Value::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }

    /// This cell as a parameter.
    pub(super) fn to_value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Bool(answer) => Value::Bool(*answer),
            Self::Real(number) => Value::Real(*number),
            Self::Text(text) => Value::Text(text.as_str().into()),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        }
    }

    fn to_json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Int(number) => (*number).into(),
            Self::Bool(answer) => (*answer).into(),
            // As the shortest text that reads back to the same bits; parsers of JSON numbers may be off by one.
            Self::Real(number) => serde_json::json!({ "r": number.to_string() }),
            Self::Text(text) => text.as_str().into(),
            Self::Bytes(bytes) => serde_json::json!({ "b": STANDARD.encode(bytes) }),
        }
    }

    fn from_json(json: Json) -> Option<Self> {
        Some(match json {
            Json::Null => Self::Null,
            Json::Bool(answer) => Self::Bool(answer),
            Json::Number(number) => Self::Int(number.as_i64()?),
            Json::String(text) => Self::Text(text),
            Json::Object(object) => match (object.get("b"), object.get("r")) {
                (Some(bytes), None) => Self::Bytes(STANDARD.decode(bytes.as_str()?).ok()?),
                (None, Some(number)) => Self::Real(number.as_str()?.parse().ok()?),
                _ => return None,
            },
            Json::Array(_) => return None,
        })
    }
}

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
