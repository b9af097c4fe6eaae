//! The time, as a parameter: a real clock in the program, one that tests set by hand.
//!
//! Time is a count of microseconds since 1970-01-01 UTC, in code as in the database.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// A moment: microseconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `seconds` after 1970-01-01 00:00 UTC.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds * 1_000_000)
    }

    /// Whole seconds since 1970-01-01 00:00 UTC, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// Whole milliseconds since 1970-01-01 00:00 UTC, rounded down.
    pub const fn millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// This moment and `span` more; stops at the end of the range instead of wrapping.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(micros(span)))
    }

    /// The moment `span` before this one; stops at the start of the range instead of wrapping.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(micros(span)))
    }

    /// Time passed since `earlier`; zero when `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(self.0.saturating_sub(earlier.0).max(0).unsigned_abs())
    }

    /// The same moment for calendar arithmetic; `None` outside the years −9999 to 9999.
    pub fn calendar(self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::from_microsecond(self.0).ok()
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

/// Whether `name` is a zone of the time zone database: `Asia/Baku`.
pub fn is_zone(name: &str) -> bool {
    jiff::tz::TimeZone::get(name).is_ok()
}

/// The zones of the time zone database that people live in, by name: `Africa/Abidjan` to `Pacific/Wallis`, and `UTC`.
pub fn zones() -> Vec<String> {
    const AREAS: [&str; 10] = [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ];
    let mut zones: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .filter(|name| {
            name == "UTC"
                || name
                    .split_once('/')
                    .is_some_and(|(area, _)| AREAS.contains(&area))
        })
        .collect();
    zones.sort();
    zones.dedup();
    zones
}

/// Where the time comes from. Clones share one clock.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `start` until someone sets it.
    pub fn manual(start: Timestamp) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(start.0))))
    }

    /// The time now.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that asks the machine for the time"
    )]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::Manual(micros) => Timestamp(micros.load(Ordering::SeqCst)),
            Source::System => Timestamp(
                std::time::SystemTime::now()
                    .duration_since(std::time::UNIX_EPOCH)
                    .map_or_else(|before| -micros(before.duration()), micros),
            ),
        }
    }

    /// Sets a manual clock to `moment`, backwards too; a system clock is left alone.
    pub fn set(&self, moment: Timestamp) {
        if let Source::Manual(micros) = &self.0 {
            micros.store(moment.0, Ordering::SeqCst);
        }
    }

    /// Moves a manual clock on by `span`; a system clock is left alone.
    pub fn advance(&self, span: Duration) {
        if let Source::Manual(now) = &self.0 {
            now.fetch_add(micros(span), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_by_hand_and_for_all_clones() {
        let clock = Clock::manual(Timestamp::from_seconds(10));
        let other = clock.clone();
        clock.advance(Duration::from_secs(5));
        assert_eq!(other.now(), Timestamp::from_seconds(15));
        other.set(Timestamp::from_seconds(1));
        assert_eq!(clock.now().seconds(), 1);
    }

    #[test]
    fn every_listed_zone_is_one_and_the_usual_ones_are_listed() {
        let zones = zones();
        assert!(zones.iter().all(|name| is_zone(name)));
        for name in [
            "Asia/Baku",
            "Europe/Warsaw",
            "Asia/Jakarta",
            "America/Argentina/Ushuaia",
            "UTC",
        ] {
            assert!(zones.iter().any(|zone| zone == name), "{name}");
        }
        assert!(zones.len() > 300 && zones.iter().all(|name| !name.starts_with("posix/")));
    }

    #[test]
    fn arithmetic_stops_at_the_ends_of_time() {
        assert_eq!(
            Timestamp(i64::MAX).plus(Duration::from_secs(1)),
            Timestamp(i64::MAX)
        );
        assert_eq!(Timestamp(3).since(Timestamp(9)), Duration::ZERO);
        assert_eq!(Timestamp(-1).millis(), -1);
    }
}
