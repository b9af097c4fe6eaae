//! Showing where a document has what was asked for.
//!
//! Pieces are plain texts; whoever shows them escapes them and wraps those that are marked.

use super::asked::{Asked, Chunk};
use super::language::Language;
use super::plan::{Care, allowance};
use super::words::{Word, words};

/// How long a part of a text is, about; in bytes.
const EXCERPT: usize = 180;
/// How much of it stands before the first mark, about.
const BEFORE: usize = 40;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As it stands there.
    pub text: String,
    /// Whether it is what was asked for.
    pub is_marked: bool,
}

/// What was asked for, ready to be compared with words.
pub(super) struct Marker {
    sought: Vec<Sought>,
    care: Care,
}

/// A word that was asked for.
struct Sought {
    word: Word,
    stems: Vec<String>,
    is_open: bool,
    allowance: usize,
}

impl Marker {
    pub(super) fn new(asked: &Asked, care: Care) -> Self {
        let sought = asked.chunks.iter().flat_map(sought).collect();
        Self { sought, care }
    }

    /// The whole text, marked.
    pub(super) fn whole(&self, text: &str, language: Option<Language>) -> Vec<Piece> {
        self.pieces(text, 0..text.len(), &self.found(text, language))
    }

    /// The part of the text with the most marks; its beginning when there is none.
    pub(super) fn excerpt(&self, text: &str, language: Option<Language>) -> Vec<Piece> {
        let found = self.found(text, language);
        let within = |from: usize| {
            found
                .iter()
                .filter(|word| (from..from + EXCERPT).contains(&word.from))
                .count()
        };
        // Of those with equally many, the first.
        let best = found.iter().rev().max_by_key(|word| within(word.from));
        let from = match best {
            Some(word) if word.from > BEFORE => after_space(text, word.from - BEFORE, word.from),
            _ => 0,
        };
        let to = before_space(text, from, from + EXCERPT + BEFORE);
        let mut pieces = self.pieces(text, from..to, &found);
        let dots = |text: &str| Piece {
            text: text.to_owned(),
            is_marked: false,
        };
        if from > 0 {
            pieces.insert(0, dots("… "));
        }
        if to < text.len() {
            pieces.push(dots(" …"));
        }
        pieces
    }

    /// The words of `text` that were asked for.
    fn found(&self, text: &str, language: Option<Language>) -> Vec<Word> {
        let mut words = words(text);
        words.retain(|word| {
            self.sought
                .iter()
                .any(|sought| sought.is(word, language, self.care))
        });
        words
    }

    fn pieces(&self, text: &str, within: std::ops::Range<usize>, found: &[Word]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut add = |from: usize, to: usize, is_marked| {
            if from < to {
                let text = text[from..to].to_owned();
                pieces.push(Piece { text, is_marked });
            }
        };
        let mut at = within.start;
        for word in found
            .iter()
            .filter(|word| word.from >= within.start && word.to <= within.end)
        {
            add(at, word.from, false);
            // Pairs of characters overlap.
            add(word.from.max(at), word.to, true);
            at = at.max(word.to);
        }
        add(at, within.end, false);
        pieces
    }
}

fn sought(chunk: &Chunk) -> Vec<Sought> {
    let last = chunk.words.len() - 1;
    let words = chunk.words.iter().enumerate();
    let sought = words.map(|(at, word)| Sought {
        stems: if chunk.words.len() == 1 && !chunk.is_quoted {
            Language::ALL
                .iter()
                .filter_map(|language| language.stem(word))
                .collect()
        } else {
            Vec::new()
        },
        is_open: chunk.is_open && at == last || !word.is_spaced(),
        allowance: if chunk.is_quoted {
            0
        } else {
            usize::from(allowance(word))
        },
        word: word.clone(),
    });
    sought.collect()
}

impl Sought {
    fn is(&self, word: &Word, language: Option<Language>, care: Care) -> bool {
        self.is_strictly(word, language)
            || care == Care::Forgiving && self.allowance > 0 && self.distance(word) <= self.allowance
    }

    fn is_strictly(&self, word: &Word, language: Option<Language>) -> bool {
        let is_begun = self.is_open && word.folded.starts_with(&self.word.folded);
        let is_stem = || {
            let stem = language.and_then(|language| language.stem(word));
            stem.is_some_and(|stem| self.stems.contains(&stem))
        };
        word.folded == self.word.folded || is_begun || !self.stems.is_empty() && is_stem()
    }

    fn distance(&self, word: &Word) -> usize {
        distance(&self.word.folded, &word.folded, self.is_open)
    }
}

