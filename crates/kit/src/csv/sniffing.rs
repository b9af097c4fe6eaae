//! Guessing how a file is written, from all of its bytes for the characters and from its beginning for the rest.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Charset, Dialect, Reader, Record};

/// How much of the beginning is kept to try separators on.
const SAMPLE: usize = 64 << 10;
/// How many rows of it are looked at.
const ROWS: usize = 200;

/// Looks over a file, piece by piece, and guesses its dialect.
pub struct Sniffer {
    sample: Vec<u8>,
    is_whole: bool,
    detector: EncodingDetector,
    utf8: Utf8,
}

impl std::fmt::Debug for Sniffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sniffer").finish_non_exhaustive()
    }
}

impl Default for Sniffer {
    fn default() -> Self {
        Self {
            sample: Vec::new(),
            is_whole: true,
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
            utf8: Utf8::default(),
        }
    }
}

impl Sniffer {
    /// A sniffer that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Looks at the next piece.
    pub fn feed(&mut self, piece: &[u8]) {
        let room = (SAMPLE - self.sample.len()).min(piece.len());
        self.sample.extend_from_slice(&piece[..room]);
        self.is_whole &= room == piece.len();
        self.utf8.feed(piece);
        if !self.utf8.is_good {
            self.detector.feed(piece, false);
        }
    }

    /// How the file is most likely written.
    pub fn guess(mut self) -> Dialect {
        let charset = Charset(self.encoding());
        let quote = quote(&self.sample);
        let tried = Dialect::SEPARATORS.map(|separator| {
            let dialect = Dialect {
                charset,
                separator,
                quote,
            };
            (self.fit(dialect), dialect)
        });
        // Of equals the first stays: a comma unless something fits better.
        let best = tried
            .into_iter()
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.map_or_else(Dialect::default, |(_, dialect)| dialect)
    }

    fn encoding(&mut self) -> &'static Encoding {
        if let Some((encoding, _)) = Encoding::for_bom(&self.sample) {
            return encoding;
        }
        if let Some(wide) = wide(&self.sample) {
            return wide;
        }
        if self.utf8.is_good {
            return UTF_8;
        }
        // A byte that broke UTF-8 may have come in a piece before the detector was asked.
        self.detector.feed(&self.sample, true);
        self.detector.guess(None, Utf8Detection::Deny)
    }

    /// How well the rows of the beginning fit a dialect: how many have as many cells as most, and how many those are.
    fn fit(&self, dialect: Dialect) -> (usize, usize) {
        let mut widths = Vec::new();
        let mut reader = Reader::new(dialect);
        let mut each = |record: Record| widths.push(record.cells.len());
        let read = reader.feed(&self.sample, &mut each);
        if read.is_ok() && self.is_whole && reader.finish(&mut each).is_err() {
            return (0, 0);
        }
        widths.truncate(ROWS);
        let alike = |width: usize| widths.iter().filter(|other| **other == width).count();
        let best = widths
            .iter()
            .filter(|width| **width > 1)
            .max_by_key(|width| (alike(**width), **width));
        best.map_or((0, 0), |width| (alike(*width), *width))
    }
}

/// UTF-16 without a mark: only there do half of the places hold zeros.
fn wide(sample: &[u8]) -> Option<&'static Encoding> {
    let zeros = |begin: usize| {
        sample
            .iter()
            .skip(begin)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let is_wide = (even + odd) * 20 > sample.len();
    is_wide.then_some(if odd >= even { UTF_16LE } else { UTF_16BE })
}

/// An apostrophe quotes only where cells begin with one and nothing is quoted the usual way.
fn quote(sample: &[u8]) -> char {
    let begins = |quote: u8| {
        let narrow: Vec<u8> = sample.iter().copied().filter(|byte| *byte != 0).collect();
        narrow
            .windows(2)
            .filter(|pair| b",;\t|\n\r".contains(&pair[0]) && pair[1] == quote)
            .count()
            + usize::from(narrow.first() == Some(&quote))
    };
    if begins(b'"') == 0 && begins(b'\'') > 1 {
        '\''
    } else {
        '"'
    }
}

/// Whether pieces are UTF-8, with the character that lies on two of them.
#[derive(Debug)]
struct Utf8 {
    is_good: bool,
    rest: Vec<u8>,
}

