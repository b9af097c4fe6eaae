//! Tables as files: comma-separated, or a workbook for spreadsheets.

use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use kit::i18n::Text;
use kit::money::{Currency, Money};
use kit::web::Failure;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// Rows of one file at most.
pub const MOST: i64 = 100_000;
/// How many rows are asked for, so that a table knows whether there are more: see [`Sheet::cut`].
pub const ASKED: i64 = MOST + 1;
/// The key of the sentence of a file that was cut.
const CUT: &str = "sheets-cut";

/// What a cell holds.
pub enum Cell {
    /// Words.
    Text(String),
    /// Minor units of the currency.
    Amount(i64, Currency),
    /// A number.
    Number(f64),
}

/// A table: its name, its heads, its rows.
pub struct Sheet {
    /// What the file and its sheet are called.
    pub name: &'static str,
    /// The heads of its columns.
    pub head: Vec<String>,
    /// Its rows, each with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl Cell {
    /// Words, or anything that is written like them.
    pub fn text(words: impl ToString) -> Self {
        Self::Text(words.to_string())
    }

    /// An amount of money.
    pub fn money(money: Money) -> Self {
        Self::Amount(money.minor, money.currency)
    }
}

impl Sheet {
    /// A table with these heads.
    pub fn new<const N: usize>(name: &'static str, head: [&str; N], rows: Vec<Vec<Cell>>) -> Self {
        let head = head.map(str::to_owned).to_vec();
        Self { name, head, rows }
    }

    /// The same with more columns at its end: their heads, and their cells for each row.
    #[must_use]
    pub fn beside(mut self, head: Vec<String>, rows: Vec<Vec<Cell>>) -> Self {
        self.head.extend(head);
        for (row, more) in self.rows.iter_mut().zip(rows) {
            row.extend(more);
        }
        self
    }

    /// The same with no more rows than a file may have, of [`ASKED`] that were asked for. Where there were more its last row says so,
    /// since nobody is to add up a part and take it for the whole.
    #[must_use]
    pub fn cut(self, t: &Text) -> Self {
        self.cut_saying(t, CUT)
    }

    /// The same with another sentence, counted by `$n`.
    #[must_use]
    pub fn cut_saying(self, t: &Text, key: &str) -> Self {
        self.cut_to(MOST, |most| t.count(key, most))
    }

    fn cut_to(mut self, most: i64, said: impl FnOnce(i64) -> String) -> Self {
        let kept = usize::try_from(most).unwrap_or(usize::MAX);
        if self.rows.len() > kept {
            self.rows.truncate(kept);
            self.rows.push(vec![Cell::Text(said(most))]);
        }
        self
    }

    /// The file to save: a workbook when `format` is `xlsx`, else comma-separated values.
    ///
    /// # Errors
    /// 500 when no workbook can hold it.
    pub fn file(&self, format: &str) -> Result<Response, Failure> {
        let (bytes, kind, end) = if format == "xlsx" {
            let bytes = self.xlsx().map_err(|error| {
                tracing::error!(%error, "a workbook could not be made");
                Failure::of(StatusCode::INTERNAL_SERVER_ERROR)
            })?;
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            (bytes, kind, "xlsx")
        } else {
            (self.csv(), "text/csv; charset=utf-8", "csv")
        };
        let name = format!("attachment; filename=\"{}.{end}\"", self.name);
        let name = HeaderValue::from_str(&name).expect("names of files are plain");
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static(kind)),
            (CONTENT_DISPOSITION, name),
        ];
        Ok((headers, bytes).into_response())
    }

    /// As comma-separated values; amounts in major units with a point.
    fn csv(&self) -> Vec<u8> {
        let mut text = kit::csv::line(&self.head);
        for row in &self.rows {
            let cells = row.iter().map(|cell| match cell {
                Cell::Text(text) => text.clone(),
                Cell::Amount(minor, currency) => plain(*minor, *currency),
                Cell::Number(number) => number.to_string(),
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
    fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
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
                    Cell::Number(number) => sheet.write_number(line, column, *number)?,
                };
            }
        }
        book.save_to_buffer()
    }
}

impl Cell {
    fn quoted(&self, word: String) -> String {
        match self {
            Self::Amount(..) | Self::Number(_) => word,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_cut_says_so_in_its_last_row() {
        let of = |rows: usize| {
            let rows = (0..rows).map(|row| vec![Cell::text(row), Cell::text("more")]);
            Sheet::new("things", ["what", "more"], rows.collect()).cut_to(2, |most| format!("only {most}"))
        };
        let text = |sheet: &Sheet| String::from_utf8(sheet.csv()).unwrap();
        assert!(text(&of(2)).ends_with("0,more\r\n1,more\r\n"));
        let cut = of(3);
        assert!(
            text(&cut).ends_with("0,more\r\n1,more\r\nonly 2\r\n"),
            "{}",
            text(&cut)
        );
        assert!(
            !cut.xlsx().unwrap().is_empty(),
            "a workbook takes a short row too"
        );
    }

    #[test]
    fn the_sentence_of_a_cut_is_there_in_every_language() {
        for locale in kit::i18n::Locale::all() {
            let t = Text::new(locale, jiff::tz::TimeZone::UTC, kit::clock::Timestamp::default());
            assert_ne!(t.count(CUT, MOST), CUT);
        }
    }

    #[test]
    fn amounts_are_written_with_a_point_and_words_are_no_formulas() {
        let currency = |code: &str| code.parse::<Currency>().unwrap();
        let row = vec![
            Cell::text("=1+1"),
            Cell::Amount(-5, currency("EUR")),
            Cell::Amount(1_234_567, currency("KWD")),
            Cell::Amount(1_200, currency("JPY")),
        ];
        let sheet = Sheet::new("things", ["what", "a", "b", "c"], vec![row]);
        let text = String::from_utf8(sheet.csv()).unwrap();
        let (head, line) = text.split_once("\r\n").unwrap();
        assert_eq!(head.trim_start_matches('\u{feff}'), "what,a,b,c");
        assert!(
            !line.starts_with('=') && line.ends_with("-0.05,1234.567,1200\r\n"),
            "{line}"
        );
    }
}
