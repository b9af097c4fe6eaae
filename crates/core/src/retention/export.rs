//! The numbers as a file: comma-separated, or a workbook for spreadsheets.

use kit::day::Day;
use kit::money::Currency;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{Month, Numbers};
use crate::ledger::{AccountMovement, Kind};

/// What a cell holds.
enum Cell {
    Text(String),
    /// Minor units of the currency.
    Amount(i64, Currency),
}

/// A table: its name, its heads, its rows.
pub(super) struct Table {
    name: &'static str,
    head: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

/// Revenue month by month.
pub(super) fn months(numbers: &Numbers) -> Table {
    let currency = numbers.rates.to;
    let head = ["month", "currency", "opening"].into_iter();
    let head = head
        .chain(Kind::ALL.iter().map(|kind| kind.as_str()))
        .chain(["closing"]);
    let row = |month: &Month| {
        let mut row = vec![
            Cell::Text(month.month.to_string()),
            Cell::Text(currency.to_string()),
            Cell::Amount(month.opening, currency),
        ];
        row.extend(month.moved.iter().map(|amount| Cell::Amount(*amount, currency)));
        row.push(Cell::Amount(month.closing(), currency));
        row
    };
    Table {
        name: "months",
        head: head.map(str::to_owned).collect(),
        rows: numbers.months.iter().map(row).collect(),
    }
}

/// Accounts and their movements.
pub(super) fn accounts(found: &[AccountMovement]) -> Table {
    let head = ["account", "name", "day", "kind", "currency", "amount", "closing"];
    let row = |one: &AccountMovement| {
        let movement = &one.movement;
        let day: Day = movement.day;
        vec![
            Cell::Text(one.account.to_string()),
            Cell::Text(one.name.clone()),
            Cell::Text(day.to_string()),
            Cell::Text(movement.kind.as_str().to_owned()),
            Cell::Text(movement.currency.to_string()),
            Cell::Amount(movement.amount, movement.currency),
            Cell::Amount(movement.closing, movement.currency),
        ]
    };
    Table {
        name: "accounts",
        head: head.map(str::to_owned).to_vec(),
        rows: found.iter().map(row).collect(),
    }
}

impl Table {
    /// As comma-separated values; amounts in major units with a point.
    pub(super) fn csv(&self) -> Vec<u8> {
        let mut text = kit::csv::line(&self.head);
        for row in &self.rows {
            let cells = row.iter().map(|cell| match cell {
                Cell::Text(text) => text.clone(),
                Cell::Amount(minor, currency) => plain(*minor, *currency),
            });
            // A number below zero is no formula: only words are made safe.
            let words: Vec<String> = cells.collect();
            let line: Vec<String> = row
                .iter()
                .zip(words)
                .map(|(cell, word)| cell.quoted(word))
                .collect();
            text.push_str(&line.join(","));
            text.push_str("\r\n");
        }
        text.into_bytes()
    }

    /// As a workbook of one sheet.
    ///
    /// # Errors
    /// [`XlsxError`] for what no workbook holds.
    pub(super) fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let (bold, sheet) = (Format::new().set_bold(), book.add_worksheet());
        sheet.set_name(self.name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, head) in (0_u16..).zip(&self.head) {
            sheet.write_string_with_format(0, column, head, &bold)?;
            sheet.set_column_width(column, 14)?;
        }
        for (line, row) in (1_u32..).zip(&self.rows) {
            for (column, cell) in (0_u16..).zip(row) {
                match cell {
                    Cell::Text(text) => sheet.write_string(line, column, text)?,
                    Cell::Amount(minor, currency) => {
                        sheet.write_number(line, column, *minor as f64 / currency.scale() as f64)?
                    }
                };
            }
        }
        book.save_to_buffer()
    }
}

impl Cell {
    fn quoted(&self, word: String) -> String {
        match self {
            Self::Amount(..) => word,
            Self::Text(_) => kit::csv::line([word]).trim_end().to_owned(),
        }
    }
}

fn plain(minor: i64, currency: Currency) -> String {
    let (scale, sign) = (currency.scale(), if minor < 0 { "-" } else { "" });
    let digits = usize::try_from(scale.ilog10()).unwrap_or(0);
    let (whole, rest) = (minor.abs() / scale, minor.abs() % scale);
    if digits == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:0digits$}")
    }
}
