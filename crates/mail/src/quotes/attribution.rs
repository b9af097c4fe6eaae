//! `On Monday Ada wrote:` in the languages and shapes of the world's mail programs.
//!
//! A line, or several that were broken, attributes what follows if it begins as such lines do, names a time or an
//! address, and says "wrote" or ends in a colon after both. Words alone never suffice: people write sentences.

use super::rows::Row;
use crate::words::Words;
use regex::Regex;
use std::sync::LazyLock;

/// "Wrote", as mail programs put it.
static WROTE: Words = Words::new(|| include_str!("../words/wrote.txt"));

/// What such a line begins with, where it doesn't begin with a name, a day or a date.
static ON: Words = Words::new(|| include_str!("../words/on.txt"));

static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[A-Za-z0-9._%+=&'*-]+@[A-Za-z0-9][A-Za-z0-9.-]*").expect("is a valid expression")
});

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b(?:19|20)\d\d\b [-/.年] \s? \d{1,2}
        | \b\d{1,2} [./-] \s? \d{1,2} [./-] \s? (?:\d{4}|\d{2})\b
        | \b(?:19|20)\d\d\b
        | \d{4}年 | \d{1,2}月\s?\d{1,2}日 | \d{4}년",
    )
    .expect("is a valid expression")
});

static TIME: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b\d{1,2}[:.h]\s?\d{2}(?:[:.]\d{2})?\b").expect("is a valid expression"));

/// A date at the very beginning: `2013/7/20 sam <a@b>`, `23 mar 2017 21:25 …`, `Mon, 1 Feb 2016`.
static BEGINS_WITH_DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\p{L}{2,12}\.?,?\s+)?(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}|\d{1,2}[./-]?\s?\p{L}*[./-]?\s?\d)")
        .expect("is a valid expression")
});

/// `2016-03-03 17:21 GMT+01:00 Some One`: the shape of Gmail for languages it had no words for.
static ZONED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}\s+(?:GMT|UTC)?[+-]\d{1,2}:?\d{2}\b")
        .expect("is a valid expression")
});

/// `>>>>> "Ada" == Ada Lovelace writes:`.
static SUPERCITE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"^>{3,}\s*"[^"]+"\s*==\s*.+writes:?$"#).expect("is a valid expression"));

/// Longest broken attribution in lines, empty ones included, and in bytes.
const MOST_ROWS: usize = 6;
const LONGEST: usize = 400;

/// How many rows from here are one attribution; none if they aren't one.
pub(super) fn length(rows: &[Row]) -> Option<usize> {
    let first = rows.first().filter(|row| !row.raw.is_empty())?;
    if SUPERCITE.is_match(&first.raw) {
        return Some(1);
    }
    if first.is_quoted() || !begins(&first.raw) {
        return None;
    }
    let mut joined = String::new();
    let mut empty = 0;
    let mut found = None;
    for (at, row) in rows.iter().take(MOST_ROWS).enumerate() {
        if row.raw.is_empty() {
            empty += 1;
            // Only a line that could not end there goes on behind an empty one.
            if found.is_some() || empty > 1 || !is_open(&joined) {
                return found;
            }
            continue;
        }
        if at > 0 && begins_anew(&row.raw) {
            return found;
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&row.raw);
        if joined.len() > LONGEST {
            return found;
        }
        let is_quote_next = rows[at + 1..]
            .iter()
            .find(|row| !row.is_empty())
            .is_some_and(Row::is_quoted);
        if attributes(&joined, is_quote_next) {
            found = Some(at + 1);
            if is_quote_next || joined.ends_with([':', '：']) {
                break;
            }
        }
    }
    found
}

/// Whether a line begins as attributions do.
fn begins(line: &str) -> bool {
    let plain = line.trim_start_matches(['*', '_', '"', '“', '(', '[', '-', '—', ' ']);
    let lower = plain.to_lowercase();
    let has_on = ON.iter().any(|on| {
        lower.strip_prefix(on).is_some_and(|rest| {
            let is_cjk = on.chars().next().is_some_and(|letter| letter > '\u{2e80}');
            is_cjk || rest.starts_with([' ', ',', '\u{a0}'])
        })
    });
    has_on || BEGINS_WITH_DATE.is_match(plain) || has_name_first(plain, &lower)
}

/// A few words, then an address, "wrote", or a comma and a date.
fn has_name_first(line: &str, lower: &str) -> bool {
    let address = line
        .find(['<', '[', '('])
        .or_else(|| ADDRESS.find(line).map(|found| found.start()));
    let wrote = WROTE.iter().filter_map(|word| word_at(lower, word)).min();
    let end = address.into_iter().chain(wrote).min().unwrap_or(usize::MAX);
    let weekday_then_date = DATE.find(line).map_or(usize::MAX, |found| found.start());
    let end = end.min(weekday_then_date);
    line.get(..end.min(line.len()))
        .is_some_and(|name| end != usize::MAX && name.split_whitespace().count() <= 6)
}

/// A line of its own meaning ends what was being joined.
fn begins_anew(line: &str) -> bool {
    super::markers::is_original(line) || super::headers::label(line).is_some() && !line.contains("mailto")
}

/// Whether a joined text can't be over: a bracket is open, or it ends in what wants more.
fn is_open(joined: &str) -> bool {
    let is_bracket_open = joined.matches('<').count() > joined.matches('>').count();
    is_bracket_open || joined.ends_with([',', '<']) || (DATE.is_match(joined) && TIME.is_match(joined))
}

/// Where a word stands, not inside another one; languages without spaces need none.
fn word_at(lower: &str, word: &str) -> Option<usize> {
    let at = lower.find(word)?;
    let is_spaced = word.chars().next().is_some_and(|letter| letter < '\u{2e80}');
    let before = lower[..at].chars().next_back();
    let after = lower[at + word.len()..].chars().next();
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphabetic);
    (!is_spaced || (!is_letter(before) && !is_letter(after))).then_some(at)
}

