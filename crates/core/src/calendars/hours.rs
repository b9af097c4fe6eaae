//! The hours of a week, as people write them: `9:00–12:30, 13:30–17`.

use std::fmt;

use super::CalendarError;

/// A time of day in minutes after midnight, 0 to 1440; 1440 is the midnight at the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minute(u16);

/// From when until when work goes on, within one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// When it begins.
    pub opens: Minute,
    /// When it ends; later than it begins.
    pub closes: Minute,
}

/// The spans of each weekday, Monday first; in order, without overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week([Vec<Span>; 7]);

/// The last minute of a day, which is the first one of the next.
const END_OF_DAY: u16 = 1_440;

impl Minute {
    /// The time so many minutes after midnight; `None` beyond the end of the day.
    pub fn new(minutes: i64) -> Option<Self> {
        u16::try_from(minutes)
            .ok()
            .filter(|minutes| *minutes <= END_OF_DAY)
            .map(Self)
    }

    /// Minutes after midnight.
    pub fn minutes(self) -> i64 {
        self.0.into()
    }

    /// Reads `9`, `9:30`, `9.30`, `0930`, `9 am`, `24:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let text: String = text.chars().filter(|c| *c != ' ' && *c != '\u{a0}').collect();
        let (clock, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
            (Some(clock), _) => (clock.to_owned(), Some(0)),
            (_, Some(clock)) => (clock.to_owned(), Some(12)),
            _ => (text, None),
        };
        let (hour, minute) = match clock.split_once([':', '.']) {
            Some((hour, minute)) if minute.len() == 2 => (digits(hour)?, digits(minute)?),
            Some(_) => return None,
            None if clock.len() > 2 => {
                let cut = clock
                    .len()
                    .checked_sub(2)
                    .filter(|cut| clock.is_char_boundary(*cut))?;
                (digits(&clock[..cut])?, digits(&clock[cut..])?)
            }
            None => (digits(&clock)?, 0),
        };
        let hour = match half {
            Some(_) if !(1..=12).contains(&hour) => return None,
            Some(half) => hour % 12 + half,
            None => hour,
        };
        (minute < 60).then(|| Self::new(hour * 60 + minute)).flatten()
    }
}

fn digits(text: &str) -> Option<i64> {
    let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_short.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.opens, self.closes)
    }
}

impl Week {
    /// Monday to Friday, 09:00 to 17:00: what holds until somebody says otherwise.
    pub fn usual() -> Self {
        let mut week = Self::default();
        for weekday in 1..=5 {
            week.0[weekday - 1] = vec![Span {
                opens: Minute(9 * 60),
                closes: Minute(17 * 60),
            }];
        }
        week
    }

    /// The spans of a weekday, Monday being 1.
    pub fn day(&self, weekday: i8) -> &[Span] {
        &self.0[place(weekday)]
    }

    /// Gives a weekday, Monday being 1, these spans.
    ///
    /// # Errors
    /// [`CalendarError::BadHours`] naming the weekday when one ends before it begins or two overlap.
    pub fn set(&mut self, weekday: i8, mut spans: Vec<Span>) -> Result<(), CalendarError> {
        spans.sort();
        let ends = spans.iter().all(|span| span.opens < span.closes);
        let apart = spans.windows(2).all(|pair| pair[0].closes <= pair[1].opens);
        if !ends || !apart {
            return Err(CalendarError::BadHours(weekday));
        }
        self.0[place(weekday)] = spans;
        Ok(())
    }

    /// Gives a weekday the hours in a text: spans with a dash between begin and end, commas between spans, nothing for a
    /// day off. An end at 0:00 is midnight at the end of the day.
    ///
    /// # Errors
    /// As of [`Week::set`].
    pub fn write(&mut self, weekday: i8, text: &str) -> Result<(), CalendarError> {
        let bad = || CalendarError::BadHours(weekday);
        let text = text.trim();
        let is_off = text.is_empty() || ["-", "–", "—"].contains(&text);
        let parts = text
            .split([',', ';'])
            .filter(|part| !is_off && !part.trim().is_empty());
        let spans: Option<Vec<Span>> = parts.map(span).collect();
        self.set(weekday, spans.ok_or_else(bad)?)
    }

    /// The hours of a weekday as [`Week::write`] reads them.
    pub fn text(&self, weekday: i8) -> String {
        let spans: Vec<String> = self.day(weekday).iter().map(ToString::to_string).collect();
        spans.join(", ")
    }

    /// Whether work is ever done.
    pub fn has_hours(&self) -> bool {
        self.0.iter().any(|spans| !spans.is_empty())
    }
}

fn span(text: &str) -> Option<Span> {
    let (opens, closes) = text.split_once(['-', '–', '—', '−'])?;
    let (opens, closes) = (Minute::parse(opens)?, Minute::parse(closes)?);
    let closes = if closes == Minute(0) {
        Minute(END_OF_DAY)
    } else {
        closes
    };
    Some(Span { opens, closes })
}

fn place(weekday: i8) -> usize {
    usize::try_from(weekday - 1).unwrap_or(0).min(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Option<String> {
        let mut week = Week::default();
        week.write(3, text).ok().map(|()| week.text(3))
    }

    #[test]
    fn hours_are_read_the_ways_people_write_them() {
        for (text, read) in [
            ("9-17", "09:00–17:00"),
            ("9.00 – 17.30", "09:00–17:30"),
            ("13:30-17, 9:00—12:30", "09:00–12:30, 13:30–17:00"),
            ("0930-1745", "09:30–17:45"),
            ("9am-5 PM", "09:00–17:00"),
            ("12am–12pm", "00:00–12:00"),
            ("22:00-0:00", "22:00–24:00"),
            ("0-24", "00:00–24:00"),
            ("–", ""),
            (" ", ""),
        ] {
            assert_eq!(written(text).as_deref(), Some(read), "{text}");
        }
    }

    #[test]
    fn hours_that_cannot_be_are_refused() {
        for text in [
            "17-9",
            "9",
            "9-25",
            "9:5-17",
            "9-12, 11-17",
            "13pm-14",
            "ночь",
            "9-9",
            "9:75-10",
            "-5-9",
        ] {
            assert_eq!(written(text), None, "{text}");
        }
    }

    #[test]
    fn the_usual_week_ends_on_friday() {
        let week = Week::usual();
        assert_eq!(
            (week.text(5).as_str(), week.text(6).as_str()),
            ("09:00–17:00", "")
        );
        assert!(week.has_hours() && !Week::default().has_hours());
    }
}
