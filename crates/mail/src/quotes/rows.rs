//! One line as the engine sees it.

use regex::Regex;
use std::sync::LazyLock;

/// What the form of a mail says about a line beyond its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Inside an element for attributions.
    Attribution,
    /// The first line of an old mail that goes on to the end.
    QuotedFromHere,
    /// Inside an element for signatures.
    Signature,
}

/// One line, without its quotation signs.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// As it stands there, trimmed.
    pub(super) raw: String,
    /// Without signs of quotation, trimmed.
    pub(super) text: String,
    /// How deep it is quoted.
    pub(super) depth: usize,
    pub(super) mark: Option<Mark>,
    /// A rule is drawn above it.
    pub(super) is_after_rule: bool,
}

/// `> `, `| `, `Ada> `, in any mixture.
static SIGNS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s{0,4}(?:(?:>|\||[A-Za-z]{1,10}>)[ \t]?)+").expect("is a valid expression")
});

/// Prompts that people copy into mails.
const PROMPTS: &[&str] = &[
    "ftp>",
    "irb>",
    "mongo>",
    "mysql>",
    "node>",
    "postgres>",
    "ps>",
    "psql>",
    "pry>",
    "redis>",
    "sftp>",
    "sql>",
    "sqlite>",
];

impl Row {
    pub(super) fn of_text(line: &str) -> Self {
        let (depth, text) = signs(line);
        Self {
            raw: line.trim().to_owned(),
            text: text.trim().to_owned(),
            depth,
            mark: None,
            is_after_rule: false,
        }
    }

    pub(super) fn of_html(line: &str, depth: usize, mark: Option<Mark>, is_after_rule: bool) -> Self {
        let row = Self::of_text(line);
        Self {
            depth: row.depth + depth,
            mark,
            is_after_rule,
            ..row
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn is_quoted(&self) -> bool {
        self.depth > 0
    }
}

fn signs(line: &str) -> (usize, &str) {
    let Some(found) = SIGNS.find(line) else {
        return (0, line);
    };
    let signs = found.as_str().trim();
    let lower = signs.to_ascii_lowercase();
    let is_prompt = PROMPTS.iter().any(|prompt| lower.starts_with(prompt));
    // A row of a table begins and ends with a bar.
    let is_table = signs.starts_with('|') && line.trim_end().len() > 1 && line.trim_end().ends_with('|');
    if is_prompt || is_table {
        return (0, line);
    }
    let depth = signs.matches(['>', '|']).count();
    (depth, &line[found.end()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_quotation_are_counted_and_taken_off() {
        for (line, depth, text) in [
            ("> a", 1, "a"),
            (">> a", 2, "a"),
            ("> > a", 2, "a"),
            ("Richard> a", 1, "a"),
            ("| a", 1, "a"),
            ("| a | b |", 0, "| a | b |"),
            ("mysql> select 1", 0, "mysql> select 1"),
            ("a > b", 0, "a > b"),
            ("  plain", 0, "plain"),
        ] {
            let row = Row::of_text(line);
            assert_eq!((row.depth, row.text.as_str()), (depth, text), "{line}");
        }
    }
}