fn attributes(joined: &str, is_quote_next: bool) -> bool {
    let text = joined.trim_end_matches(['*', '_', ' ', '\u{a0}']);
    let ends_in_colon = text.ends_with([':', '：']);
    let core = text.trim_end_matches([':', '：', ' ', '\u{a0}', '*', '>', ']', ')', '…', '.']);
    let lower = core.to_lowercase();
    let has_address = ADDRESS.is_match(text);
    let (has_date, has_time) = (DATE.is_match(text), TIME.is_match(text));
    let has_anything = has_address || has_date || has_time;
    if !has_anything && !is_quote_next {
        return false;
    }
    let ends_in_wrote = WROTE.iter().any(|word| {
        lower.ends_with(word.trim_end_matches(')')) && word_at(&lower, word.trim_end_matches(')')).is_some()
    });
    let has_wrote = ends_in_wrote || WROTE.iter().any(|word| word_at(&lower, word).is_some());
    if ZONED.is_match(text) || (BEGINS_WITH_DATE.is_match(text) && has_date && has_bracketed_end(text)) {
        return true;
    }
    if ends_in_wrote && (ends_in_colon || is_quote_next) && (has_anything || is_quote_next) {
        return true;
    }
    if has_wrote && ends_in_colon && has_anything {
        return !is_sentence(core);
    }
    // No word for "wrote", but a time, an address and a colon: Yandex, Mail.ru, mutt and others.
    ends_in_colon && has_address && (has_date || has_time) && !is_sentence(core)
}

fn has_bracketed_end(text: &str) -> bool {
    let text = text.trim_end_matches([':', ' ']);
    text.ends_with('>') && ADDRESS.is_match(text) && text.split_whitespace().count() <= 14
}

