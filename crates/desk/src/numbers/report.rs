//! What the tickets of a time come to: pure arithmetic over items.
//!
//! What is told of tickets opened in the time: how many, and their first response. Of tickets last solved in it: how many,
//! resolution, first resolution, how many had come back, one-touch, and what their contacts said. A duration that has not
//! ended counts nowhere.

use std::collections::BTreeMap;

use kit::stats::wilson;

use super::fact::Time;
use super::item::{By, Item, Key};

/// Which hours count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hours {
    /// Every hour.
    Calendar,
    /// Those in which the workspace works.
    Working,
}

impl Hours {
    /// The word in addresses and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Calendar => "calendar",
            Self::Working => "working",
        }
    }

    /// A duration of these hours in seconds; beyond a hundred years it is no longer told apart.
    fn of(self, time: Time) -> u32 {
        let seconds = match self {
            Self::Calendar => time.calendar,
            Self::Working => time.working,
        };
        u32::try_from(seconds).unwrap_or(u32::MAX)
    }
}

/// Durations that were counted, in seconds, in order once everything is counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans(Vec<u32>);

/// What some durations come to, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// How many there are.
    pub n: usize,
    /// Half of them are no longer.
    pub p50: f64,
    /// Nine of ten are no longer.
    pub p90: f64,
    /// Their mean.
    pub mean: f64,
}

impl Spans {
    /// What they come to; nothing without one.
    pub fn spread(&self) -> Option<Spread> {
        let n = self.0.len();
        if n == 0 {
            return None;
        }
        Some(Spread {
            n,
            p50: percentile(&self.0, 0.5),
            p90: percentile(&self.0, 0.9),
            mean: self.0.iter().map(|one| f64::from(*one)).sum::<f64>() / n as f64,
        })
    }
}

/// The value at a share of sorted values, between the two that are nearest (type 7 of Hyndman and Fan, 1996).
fn percentile(sorted: &[u32], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let (low, rest) = (place.floor(), place.fract());
    let at = |place: f64| f64::from(sorted[(place as usize).min(sorted.len() - 1)]);
    at(low) + rest * (at(low + 1.0) - at(low))
}

/// What some tickets come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Opened in the time.
    pub created: i64,
    /// Last solved in it.
    pub solved: i64,
    /// Of those, how many are solved still.
    pub standing: i64,
    /// Of the solved, how many had come back at least once.
    pub reopened: i64,
    /// Of the solved, how many took fewer than two answers.
    pub one_touch: i64,
    /// Of the created: to the first response.
    pub first_response: Spans,
    /// Of the solved: to the last solving.
    pub resolution: Spans,
    /// Of the solved: to the first solving.
    pub first_resolution: Spans,
    /// Of the solved: how often each rating from 1 to 5 was given.
    pub ratings: [i64; 5],
    /// Of the solved: the sum of efforts from 0 to 100, and how many there are.
    pub effort: (i64, i64),
}

impl Sum {
    pub(super) fn open(&mut self, item: &Item, hours: Hours) {
        self.created += 1;
        self.first_response
            .0
            .extend(item.times[0].map(|time| hours.of(time)));
    }

    pub(super) fn solve(&mut self, item: &Item, hours: Hours) {
        self.solved += 1;
        self.standing += i64::from(!item.is_open);
        self.reopened += i64::from(item.is_reopened);
        self.one_touch += i64::from(item.is_one_touch);
        self.resolution.0.extend(item.times[1].map(|time| hours.of(time)));
        self.first_resolution
            .0
            .extend(item.times[2].map(|time| hours.of(time)));
        if let Some(rating) = item.csat.filter(|rating| (1..=5).contains(rating)) {
            self.ratings[usize::from(rating) - 1] += 1;
        }
        if let Some(effort) = item.effort {
            self.effort = (self.effort.0 + i64::from(effort), self.effort.1 + 1);
        }
    }

    fn sort(&mut self) {
        for spans in [
            &mut self.first_response,
            &mut self.resolution,
            &mut self.first_resolution,
        ] {
            spans.0.sort_unstable();
        }
    }

    /// The share of the solved that had come back; nothing without a solved one.
    pub fn reopen_share(&self) -> Option<f64> {
        (self.solved > 0).then(|| self.reopened as f64 / self.solved as f64)
    }

    /// The share of the solved that took fewer than two answers.
    pub fn one_touch_share(&self) -> Option<f64> {
        (self.solved > 0).then(|| self.one_touch as f64 / self.solved as f64)
    }

    /// How many ratings there are.
    pub fn rated(&self) -> i64 {
        self.ratings.iter().sum()
    }

