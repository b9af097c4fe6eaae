//! Arithmetic of working time.
//!
//! The clock's jumps are no one's loss: an hour of the day is reached when the clock of the zone first shows it or a later
//! one, and what is counted between opening and closing is time that really passes. A day whose clocks jump while work
//! goes on is therefore shorter or longer than the others.

use std::time::Duration;

use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp as Moment, ToSpan};
use kit::clock::Timestamp;

use super::{Calendar, Minute};

/// How many days ahead an opening is looked for: longer than any break.
const HORIZON: usize = 1_100;

impl Calendar {
    /// Whether work goes on at this moment; not any more at the moment of closing.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.spans_from(at)
            .take_while(|(opens, _)| *opens <= at)
            .any(|(_, closes)| at < closes)
    }

    /// How much working time lies between two moments; nothing when `until` is not later.
    pub fn working_time(&self, from: Timestamp, until: Timestamp) -> Duration {
        self.spans_from(from)
            .take_while(|(opens, _)| *opens < until)
            .map(|(opens, closes)| closes.min(until).since(opens.max(from)))
            .sum()
    }

    /// The moment by which so much working time has passed since `from`; `None` when that is years away or never.
    /// With no time at all it is `from` itself.
    pub fn after(&self, from: Timestamp, time: Duration) -> Option<Timestamp> {
        let mut left = time;
        if left.is_zero() {
            return Some(from);
        }
        for (opens, closes) in self.spans_from(from) {
            let begins = opens.max(from);
            let holds = closes.since(begins);
            if left <= holds {
                return Some(begins.plus(left));
            }
            left -= holds;
        }
        None
    }

    /// When work goes on next: `at` itself while it does; `None` when it never does.
    pub fn next_opening(&self, at: Timestamp) -> Option<Timestamp> {
        let next = self.spans_from(at).find(|(_, closes)| *closes > at);
        next.map(|(opens, _)| opens.max(at))
    }

    /// Every span of work that ends after the day before `from`, in order, for some years.
    fn spans_from(&self, from: Timestamp) -> impl Iterator<Item = (Timestamp, Timestamp)> + '_ {
        let day = from
            .calendar()
            .map(|moment| moment.to_zoned(self.zone.clone()).date());
        let first = day.and_then(|day| day.checked_sub(1.day()).ok());
        let days = first
            .into_iter()
            .flat_map(|first| first.series(1.day()).take(HORIZON));
        days.flat_map(|day| self.spans_of(day))
    }

    fn spans_of(&self, day: Date) -> Vec<(Timestamp, Timestamp)> {
        let is_off = self
            .hours
            .holidays
            .binary_search_by_key(&day, |holiday| holiday.day)
            .is_ok();
        if is_off {
            return Vec::new();
        }
        let weekday = day.weekday().to_monday_one_offset();
        let spans = self.hours.week.day(weekday).iter();
        spans
            .filter_map(|span| {
                let opens = reached(&self.zone, day, span.opens)?;
                let closes = reached(&self.zone, day, span.closes)?;
                (opens < closes).then_some((opens, closes))
            })
            .collect()
    }
}

/// When the clock of `zone` first shows this time of this day, or a later one.
fn reached(zone: &TimeZone, day: Date, minute: Minute) -> Option<Timestamp> {
    let civil = day
        .to_datetime(Time::midnight())
        .checked_add(minute.minutes().minutes())
        .ok()?;
    let ambiguous = zone.to_ambiguous_timestamp(civil);
    let moment: Moment = match ambiguous.offset() {
        // The clock jumped over it: the moment of the jump.
        AmbiguousOffset::Gap { before, .. } => {
            let beyond = before.to_timestamp(civil).ok()?;
            zone.preceding(beyond.checked_add(1.nanosecond()).ok()?)
                .next()
                .map_or(beyond, |jump| jump.timestamp())
        }
        _ => ambiguous.compatible().ok()?,
    };
    Some(Timestamp(moment.as_microsecond()))
}

#[cfg(test)]
mod tests;