/// More than one sentence is no attribution; abbreviations of months and days have dots too.
fn is_sentence(text: &str) -> bool {
    let ends = text.match_indices(['.', '!', '?']).filter(|(at, _)| {
        let before = text[..*at].split_whitespace().next_back().unwrap_or_default();
        let after = text[at + 1..].chars();
        let mut after = after.skip_while(|letter| *letter == ' ');
        before.chars().count() > 6
            && before.chars().all(char::is_alphabetic)
            && after.next().is_some_and(char::is_uppercase)
    });
    ends.count() > 0 || text.contains('?')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<usize> {
        let rows: Vec<Row> = text.lines().map(Row::of_text).collect();
        length(&rows)
    }

    #[test]
    fn attributions_of_many_languages_are_known() {
        for line in [
            "On Mon, Feb 1, 2016 at 6:32 PM, Ada Lovelace <ada@example.com> wrote:",
            "On 2016-01-28, at 19:04, Ada wrote:",
            "On Tue, 2011-03-01 at 18:02 +0530, Ada wrote:",
            "Ada Lovelace <ada@example.com> wrote:",
            "Am 03.02.2016 3:35 nachm. schrieb Max Mustermann <max@example.com>:",
            "Ada <ada@example.com> schrieb am Di., 16. Aug. 2016 um 12:52 Uhr:",
            "Le 4 janv. 2016 19:03, \"Neil\" <neil@example.com> a écrit :",
            "El lun., 4 ene. 2016 a las 19:03, Ada (<ada@example.com>) escribió:",
            "Em 2 de fevereiro de 2015 10:58, ada <ada@example.com> escreveu:",
            "Il giorno mar 2 feb 2016 alle ore 10:58 Ada <ada@example.com> ha scritto:",
            "Op 2 feb. 2016 10:58 schreef Ada <ada@example.com>:",
            "Den tis 2 feb. 2016 kl 10:58 skrev Ada <ada@example.com>:",
            "W dniu 02.02.2016 o 10:58, Ada pisze:",
            "23 mar 2017 21:25 \"Neil Lalonde\" <neil@example.com> napisał(a):",
            "пн, 1 февр. 2016 г. в 10:58, Ада <ada@example.com>:",
            "1 февраля 2016 г., 10:58 пользователь Ада <ada@example.com> написал:",
            "Понедельник, 2 апреля 2012, 17:44 +04:00 от Ада <ada@example.com>:",
            "30 серп. 2016 р. 20:45 \"Arpit\" <no-reply@example.com> пише:",
            "2 Şub 2016 Sal, 10:58 tarihinde Ada <ada@example.com> şunu yazdı:",
            "Pada tanggal Sel, 2 Feb 2016 pukul 10.58 Ada <ada@example.com> menulis:",
            "在 2016年12月12日，下午8:45，Ada <ada@example.com> 写道：",
            "2016年2月2日(火) 10:58 Ada <ada@example.com>:",
            "2016년 2월 2일 (화) 오전 10:58, Ada <ada@example.com>님이 작성:",
            "2013/7/20 sam via Meta <info@example.org>",
            "2016-03-03 17:21 GMT+01:00 Some One",
            "03.09.2012, 14:05, \"Ада\" <ada@example.com>:",
            "* Ada Lovelace <ada@example.com> [2016-02-02 10:58]:",
            "At 6/16/2016 08:32 PM, you wrote:",
            "ma 1. helmik. 2016 klo 10.58 Ada (ada@example.com) kirjoitti:",
        ] {
            assert_eq!(found(line), Some(1), "{line}");
        }
    }

    #[test]
    fn broken_lines_are_joined() {
        assert_eq!(
            found("On Mon, Feb 1, 2016 at 6:32 PM, Ada Lovelace <ada@example.com>\nwrote:\n> a"),
            Some(2)
        );
        assert_eq!(
            found("Le 4 janv. 2016 19:03, \"Neil\"\n<neil@example.com>\na écrit :\n\n> x"),
            Some(3)
        );
        assert_eq!(
            found(
                "On Thu, 31 Mar 2016 at 11:16 Some One\n\n<\nmailto:Some One <some.one@foo.bar>\n> wrote:\n"
            ),
            Some(5)
        );
        assert_eq!(
            found("Am 21.04.2016 17:48 schrieb \"Einz Zwei\" <noreply@example.com\n>:\n\n> a"),
            Some(2)
        );
        assert_eq!(found("Ada wrote:\n> a"), Some(1), "a quotation below says enough");
    }

    #[test]
    fn sentences_are_no_attributions() {
        for line in [
            "On this day\n\nI wrote something",
            "I wrote to ada@example.com on 1.2.2016 and nobody answered.",
            "Ada wrote:",
            "Please see what you wrote in 2016: it is wrong",
            "On Monday we will meet at 10:30. Please bring:",
            "The following happened at 10:30:",
            "Our address is office@example.com",
            "On 5 May 2016 I ordered three lamps.",
        ] {
            assert_eq!(found(line), None, "{line}");
        }
    }
}