/// The query with each misspelled word as it stands in one of `texts`; none when nothing is to be put right.
pub(super) fn meant(text: &str, asked: &Asked, texts: &[&str]) -> Option<String> {
    let known: Vec<Word> = texts.iter().flat_map(|text| words(text)).collect();
    let mut meant = text.to_owned();
    for chunk in asked.chunks.iter().rev() {
        let [word] = &chunk.words[..] else { continue };
        let closed = Chunk {
            is_open: false,
            ..chunk.clone()
        };
        let sought = sought(&closed).pop()?;
        let near = known.iter().filter(|other| other.is_spaced());
        let near = near.map(|other| (sought.distance(other), other));
        let nearest = near.min_by_key(|(distance, _)| *distance);
        if let Some((distance, nearest)) = nearest
            && (1..=usize::from(allowance(word))).contains(&distance)
        {
            meant.replace_range(chunk.at.clone(), &nearest.lower);
        }
    }
    (meant != text).then_some(meant)
}

/// How many letters must be put in, left out, changed or exchanged with their neighbour to come from `a` to `b`, each pair
/// only once (optimal string alignment); or, when `is_open`, to the nearest beginning of `b`.
fn distance(a: &str, b: &str, is_open: bool) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (mut earlier, mut last) = (Vec::new(), (0..=b.len()).collect::<Vec<_>>());
    for (i, &from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &to) in b.iter().enumerate() {
            let changed = last[j] + usize::from(from != to);
            let mut best = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && from == b[j - 1] && a[i - 1] == to {
                best = best.min(earlier_at(&earlier, j - 1) + 1);
            }
            row.push(best);
        }
        earlier = std::mem::replace(&mut last, row);
    }
    if is_open {
        last.into_iter().min().unwrap_or_default()
    } else {
        last[b.len()]
    }
}

fn earlier_at(row: &[usize], at: usize) -> usize {
    row.get(at).copied().unwrap_or_default()
}

/// The first place from `from` on that stands after a space; `to` when there is none before it.
fn after_space(text: &str, from: usize, to: usize) -> usize {
    let from = text.floor_char_boundary(from);
    text[from..to]
        .find(char::is_whitespace)
        .map_or(from, |at| text.ceil_char_boundary(from + at + 1))
}

/// The last space before `to`; `to` itself when the text ends before it or has no space.
fn before_space(text: &str, from: usize, to: usize) -> usize {
    if to >= text.len() {
        return text.len();
    }
    let to = text.floor_char_boundary(to);
    text[from..to]
        .rfind(char::is_whitespace)
        .map_or(to, |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;
    use crate::search::Known;
    use jiff::tz::TimeZone;

    fn asked(text: &str) -> Asked {
        Asked::parse(text, &Known::default(), &TimeZone::UTC, Timestamp(0))
    }

    fn marked(query: &str, text: &str) -> String {
        let pieces = Marker::new(&asked(query), Care::Forgiving).whole(text, Some(Language::Polish));
        let show = |piece: Piece| {
            if piece.is_marked {
                format!("[{}]", piece.text)
            } else {
                piece.text
            }
        };
        pieces.into_iter().map(show).collect()
    }

    #[test]
    fn what_was_asked_for_is_marked_as_it_was_found() {
        assert_eq!(marked("lodz ", "Łódź, nie Lublin"), "[Łódź], nie Lublin");
        assert_eq!(marked("fak", "Faktura <b>1</b>"), "[Faktura] <b>1</b>");
        assert_eq!(marked("faktura ", "dwie faktury"), "dwie [faktury]");
        assert_eq!(marked("fkatura ", "Faktura"), "[Faktura]");
        assert_eq!(marked("東京都", "大東京都庁"), "大[東京][都]庁");
    }

    #[test]
    fn an_excerpt_holds_the_marks_and_whole_words() {
        let text = format!("{} needle in the hay {}", "straw ".repeat(80), "more ".repeat(80));
        let pieces = Marker::new(&asked("needle hay"), Care::Strict).excerpt(&text, None);
        let all: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert!(all.starts_with("… straw") && all.ends_with("more …"), "{all}");
        assert_eq!(pieces.iter().filter(|piece| piece.is_marked).count(), 2);
    }

    #[test]
    fn letters_apart_are_counted() {
        for (a, b, apart) in [
            ("", "", 0),
            ("", "ab", 2),
            ("abc", "abc", 0),
            ("abc", "acb", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(a, b, false), apart, "{a} {b}");
        }
        assert_eq!(distance("grenw", "greenwood", true), 1);
    }
}
