//! What an IMAP server says (RFC 3501 7), as nested values: enough of the grammar for what we ask, with bounds on all of it.

use super::ImapError;
use crate::wire::{Wire, WireError};

/// Bytes of one line; an answer to SEARCH is one line.
const LINE: usize = 1 << 20;
/// Bytes of one answer without its literals.
const WORDS: usize = 4 << 20;
/// Lists within lists.
const DEPTH: usize = 16;

/// One value of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A word, with what stands in brackets behind it.
    Atom(String),
    /// Quoted or literal.
    Text(Vec<u8>),
    List(Vec<Value>),
}

impl Value {
    pub(super) fn atom(&self) -> Option<&str> {
        match self {
            Self::Atom(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.atom().is_some_and(|atom| atom.eq_ignore_ascii_case(word))
    }

    pub(super) fn number<T: std::str::FromStr>(&self) -> Option<T> {
        self.atom()?.parse().ok()
    }

    pub(super) fn list(&self) -> Option<&[Value]> {
        match self {
            Self::List(values) => Some(values),
            _ => None,
        }
    }

    /// The bytes of a string; of NIL nothing.
    pub(super) fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Text(bytes) => Some(bytes),
            Self::Atom(word) if !word.eq_ignore_ascii_case("NIL") => Some(word.as_bytes()),
            _ => None,
        }
    }
}

/// How a server judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Ok,
    No,
    Bad,
    Bye,
    Preauth,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// `+ …`.
    Continue(String),
    /// `OK`, `NO` and the like, with a tag or without: the code in brackets, and words for people.
    Status {
        tag: Option<String>,
        verdict: Verdict,
        code: Vec<Value>,
        said: String,
    },
    /// Data.
    Data(Vec<Value>),
}

/// Text and literals of one answer.
enum Piece {
    Words(Vec<u8>),
    Literal(Vec<u8>),
}

/// Reads one answer whose literals have at most so many bytes together; the first wait may be another.
pub(super) async fn read(
    wire: &mut Wire,
    literals: usize,
    wait: std::time::Duration,
) -> Result<Answer, ImapError> {
    let mut pieces = Vec::new();
    let (mut words, mut left) = (0, literals);
    let mut line = wire.line_within(LINE, wait).await?;
    loop {
        words += line.len();
        if words > WORDS {
            return Err(WireError::TooLong.into());
        }
        let Some(count) = announced(&line) else {
            pieces.push(Piece::Words(line));
            return parse(pieces).ok_or(ImapError::Odd);
        };
        left = left
            .checked_sub(count)
            .ok_or(ImapError::Wire(WireError::TooLong))?;
        pieces.push(Piece::Words(line));
        pieces.push(Piece::Literal(wire.exactly(count).await?));
        line = wire.line(LINE).await?;
    }
}

/// The bytes that follow a line that ends with `{123}`.
fn announced(line: &[u8]) -> Option<usize> {
    let line = line.trim_ascii_end().strip_suffix(b"}")?;
    let start = line.iter().rposition(|byte| *byte == b'{')?;
    let digits = std::str::from_utf8(&line[start + 1..]).ok()?;
    digits.trim_end_matches('+').parse().ok()
}

/// An answer without literals, for tests and torture.
pub(super) fn of_line(line: &[u8]) -> Option<Answer> {
    parse(vec![Piece::Words(line.to_vec())])
}

fn parse(pieces: Vec<Piece>) -> Option<Answer> {
    let mut pieces = pieces.into_iter();
    let Some(Piece::Words(first)) = pieces.next() else {
        return None;
    };
    if let Some(rest) = first.strip_prefix(b"+") {
        return Some(Answer::Continue(lossy(rest)));
    }
    let space = first.iter().position(|byte| *byte == b' ')?;
    let tag = match &first[..space] {
        b"*" => None,
        tag => Some(lossy(tag)),
    };
    let rest = first[space + 1..].trim_ascii();
    if let Some((verdict, rest)) = verdict(rest) {
        let (code, said) = code(rest);
        return Some(Answer::Status {
            tag,
            verdict,
            code,
            said,
        });
    }
    if tag.is_some() {
        return None;
    }
    let mut reader = Reader::default();
    reader.words(&first[space + 1..])?;
    for piece in pieces {
        match piece {
            Piece::Words(words) => reader.words(&words)?,
            Piece::Literal(bytes) => reader.push(Value::Text(bytes)),
        }
    }
    reader.finish().map(Answer::Data)
}

fn verdict(rest: &[u8]) -> Option<(Verdict, &[u8])> {
    let end = rest.iter().position(|byte| *byte == b' ').unwrap_or(rest.len());
    let verdict = match rest[..end].to_ascii_uppercase().as_slice() {
        b"OK" => Verdict::Ok,
        b"NO" => Verdict::No,
        b"BAD" => Verdict::Bad,
        b"BYE" => Verdict::Bye,
        b"PREAUTH" => Verdict::Preauth,
        _ => return None,
    };
    Some((verdict, rest[end..].trim_ascii_start()))
}

