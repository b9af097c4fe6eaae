//! Moments by the calendar: a cron expression in a time zone.
//!
//! When clocks go forward, what would fall into the gap happens when the gap is over. When they go back, what has a
//! fixed time of day happens the first time only. (The rules of Vixie cron, as `croner` follows them.)

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;

use crate::clock::Timestamp;

/// A cron expression in a time zone.
#[derive(Clone, PartialEq, Eq)]
pub struct Cron {
    expression: String,
    pattern: croner::Cron,
    zone: TimeZone,
    zone_name: String,
}

/// An expression or a zone can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CronError {
    /// The expression is not one of five or six fields, or can never come true.
    #[error("`{0}` is not a cron expression that ever comes true")]
    Expression(String),
    /// The zone's name is not in the time zone database.
    #[error("there is no time zone `{0}`")]
    Zone(String),
}

impl fmt::Debug for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cron({} {})", self.expression, self.zone_name)
    }
}

impl Cron {
    /// Reads `expression` (`minute hour day month weekday`, with seconds before it if it has six fields) for `zone`
    /// (`Europe/Warsaw`).
    ///
    /// # Errors
    /// [`CronError`] that says which of the two is wrong.
    pub fn parse(expression: &str, zone: &str) -> Result<Self, CronError> {
        let wrong = || CronError::Expression(expression.to_owned());
        let cron = Self {
            expression: expression.to_owned(),
            pattern: croner::Cron::from_str(expression).map_err(|_| wrong())?,
            zone: TimeZone::get(zone).map_err(|_| CronError::Zone(zone.to_owned()))?,
            zone_name: zone.to_owned(),
        };
        cron.next_after(Timestamp(0)).map(|_| cron).ok_or_else(wrong)
    }

    /// The expression as it was written.
    pub fn expression(&self) -> &str {
        &self.expression
    }

    /// The zone's name.
    pub fn zone(&self) -> &str {
        &self.zone_name
    }

    /// The first moment after `moment`; `None` when there is none for hundreds of years.
    pub fn next_after(&self, moment: Timestamp) -> Option<Timestamp> {
        let from = moment.calendar()?.to_zoned(self.zone.clone());
        let next = self.pattern.find_next_occurrence(&from, false).ok()?;
        Some(Timestamp(next.timestamp().as_microsecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    fn next_three(expression: &str, zone: &str, from: &str) -> [String; 3] {
        let cron = Cron::parse(expression, zone).unwrap();
        let mut moment = at(from);
        [0; 3].map(|_| {
            moment = cron.next_after(moment).unwrap();
            moment.calendar().unwrap().to_string()
        })
    }

    #[test]
    fn a_daily_time_keeps_its_place_on_the_wall_when_clocks_change() {
        assert_eq!(
            next_three("0 3 * * *", "Europe/Warsaw", "2026-03-27T12:00:00Z"),
            [
                "2026-03-28T02:00:00Z",
                "2026-03-29T01:00:00Z",
                "2026-03-30T01:00:00Z"
            ]
        );
        assert_eq!(
            next_three("0 9 * * *", "Asia/Jakarta", "2026-03-27T12:00:00Z"),
            [
                "2026-03-28T02:00:00Z",
                "2026-03-29T02:00:00Z",
                "2026-03-30T02:00:00Z"
            ]
        );
    }

    #[test]
    fn a_time_that_falls_into_the_gap_happens_once_when_it_is_over() {
        assert_eq!(
            next_three("30 2 * * *", "Europe/Warsaw", "2026-03-28T00:00:00Z"),
            [
                "2026-03-28T01:30:00Z",
                "2026-03-29T01:00:00Z",
                "2026-03-30T00:30:00Z"
            ]
        );
    }

    #[test]
    fn a_time_that_comes_twice_happens_once() {
        assert_eq!(
            next_three("30 2 * * *", "Europe/Warsaw", "2026-10-24T12:00:00Z"),
            [
                "2026-10-25T00:30:00Z",
                "2026-10-26T01:30:00Z",
                "2026-10-27T01:30:00Z"
            ]
        );
    }

    #[test]
    fn an_interval_goes_on_through_the_hour_that_comes_twice() {
        assert_eq!(
            next_three("*/30 * * * *", "Europe/Warsaw", "2026-10-25T00:15:00Z"),
            [
                "2026-10-25T00:30:00Z",
                "2026-10-25T01:00:00Z",
                "2026-10-25T01:30:00Z"
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        for wrong in ["", "every day", "61 * * * *", "0 0 30 2 *", "* * *"] {
            assert_eq!(
                Cron::parse(wrong, "UTC"),
                Err(CronError::Expression(wrong.to_owned())),
                "{wrong}"
            );
        }
        assert_eq!(
            Cron::parse("0 3 * * *", "Europe/Atlantis"),
            Err(CronError::Zone("Europe/Atlantis".to_owned()))
        );
    }
}