impl Default for Utf8 {
    fn default() -> Self {
        Self {
            is_good: true,
            rest: Vec::new(),
        }
    }
}

impl Utf8 {
    fn feed(&mut self, piece: &[u8]) {
        if !self.is_good {
            return;
        }
        let joined = [self.rest.as_slice(), piece].concat();
        self.rest.clear();
        if let Err(error) = std::str::from_utf8(&joined) {
            match error.error_len() {
                Some(_) => self.is_good = false,
                None => self.rest = joined[error.valid_up_to()..].to_vec(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csv::reading::tests::read;

    fn guess(bytes: &[u8]) -> Dialect {
        let mut sniffer = Sniffer::new();
        bytes.chunks(7).for_each(|piece| sniffer.feed(piece));
        sniffer.guess()
    }

    fn told(bytes: &[u8]) -> (&'static str, char) {
        let dialect = guess(bytes);
        (dialect.charset.name(), dialect.separator)
    }

    #[test]
    fn separators_are_found_whatever_else_stands_in_the_cells() {
        assert_eq!(told(b"name,website\nAcme,acme.com\n"), ("UTF-8", ','));
        assert_eq!(told("имя;сумма\nЖук;1,50\nКот;2,75".as_bytes()), ("UTF-8", ';'));
        assert_eq!(told(b"a\tb, c\nd\te\n"), ("UTF-8", '\t'));
        assert_eq!(told(b"a|b\nc|d,e\n"), ("UTF-8", '|'));
        assert_eq!(told(b"just one column\nno separator"), ("UTF-8", ','));
        assert_eq!(
            told(b"name;text\nA;\"one, two, three\"\nB;\"x,y,z\"\n"),
            ("UTF-8", ';')
        );
        assert_eq!(told(b""), ("UTF-8", ','));
    }

    #[test]
    fn apostrophes_quote_only_where_cells_begin_with_them() {
        assert_eq!(guess(b"'a, b',c\n'd',e\n").quote, '\'');
        assert_eq!(guess(b"O'Neil,c\n\"d\",'e\n").quote, '"');
    }

    #[test]
    fn encodings_are_found_by_mark_by_zeros_and_by_letters() {
        let wide = |text: &str| {
            text.encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<u8>>()
        };
        assert_eq!(told(&wide("\u{feff}name;site\nЖук;zhuk.ru\n")), ("UTF-16LE", ';'));
        assert_eq!(told(&wide("name;site\nZuk;zuk.pl\n")), ("UTF-16LE", ';'));
        let swapped: Vec<u8> = wide("name,site\nA,b\n")
            .chunks(2)
            .flat_map(|pair| [pair[1], pair[0]])
            .collect();
        assert_eq!(told(&swapped), ("UTF-16BE", ','));
        assert_eq!(told("\u{feff}ł,b".as_bytes()).0, "UTF-8");
        for (encoding, text) in [
            (
                "windows-1251",
                "Название;Город\nООО Ромашка;Москва\nЗавод «Сталь»;Екатеринбург\n",
            ),
            (
                "windows-1250",
                "Nazwa;Miasto\nŻółw i Źrebię;Łódź\nPaździernik Świętokrzyski;Gdańsk\n",
            ),
            (
                "windows-1252",
                "Name;Stadt\nMüller & Söhne;Köln\nCafé Zürich;Genève\n",
            ),
        ] {
            let (bytes, _, failed) = Encoding::for_label(encoding.as_bytes()).unwrap().encode(text);
            assert!(!failed);
            let dialect = guess(&bytes);
            assert_eq!(dialect.charset.name(), encoding);
            let rows = read(dialect, &bytes, 5).unwrap();
            let expected: Vec<Vec<&str>> = text.lines().map(|line| line.split(';').collect()).collect();
            assert_eq!(rows, expected);
        }
    }

    #[test]
    fn letters_that_come_late_are_seen() {
        let mut bytes = b"name,city\n".repeat(20_000);
        bytes.extend_from_slice(b"\xcc\xee\xf1\xea\xe2\xe0,\xd0\xee\xf1\xf1\xe8\xff\n");
        assert_eq!(guess(&bytes).charset.name(), "windows-1251");
    }
}