/// `[UIDVALIDITY 7] text`.
fn code(rest: &[u8]) -> (Vec<Value>, String) {
    let inner = rest.strip_prefix(b"[").and_then(|rest| {
        rest.iter()
            .position(|byte| *byte == b']')
            .map(|end| (&rest[..end], &rest[end + 1..]))
    });
    let Some((inner, said)) = inner else {
        return (Vec::new(), lossy(rest));
    };
    let mut reader = Reader::default();
    let code = reader.words(inner).and_then(|()| reader.finish());
    (code.unwrap_or_default(), lossy(said.trim_ascii()))
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.trim_ascii()).into_owned()
}

/// Builds nested values, without descending by itself.
#[derive(Default)]
struct Reader {
    top: Vec<Value>,
    open: Vec<Vec<Value>>,
}

impl Reader {
    fn push(&mut self, value: Value) {
        self.open.last_mut().unwrap_or(&mut self.top).push(value);
    }

    fn finish(self) -> Option<Vec<Value>> {
        self.open.is_empty().then_some(self.top)
    }

    fn words(&mut self, line: &[u8]) -> Option<()> {
        let mut at = 0;
        while let Some(byte) = line.get(at) {
            match byte {
                b' ' | b'\r' | b'\n' => at += 1,
                b'(' => {
                    if self.open.len() >= DEPTH {
                        return None;
                    }
                    self.open.push(Vec::new());
                    at += 1;
                }
                b')' => {
                    let list = self.open.pop()?;
                    self.push(Value::List(list));
                    at += 1;
                }
                b'"' => at = self.quoted(line, at + 1)?,
                // The announcement of the literal that follows.
                b'{' => return Some(()),
                _ => at = self.atom(line, at),
            }
        }
        Some(())
    }

    fn quoted(&mut self, line: &[u8], start: usize) -> Option<usize> {
        let mut text = Vec::new();
        let mut at = start;
        loop {
            match line.get(at)? {
                b'"' => break,
                b'\\' => {
                    at += 1;
                    text.push(*line.get(at)?);
                }
                byte => text.push(*byte),
            }
            at += 1;
        }
        self.push(Value::Text(text));
        Some(at + 1)
    }

    /// Spaces and parentheses within brackets belong to the word, as in `BODY[HEADER.FIELDS (MESSAGE-ID)]`.
    fn atom(&mut self, line: &[u8], start: usize) -> usize {
        let mut at = start;
        let mut is_bracketed = false;
        while let Some(byte) = line.get(at) {
            match byte {
                b'[' => is_bracketed = true,
                b']' => is_bracketed = false,
                b'\r' | b'\n' => break,
                b' ' | b'(' | b')' | b'"' if !is_bracketed => break,
                _ => {}
            }
            at += 1;
        }
        self.push(Value::Atom(
            String::from_utf8_lossy(&line[start..at]).into_owned(),
        ));
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn data_and_statuses_are_told_apart() {
        let Some(Answer::Data(values)) = of_line(
            b"* 12 FETCH (UID 7 FLAGS (\\Seen) BODY[HEADER.FIELDS (MESSAGE-ID)] \"a \\\"b\" X NIL)\r\n",
        ) else {
            panic!("data");
        };
        assert!(values[1].is("fetch"));
        let list = values[2].list().unwrap();
        assert_eq!(list[1].number::<u32>(), Some(7));
        assert_eq!(list[4].atom(), Some("BODY[HEADER.FIELDS (MESSAGE-ID)]"));
        assert_eq!(list[5].bytes(), Some(&b"a \"b"[..]));
        assert_eq!(list[7].bytes(), None);
        let status = of_line(b"a1 NO [AUTHENTICATIONFAILED] Wrong\r\n");
        assert!(
            matches!(status, Some(Answer::Status { verdict: Verdict::No, ref code, ref said, .. }) if code[0].is("authenticationfailed") && said == "Wrong")
        );
        assert!(matches!(of_line(b"+ idling\r\n"), Some(Answer::Continue(_))));
        assert_eq!(announced(b"* 1 FETCH (BODY[] {120}\r\n"), Some(120));
        assert_eq!(announced(b"* 1 FETCH (BODY[] {99999999999999999999}\r\n"), None);
    }

    #[test]
    fn nesting_has_an_end() {
        assert!(of_line(&[b"* X ".as_slice(), &b"(".repeat(100_000)].concat()).is_none());
        assert!(of_line(b"* X (a").is_none());
        assert!(of_line(b"* X a)").is_none());
    }

    proptest! {
        #[test]
        fn any_line_is_survived(line in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = of_line(&line);
            let _ = of_line(&[b"* ".as_slice(), &line].concat());
        }
    }
}
