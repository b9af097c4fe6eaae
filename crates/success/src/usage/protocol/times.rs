//! Times of events: four stamps, of which three are the sender's.
//!
//! A sender's clock may be wrong, but by the same amount when it notes an event and when it sends it:
//! `timestamp = receivedAt − (sentAt − originalTimestamp)` (Segment, "Timestamps in Segment").

use std::time::Duration;

use kit::clock::Timestamp;

use super::field::Field;
use super::reason::Reason;

/// How far a clock may run ahead, or an event lie in the future, before it is refused.
const AHEAD: Duration = Duration::from_secs(86_400);
/// How old an event may be.
const OLDEST: Duration = Duration::from_secs(10 * 366 * 86_400);

/// The four times of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamps {
    /// When it happened, by our clock.
    pub happened: Timestamp,
    /// When it happened, by the sender's clock.
    pub original: Option<Timestamp>,
    /// When it was sent, by the sender's clock.
    pub sent: Option<Timestamp>,
    /// When it came here.
    pub received: Timestamp,
}

impl Stamps {
    /// The stamps of an event that came at `received`.
    ///
    /// # Errors
    /// [`Reason::Future`], [`Reason::Ancient`].
    pub(super) fn of(
        received: Timestamp,
        sent: Option<Timestamp>,
        original: Option<Timestamp>,
    ) -> Result<Self, Reason> {
        let happened = match (sent, original) {
            (_, None) => received,
            (None, Some(original)) => original,
            (Some(sent), Some(original)) => {
                if original.0.saturating_sub(sent.0) > micros(AHEAD) {
                    return Err(Reason::Future);
                }
                Timestamp(received.0.saturating_sub(sent.0.saturating_sub(original.0)))
            }
        };
        if happened.0.saturating_sub(received.0) > micros(AHEAD) {
            return Err(Reason::Future);
        }
        if received.0.saturating_sub(happened.0) > micros(OLDEST) {
            return Err(Reason::Ancient);
        }
        Ok(Self {
            happened: happened.min(received),
            original,
            sent,
            received,
        })
    }
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

/// A time as a sender writes it: ISO 8601, or a number of seconds or milliseconds since 1970.
///
/// # Errors
/// [`Reason::BadTime`].
pub(super) fn read(field: &Field<'_>) -> Result<Option<Timestamp>, Reason> {
    match field {
        Field::None => Ok(None),
        Field::Text(text) => {
            let text = text.trim();
            if text.is_empty() {
                return Ok(None);
            }
            let read: Result<jiff::Timestamp, _> = text.parse();
            let read = read.or_else(|_| {
                // Without a zone it is taken for UTC, as its inventor does.
                let bare: jiff::civil::DateTime = text.parse()?;
                Ok::<_, jiff::Error>(bare.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp())
            });
            let read = read.map_err(|_| Reason::BadTime)?;
            Ok(Some(Timestamp(read.as_microsecond())))
        }
        Field::Number(number, _) => {
            // 10^11 seconds are three thousand years from now, and 10^11 milliseconds were in 1973.
            let seconds = if number.abs() >= 1e11 {
                number / 1e3
            } else {
                *number
            };
            if !(-1e11..1e11).contains(&seconds) {
                return Err(Reason::BadTime);
            }
            Ok(Some(Timestamp((seconds * 1e6) as i64)))
        }
        Field::Wrong => Err(Reason::BadTime),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000;
    const NOW: Timestamp = Timestamp(1_800_000_000_000_000);

    fn at(hours: i64) -> Option<Timestamp> {
        Some(Timestamp(NOW.0 + hours * HOUR))
    }

    #[test]
    fn a_clock_that_is_wrong_by_years_still_says_how_long_ago_it_was() {
        for wrong in [-100_000, -5, 0, 5, 100_000] {
            let stamps = Stamps::of(NOW, at(wrong), at(wrong - 2)).unwrap();
            assert_eq!(stamps.happened.0, NOW.0 - 2 * HOUR, "{wrong}");
            assert_eq!((stamps.sent, stamps.original), (at(wrong), at(wrong - 2)));
        }
    }

    #[test]
    fn nothing_happens_after_it_came() {
        assert_eq!(Stamps::of(NOW, None, at(1)).unwrap().happened, NOW);
        assert_eq!(Stamps::of(NOW, at(0), at(1)).unwrap().happened, NOW);
        assert_eq!(Stamps::of(NOW, None, at(25)), Err(Reason::Future));
        assert_eq!(Stamps::of(NOW, at(0), at(25)), Err(Reason::Future));
        assert_eq!(Stamps::of(NOW, None, at(-11 * 366 * 24)), Err(Reason::Ancient));
        let far = Some(Timestamp(i64::MIN));
        assert_eq!(Stamps::of(NOW, None, far), Err(Reason::Ancient));
        assert_eq!(
            Stamps::of(NOW, far, Some(Timestamp(i64::MAX))),
            Err(Reason::Future)
        );
    }

    #[test]
    fn times_are_read_as_senders_write_them() {
        let text = |text: &'static str| read(&Field::Text(text.into()));
        let moment = Ok(Some(Timestamp(1_772_442_000_123_000)));
        assert_eq!(text("2026-03-02T09:00:00.123Z"), moment);
        assert_eq!(text("2026-03-02T10:00:00.123+01:00"), moment);
        assert_eq!(text("2026-03-02T09:00:00.123"), moment);
        assert_eq!(read(&Field::Number(1_772_442_000_123.0, String::new())), moment);
        assert_eq!(text("yesterday"), Err(Reason::BadTime));
        assert_eq!(read(&Field::Number(1e300, String::new())), Err(Reason::BadTime));
        assert_eq!(
            read(&Field::Number(f64::NAN, String::new())),
            Err(Reason::BadTime)
        );
    }
}
