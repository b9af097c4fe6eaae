//! What somebody types into a search: every text is a query, and a filter can be taken off.

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::search::{Asked, Known};

/// More of a text than this is not read, in characters.
const LONGEST: usize = 400;

/// One text.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let read: String = text.chars().take(LONGEST).collect();
    let query = asked(&text);
    assert_eq!(query, asked(&text), "the same text is the same query");
    assert!(query.chips.len() + query.notes.len() <= LONGEST);
    assert!(query.chips.is_empty() || !query.is_empty());
    for chip in &query.chips {
        assert!(chip.text.contains(':'), "{}", chip.text);
        assert!(
            chip.without.len() < read.len(),
            "{:?} without {:?}",
            read,
            chip.text
        );
        let without = asked(&chip.without);
        assert!(
            without.chips.len() < query.chips.len(),
            "{:?} without {:?}",
            read,
            chip.text
        );
    }
}

fn asked(text: &str) -> Asked {
    let known = Known {
        kinds: vec!["account", "agent"],
        states: vec!["open", "closed"],
        names: vec!["from", "tag"],
    };
    Asked::parse(text, &known, &TimeZone::UTC, Timestamp(1_800_000_000_000_000))
}

/// Words, phrases, filters, and what only looks like one.
pub fn seeds() -> Vec<Vec<u8>> {
    TEXTS.iter().map(|text| text.as_bytes().to_vec()).collect()
}

const TEXTS: &[&str] = &[
    "acme is:open kind:ACCOUNT from:\"Ada Byron\" after:2026-01",
    "\"red wagon\" \"red wag",
    "before:2w after:yesterday before:soon colour:red is:opn",
    "https://example.com 10:30 is: :open a:b",
    "tag:a\"b c\"d tag:\"x\"is:closed",
    "ŁÓDŹ Bakı'nın 東京都 don't",
    "after:9999-12-31 before:0000 after:9999y",
];
