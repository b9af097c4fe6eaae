//! What a person typed, taken apart: words, phrases in quotes, filters.
//!
//! Every text is a query; nothing that is typed is an error. What looks like a filter and is none is said in a [`Note`]
//! and searched for as words.

use std::ops::Range;

use jiff::tz::TimeZone;

use super::dates;
use super::fold::flag;
use super::words::{Word, words};
use crate::clock::Timestamp;

/// More words than this are not looked at.
const MOST: usize = 10;
/// More of a text than this is not read, in characters.
const LONGEST: usize = 400;

/// The filters that there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The values of `kind:`.
    pub kinds: Vec<&'static str>,
    /// The values of `is:`.
    pub states: Vec<&'static str>,
    /// Further filters, which take any value: `from`, `tag`.
    pub names: Vec<&'static str>,
}

impl Known {
    /// The names of all filters.
    pub fn filters(&self) -> Vec<&'static str> {
        let mut all = vec!["is", "kind", "before", "after"];
        all.extend(&self.names);
        all
    }
}

/// Something in the text that was not taken as it may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// There is no filter of this name; the text was searched for as words.
    NoFilter(String),
    /// The filter `name` does not know `value`; it was left out.
    NoValue {
        /// The filter.
        name: String,
        /// What was asked for.
        value: String,
        /// What it knows.
        known: Vec<&'static str>,
    },
    /// Not a day for `before:` or `after:`; it was left out.
    NoDate(String),
}

/// A filter as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// The filter: `is:open`.
    pub text: String,
    /// The text without it.
    pub without: String,
}

/// A query, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The filters that were understood.
    pub chips: Vec<Chip>,
    /// What was not.
    pub notes: Vec<Note>,
    pub(super) chunks: Vec<Chunk>,
    pub(super) filters: Vec<Filter>,
}

/// What stands between two spaces or in quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// As it was typed.
    pub(super) raw: String,
    /// Where it stands in the query, in bytes.
    pub(super) at: Range<usize>,
    /// Its words; at least one.
    pub(super) words: Vec<Word>,
    /// In quotes: as it stands, without typing errors.
    pub(super) is_quoted: bool,
    /// Perhaps still being typed: its last word may go on.
    pub(super) is_open: bool,
}

/// What a document must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Kind(String),
    Flag(String),
    Before(Timestamp),
    From(Timestamp),
}

/// A piece of the text: its place, what it says without quotes, and whether it was all quoted.
struct Piece {
    at: Range<usize>,
    text: String,
    is_quoted: bool,
}

impl Asked {
    /// Takes a text apart. Days are those of `zone`, counted from `now`.
    pub fn parse(text: &str, known: &Known, zone: &TimeZone, now: Timestamp) -> Self {
        let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
        let text = &text[..end];
        let mut asked = Self::default();
        for piece in pieces(text) {
            if !piece.is_quoted && asked.takes_as_filter(text, &piece, known, (zone, now)) {
                continue;
            }
            asked.take_words(text, piece);
        }
        asked
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty() && self.filters.is_empty()
    }

    /// Whether it says in which state things are to be.
    pub(super) fn asks_for_a_state(&self) -> bool {
        let is_state = |filter: &Filter| matches!(filter, Filter::Flag(flag) if flag.starts_with("is:"));
        self.filters.iter().any(is_state)
    }

    fn take_words(&mut self, text: &str, piece: Piece) {
        let room = MOST
            - self
                .chunks
                .iter()
                .map(|chunk| chunk.words.len())
                .sum::<usize>()
                .min(MOST);
        let mut words = words(&piece.text);
        words.retain(|word| !word.is_rest);
        words.truncate(room);
        if words.is_empty() {
            return;
        }
        let is_last = piece.at.end == text.len();
        let is_closed = piece.is_quoted && text.ends_with('"') && piece.at.len() > 1;
        self.chunks.push(Chunk {
            words,
            is_quoted: piece.is_quoted,
            is_open: is_last && !is_closed,
            raw: piece.text,
            at: piece.at,
        });
    }

    /// Whether the piece is a filter, or was meant as one of a name that exists.
    fn takes_as_filter(
        &mut self,
        text: &str,
        piece: &Piece,
        known: &Known,
        days: (&TimeZone, Timestamp),
    ) -> bool {
        let Some((name, value)) = piece.text.split_once(':') else {
            return false;
        };
        let name = name.to_ascii_lowercase();
        let looks_so = (2..=12).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase());
        if !looks_so || value.is_empty() || value.starts_with("//") {
            return false;
        }
        if !known.filters().contains(&name.as_str()) {
            self.notes.push(Note::NoFilter(name));
            return false;
        }
        match filter(&name, value, known, days) {
            Ok(filter) => {
                self.filters.push(filter);
                self.chips.push(Chip {
                    text: piece.text.clone(),
                    without: without(text, &piece.at),
                });
            }
            Err(note) => self.notes.push(note),
        }
        true
    }
}

