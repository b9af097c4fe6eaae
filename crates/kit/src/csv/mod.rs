//! Comma-separated values: lines that spreadsheets read as text and never as formulas, and reading of what spreadsheets
//! and other programs of the world really write.
//!
//! Reading is a push parser with flat memory: a [`Sniffer`] looks over the bytes once and guesses the [`Dialect`]; a
//! [`Reader`] then turns them into [`Record`]s. A cell or a row of absurd size ends the reading with its place.

mod dialect;
mod reading;
mod sniffing;
mod writing;

pub use dialect::{Charset, Dialect, UnknownCharset};
pub use reading::{CsvError, LONGEST_CELL, MOST_CELLS, Reader, Record};
pub use sniffing::Sniffer;
pub use writing::line;
