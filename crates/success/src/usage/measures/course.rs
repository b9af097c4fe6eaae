//! The figures of usage of each day of a span, each event looked at once however many days there are.

use std::collections::BTreeMap;

use kit::day::Day;

use crate::usage::folding::FeatureId;
use crate::usage::people::NameId;

/// How many days a figure of a month looks at.
pub(super) const WINDOW: i64 = 30;
/// How many weeks a trend looks at.
pub(super) const WEEKS: usize = 13;
/// How many days before the last week of a trend its first one ends.
const BACK: i64 = 7 * (WEEKS as i64 - 1);

/// Somebody did something that counts on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) who: NameId,
    pub(super) day: Day,
    /// How often.
    pub(super) actions: i64,
}

/// What was done at an account, as far as the figures of some days look at it.
#[derive(Clone, Debug, Default)]
pub(super) struct Done {
    /// The first day on which anybody did anything.
    pub(super) first: Option<Day>,
    /// A day on which anybody did anything, before the others or among them.
    pub(super) last: Option<Day>,
    /// What was done that counts.
    pub(super) seen: Vec<Seen>,
    /// What was done at all, and on which day.
    pub(super) features: Vec<(FeatureId, Day)>,
}

/// What there is of an account's usage on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Figures {
    /// Different people who did something that counts in seven days.
    pub(super) week: i64,
    /// The same in thirty days, in the last fourteen, and in the fourteen before.
    pub(super) month: i64,
    pub(super) lately: i64,
    pub(super) before: i64,
    /// The people of each of the last seven days, added up.
    pub(super) daily: i64,
    /// How often they did it in thirty days.
    pub(super) actions: i64,
    /// Different things that were done at all in them.
    pub(super) features: i64,
    /// Different people who did something that counts in each of the last weeks, the oldest first; none of those that were not over
    /// when anybody came first.
    pub(super) weeks: [Option<i64>; WEEKS],
    /// The last day on which anybody did anything.
    pub(super) last: Option<Day>,
}

/// The figures of each day from one until another.
pub(super) fn figures(done: &Done, span: (Day, Day)) -> Vec<Figures> {
    let people = by_key(done.seen.iter().map(|one| (one.who, one.day)));
    let features = by_key(done.features.iter().copied());
    let within = |days: &[Vec<i64>], window: (i64, i64)| {
        let mut sum = Sum::over(span);
        days.iter().for_each(|days| sum.add_within(days, window));
        sum.values()
    };
    let (mut daily, mut actions) = (Sum::over(span), Sum::over(span));
    for one in &done.seen {
        let day = one.day.number();
        daily.add((day, day + 6), 1);
        actions.add((day, day + WINDOW - 1), one.actions);
    }
    let all = [
        within(&people, (0, 6)),
        within(&people, (0, WINDOW - 1)),
        within(&people, (0, 13)),
        within(&people, (14, 27)),
        daily.values(),
        actions.values(),
        within(&features, (0, WINDOW - 1)),
    ];
    let mut weekly = Sum::over((span.0.plus_days(-BACK), span.1));
    people.iter().for_each(|days| weekly.add_within(days, (0, 6)));
    let weekly = weekly.values();
    let last = last(done, span);
    last.into_iter()
        .enumerate()
        .map(|(index, last)| {
            let [week, month, lately, before, daily, actions, features] =
                std::array::from_fn(|number| all[number][index]);
            Figures {
                week,
                month,
                lately,
                before,
                daily,
                actions,
                features,
                weeks: weeks(&weekly[index..], done.first, span.0.plus_days(index as i64)),
                last,
            }
        })
        .collect()
}

/// The weeks that end with a day, from how many people there were in the seven days until each day from [`BACK`] days before it on.
fn weeks(weekly: &[i64], first: Option<Day>, today: Day) -> [Option<i64>; WEEKS] {
    std::array::from_fn(|week| {
        let begin = today.plus_days(7 * week as i64 - BACK - 6);
        let count = weekly.get(7 * week).copied();
        count.filter(|_| first.is_some_and(|first| first <= begin))
    })
}

/// The days of each key, in order.
fn by_key<K: Ord>(days: impl Iterator<Item = (K, Day)>) -> Vec<Vec<i64>> {
    let mut found: BTreeMap<K, Vec<i64>> = BTreeMap::new();
    for (key, day) in days {
        found.entry(key).or_default().push(day.number());
    }
    let mut all: Vec<Vec<i64>> = found.into_values().collect();
    all.iter_mut().for_each(|days| days.sort_unstable());
    all
}

/// The last day of use as of each day.
fn last(done: &Done, (from, until): (Day, Day)) -> Vec<Option<Day>> {
    let mut used: Vec<Day> = done
        .features
        .iter()
        .map(|(_, day)| *day)
        .chain(done.last)
        .collect();
    used.sort_unstable();
    let (mut used, mut last) = (used.into_iter().peekable(), None);
    let mut all = Vec::new();
    for ahead in 0..=from.days_until(until) {
        let day = from.plus_days(ahead);
        while let Some(next) = used.next_if(|next| *next <= day) {
            last = Some(next);
        }
        all.push(last);
    }
    all
}

/// A number for each day of a span, made of by how much it changes.
struct Sum {
    from: i64,
    changes: Vec<i64>,
}

impl Sum {
    fn over((from, until): (Day, Day)) -> Self {
        let days = usize::try_from(from.days_until(until) + 1).unwrap_or_default();
        Self {
            from: from.number(),
            changes: vec![0; days + 1],
        }
    }

    /// Adds so much to each day from one until another, both with them.
    fn add(&mut self, (first, last): (i64, i64), by: i64) {
        let end = self.changes.len() - 1;
        let place = |day: i64| usize::try_from((day - self.from).max(0)).map_or(end, |day| day.min(end));
        let (first, last) = (place(first), place(last + 1));
        self.changes[first] += by;
        self.changes[last] -= by;
    }

    /// Adds one to each day on which one of these days, which are in order, is so many days ago at least and at most.
    fn add_within(&mut self, days: &[i64], (least, most): (i64, i64)) {
        let mut reached = i64::MIN;
        for day in days {
            let first = (day + least).max(reached.saturating_add(1));
            if first <= day + most {
                reached = day + most;
                self.add((first, reached), 1);
            }
        }
    }

    fn values(&self) -> Vec<i64> {
        let mut sum = 0;
        let days = self.changes.len() - 1;
        let changes = self.changes[..days].iter();
        changes
            .map(|change| {
                sum += change;
                sum
            })
            .collect()
    }
}