    /// The share of 4 and 5, with its interval at 95 %.
    pub fn csat(&self) -> Option<(f64, (f64, f64))> {
        let (n, good) = (self.rated(), self.ratings[3] + self.ratings[4]);
        let interval = wilson(good.unsigned_abs(), n.unsigned_abs(), 0.95);
        (n > 0).then(|| (good as f64 / n as f64, interval))
    }

    /// The mean effort, from 0 to 100.
    pub fn ces(&self) -> Option<f64> {
        (self.effort.1 > 0).then(|| self.effort.0 as f64 / self.effort.1 as f64)
    }
}

/// How old what is open is: under a day, a week, a month, a quarter, and older.
pub const AGES: [i64; 4] = [1, 7, 30, 90];

/// What the tickets of a time come to, whole and by parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// All of them.
    pub whole: Sum,
    /// By step of the time: days or weeks.
    pub steps: Vec<Sum>,
    /// By the values of what they are told apart by.
    pub parts: BTreeMap<Key, Sum>,
    /// How many were opened in each hour of each weekday, Monday first.
    pub heat: [[i64; 24]; 7],
    /// What was solved after the time and is solved still, and what was opened after it.
    pub(super) after: (i64, i64),
    /// What is open now: by age, and by the values that tickets are told apart by.
    pub backlog: [i64; 5],
    /// The same by the values.
    pub backlog_parts: BTreeMap<Key, i64>,
}

impl Report {
    /// Nothing yet, in so many steps.
    pub(super) fn new(steps: usize) -> Self {
        Self {
            whole: Sum::default(),
            steps: vec![Sum::default(); steps],
            parts: BTreeMap::new(),
            heat: [[0; 24]; 7],
            after: (0, 0),
            backlog: [0; 5],
            backlog_parts: BTreeMap::new(),
        }
    }

    pub(super) fn open(&mut self, item: &Item, step: usize, (by, hours): (By, Hours)) {
        self.whole.open(item, hours);
        self.steps[step].open(item, hours);
        item.each_key(by, |key| self.parts.entry(key).or_default().open(item, hours));
        if let Some(hour) = self
            .heat
            .get_mut(item.weekday.saturating_sub(1))
            .and_then(|day| day.get_mut(item.hour))
        {
            *hour += 1;
        }
    }

    pub(super) fn solve(&mut self, item: &Item, step: usize, (by, hours): (By, Hours)) {
        self.whole.solve(item, hours);
        self.steps[step].solve(item, hours);
        item.each_key(by, |key| self.parts.entry(key).or_default().solve(item, hours));
    }

    pub(super) fn wait(&mut self, item: &Item, days: i64, by: By) {
        let age = AGES.iter().position(|bound| days < *bound).unwrap_or(AGES.len());
        self.backlog[age] += 1;
        item.each_key(by, |key| *self.backlog_parts.entry(key).or_default() += 1);
    }

    /// Puts durations in order, once everything is counted.
    pub(super) fn sort(&mut self) {
        let all = self.steps.iter_mut().chain(self.parts.values_mut());
        all.chain([&mut self.whole]).for_each(Sum::sort);
    }

    /// How many are open now.
    pub fn open_now(&self) -> i64 {
        self.backlog.iter().sum()
    }

    /// How many were open at the end of each step: a ticket counts as open from its opening to its last solving.
    pub fn backlog_steps(&self) -> Vec<i64> {
        let mut open = self.open_now() - self.after.1 + self.after.0;
        let mut all = Vec::with_capacity(self.steps.len());
        for step in self.steps.iter().rev() {
            all.push(open);
            open += step.standing - step.created;
        }
        all.reverse();
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_lie_between_the_nearest_two() {
        let spans = Spans(vec![10, 20, 30, 40]);
        let spread = spans.spread().unwrap();
        assert!(
            (spread.p50 - 25.0).abs() < 1e-9 && (spread.p90 - 37.0).abs() < 1e-9,
            "{spread:?}"
        );
        assert!((spread.mean - 25.0).abs() < 1e-9);
        assert_eq!(
            Spans(vec![7])
                .spread()
                .map(|one| (one.n, one.p50 as i64, one.p90 as i64)),
            Some((1, 7, 7))
        );
        assert_eq!(Spans::default().spread(), None);
    }

    #[test]
    fn nothing_is_told_of_what_never_happened() {
        let sum = Sum::default();
        assert_eq!(
            (sum.reopen_share(), sum.one_touch_share(), sum.csat(), sum.ces()),
            (None, None, None, None)
        );
    }
}
