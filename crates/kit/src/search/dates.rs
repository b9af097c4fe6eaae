//! The days of `before:` and `after:`.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};

use crate::clock::Timestamp;

/// The moment at which the day, month or year of `text` begins, where the reader is: `2026-05-07`, `2026-05`, `2026`,
/// `today`, `yesterday`, or how long ago: `7d`, `2w`, `3m`, `1y`. None for anything else.
pub(super) fn beginning(text: &str, zone: &TimeZone, now: Timestamp) -> Option<Timestamp> {
    let today = now.calendar()?.to_zoned(zone.clone()).date();
    let day = match text {
        "today" => today,
        "yesterday" => today.checked_sub(1.day()).ok()?,
        text => ago(text, today).or_else(|| named(text))?,
    };
    let moment = day.to_zoned(zone.clone()).ok()?;
    Some(Timestamp(moment.timestamp().as_microsecond()))
}

fn ago(text: &str, today: Date) -> Option<Date> {
    let unit = text.chars().last()?;
    let count: i32 = text
        .strip_suffix(unit)?
        .parse()
        .ok()
        .filter(|n| (0..10_000).contains(n))?;
    let span: Span = match unit {
        'd' => count.days(),
        'w' => count.weeks(),
        'm' => count.months(),
        'y' => count.years(),
        _ => return None,
    };
    today.checked_sub(span).ok()
}

fn named(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let mut part = || parts.next().map_or(Some(1), |part| part.parse().ok());
    let (month, day) = (part()?, part()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year, month, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        let zone = TimeZone::get("Asia/Baku").unwrap();
        let now = "2026-03-01T21:00:00Z".parse::<jiff::Timestamp>().unwrap();
        let found = beginning(text, &zone, Timestamp(now.as_microsecond()))?;
        Some(found.calendar().unwrap().to_string())
    }

    #[test]
    fn days_begin_where_the_reader_is() {
        // It is the second of March in Baku already.
        for (text, begins) in [
            ("today", "2026-03-01T20:00:00Z"),
            ("yesterday", "2026-02-28T20:00:00Z"),
            ("7d", "2026-02-22T20:00:00Z"),
            ("1m", "2026-02-01T20:00:00Z"),
            ("2025", "2024-12-31T20:00:00Z"),
            ("2025-07", "2025-06-30T20:00:00Z"),
            ("2025-07-09", "2025-07-08T20:00:00Z"),
        ] {
            assert_eq!(day(text).as_deref(), Some(begins), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_days() {
        for text in [
            "",
            "d",
            "soon",
            "2026-13",
            "2026-02-30",
            "2026-1-1-1",
            "99999999d",
            "26",
            "-5d",
            "ż",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
