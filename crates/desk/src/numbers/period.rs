//! Which time a report is about, in which steps, and what it asks of the tickets in it.

use kit::day::Day;

use super::NumbersError;
use super::item::{By, Filter};
use super::report::Hours;

/// The longest period, in days.
const LONGEST: i64 = 3_660;
/// Up to how many days a step is one day; beyond it, a week.
const DAYS: i64 = 31;

/// Some days in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Day,
    /// The day after the last.
    pub until: Day,
}

/// What is asked of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The time.
    pub period: Period,
    /// Which tickets.
    pub filter: Filter,
    /// By what they are told apart.
    pub by: By,
    /// Which hours count.
    pub hours: Hours,
    /// The day it is.
    pub today: Day,
}

impl Period {
    /// The days from one to another, both included.
    ///
    /// # Errors
    /// [`NumbersError::BadPeriod`]
    pub fn new(from: Day, last: Day) -> Result<Self, NumbersError> {
        let days = from.days_until(last) + 1;
        if !(1..=LONGEST).contains(&days) {
            return Err(NumbersError::BadPeriod);
        }
        Ok(Self {
            from,
            until: last.plus_days(1),
        })
    }

    /// So many days, of which `today` is the last.
    ///
    /// # Errors
    /// As of [`Period::new`].
    pub fn last(days: i64, today: Day) -> Result<Self, NumbersError> {
        if !(1..=LONGEST).contains(&days) {
            return Err(NumbersError::BadPeriod);
        }
        Self::new(today.plus_days(1 - days), today)
    }

    /// How many days it has.
    pub fn days(self) -> i64 {
        self.from.days_until(self.until)
    }

    /// As many days before it.
    pub fn before(self) -> Self {
        Self {
            from: self.from.plus_days(-self.days()),
            until: self.from,
        }
    }

    /// How many days a step has.
    pub fn step(self) -> i64 {
        if self.days() <= DAYS { 1 } else { 7 }
    }

    /// The first day of each step; the last step ends with the period, so that the first may be the shorter one.
    pub fn steps(self) -> Vec<Day> {
        let step = self.step();
        let count = (self.days() + step - 1) / step;
        let mut steps: Vec<Day> = (0..count)
            .map(|place| self.until.plus_days(-step * (count - place)))
            .collect();
        if let Some(first) = steps.first_mut() {
            *first = (*first).max(self.from);
        }
        steps
    }

    /// In which step a day lies.
    pub(super) fn place(self, day: Day) -> Option<usize> {
        if day < self.from || day >= self.until {
            return None;
        }
        let step = self.step();
        let count = (self.days() + step - 1) / step;
        let back = (day.days_until(self.until) - 1) / step;
        usize::try_from(count - 1 - back).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn every_day_lies_in_the_step_that_begins_at_or_before_it() {
        for days in [1, 6, 7, 31, 32, 90, 365] {
            let period = Period::last(days, day("2026-11-23")).unwrap();
            let steps = period.steps();
            assert_eq!((period.days(), steps[0]), (days, period.from));
            for back in 0..days {
                let one = period.from.plus_days(back);
                let wanted = steps.iter().rposition(|first| *first <= one);
                assert_eq!(period.place(one), wanted, "{days} {one}");
            }
            assert_eq!(
                (
                    period.place(period.until),
                    period.place(period.from.plus_days(-1))
                ),
                (None, None)
            );
            assert_eq!(
                (period.before().until, period.before().days()),
                (period.from, days)
            );
        }
    }

    #[test]
    fn a_period_that_is_none_is_refused() {
        assert_eq!(
            Period::new(day("2026-01-02"), day("2026-01-01")),
            Err(NumbersError::BadPeriod)
        );
        assert_eq!(
            Period::new(day("2006-01-02"), day("2026-01-01")),
            Err(NumbersError::BadPeriod)
        );
        assert_eq!(Period::last(0, day("2026-01-01")), Err(NumbersError::BadPeriod));
    }
}
