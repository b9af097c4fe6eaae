//! How the columns of a file write days and amounts. `03/04/2026` alone does not say which is the month, and `1.234` not
//! whether it is a thousand: the whole column says it, or else a person does.
//!
//! Whatever the file writes, verbs get days as `2026-04-03` and amounts as `1234.5`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Which of the first two numbers of `03/04/2026` is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DayOrder")]
pub enum DayOrder {
    /// The second: 3 April.
    DayFirst,
    /// The first: March 4.
    MonthFirst,
    /// The file does not say.
    Unclear,
}

/// Which sign stands before the cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "DecimalSign")]
pub enum DecimalSign {
    /// A comma: 1.234,50.
    Comma,
    /// A point: 1,234.50.
    Point,
    /// The file does not say.
    Unclear,
}

/// How a column writes what it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "ColumnWriting")]
#[serde(deny_unknown_fields)]
pub struct Writing {
    /// How it writes days; null when it holds none that could be read in two ways.
    #[serde(default)]
    pub days: Option<DayOrder>,
    /// How it writes amounts; null when it holds none that could be read in two ways.
    #[serde(default)]
    pub amounts: Option<DecimalSign>,
}

/// What the cells of a column show of its writing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence {
    days: Signs,
    amounts: Signs,
}

/// How many cells speak for one reading, for the other, and for neither.
#[derive(Clone, Copy, Debug, Default)]
struct Signs {
    one: u64,
    other: u64,
    neither: u64,
}

impl Signs {
    /// The reading of the column: that of most cells that speak, and none when nobody asks.
    fn settled<T>(self, one: T, other: T, unclear: T) -> Option<T> {
        match (self.one, self.other, self.neither) {
            (0, 0, 0) => None,
            (0, 0, _) => Some(unclear),
            (ones, others, _) if ones == others => Some(unclear),
            (ones, others, _) if ones > others => Some(one),
            _ => Some(other),
        }
    }
}

impl Evidence {
    /// Looks at a cell.
    pub fn see(&mut self, cell: &str) {
        let cell = cell.trim();
        if !cell.starts_with(|c: char| c.is_ascii_digit() || "-+−$€£¥(".contains(c)) || cell.len() > 40
        {
            return;
        }
        match day_signs(cell) {
            Some(Some(DayOrder::DayFirst)) => self.days.one += 1,
            Some(Some(_)) => self.days.other += 1,
            Some(None) => self.days.neither += 1,
            None => match amount_signs(cell) {
                Some(DecimalSign::Comma) => self.amounts.one += 1,
                Some(DecimalSign::Point) => self.amounts.other += 1,
                Some(DecimalSign::Unclear) => self.amounts.neither += 1,
                None => {}
            },
        }
    }

    /// The writing of the column, as far as its cells show it.
    pub fn settled(self) -> Writing {
        Writing {
            days: self
                .days
                .settled(DayOrder::DayFirst, DayOrder::MonthFirst, DayOrder::Unclear),
            amounts: self
                .amounts
                .settled(DecimalSign::Comma, DecimalSign::Point, DecimalSign::Unclear),
        }
    }
}

/// The three numbers of a day with its year at the end, the sign between them, and what follows.
fn numbers(cell: &str) -> Option<([u32; 3], char)> {
    let day = cell.split([' ', 'T']).next()?;
    let sign = day.chars().find(|c| !c.is_ascii_digit())?;
    if !"./-".contains(sign) {
        return None;
    }
    let mut parts = day.split(sign);
    let mut number = || {
        let part = parts.next().filter(|part| (1..=4).contains(&part.len()))?;
        part.parse::<u32>().ok()
    };
    let all = [number()?, number()?, number()?];
    parts.next().is_none().then_some((all, sign))
}

/// What a cell says of the order of day and month; none when it is no day with both before its year.
fn day_signs(cell: &str) -> Option<Option<DayOrder>> {
    let ([one, other, _], sign) = numbers(cell)?;
    let year = cell.split([' ', 'T']).next()?.rsplit(sign).next()?;
    if one > 31 || !matches!(year.len(), 2 | 4) {
        return None;
    }
    // A point stands behind the day, wherever days are written with one.
    Some(match (one > 12, other > 12) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        _ if sign == '.' => Some(DayOrder::DayFirst),
        _ => None,
    })
}

/// What a cell says of the sign before the cents; none when nothing depends on it.
fn amount_signs(cell: &str) -> Option<DecimalSign> {
    let is_of_number = |c: char| c.is_ascii_digit() || ".,".contains(c);
    let bare: String = cell.chars().filter(|c| is_of_number(*c)).collect();
    let last = bare.rfind(['.', ','])?;
    let sign = if bare[last..].starts_with(',') {
        DecimalSign::Comma
    } else {
        DecimalSign::Point
    };
    let other = match sign {
        DecimalSign::Comma => DecimalSign::Point,
        _ => DecimalSign::Comma,
    };
    let mark = &bare[last..=last];
    let has_both = bare[..last].contains(['.', ',']) && !bare[..last].contains(mark);
    let is_repeated = bare[..last].contains(mark);
    Some(match bare.len() - last - 1 {
        _ if has_both => sign,
        3 if is_repeated => other,
        3 => DecimalSign::Unclear,
        _ => sign,
    })
}

