//! From bytes to records, piece by piece.

use csv_core::ReadRecordResult;
use encoding_rs::{CoderResult, Decoder};

use super::Dialect;

/// The longest cell, in bytes of UTF-8.
pub const LONGEST_CELL: usize = 1 << 20;
/// The most cells of a row.
pub const MOST_CELLS: usize = 1_000;
/// The longest row, in bytes of UTF-8.
const LONGEST_ROW: usize = 4 << 20;
/// How much is decoded at once, in bytes of UTF-8.
const PIECE: usize = 32 << 10;

/// One row of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Its number, counted from 1 as spreadsheets count: an empty line has one too, but gives no record; a record of several
    /// lines has one.
    pub row: u64,
    /// Its cells; as many as it has.
    pub cells: Vec<String>,
}

/// Why a file can't be read any further.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
    /// A cell is too long: most often a quotation mark was opened and never closed.
    #[error(
        "row {row}, column {column}: the cell is longer than 1 MiB; look for a quotation mark that is not closed"
    )]
    LongCell {
        /// The row, counted from 1.
        row: u64,
        /// The column, counted from 1.
        column: u64,
    },
    /// A row has too many cells.
    #[error("row {row} has more than 1000 columns; look whether the separator is the right one")]
    ManyCells {
        /// The row, counted from 1.
        row: u64,
    },
}

/// Turns bytes into records. Feed it with all pieces of a file in order, then finish.
pub struct Reader {
    decoder: Decoder,
    text: String,
    parser: csv_core::Reader,
    bytes: Vec<u8>,
    ends: Vec<usize>,
    used: usize,
    cells: usize,
    row: u64,
    /// Whether nothing of the next record was seen yet.
    is_between: bool,
    /// Whether the last record ended with a carriage return, to which a line feed still belongs.
    is_halfway: bool,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader")
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

impl Reader {
    /// A reader of a file in this dialect. A byte order mark is no part of the first cell, and stands above the dialect.
    pub fn new(dialect: Dialect) -> Self {
        let byte = |c: char| u8::try_from(c).unwrap_or(b',');
        Self {
            decoder: dialect.charset.0.new_decoder(),
            text: String::with_capacity(PIECE),
            parser: csv_core::ReaderBuilder::new()
                .delimiter(byte(dialect.separator))
                .quote(byte(dialect.quote))
                .build(),
            bytes: vec![0; 4 << 10],
            ends: vec![0; 64],
            used: 0,
            cells: 0,
            row: 0,
            is_between: true,
            is_halfway: false,
        }
    }

    /// Reads the next piece and gives its records to `each`.
    ///
    /// # Errors
    /// [`CsvError`] at the first row that is too much.
    pub fn feed(&mut self, piece: &[u8], each: &mut dyn FnMut(Record)) -> Result<(), CsvError> {
        self.decode(piece, false, each)
    }

    /// Reads what is left at the end of the file.
    ///
    /// # Errors
    /// As of [`Reader::feed`].
    pub fn finish(mut self, each: &mut dyn FnMut(Record)) -> Result<(), CsvError> {
        self.decode(&[], true, each)?;
        // Told twice that nothing follows, the parser gives the last record and then its end.
        self.parse(b"", true, each)
    }

    fn decode(&mut self, mut piece: &[u8], last: bool, each: &mut dyn FnMut(Record)) -> Result<(), CsvError> {
        loop {
            let mut text = std::mem::take(&mut self.text);
            text.clear();
            let (result, read, _) = self.decoder.decode_to_string(piece, &mut text, last);
            piece = &piece[read..];
            let parsed = self.parse(text.as_bytes(), false, each);
            self.text = text;
            parsed?;
            if result == CoderResult::InputEmpty {
                return Ok(());
            }
        }
    }

