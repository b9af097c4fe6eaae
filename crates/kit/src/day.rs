//! A day of the calendar, without a time or a zone: when a contract begins, the day of a rate. Text in the database
//! (`2026-11-22`), so that days sort as they follow each other; arithmetic is done here.

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::db::{ColumnError, FromColumn, ToParam, Value};

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

/// A text that is no day from 1900 to 2999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a day is written like 2026-11-22, from 1900 to 2999")]
pub struct NoDay;

impl Day {
    /// The day that `moment` falls on in `zone`.
    pub fn of(moment: Timestamp, zone: &TimeZone) -> Self {
        let moment = moment.calendar().unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        Self(moment.to_zoned(zone.clone()).date())
    }

    /// So many days later, earlier when negative; stops at the ends of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        Self(
            self.0
                .saturating_add(Span::new().days(days.clamp(-1_000_000, 1_000_000))),
        )
    }

    /// So many months later, earlier when negative; the last day of a shorter month stands for a missing one.
    #[must_use]
    pub fn plus_months(self, months: i64) -> Self {
        Self(
            self.0
                .saturating_add(Span::new().months(months.clamp(-12_000, 12_000))),
        )
    }

    /// The first day of its month.
    #[must_use]
    pub fn month(self) -> Self {
        Self(self.0.first_of_month())
    }

    /// Days from this one to `later`; negative when that is earlier.
    pub fn days_until(self, later: Self) -> i64 {
        self.0.until(later.0).map_or(0, |span| i64::from(span.get_days()))
    }

    /// Days from the first of 1970 to this one; negative before.
    pub fn number(self) -> i64 {
        Self(jiff::civil::date(1970, 1, 1)).days_until(self)
    }

    /// Whole months from the first of this one's month to the first of `later`'s.
    pub fn months_until(self, later: Self) -> i64 {
        let count = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
        count(later.0) - count(self.0)
    }

    /// The year and the month.
    pub fn year_and_month(self) -> (i16, i8) {
        (self.0.year(), self.0.month())
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        Self(date)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Day {
    type Err = NoDay;
    fn from_str(text: &str) -> Result<Self, NoDay> {
        // No other way of writing it: those would not sort as text.
        let bytes: &[u8; 10] = text.as_bytes().try_into().map_err(|_| NoDay)?;
        let number = |digits: &[u8]| {
            let digit =
                |sum: i16, byte: &u8| byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0'));
            digits.iter().try_fold(0, digit).ok_or(NoDay)
        };
        let part = |digits: &[u8]| number(digits).and_then(|number| i8::try_from(number).map_err(|_| NoDay));
        let year = number(&bytes[..4])?;
        if bytes[4] != b'-' || bytes[7] != b'-' || !(1900..=2999).contains(&year) {
            return Err(NoDay);
        }
        let day = Date::new(year, part(&bytes[5..7])?, part(&bytes[8..])?);
        day.map(Self).map_err(|_| NoDay)
    }
}

impl TryFrom<String> for Day {
    type Error = NoDay;
    fn try_from(text: String) -> Result<Self, NoDay> {
        text.parse()
    }
}

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "date",
            "description": "A day of the calendar from 1900 to 2999.",
            "pattern": "^(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}$",
            "examples": ["2026-11-22"],
        })
    }
}

impl ToParam for Day {
    fn to_param(&self) -> Value<'_> {
        Value::Text(self.to_string().into())
    }
}

impl FromColumn for Day {
    fn from_column(column: Value<'_>) -> Result<Self, ColumnError> {
        match &column {
            Value::Text(text) => text.parse().map_err(|_| column.is_not("a day")),
            _ => Err(column.is_not("a day")),
        }
    }
}

impl crate::i18n::Value<Date> for Day {
    fn value(&self) -> Date {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn months_end_where_the_calendar_ends_them() {
        assert_eq!(day("2027-01-31").plus_months(1), day("2027-02-28"));
        assert_eq!(day("2027-01-31").plus_months(12), day("2028-01-31"));
        assert_eq!(day("2027-03-01").plus_days(-1), day("2027-02-28"));
        assert_eq!(day("2026-11-22").month(), day("2026-11-01"));
        assert_eq!(day("2026-11-22").days_until(day("2026-12-01")), 9);
        assert_eq!(day("2026-11-22").months_until(day("2027-01-01")), 2);
    }

    #[test]
    fn only_the_one_way_of_writing_is_read() {
        for wrong in [
            "20261122",
            "2026-11-31",
            "2026-11-22T00:00",
            "0001-01-01",
            "22.11.2026",
            "",
        ] {
            assert_eq!(wrong.parse::<Day>(), Err(NoDay), "{wrong}");
        }
    }
}
