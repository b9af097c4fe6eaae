//! mbox: mails one after the other, each behind a line `From …` (RFC 4155, in the forms of the world).
//!
//! Such a line counts behind an empty one, or at the beginning, and only if it ends like one: with a time and a year, or
//! with nothing but an address. `>From ` in a body loses one `>`. Memory holds one mail, up to the limit.

use std::io::{self, BufRead};

/// Of a line at least this much is kept, so that a `From ` line is known.
const LONGEST_SEPARATOR: usize = 1_000;

/// One mail of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boxed {
    /// Where its `From ` line begins, in bytes from the beginning of the file.
    pub at: u64,
    /// Where the next one begins: from here a later reader goes on.
    pub next: u64,
    /// The mail, without the `From ` line.
    pub raw: Vec<u8>,
    /// Whether it is longer than the limit: `raw` is its beginning.
    pub is_cut: bool,
}

/// Reads them.
#[derive(Debug)]
pub struct Mbox<R> {
    source: R,
    /// Where `source` stands.
    at: u64,
    limit: usize,
    /// Where the `From ` line that was read last begins.
    begun: Option<u64>,
    /// The line that is being read, kept for its room.
    line: Vec<u8>,
}

impl<R: BufRead> Mbox<R> {
    /// `source` stands at byte `at` of the file: 0, or [`Boxed::next`] of a mail. Mails beyond `limit` bytes are cut.
    pub fn new(source: R, at: u64, limit: usize) -> Self {
        Self {
            source,
            at,
            limit,
            begun: None,
            line: Vec::new(),
        }
    }

    fn read(&mut self) -> io::Result<Option<Boxed>> {
        let Some(at) = self.beginning()? else {
            return Ok(None);
        };
        let mut raw = Vec::new();
        let (mut is_cut, mut is_after_empty) = (false, false);
        loop {
            let start = self.at;
            if self.next_line()? == 0 {
                return Ok(Some(finished(at, start, raw, is_cut)));
            }
            if is_after_empty && is_separator(&self.line) {
                self.begun = Some(start);
                return Ok(Some(finished(at, start, raw, is_cut)));
            }
            is_after_empty = matches!(self.line.as_slice(), b"\n" | b"\r\n");
            let line = unquoted(&self.line);
            let room = self.limit.saturating_sub(raw.len());
            is_cut |= line.len() > room;
            raw.extend_from_slice(&line[..line.len().min(room)]);
        }
    }

    /// Where the next mail begins; its `From ` line has been read then.
    fn beginning(&mut self) -> io::Result<Option<u64>> {
        if let Some(at) = self.begun.take() {
            return Ok(Some(at));
        }
        loop {
            let start = self.at;
            if self.next_line()? == 0 {
                return Ok(None);
            }
            if self.line.starts_with(b"From ") {
                return Ok(Some(start));
            }
        }
    }

    /// Reads a line of any length, of which no more than the limit is kept; answers with its length.
    fn next_line(&mut self) -> io::Result<u64> {
        self.line.clear();
        let mut length = 0;
        loop {
            let buffer = self.source.fill_buf()?;
            if buffer.is_empty() {
                return Ok(length);
            }
            let end = buffer.iter().position(|byte| *byte == b'\n').map(|end| end + 1);
            let taken = end.unwrap_or(buffer.len());
            let room = (self.limit.max(LONGEST_SEPARATOR) + 1).saturating_sub(self.line.len());
            self.line.extend_from_slice(&buffer[..taken.min(room)]);
            self.source.consume(taken);
            length += taken as u64;
            self.at += taken as u64;
            if end.is_some() {
                return Ok(length);
            }
        }
    }
}

impl<R: BufRead> Iterator for Mbox<R> {
    type Item = io::Result<Boxed>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

/// The empty line before a `From ` line is not the mail's.
fn finished(at: u64, next: u64, mut raw: Vec<u8>, is_cut: bool) -> Boxed {
    if !is_cut {
        let end = raw.strip_suffix(b"\r\n\r\n").map(|rest| rest.len() + 2);
        let end = end.or_else(|| raw.strip_suffix(b"\n\n").map(|rest| rest.len() + 1));
        raw.truncate(end.unwrap_or(raw.len()));
    }
    Boxed {
        at,
        next,
        raw,
        is_cut,
    }
}

fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let text = String::from_utf8_lossy(&rest[..rest.len().min(300)]);
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_number =
        |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    let has_year = words.iter().any(|word| is_number(word, 4));
    let has_time = words.iter().any(|word| {
        let parts: Vec<&str> = word.split(':').collect();
        (2..=3).contains(&parts.len()) && parts.iter().all(|part| is_number(part, 2))
    });
    (has_year && has_time) || (words.len() == 1 && (words[0].contains('@') || words[0] == "-"))
}

fn unquoted(line: &[u8]) -> &[u8] {
    let signs = line.iter().take_while(|byte| **byte == b'>').count();
    if signs > 0 && line[signs..].starts_with(b"From ") {
        &line[1..]
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "From a@b Tue Jan  1 00:00:00 2030\nSubject: one\n\nHi\n>From here\n>>From there\n\nFrom what I know\n\n\
                        From c@d Wed Jan  2 00:00:00 2030\nSubject: two\n\nBye\n\nFrom -\nSubject: three\n\nEnd";

    fn read(at: usize, limit: usize) -> Vec<Boxed> {
        let source = io::BufReader::with_capacity(7, &FILE.as_bytes()[at..]);
        Mbox::new(source, at as u64, limit)
            .collect::<io::Result<_>>()
            .unwrap()
    }

    #[test]
    fn mails_are_read_one_by_one_and_quoted_lines_lose_their_sign() {
        let mails = read(0, 1_000);
        assert_eq!(mails.len(), 3);
        assert_eq!(
            mails[0].raw,
            b"Subject: one\n\nHi\nFrom here\n>From there\n\nFrom what I know\n"
        );
        assert_eq!(mails[1].raw, b"Subject: two\n\nBye\n");
        assert_eq!(mails[2].raw, b"Subject: three\n\nEnd");
        assert_eq!(mails[2].next, FILE.len() as u64);
    }

    #[test]
    fn reading_goes_on_where_it_stopped() {
        let all = read(0, 1_000);
        for (at, mail) in all.iter().enumerate() {
            let rest = read(usize::try_from(mail.next).unwrap(), 1_000);
            assert_eq!(rest, all[at + 1..]);
        }
    }

    #[test]
    fn a_mail_beyond_the_limit_is_cut_and_the_next_one_is_whole() {
        let mails = read(0, 25);
        assert!(mails[0].is_cut && mails[0].raw.len() == 25);
        assert!(!mails[1].is_cut);
        assert_eq!(mails[1].raw, b"Subject: two\n\nBye\n");
    }
}