    fn parse(&mut self, mut input: &[u8], last: bool, each: &mut dyn FnMut(Record)) -> Result<(), CsvError> {
        loop {
            input = self.between(input);
            if input.is_empty() && !last {
                return Ok(());
            }
            self.is_between &= input.is_empty();
            let (result, read, written, ended) =
                self.parser
                    .read_record(input, &mut self.bytes[self.used..], &mut self.ends[self.cells..]);
            self.is_halfway = read.checked_sub(1).is_some_and(|end| input[end] == b'\r');
            input = &input[read..];
            self.used += written;
            self.cells += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.bytes.resize(self.bytes.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => self.give(each),
                ReadRecordResult::End => return Ok(()),
            }
            self.must_be_bearable()?;
        }
    }

    /// Counts the empty lines at the beginning of `input`, as long as no record has begun, and gives what follows them.
    fn between<'a>(&mut self, mut input: &'a [u8]) -> &'a [u8] {
        while self.is_between {
            let Some((&first, rest)) = input.split_first() else {
                break;
            };
            if first != b'\n' && first != b'\r' {
                break;
            }
            let is_of_the_last = first == b'\n' && self.is_halfway;
            self.is_halfway = first == b'\r';
            self.row += u64::from(!is_of_the_last);
            input = rest;
        }
        input
    }

    fn must_be_bearable(&self) -> Result<(), CsvError> {
        let row = self.row + 1;
        if self.cells > MOST_CELLS {
            return Err(CsvError::ManyCells { row });
        }
        let begin = self.cells.checked_sub(1).map_or(0, |last| self.ends[last]);
        if self.used - begin > LONGEST_CELL || self.used > LONGEST_ROW {
            let column = self.cells as u64 + 1;
            return Err(CsvError::LongCell { row, column });
        }
        Ok(())
    }

    fn give(&mut self, each: &mut dyn FnMut(Record)) {
        let mut begin = 0;
        let mut cells = Vec::with_capacity(self.cells);
        for end in &self.ends[..self.cells] {
            let text = String::from_utf8_lossy(&self.bytes[begin..*end]);
            // No text of a database holds this character.
            cells.push(text.replace('\0', ""));
            begin = *end;
        }
        (self.used, self.cells, self.is_between) = (0, 0, true);
        // The line by which spreadsheets are told the separator.
        let is_hint = self.row == 0 && cells[0].starts_with("sep=") && cells.concat().len() <= 5;
        if !is_hint {
            self.row += 1;
            each(Record { row: self.row, cells });
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::csv::Charset;

    /// All records of `bytes`, fed in pieces of this size.
    pub(in crate::csv) fn read(
        dialect: Dialect,
        bytes: &[u8],
        piece: usize,
    ) -> Result<Vec<Vec<String>>, CsvError> {
        let numbered = numbered(dialect, bytes, piece)?;
        Ok(numbered.into_iter().map(|record| record.cells).collect())
    }

    fn numbered(dialect: Dialect, bytes: &[u8], piece: usize) -> Result<Vec<Record>, CsvError> {
        let mut rows: Vec<Record> = Vec::new();
        let mut reader = Reader::new(dialect);
        let mut each = |record: Record| {
            assert!(rows.last().map_or(0, |last| last.row) < record.row);
            rows.push(record);
        };
        for part in bytes.chunks(piece) {
            reader.feed(part, &mut each)?;
        }
        reader.finish(&mut each)?;
        Ok(rows)
    }

    fn plain(text: &str) -> Vec<Vec<String>> {
        read(Dialect::default(), text.as_bytes(), 3).unwrap()
    }

    #[test]
    fn quotes_line_ends_and_ragged_rows_are_read_as_they_were_meant() {
        assert_eq!(
            plain("a,\"b,\"\"c\"\"\nd\",e\r\nf\r\rg,,\n\n\"h\""),
            [
                vec!["a", "b,\"c\"\nd", "e"],
                vec!["f"],
                vec!["g", "", ""],
                vec!["h"]
            ]
        );
        assert_eq!(plain(""), Vec::<Vec<String>>::new());
        assert_eq!(
            plain("\u{feff}a,b\n"),
            [["a", "b"]],
            "a byte order mark is no part of a cell"
        );
        assert_eq!(plain("a\u{0}b"), [["ab"]]);
    }

    #[test]
    fn rows_have_the_numbers_that_a_spreadsheet_gives_them() {
        let text = "\n\r\nname,x\r\n\r\n\n\"two\nlines\",1\r\rlast\n\n";
        for piece in 1..text.len() {
            let rows = numbered(Dialect::default(), text.as_bytes(), piece).unwrap();
            let rows: Vec<_> = rows
                .iter()
                .map(|record| (record.row, record.cells[0].as_str()))
                .collect();
            assert_eq!(
                rows,
                [(3, "name"), (6, "two\nlines"), (8, "last")],
                "pieces of {piece}"
            );
        }
        let hint = numbered(Dialect::default(), b"sep=,\r\n\r\na", 2).unwrap();
        assert_eq!(
            hint[0].row, 2,
            "the line that names the separator is hidden; the one after it is not"
        );
    }

    #[test]
    fn the_line_that_names_the_separator_is_no_row() {
        let semicolon = Dialect {
            separator: ';',
            ..Dialect::default()
        };
        assert_eq!(read(semicolon, b"sep=;\r\na;b", 1).unwrap(), [["a", "b"]]);
        assert_eq!(plain("sep=,\na"), [["a"]]);
        assert_eq!(plain("a\nsep=,"), [vec!["a"], vec!["sep=", ""]]);
    }

    #[test]
    fn characters_that_lie_on_two_pieces_are_whole() {
        let text = "łódź;Əliyev\nЖук;";
        let (bytes, ..) = encoding_rs::UTF_16LE.encode(text);
        assert_eq!(bytes, text.as_bytes(), "this encoder writes UTF-8 only");
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let dialect = Dialect {
            charset: "utf-16le".parse().unwrap(),
            separator: ';',
            quote: '"',
        };
        assert_eq!(
            read(dialect, &wide, 1).unwrap(),
            [["łódź", "Əliyev"], ["Жук", ""]]
        );
        assert_eq!(Charset::UTF_8.name(), "UTF-8");
    }

    #[test]
    fn a_cell_of_absurd_size_is_refused_with_its_place() {
        let text = format!("a,b\nc,\"{}", "x".repeat(LONGEST_CELL + 1));
        let refused = read(Dialect::default(), text.as_bytes(), 8 << 10).unwrap_err();
        assert_eq!(refused, CsvError::LongCell { row: 2, column: 2 });
        let wide = format!("a\n{}", ",".repeat(MOST_CELLS + 1));
        let refused = read(Dialect::default(), wide.as_bytes(), 8 << 10).unwrap_err();
        assert_eq!(refused, CsvError::ManyCells { row: 2 });
    }

    proptest! {
        /// What a spreadsheet writes comes back, whatever stands in the cells and wherever the pieces end.
        #[test]
        fn what_was_written_is_read(
            rows in prop::collection::vec(prop::collection::vec("[a-z,;\"\n\tłж ]{0,8}", 2..5), 1..12),
            separator in prop::sample::select(Dialect::SEPARATORS.to_vec()),
            piece in 1_usize..40,
        ) {
            let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let text: String = rows
                .iter()
                .map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(&separator.to_string()) + "\r\n")
                .collect();
            let dialect = Dialect { separator, ..Dialect::default() };
            prop_assert_eq!(read(dialect, text.as_bytes(), piece).unwrap(), rows);
        }

        /// No bytes make it panic, and pieces make no difference.
        #[test]
        fn any_bytes_are_read_the_same_in_any_pieces(bytes in prop::collection::vec(any::<u8>(), 0..300), piece in 1_usize..20) {
            prop_assert_eq!(read(Dialect::default(), &bytes, piece), read(Dialect::default(), &bytes, 1_000));
        }
    }
}
