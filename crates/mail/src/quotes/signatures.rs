//! Who writes: below `--`, put there by a device, or contact lines below a closing; and what machines add.

use super::markers;
use super::rows::Row;
use crate::words::Words;
use regex::Regex;
use std::sync::LazyLock;

/// What devices and programs write under a mail.
static DEVICES: Words = Words::new(|| include_str!("../words/devices.txt"));

/// Ends of words behind which only a device can stand.
const DEVICE_ENDS: &[&str] = &[
    "gönderildi",
    "から送信",
    "에서 보냄",
    "adresinden gönderildi",
    "telefonumdan gönderildi",
];

/// Words that close a letter.
static CLOSINGS: Words = Words::new(|| include_str!("../words/closings.txt"));

/// What scanners, lists and lawyers add below.
static FOOTERS: Words = Words::new(|| include_str!("../words/footers.txt"));

static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\+?\(?\d[\d\s().\-/]{6,}\d)|(?:[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,})|(?:\bwww\.)|(?:https?://)|(?:\b(?:tel|phone|mobile|mob|fax|skype|cell|handy|telefon|тел|тел\.)\b[.:]?)")
        .expect("is a valid expression")
});

/// Most lines below a mark that still are a signature.
const LONGEST: usize = 14;
/// Most lines below a line of signs that still are one.
const LONGEST_BELOW_DIVIDER: usize = 10;

/// What ends a stretch of somebody's own text, counted in rows from its beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Signature(usize),
    Footer(usize),
}

/// Where the signature or the footer of a stretch begins. `is_last`: only quotations or nothing follow.
pub(super) fn end(rows: &[Row], is_last: bool) -> Option<End> {
    let by_mark = (0..rows.len()).find(|at| is_mark(rows, *at));
    let by_divider = (0..rows.len()).find(|at| is_divider_of_signature(rows, *at));
    let by_device = is_last.then(|| device(rows)).flatten();
    let by_contact = is_last.then(|| contact(rows)).flatten();
    let signature = by_mark
        .into_iter()
        .chain(by_divider)
        .chain(by_device)
        .chain(by_contact)
        .min();
    let footer = is_last.then(|| footer(rows)).flatten();
    match (signature, footer) {
        (Some(signature), Some(footer)) if footer < signature => Some(End::Footer(footer)),
        (Some(signature), _) => Some(End::Signature(signature)),
        (None, Some(footer)) => Some(End::Footer(footer)),
        (None, None) => None,
    }
}

fn is_mark(rows: &[Row], at: usize) -> bool {
    if !markers::is_signature_mark(&rows[at].raw) {
        return false;
    }
    filled(&rows[at + 1..], LONGEST) <= LONGEST
}

/// A line of signs with little below it, unless it underlines what stands right above.
fn is_divider_of_signature(rows: &[Row], at: usize) -> bool {
    let row = &rows[at];
    if !markers::is_divider(&row.raw) || row.raw.chars().count() < 3 {
        return false;
    }
    let above = at.checked_sub(1).map_or("", |above| rows[above].raw.as_str());
    let (length, title) = (row.raw.chars().count(), above.chars().count());
    let is_underline = !above.is_empty() && length.abs_diff(title) <= 3 && !markers::is_divider(above);
    if filled(&rows[at + 1..], LONGEST_BELOW_DIVIDER) > LONGEST_BELOW_DIVIDER {
        return false;
    }
    let below: Vec<&Row> = rows[at + 1..].iter().filter(|row| !row.is_empty()).collect();
    let others = below.iter().filter(|row| markers::is_divider(&row.raw)).count();
    // Lines drawn around something are a frame or a table.
    let is_frame = others > 0
        && others < below.len()
        && below.last().is_some_and(|last| !markers::is_divider(&last.raw));
    !is_underline && !is_frame
}

/// How many rows are not empty; counted no further than one beyond `most`.
fn filled(rows: &[Row], most: usize) -> usize {
    rows.iter().filter(|row| !row.is_empty()).take(most + 1).count()
}

/// Lines of devices at the very end.
fn device(rows: &[Row]) -> Option<usize> {
    let mut found = None;
    for (at, row) in rows.iter().enumerate().rev() {
        if row.is_empty() || markers::is_divider(&row.raw) {
            continue;
        }
        if !is_device(&row.raw) {
            break;
        }
        found = Some(at);
    }
    found
}

