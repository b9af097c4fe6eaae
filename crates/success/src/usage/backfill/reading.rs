//! Bytes of a file as its lines: unpacked where they are gzip, cut into lines or rows. Whatever the file, only a piece of it
//! is in memory.

use std::io::Write;

use axum::body::Bytes;
use flate2::write::MultiGzDecoder;
use kit::csv::{Reader, Record};
use kit::db::DbError;

use super::model::{BackfillError, Form, Layout};
use crate::usage::protocol::LARGEST_EVENT;

/// The first two bytes of gzip (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// How many packed bytes are unpacked at once: they may become a thousand times as many.
pub(super) const STEP: usize = 1024;
/// How many bytes of a packed file are unpacked in all: no file of events is larger, and some that are small would never end.
const MOST: u64 = 64 << 30;
/// How much of a line is kept: what is longer is too large for an event, and says so.
const LONGEST: usize = LARGEST_EVENT + 1;

/// A line of a file that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number, from 1; a row of a table as spreadsheets count.
    pub(super) number: i64,
    /// What it holds.
    pub(super) content: Content,
}

/// What a line holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A text.
    Line(String),
    /// The cells of a table.
    Cells(Vec<String>),
}

/// Unpacks what is packed and passes on what is not.
#[derive(Default)]
pub(super) struct Unpacking {
    begin: Vec<u8>,
    is_known: bool,
    gzip: Option<MultiGzDecoder<Vec<u8>>>,
    unpacked: u64,
}

/// Who hears of bytes.
type Hears<'h> = &'h mut dyn FnMut(&[u8]) -> Result<(), BackfillError>;

impl Unpacking {
    /// Takes the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8], each: Hears<'_>) -> Result<(), BackfillError> {
        if self.is_known {
            return self.unpack(bytes, each);
        }
        self.begin.extend_from_slice(bytes);
        if self.begin.len() < GZIP.len() {
            return Ok(());
        }
        self.is_known = true;
        let begin = std::mem::take(&mut self.begin);
        if begin.starts_with(&GZIP) {
            self.gzip = Some(MultiGzDecoder::new(Vec::new()));
        }
        self.unpack(&begin, each)
    }

    /// There are no more.
    pub(super) fn finish(mut self, each: Hears<'_>) -> Result<(), BackfillError> {
        let rest = match &mut self.gzip {
            None => std::mem::take(&mut self.begin),
            Some(gzip) => {
                gzip.try_finish().map_err(|_| BackfillError::Damaged)?;
                std::mem::take(gzip.get_mut())
            }
        };
        each(&rest)
    }

    fn unpack(&mut self, bytes: &[u8], each: Hears<'_>) -> Result<(), BackfillError> {
        let Some(gzip) = &mut self.gzip else {
            return each(bytes);
        };
        for part in bytes.chunks(STEP) {
            gzip.write_all(part).map_err(|_| BackfillError::Damaged)?;
            let unpacked = std::mem::take(gzip.get_mut());
            self.unpacked = grown(self.unpacked, unpacked.len(), MOST)?;
            each(&unpacked)?;
        }
        Ok(())
    }
}

/// How much is unpacked with what was now, unless that is too much.
fn grown(before: u64, more: usize, most: u64) -> Result<u64, BackfillError> {
    let size = before.saturating_add(u64::try_from(more).unwrap_or(u64::MAX));
    match size <= most {
        true => Ok(size),
        false => Err(BackfillError::Damaged),
    }
}

/// Work that takes a while, beside the threads on which requests are answered: few bytes may be unpacked to very many.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, BackfillError> + Send + 'static,
) -> Result<T, BackfillError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| DbError::Panicked)?
}

/// Takes the next bytes until they are over or have become `enough` lines; gives the lines, and what of the bytes is left.
pub(super) async fn cut(
    mut rows: Rows,
    mut bytes: Bytes,
    enough: usize,
) -> Result<(Rows, Bytes, Vec<Row>), BackfillError> {
    aside(move || {
        let mut found = Vec::new();
        while !bytes.is_empty() && found.len() < enough {
            let part = bytes.split_to(bytes.len().min(STEP));
            rows.feed(&part, &mut |row| found.push(row))?;
        }
        Ok((rows, bytes, found))
    })
    .await
}

/// Turns the bytes of a file into its lines. Feed it with all pieces in order, then finish.
pub(super) struct Rows {
    unpacking: Unpacking,
    cutting: Cutting,
}

/// Who hears of lines.
pub(super) type Each<'e> = &'e mut dyn FnMut(Row);

impl Rows {
    /// The lines of a file that is written so; of a table without its header.
    pub(super) fn of(layout: &Layout) -> Self {
        let cutting = match layout.form {
            Form::Lines => Cutting::Lines(Lines::default()),
            Form::Table => Cutting::Table(Box::new(Table {
                reader: Reader::new(layout.dialect),
                header: None,
            })),
        };
        Self {
            unpacking: Unpacking::default(),
            cutting,
        }
    }

    /// Takes the next bytes.
    pub(super) fn feed(&mut self, bytes: &[u8], each: Each<'_>) -> Result<(), BackfillError> {
        let cutting = &mut self.cutting;
        self.unpacking.feed(bytes, &mut |plain| cutting.feed(plain, each))
    }

    /// The header of a table, once it was seen.
    pub(super) fn header(&self) -> Option<&[String]> {
        match &self.cutting {
            Cutting::Lines(_) => None,
            Cutting::Table(table) => table.header.as_deref(),
        }
    }

