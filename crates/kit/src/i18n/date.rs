//! Moments and days as a reader says them: near ones relative, far ones by the calendar of the reader's zone.

use jiff::Zoned;
use jiff::civil::Date;

use super::{ClockFace, DateOrder, Text, Value};
use crate::args;
use crate::clock::Timestamp;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Text {
    /// "just now", "12 minutes ago", "in 3 days"; from 30 days on the date.
    pub fn ago(&self, moment: impl Value<Timestamp>) -> String {
        let moment = moment.value();
        let seconds = self.now().seconds() - moment.seconds();
        let Some((unit, n)) = unit(seconds.abs()) else {
            return if seconds.abs() < MINUTE {
                self.say("time-now")
            } else {
                self.date(moment)
            };
        };
        let way = if seconds >= 0 { "ago" } else { "in" };
        self.count(&format!("time-{unit}-{way}"), n)
    }

    /// The age in one short word for a list: "now", "12m", "2h", "3d"; from 30 days on the date.
    pub fn age(&self, moment: impl Value<Timestamp>) -> String {
        let moment = moment.value();
        let seconds = self.now().seconds() - moment.seconds();
        match unit(seconds.abs()) {
            Some((unit, n)) => self.count(&format!("time-{unit}-short"), n),
            None if seconds.abs() < MINUTE => self.say("time-now-short"),
            None => self.date(moment),
        }
    }

    /// A span of seconds in its two largest units: "2 h 5 min".
    pub fn span(&self, seconds: impl Value<i64>) -> String {
        let seconds = seconds.value().saturating_abs();
        let (days, hours, minutes) = (seconds / DAY, seconds % DAY / HOUR, seconds % HOUR / MINUTE);
        let parts = match (days, hours, minutes) {
            (0, 0, 0) => vec![("seconds", seconds)],
            (0, 0, minutes) => vec![("minutes", minutes)],
            (0, hours, minutes) => vec![("hours", hours), ("minutes", minutes)],
            (days, hours, _) => vec![("days", days), ("hours", hours)],
        };
        let said = parts.into_iter().filter(|(unit, n)| *n > 0 || *unit == "seconds");
        said.map(|(unit, n)| self.count(&format!("time-span-{unit}"), n))
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The day of a moment: "22 Nov", with the year when it is another one.
    pub fn date(&self, moment: impl Value<Timestamp>) -> String {
        let moment = moment.value();
        self.zoned(moment)
            .map_or_else(|| "—".to_owned(), |zoned| self.day(zoned.date()))
    }

    /// A calendar day: "22 Nov", with the year when it is not the present one.
    pub fn day(&self, day: impl Value<Date>) -> String {
        let day = day.value();
        let present = self.zoned(self.now()).map(|now| now.year());
        let key = if present == Some(day.year()) {
            "date-day"
        } else {
            "date-day-year"
        };
        self.dated(key, day, "months-short")
    }

    /// A calendar day in full: "22 November 2026".
    pub fn day_long(&self, day: impl Value<Date>) -> String {
        let day = day.value();
        self.dated("date-long", day, "months-in-date")
    }

    /// A calendar day as a field for days holds it: "25.12.2026".
    pub fn day_written(&self, day: impl Value<Date>) -> String {
        let day = day.value();
        let two = |number: i8| format!("{number:02}");
        self.in_order([&two(day.day()), &two(day.month()), &day.year().to_string()])
    }

    /// Day, month and year as a field for days holds them.
    fn in_order(&self, [day, month, year]: [&str; 3]) -> String {
        match self.formats().date {
            Some(DateOrder::DayFirst) => format!("{day}/{month}/{year}"),
            Some(DateOrder::MonthFirst) => format!("{month}/{day}/{year}"),
            Some(DateOrder::YearFirst) => format!("{year}-{month}-{day}"),
            None => self.say_with("date-written", args![day = day, month = month, year = year]),
        }
    }

    /// A day as an example of how fields for days are filled.
    pub fn day_example(&self) -> String {
        self.day_written(jiff::civil::date(2026, 12, 25))
    }

    /// The pattern of [`Text::day_written`], for scripts: `d.m.y`.
    pub fn day_pattern(&self) -> String {
        self.in_order(["d", "m", "y"])
    }

    /// The present day of the reader; `None` outside the years of the calendar.
    pub fn today(&self) -> Option<Date> {
        self.zoned(self.now()).map(|now| now.date())
    }

    /// A month of a year: "Nov 2026".
    pub fn month(&self, year: i16, month: i8) -> String {
        self.say_with(
            "date-month",
            args![
                month = self.nth_word("months-short", month),
                year = year.to_string()
            ],
        )
    }

    /// A weekday in short, Monday being 1: "Mon".
    pub fn weekday(&self, monday_one: i8) -> String {
        self.nth_word("weekdays-short", monday_one)
    }

    /// The clock's time of a moment: "14:05".
    pub fn time(&self, moment: impl Value<Timestamp>) -> String {
        let moment = moment.value();
        self.zoned(moment).map_or_else(
            || "—".to_owned(),
            |zoned| self.clock(zoned.hour(), zoned.minute()),
        )
    }

    /// An hour and a minute of the day: "14:05", or "2:05 pm" for whom the clock has twelve hours.
    fn clock(&self, hour: i8, minute: i8) -> String {
        if self.formats().clock != Some(ClockFace::Twelve) {
            return format!("{hour:02}:{minute:02}");
        }
        let half = if hour < 12 {
            "time-before-noon"
        } else {
            "time-after-noon"
        };
        let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
        self.say_with(half, args![time = format!("{hour}:{minute:02}")])
    }

    /// A moment in full, for a title: "22 November 2026, 14:05 (Asia/Baku)".
    pub fn moment(&self, moment: impl Value<Timestamp>) -> String {
        let moment = moment.value();
        let Some(zoned) = self.zoned(moment) else {
            return "—".to_owned();
        };
        let zone = zoned.time_zone().iana_name().unwrap_or("UTC").to_owned();
        self.say_with(
            "date-moment",
            args![
                day = self.day_long(zoned.date()),
                time = self.time(moment),
                zone = zone
            ],
        )
    }

    /// A moment for machines, as the attribute `datetime` wants it (RFC 3339, UTC).
    pub fn machine(&self, moment: impl Value<Timestamp>) -> String {
        let moment = moment.value();
        moment.calendar().map_or_else(String::new, |at| at.to_string())
    }

    /// The moment at which a calendar day begins for the reader, the day written as `2026-11-22`.
    pub fn day_begins(&self, day: &str) -> Option<Timestamp> {
        let day: Date = day.trim().parse().ok()?;
        let begins = day.to_zoned(self.zone().clone()).ok()?;
        Some(Timestamp(begins.timestamp().as_microsecond()))
    }

    /// The moment at which a calendar day is over for the reader.
    pub fn day_ends(&self, day: &str) -> Option<Timestamp> {
        let day: Date = day.trim().parse().ok()?;
        self.day_begins(&day.tomorrow().ok()?.to_string())
    }

    fn zoned(&self, moment: Timestamp) -> Option<Zoned> {
        Some(moment.calendar()?.to_zoned(self.zone().clone()))
    }

    fn dated(&self, key: &str, day: Date, months: &str) -> String {
        let month = self.nth_word(months, day.month());
        let (order, number) = (self.formats().date, day.day());
        let is_short = key == "date-day";
        match order {
            Some(DateOrder::MonthFirst) if is_short => return format!("{month} {number}"),
            Some(DateOrder::MonthFirst) => return format!("{month} {number}, {}", day.year()),
            Some(DateOrder::YearFirst) => return day.to_string(),
            Some(DateOrder::DayFirst) | None => {}
        }
        self.say_with(
            key,
            args![
                day = day.day().to_string(),
                month = month,
                year = day.year().to_string()
            ],
        )
    }

    fn nth_word(&self, key: &str, one_based: i8) -> String {
        let index = usize::try_from(one_based - 1).unwrap_or(usize::MAX);
        self.say(key)
            .split_whitespace()
            .nth(index)
            .unwrap_or_default()
            .to_owned()
    }
}

/// The unit that says a distance best, and how many of it; none under a minute and from 30 days on.
fn unit(seconds: i64) -> Option<(&'static str, i64)> {
    match seconds {
        MINUTE..HOUR => Some(("minutes", seconds / MINUTE)),
        HOUR..DAY => Some(("hours", seconds / HOUR)),
        _ if (DAY..30 * DAY).contains(&seconds) => Some(("days", seconds / DAY)),
        _ => None,
    }
}
