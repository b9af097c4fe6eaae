//! Days and amounts as people type them, in the ways of their language and in ours; what can be read in two ways is
//! refused, never guessed.

use jiff::civil::Date;

use super::money::minor_digits;
use super::{DateOrder, Locale, Text};
use crate::text::fold;

/// Words for "year" that stand behind one.
const YEARS: [&str; 5] = ["г", "года", "r", "roku", "il"];

/// Why an amount could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyTrouble {
    /// It is no number.
    NoNumber,
    /// It has more digits after the separator than the currency has.
    TooPrecise,
    /// It is larger than anything we count.
    TooMuch,
}

impl MoneyTrouble {
    /// The key of the sentence about it; its argument `$example` is an amount that would be right.
    pub fn text(self) -> &'static str {
        match self {
            Self::NoNumber => "money-failure-number",
            Self::TooPrecise => "money-failure-precise",
            Self::TooMuch => "money-failure-much",
        }
    }
}

impl Text {
    /// Reads an amount in major units, such as `1 234,50` or `1,234.50`, into minor units of an ISO 4217 currency.
    ///
    /// One separator with three digits behind it stands before decimals where the reader's language writes decimals so,
    /// and is refused when the currency has fewer: no reading is wrong by a thousand.
    ///
    /// # Errors
    /// [`MoneyTrouble`].
    pub fn read_money(&self, text: &str, currency: &str) -> Result<i64, MoneyTrouble> {
        let digits = minor_digits(currency) as usize;
        let (negative, bare) = bare(text, currency);
        let (whole, fraction) = split(&bare, self.separators().decimal_mark())?;
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > digits {
            return Err(MoneyTrouble::TooPrecise);
        }
        let minor: i64 = format!("{whole}{fraction:0<digits$}")
            .parse()
            .map_err(|_| MoneyTrouble::TooMuch)?;
        Ok(if negative { -minor } else { minor })
    }

    /// The sentence about an amount that could not be read.
    pub fn money_trouble(&self, trouble: MoneyTrouble, currency: &str) -> String {
        let example = self.money_written(123_450 * 10_i64.pow(minor_digits(currency)) / 100, currency);
        self.say_with(trouble.text(), super::args![example = example])
    }

    /// Reads a day: `2026-12-25`, `25.12.2026`, `25/12`, `25 December`, in the reader's words or English ones, and the
    /// words for today and its neighbours. Without a year it is the present one's.
    pub fn read_day(&self, text: &str) -> Option<Date> {
        let text = fold(text);
        let today = self.today()?;
        let near = [("day-yesterday", -1), ("day-today", 0), ("day-tomorrow", 1)];
        if let Some((_, days)) = near.iter().find(|(key, _)| fold(&self.say(key)) == text) {
            return today.checked_add(jiff::Span::new().days(*days)).ok();
        }
        let parts: Vec<&str> = text
            .split([' ', '.', '/', '-', ',', '\u{a0}', '–'])
            .filter(|part| !part.is_empty() && !YEARS.contains(part))
            .collect();
        match parts[..] {
            [year, month, day] if year.len() == 4 && is_digits(year) => {
                date(year, self.month_of(month)?, day)
            }
            [one, other, year] => {
                let year = year_of(year)?;
                let read = |month: &str, day: &str| date(&year, self.month_of(month)?, day);
                let (first, second) = self.month_and_day(one, other);
                read(first, second).or_else(|| read(second, first))
            }
            [one, other] => {
                let year = today.year().to_string();
                let read = |month: &str, day: &str| date(&year, self.month_of(month)?, day);
                match self.month_and_day(one, other) {
                    (month, day) if month == one => read(month, day).or_else(|| read(day, month)),
                    (month, day) => read(month, day),
                }
            }
            _ => None,
        }
    }

    /// Which of two parts is the month and which the day, in the reader's order: the day comes first where they chose none.
    fn month_and_day<'a>(&self, one: &'a str, other: &'a str) -> (&'a str, &'a str) {
        match self.formats().date {
            Some(DateOrder::MonthFirst | DateOrder::YearFirst) => (one, other),
            Some(DateOrder::DayFirst) | None => (other, one),
        }
    }

    /// The number of a month: as digits, or by the first three letters of its name.
    fn month_of(&self, word: &str) -> Option<i8> {
        if is_digits(word) {
            return word.parse().ok().filter(|month| (1..=12).contains(month));
        }
        let english = Self::new(Locale::english(), self.zone().clone(), self.now());
        [self, &english].iter().find_map(|text| {
            ["months-short", "months-in-date"].iter().find_map(|key| {
                let names = text.say(key);
                let place = names
                    .split_whitespace()
                    .position(|name| is_named(&fold(name), word))?;
                i8::try_from(place + 1).ok()
            })
        })
    }
}

fn is_named(name: &str, word: &str) -> bool {
    name == word || (word.chars().count() >= 3 && name.starts_with(word))
}

fn date(year: &str, month: i8, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// A year in four digits; two digits are of this century.
fn year_of(text: &str) -> Option<String> {
    match (text.len(), is_digits(text)) {
        (4, true) => Some(text.to_owned()),
        (2, true) => Some(format!("20{text}")),
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The sign, and the digits with their separators: without spaces, apostrophes, the currency's code and signs.
fn bare(text: &str, currency: &str) -> (bool, String) {
    let text = text.trim();
    let is_owed = text.starts_with('(') && text.ends_with(')');
    let text = text
        .trim_matches(['(', ')'])
        .to_uppercase()
        .replace(&currency.to_uppercase(), "");
    let is_minus = text.trim().starts_with(['-', '−', '–']);
    let signs = ["€", "$", "£", "¥", "₽", "₼", "ZŁ", "RP", "US"];
    let text = signs.iter().fold(text, |text, sign| text.replace(sign, ""));
    let kept = text
        .trim()
        .trim_start_matches(['-', '−', '–', '+'])
        .chars()
        .filter(|c| !c.is_whitespace() && !"'’".contains(*c));
    (is_owed || is_minus, kept.collect())
}

/// The digits before and after the decimal separator.
fn split(text: &str, decimal: char) -> Result<(String, String), MoneyTrouble> {
    let is_plain = text.chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
    if !is_plain || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(MoneyTrouble::NoNumber);
    }
    let marks: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| ".,".contains(*c)).collect();
    let last = marks.last().copied();
    let point = match (marks.len(), last) {
        (0, _) | (_, None) => None,
        (1, Some((place, mark))) => {
            (text.len() - place != 4 || mark == decimal || place == 0).then_some(place)
        }
        (_, Some((place, mark))) => marks[..marks.len() - 1]
            .iter()
            .all(|(_, other)| *other != mark)
            .then_some(place),
    };
    let (whole, fraction) = match point {
        Some(place) => (&text[..place], &text[place + 1..]),
        None => (text, ""),
    };
    Ok((grouped(whole)?, fraction.to_owned()))
}

/// The digits of a whole number in groups of three behind the first one, all parted by the same mark.
fn grouped(text: &str) -> Result<String, MoneyTrouble> {
    let is_mixed = text.contains('.') && text.contains(',');
    let groups: Vec<&str> = text.split(['.', ',']).collect();
    let is_even = groups[1..].iter().all(|group| group.len() == 3);
    let begins = groups.len() == 1 || (1..=3).contains(&groups[0].len());
    if is_mixed || !is_even || !begins {
        return Err(MoneyTrouble::NoNumber);
    }
    Ok(format!("0{}", groups.concat()))
}
