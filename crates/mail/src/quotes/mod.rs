//! Which part of a mail is new, and which is quoted, signature or footer.
//!
//! Nothing is deleted: [`text`] divides a text into spans that cover it wholly, [`html`] marks elements. Both are one
//! engine over rows, so a mail has the same division in both forms. What counts as quoted is decided by what mail
//! programs write (see `attribution.rs`, `headers.rs`, `markers.rs`), by `>` signs, and by where new text stands:
//! above, below or between. If nothing would be new, everything is.

mod attribution;
mod decide;
mod headers;
mod marked;
mod markers;
mod rows;
mod signatures;

pub(crate) use marked::begins_old;
pub use marked::{Marked, PART, html};

use rows::Row;
use std::ops::Range;

/// What a stretch of a mail is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Written for this mail.
    New,
    /// Quoted with answers around it; shown, because the answers need it.
    Context,
    /// Says who wrote what is quoted.
    Attribution,
    /// An earlier mail.
    Quoted,
    /// Who writes, below a mark or put there by a device.
    Signature,
    /// Put there by machines on the way: lists, virus scanners, disclaimers.
    Footer,
}

impl Kind {
    /// Whether a reader sees it without asking.
    pub fn is_shown(self) -> bool {
        matches!(self, Self::New | Self::Context)
    }
}

/// A stretch of lines of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the text, line ends included.
    pub range: Range<usize>,
    /// What they are.
    pub kind: Kind,
}

/// A text, divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// In order, without gaps.
    pub spans: Vec<Span>,
    /// Whether anything is new beyond an old mail that is passed on.
    pub has_new: bool,
}

impl Division {
    /// What is shown: new text and the quotations it answers.
    pub fn shown(&self, text: &str) -> String {
        self.only(text, Kind::is_shown)
    }

    /// The stretches whose kind passes, one after the other, without empty lines around.
    pub fn only(&self, text: &str, is_wanted: impl Fn(Kind) -> bool) -> String {
        let wanted = self.spans.iter().filter(|span| is_wanted(span.kind));
        let joined: String = wanted.map(|span| &text[span.range.clone()]).collect();
        trimmed(&joined).to_owned()
    }
}

/// Without empty lines at both ends; spaces before the first word stay.
fn trimmed(text: &str) -> &str {
    let end = text.trim_end();
    let blank = end.len() - end.trim_start().len();
    let start = end[..blank].rfind('\n').map_or(0, |at| at + 1);
    &end[start..]
}

/// Divides a plain text.
pub fn text(text: &str) -> Division {
    let mut rows = Vec::new();
    let mut ranges = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        rows.push(Row::of_text(line.trim_end_matches(['\n', '\r'])));
        ranges.push(at..at + line.len());
        at += line.len();
    }
    let (kinds, has_new) = decide::kinds(&rows);
    let mut spans: Vec<Span> = Vec::new();
    for (range, kind) in ranges.into_iter().zip(kinds) {
        match spans.last_mut() {
            Some(last) if last.kind == kind => last.range.end = range.end,
            _ => spans.push(Span { range, kind }),
        }
    }
    Division { spans, has_new }
}