fn filter(name: &str, value: &str, known: &Known, days: (&TimeZone, Timestamp)) -> Result<Filter, Note> {
    let one_of = |known: &[&'static str]| {
        let found = known.iter().find(|known| known.eq_ignore_ascii_case(value));
        found.copied().ok_or_else(|| Note::NoValue {
            name: name.to_owned(),
            value: value.to_owned(),
            known: known.to_vec(),
        })
    };
    let day = || {
        dates::beginning(&value.to_ascii_lowercase(), days.0, days.1)
            .ok_or_else(|| Note::NoDate(value.to_owned()))
    };
    Ok(match name {
        "kind" => Filter::Kind(one_of(&known.kinds)?.to_owned()),
        "is" => Filter::Flag(flag("is", one_of(&known.states)?)),
        "before" => Filter::Before(day()?),
        "after" => Filter::From(day()?),
        name => Filter::Flag(flag(name, value)),
    })
}

/// Cuts at spaces that do not stand in quotes. A quote that is not closed goes on to the end.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut piece: Option<Piece> = None;
    let mut is_in_quotes = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() && !is_in_quotes {
            pieces.extend(piece.take());
            continue;
        }
        let end = at + c.len_utf8();
        let open = piece.get_or_insert_with(|| Piece {
            at: at..end,
            text: String::new(),
            is_quoted: c == '"',
        });
        open.at.end = end;
        if c != '"' {
            open.text.push(c);
            continue;
        }
        is_in_quotes = !is_in_quotes;
        if !is_in_quotes && open.is_quoted {
            pieces.extend(piece.take());
        }
    }
    pieces.extend(piece);
    pieces
}

fn without(text: &str, at: &Range<usize>) -> String {
    let (before, after) = (text[..at.start].trim_end(), text[at.end..].trim_start());
    let space = if before.is_empty() || after.is_empty() {
        ""
    } else {
        " "
    };
    format!("{before}{space}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(text: &str) -> Asked {
        let known = Known {
            kinds: vec!["account", "agent"],
            states: vec!["open", "closed"],
            names: vec!["from", "tag"],
        };
        Asked::parse(text, &known, &TimeZone::UTC, Timestamp(0))
    }

    fn chunks(text: &str) -> Vec<(String, bool, bool)> {
        let chunks = asked(text).chunks.into_iter();
        chunks
            .map(|chunk| (chunk.raw, chunk.is_quoted, chunk.is_open))
            .collect()
    }

    #[test]
    fn the_last_word_may_go_on_until_a_space_or_a_quote_ends_it() {
        assert_eq!(
            chunks("red wagon"),
            [("red".into(), false, false), ("wagon".into(), false, true)]
        );
        assert_eq!(chunks("wagon "), [("wagon".into(), false, false)]);
        assert_eq!(chunks("\"red wagon\""), [("red wagon".into(), true, false)]);
        assert_eq!(chunks("\"red wag"), [("red wag".into(), true, true)]);
    }

    #[test]
    fn filters_are_taken_out_of_the_text() {
        let asked = asked("acme is:open kind:ACCOUNT from:\"Ada Byron\" after:2026-01");
        let texts: Vec<_> = asked.chips.iter().map(|chip| chip.text.as_str()).collect();
        assert_eq!(
            texts,
            ["is:open", "kind:ACCOUNT", "from:Ada Byron", "after:2026-01"]
        );
        assert_eq!(
            asked.chips[0].without,
            "acme kind:ACCOUNT from:\"Ada Byron\" after:2026-01"
        );
        assert_eq!(asked.filters[2], Filter::Flag("from:ada byron".into()));
        assert_eq!((asked.chunks.len(), asked.notes.len()), (1, 0));
    }

    #[test]
    fn what_is_no_filter_is_said_and_searched_for() {
        let unknown = asked("colour:red");
        assert_eq!(unknown.notes, [Note::NoFilter("colour".into())]);
        assert_eq!(unknown.chunks[0].words.len(), 2);
        let value = asked("is:opn x");
        assert!(matches!(&value.notes[..], [Note::NoValue { known, .. }] if known == &["open", "closed"]));
        assert_eq!(value.chunks.len(), 1);
        assert_eq!(asked("before:soon").notes, [Note::NoDate("soon".into())]);
    }

    #[test]
    fn addresses_and_times_are_no_filters() {
        for text in ["https://example.com", "10:30", "is:", ":open", "a:b"] {
            assert_eq!(asked(text).notes, [], "{text}");
            assert_eq!(asked(text).filters, [], "{text}");
        }
    }

    #[test]
    fn no_more_words_are_taken_than_there_is_room_for() {
        let many = asked(&"word ".repeat(300));
        assert_eq!(many.chunks.len(), MOST);
    }
}