    /// There are no more.
    pub(super) fn finish(self, each: Each<'_>) -> Result<(), BackfillError> {
        let mut cutting = self.cutting;
        self.unpacking.finish(&mut |plain| cutting.feed(plain, each))?;
        cutting.finish(each)
    }
}

/// How lines are told apart.
enum Cutting {
    Lines(Lines),
    Table(Box<Table>),
}

impl Cutting {
    fn feed(&mut self, bytes: &[u8], each: Each<'_>) -> Result<(), BackfillError> {
        match self {
            Self::Lines(lines) => lines.feed(bytes, each),
            Self::Table(table) => {
                let Table { reader, header } = &mut **table;
                reader.feed(bytes, &mut |record| pass_on(header, record, each))?;
            }
        }
        Ok(())
    }

    fn finish(self, each: Each<'_>) -> Result<(), BackfillError> {
        match self {
            Self::Lines(mut lines) => lines.end(each),
            Self::Table(table) => {
                let Table { reader, mut header } = *table;
                reader.finish(&mut |record| pass_on(&mut header, record, each))?;
            }
        }
        Ok(())
    }
}

/// A table on its way in. The header is the first row that is not empty, whatever its number.
struct Table {
    reader: Reader,
    header: Option<Vec<String>>,
}

fn pass_on(header: &mut Option<Vec<String>>, record: Record, each: Each<'_>) {
    if header.is_none() {
        *header = Some(record.cells);
        return;
    }
    each(Row {
        number: i64::try_from(record.row).unwrap_or(i64::MAX),
        content: Content::Cells(record.cells),
    });
}

/// Lines on their way in.
#[derive(Default)]
struct Lines {
    rest: Vec<u8>,
    number: i64,
}

impl Lines {
    fn feed(&mut self, bytes: &[u8], each: Each<'_>) {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (text, is_whole) = match part.strip_suffix(b"\n") {
                Some(text) => (text, true),
                None => (part, false),
            };
            let room = LONGEST.saturating_sub(self.rest.len());
            self.rest.extend_from_slice(&text[..text.len().min(room)]);
            if is_whole {
                self.end(each);
            }
        }
    }

    /// Ends a line.
    fn end(&mut self, each: Each<'_>) {
        self.number += 1;
        let rest = std::mem::take(&mut self.rest);
        let text = String::from_utf8_lossy(&rest);
        let text = text.trim_start_matches('\u{feff}').trim();
        if !text.is_empty() {
            each(Row {
                number: self.number,
                content: Content::Line(text.to_owned()),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use kit::csv::Dialect;

    use super::*;

    fn rows(form: Form, bytes: &[u8], step: usize) -> Result<Vec<Row>, BackfillError> {
        let layout = Layout {
            form,
            dialect: Dialect::default(),
            columns: Vec::new(),
        };
        let (mut rows, mut all) = (Rows::of(&layout), Vec::new());
        for piece in bytes.chunks(step) {
            rows.feed(piece, &mut |row| all.push(row))?;
        }
        rows.finish(&mut |row| all.push(row))?;
        Ok(all)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn lines_are_the_same_however_they_come_and_packed_or_not() {
        let text = b"\xef\xbb\xbf{\"a\":1}\r\n\r\n  {\"b\":2}  \n{\"c\":\xff}";
        let whole = rows(Form::Lines, text, text.len()).unwrap();
        let numbers: Vec<i64> = whole.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 3, 4]);
        assert_eq!(whole[1].content, Content::Line("{\"b\":2}".to_owned()));
        for step in [1, 2, 7] {
            assert_eq!(rows(Form::Lines, text, step).unwrap(), whole);
            assert_eq!(rows(Form::Lines, &gzip(text), step).unwrap(), whole);
        }
        let two = [gzip(text), gzip(b"\n{}")].concat();
        assert_eq!(
            rows(Form::Lines, &two, 5).unwrap().len(),
            4,
            "members one after another"
        );
        let cut = &gzip(text)[..20];
        assert_eq!(rows(Form::Lines, cut, 5), Err(BackfillError::Damaged));
        assert_eq!(rows(Form::Lines, b"", 1), Ok(Vec::new()));
    }

    #[tokio::test]
    async fn what_is_packed_small_is_read_bit_by_bit() {
        let packed = Bytes::from(gzip("{}\n".repeat(4_000_000).as_bytes()));
        assert!(packed.len() > 4 * STEP);
        let layout = Layout {
            form: Form::Lines,
            dialect: Dialect::default(),
            columns: Vec::new(),
        };
        let (_, left, found) = cut(Rows::of(&layout), packed, 2_000).await.unwrap();
        assert!(!left.is_empty() && found.len() >= 2_000 && found.len() < 2_000_000);
        assert_eq!(grown(5, 2, 7), Ok(7));
        assert_eq!(grown(5, 3, 7), Err(BackfillError::Damaged));
    }

    #[test]
    fn a_line_without_an_end_takes_no_memory_and_a_table_has_a_header() {
        let long = vec![b'x'; 3_000_000];
        let all = rows(Form::Lines, &long, 64 * 1024).unwrap();
        let Content::Line(text) = &all[0].content else {
            panic!("a line")
        };
        assert_eq!((all.len(), text.len()), (1, LONGEST));
        let all = rows(Form::Table, b"\nevent,user\nA,1\n\nB,2\n", 3).unwrap();
        let numbers: Vec<i64> = all.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [3, 5]);
    }
}