fn is_device(line: &str) -> bool {
    let lower = line.to_lowercase();
    let plain = lower.trim_matches(|letter: char| "[]()<>*_-–—~\"' \u{a0}".contains(letter));
    let words = plain.split_whitespace().count();
    let is_short = words <= 9 && plain.chars().count() <= 90;
    let has_link = plain.contains("http") && words <= 14;
    let begins = DEVICES.iter().any(|known| plain.starts_with(known));
    let ends = DEVICE_ENDS
        .iter()
        .any(|known| plain.trim_end_matches('.').ends_with(known));
    (is_short || has_link) && (begins || ends) && !is_prose(plain)
}

/// A comma followed by more words, or a question, is somebody talking.
fn is_prose(plain: &str) -> bool {
    plain.ends_with('?')
        || plain
            .split_once(", ")
            .is_some_and(|(_, rest)| rest.split_whitespace().count() > 3)
}

/// Contact lines below a closing and a name.
fn contact(rows: &[Row]) -> Option<usize> {
    let closing = rows.iter().rposition(|row| is_closing(&row.raw))?;
    let below: Vec<usize> = (closing + 1..rows.len())
        .filter(|at| !rows[*at].is_empty())
        .collect();
    let has_contact = below.iter().any(|at| CONTACT.is_match(&rows[*at].raw));
    let is_short = below.iter().all(|at| rows[*at].raw.chars().count() <= 90);
    if below.len() < 2 || below.len() > LONGEST || !has_contact || !is_short {
        return None;
    }
    // The name stays with the closing, the way people sign.
    below.get(1).copied()
}

fn is_closing(line: &str) -> bool {
    let lower = line.to_lowercase();
    let plain = lower.trim_matches(|letter: char| letter.is_whitespace() || ",.!;:*_-–—".contains(letter));
    CLOSINGS.contains(&plain)
}

/// A paragraph of a machine or a lawyer with nothing but more of the kind below.
fn footer(rows: &[Row]) -> Option<usize> {
    let first = rows.iter().position(|row| is_footer(&row.raw))?;
    let is_paragraph = first > 0 && rows[first - 1].is_empty();
    let above = filled(&rows[..first], 0);
    (is_paragraph && above > 0 && filled(&rows[first..], 40) <= 40).then_some(first)
}

fn is_footer(line: &str) -> bool {
    let lower = line.to_lowercase();
    let plain = lower.trim_start_matches(|letter: char| !letter.is_alphanumeric() && letter != '-');
    FOOTERS.iter().any(|known| plain.starts_with(known))
}

/// Whether a few lines below a quotation are who wrote, not what.
pub(super) fn is_name_only(rows: &[Row]) -> bool {
    let lines: Vec<&str> = rows
        .iter()
        .filter(|row| !row.is_empty())
        .map(|row| row.raw.as_str())
        .collect();
    let is_plain = |line: &&str| is_device(line) || CONTACT.is_match(line) || markers::is_divider(line);
    !lines.is_empty() && lines.len() <= 6 && lines.iter().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<End> {
        let rows: Vec<Row> = text.lines().map(Row::of_text).collect();
        end(&rows, true)
    }

    #[test]
    fn signatures_begin_at_their_mark() {
        assert_eq!(found("Hi\n-- \nAda"), Some(End::Signature(1)));
        assert_eq!(found("Hi\n---\nAda"), Some(End::Signature(1)));
        assert_eq!(found("Hi\n\n________________\nAda"), Some(End::Signature(2)));
        assert_eq!(found("Hi there\n\nSent from my iPhone"), Some(End::Signature(2)));
        assert_eq!(
            found("Hallo\n\nVon meinem iPhone gesendet"),
            Some(End::Signature(2))
        );
        assert_eq!(
            found("Hi\n\nGet Outlook for iOS<https://aka.ms/o0ukef>"),
            Some(End::Signature(2))
        );
        assert_eq!(
            found("Please help.\n\nKind regards,\nAda Lovelace\nAnalyst\n+44 20 7946 0000"),
            Some(End::Signature(4))
        );
        assert_eq!(
            found("Text\n\nThis e-mail and any attachments are confidential."),
            Some(End::Footer(2))
        );
    }

    #[test]
    fn what_people_write_is_no_signature() {
        for text in [
            "Sent from my desk, is much easier than my mobile phone.",
            "Title\n-----\nText below",
            "Hi\n\n+----+\n| a |\n+----+\nis the table",
            "Thanks\nAda",
            "This is not a ---------- delimiter.",
            "I sent it\nsent from the office and I wonder, did it ever come to you at all?",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
