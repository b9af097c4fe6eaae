use jiff::civil::date;

use super::*;
use crate::calendars::{CalendarId, Holiday, Hours, Week};

const MINUTE: u64 = 60;
const HOUR: u64 = 3_600;

fn calendar(zone: &str, hours: &[(i8, &str)], holidays: &[Date]) -> Calendar {
    let mut week = Week::default();
    for (weekday, text) in hours {
        week.write(*weekday, text).expect("the test's hours are good");
    }
    let holidays = holidays.iter().map(|day| Holiday {
        day: *day,
        name: "off".to_owned(),
    });
    let id: CalendarId = "cal_01k0000000000000000000000z".parse().expect("an id");
    Calendar {
        id,
        version: 1,
        zone: TimeZone::get(zone).expect("a zone"),
        hours: Hours {
            week,
            holidays: holidays.collect(),
        },
    }
}

fn at(text: &str) -> Timestamp {
    let moment: Moment = text.parse().expect("a moment");
    Timestamp(moment.as_microsecond())
}

/// The slow and obvious way: minute by minute through the day, remembering what the clock has shown already.
struct Oracle<'a> {
    calendar: &'a Calendar,
    shown: std::collections::BTreeMap<Date, i64>,
    now: Timestamp,
}

impl<'a> Oracle<'a> {
    fn new(calendar: &'a Calendar, from: Timestamp) -> Self {
        let now = from.minus(Duration::from_secs(49 * HOUR));
        let mut oracle = Self {
            calendar,
            shown: std::collections::BTreeMap::new(),
            now,
        };
        while oracle.now < from {
            oracle.minute();
        }
        oracle
    }

    /// Whether work goes on in this minute; then goes to the next.
    fn minute(&mut self) -> bool {
        let zoned = self
            .now
            .calendar()
            .expect("a moment of our time")
            .to_zoned(self.calendar.zone.clone());
        let (day, time) = (zoned.date(), zoned.time());
        let minute = i64::from(time.hour()) * 60 + i64::from(time.minute());
        let latest = self.shown.entry(day).or_insert(minute);
        *latest = minute.max(*latest);
        // Once a later day has been shown, an earlier one is over.
        let (last_day, last_minute) = self.shown.last_key_value().expect("one day at least");
        let (day, minute) = (*last_day, *last_minute);
        self.now = self.now.plus(Duration::from_secs(MINUTE));
        let is_off = self
            .calendar
            .hours
            .holidays
            .iter()
            .any(|holiday| holiday.day == day);
        let spans = self.calendar.hours.week.day(day.weekday().to_monday_one_offset());
        !is_off
            && spans
                .iter()
                .any(|span| (span.opens.minutes()..span.closes.minutes()).contains(&minute))
    }
}

fn agrees(calendar: &Calendar, from: &str, days: u64) {
    let from = at(from);
    let mut oracle = Oracle::new(calendar, from);
    let mut counted = Duration::ZERO;
    for minute in 0..days * 24 * 60 {
        let now = from.plus(Duration::from_secs(minute * MINUTE));
        let is_open = oracle.minute();
        assert_eq!(calendar.is_open(now), is_open, "at {now:?}, minute {minute}");
        let end = now.plus(Duration::from_secs(MINUTE));
        if is_open {
            counted += Duration::from_secs(MINUTE);
            assert_eq!(calendar.after(from, counted), Some(end), "minute {minute}");
        }
        if minute % 97 == 0 {
            assert_eq!(calendar.working_time(from, end), counted, "minute {minute}");
        }
    }
}

#[test]
fn working_time_agrees_with_a_clock_watched_minute_by_minute() {
    let office = calendar(
        "Europe/Warsaw",
        &[(1, "9-12:30, 13-17"), (5, "0-24"), (6, "0-24")],
        &[date(2026, 3, 30)],
    );
    agrees(&office, "2026-03-26T21:00:00Z", 6);
}

#[test]
fn hours_that_the_clock_jumps_over_or_shows_twice_are_counted_as_they_pass() {
    let night = |zone| calendar(zone, &[(6, "20-24"), (7, "0-6"), (1, "0:30-2:30")], &[]);
    // Clocks go on in March and back in October.
    agrees(&night("Europe/Warsaw"), "2026-03-28T12:00:00Z", 3);
    agrees(&night("Europe/Warsaw"), "2026-10-24T12:00:00Z", 3);
    let split = calendar("Europe/Warsaw", &[(7, "1-2:30, 2:45-4")], &[]);
    agrees(&split, "2026-03-28T12:00:00Z", 2);
    agrees(&split, "2026-10-24T12:00:00Z", 2);
    // A jump of half an hour, and one at midnight.
    agrees(&night("Australia/Lord_Howe"), "2026-04-04T00:00:00Z", 3);
    agrees(&night("America/Havana"), "2026-03-07T12:00:00Z", 3);
    agrees(&night("America/Havana"), "2026-10-31T12:00:00Z", 3);
}

#[test]
fn a_night_on_which_clocks_go_on_is_an_hour_short_and_the_other_an_hour_long() {
    let night = calendar("Europe/Warsaw", &[(7, "0-6")], &[]);
    let hours = |from, until| night.working_time(at(from), at(until)).as_secs() / HOUR;
    assert_eq!(hours("2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"), 5);
    assert_eq!(hours("2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z"), 7);
    assert_eq!(hours("2026-06-06T12:00:00Z", "2026-06-07T12:00:00Z"), 6);
}

#[test]
fn eight_working_hours_from_friday_afternoon_end_on_tuesday_after_a_holiday() {
    let office = calendar(
        "Europe/Warsaw",
        &[(1, "9-17"), (2, "9-17"), (3, "9-17"), (4, "9-17"), (5, "9-17")],
        &[date(2026, 4, 6)],
    );
    let due = office.after(at("2026-04-03T13:00:00Z"), Duration::from_secs(8 * HOUR));
    assert_eq!(due, Some(at("2026-04-07T13:00:00Z")));
    assert_eq!(
        office.next_opening(at("2026-04-03T15:00:00Z")),
        Some(at("2026-04-07T07:00:00Z"))
    );
    assert_eq!(
        office.next_opening(at("2026-04-03T14:59:00Z")),
        Some(at("2026-04-03T14:59:00Z"))
    );
    assert_eq!(
        office.after(at("2026-04-04T13:00:00Z"), Duration::ZERO),
        Some(at("2026-04-04T13:00:00Z"))
    );
}

#[test]
fn a_calendar_without_hours_is_never_open() {
    let never = calendar("UTC", &[], &[]);
    assert_eq!(
        never.after(at("2026-04-03T13:00:00Z"), Duration::from_secs(1)),
        None
    );
    assert_eq!(never.next_opening(at("2026-04-03T13:00:00Z")), None);
    assert!(!never.is_open(at("2026-04-03T13:00:00Z")));
}