impl Writing {
    /// A day as this column writes it, with the time and its offset from UTC behind it if they are there: `2026-04-03`,
    /// `2026-04-03 14:05`, `2026-04-03 14:05+02:00`.
    pub fn day(self, cell: &str) -> Option<String> {
        let (day, time) = match cell.split_once([' ', 'T']) {
            Some((day, time)) => (day, Some(time)),
            None => (cell, None),
        };
        let ([one, other, last], _) = numbers(day)?;
        let first_month = match self.days {
            Some(DayOrder::MonthFirst) => true,
            Some(DayOrder::Unclear) => return None,
            _ => false,
        };
        let (year, month, day) = match (one > 31, first_month) {
            (true, _) => (one, other, last),
            (false, true) => (last, one, other),
            (false, false) => (last, other, one),
        };
        // Two digits are of the years around ours.
        let year = match year {
            0..=69 => year + 2_000,
            70..=99 => year + 1_900,
            year => year,
        };
        let year = i16::try_from(year)
            .ok()
            .filter(|year| (1900..=2999).contains(year))?;
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        match time {
            None => Some(date.to_string()),
            Some(time) => Some(format!("{date} {}", clock(time)?)),
        }
    }

    /// An amount as this column writes it: `-1234.5`. Currency signs and blanks around it, and blanks, apostrophes and
    /// the other sign between thousands are left out.
    pub(super) fn amount(self, cell: &str) -> Option<String> {
        let trimmed = cell.trim_matches(|c: char| !c.is_ascii_digit() && !"-+−(),.".contains(c));
        let is_negative =
            trimmed.starts_with(['-', '−']) || trimmed.starts_with('(') && trimmed.ends_with(')');
        let bare = trimmed.trim_matches(|c: char| "-+−()".contains(c) || c.is_whitespace());
        let bare = bare.trim_start_matches(|c: char| !c.is_ascii_digit() && !",.".contains(c));
        let bare: String = bare
            .chars()
            .filter(|c| !c.is_whitespace() && !"'’_".contains(*c))
            .collect();
        let sign = match self.amounts {
            Some(DecimalSign::Comma) => ',',
            Some(DecimalSign::Unclear) => return None,
            _ => '.',
        };
        let grouping = if sign == ',' { '.' } else { ',' };
        let (whole, cents) = match bare.split_once(sign) {
            Some((whole, cents)) => (whole, cents),
            None => (bare.as_str(), ""),
        };
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let mut groups = whole.split(grouping);
        let first = groups.next().unwrap_or_default();
        let rest: Vec<&str> = groups.collect();
        let is_grouped = rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || first.len() <= 3);
        let whole = format!("{first}{}", rest.concat());
        if !is_grouped || !is_digits(&whole) || !is_digits(cents) || (whole.is_empty() && cents.is_empty()) {
            return None;
        }
        let minus = if is_negative { "-" } else { "" };
        let whole = if whole.is_empty() { "0" } else { &whole };
        let point = if cents.is_empty() { "" } else { "." };
        Some(format!("{minus}{whole}{point}{cents}"))
    }
}

/// A time of day, `14:05`, with the offset from UTC behind it if one is written: `14:05Z`, `14:05+02:00`. Seconds are left
/// out; what is neither half of a day nor an offset makes it unreadable, for it may say another time.
fn clock(time: &str) -> Option<String> {
    let time = time.trim();
    let is_of_clock = |c: char| c.is_ascii_digit() || ":.,".contains(c);
    let (digits, mut rest) = time.split_at(time.find(|c| !is_of_clock(c)).unwrap_or(time.len()));
    let whole = digits.split(['.', ',']).next()?;
    let parts: Vec<&str> = whole.split(':').collect();
    let (hour, minutes) = parts
        .split_first()
        .filter(|(_, rest)| matches!(rest.len(), 1 | 2))?;
    if minutes.iter().any(|part| part.len() != 2) || hour.len() > 2 {
        return None;
    }
    let number = |text: &str, most: u32| text.parse::<u32>().ok().filter(|number| *number <= most);
    let (mut hour, minute) = (number(hour, 23)?, number(minutes[0], 59)?);
    for (mark, later) in [("am", 0), ("pm", 12)] {
        if let Some(after) = rest
            .trim_start()
            .get(..2)
            .filter(|word| word.eq_ignore_ascii_case(mark))
            .and_then(|_| rest.trim_start().get(2..))
        {
            hour = (1..=12).contains(&hour).then_some(hour % 12 + later)?;
            rest = after;
            break;
        }
    }
    Some(format!("{hour:02}:{minute:02}{}", offset(rest.trim())?))
}

/// An offset from UTC in one form, `Z` or `+02:00`; nothing for nothing.
fn offset(written: &str) -> Option<String> {
    // The name of a zone may stand behind it; the offset says all.
    let word = written.split([' ', '[', '(']).next()?;
    if written.is_empty()
        || ["Z", "UTC", "GMT"]
            .iter()
            .any(|utc| word.eq_ignore_ascii_case(utc))
    {
        return Some(if written.is_empty() { "" } else { "Z" }.to_owned());
    }
    let (sign, digits) = match word.strip_prefix('+') {
        Some(digits) => ('+', digits),
        None => ('-', word.strip_prefix(['-', '−'])?),
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        2 => (digits.as_str(), "00"),
        4 => digits.split_at(2),
        _ => return None,
    };
    let is_within = hours.parse::<u32>().is_ok_and(|hours| hours < 16) && minutes < "60";
    is_within.then(|| format!("{sign}{hours}:{minutes}"))
}

#[cfg(test)]
mod tests;
