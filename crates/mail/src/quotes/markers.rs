//! Lines that mail programs and help desks draw above an old mail.

use crate::words::Words;
use regex::Regex;
use std::sync::LazyLock;

/// What such lines say between their dashes; compared in small letters.
static ORIGINAL: Words = Words::new(|| include_str!("../words/original.txt"));

/// Lines without dashes that begin a forwarded mail.
static FORWARDED: Words = Words::new(|| include_str!("../words/forwarded.txt"));

/// What help desks ask people to write above.
static ABOVE: Words = Words::new(|| include_str!("../words/above.txt"));

static RULED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\s>*_|]*[-=_~–—]{2,}[\s*_]*([^\s*_=~–—-].{0,118}?)[\s*_:]*[-=_~–—]{2,}[\s*_>|]*$")
        .expect("is a valid expression")
});

/// `-----Original Message-----` in any language.
pub(super) fn is_original(line: &str) -> bool {
    let lower = line.to_lowercase();
    if let Some(found) = RULED.captures(&lower) {
        let words = found[1].trim();
        return ORIGINAL
            .iter()
            .any(|known| words.starts_with(known) || words.ends_with(known));
    }
    let bare = lower
        .trim_matches(['>', '*', '_', ' ', '\u{a0}'])
        .trim_end_matches([':', '：', ' ']);
    FORWARDED.contains(&bare)
}

/// `## Please type your reply above this line ##`.
pub(super) fn is_above(line: &str) -> bool {
    if line.len() > 300 {
        return false;
    }
    let lower = line.to_lowercase();
    ABOVE.iter().any(|known| lower.contains(known))
}

/// A line of nothing but signs, drawn to divide.
pub(super) fn is_divider(line: &str) -> bool {
    let line = line.trim();
    let mut signs = line.chars().filter(|character| !character.is_whitespace());
    let Some(first) = signs.next() else { return false };
    if line == "ᐧ" {
        return true;
    }
    let is_sign = |character: char| "-_=+~#*ᐧ—–─━═―".contains(character);
    is_sign(first) && signs.all(is_sign) && line.chars().count() >= 2
}

/// The mark of a signature (RFC 3676 4.3), or one of its many misspellings.
pub(super) fn is_signature_mark(line: &str) -> bool {
    matches!(line.trim(), "--" | "---" | "—" | "–" | "- -" | "__" | "ᐧ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_mails_are_announced_in_many_languages() {
        for line in [
            "-----Original Message-----",
            "-------- Original Message --------",
            "*-------- Original Message --------*",
            "-----Ursprüngliche Nachricht-----",
            "------------------ 原始邮件 ------------------",
            "---------- Forwarded message ---------",
            "________ Исходное сообщение ________",
            "Begin forwarded message:",
            "-- Original Message --",
        ] {
            assert!(is_original(line), "{line}");
        }
        for line in [
            "The original message was lost",
            "---- Steps ----",
            "-----",
            "-- Ada",
        ] {
            assert!(!is_original(line), "{line}");
        }
    }

    #[test]
    fn dividers_are_nothing_but_signs() {
        for line in ["--", "***", "_______", "  -------", "=====", "- - - -", "ᐧ"] {
            assert!(is_divider(line), "{line}");
        }
        for line in ["", "-", "- a", "a ---", "#1"] {
            assert!(!is_divider(line), "{line}");
        }
    }
}
