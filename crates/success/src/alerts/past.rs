//! What was known of an account day by day, and what a condition says of it on a day. A day is judged by it and the days
//! before it alone: what came later never changes what was said.

mod reading;

use std::collections::BTreeMap;

use kit::day::Day;
use kit::stats::{Baseline, median};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::metrics::{Metric, Moment, Producers};
use tandem_core::permissions::Permission;

use self::reading::Looked;
use super::rules::Condition;
use super::{BAND, CONFIDENCE, SCORE, Test};
use crate::health::Band;

pub(super) use reading::{Kept, Wanted, read};

/// Whether a condition holds on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It does.
    Holds,
    /// It does not.
    Fails,
    /// Too little is known to say.
    Unknown,
}

/// What a condition found on a day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AlertFinding")]
pub struct Finding {
    /// The condition.
    pub condition: Condition,
    /// The value of the day, or of its last days where it is compared; null where it is not known.
    pub value: Option<f64>,
    /// What it is compared with; null where it is compared with nothing.
    pub baseline: Option<f64>,
    /// From when on it is so; null where that is not known.
    pub since: Option<Day>,
    /// From when what it rests on is; null for that day.
    pub as_of: Option<Day>,
    /// What the condition said.
    pub verdict: Verdict,
}

/// What was known of an account in a span of days.
#[derive(Clone, Debug)]
pub(super) struct Past {
    from: Day,
    until: Day,
    courses: BTreeMap<String, Course>,
}

/// How a metric went.
#[derive(Clone, Debug)]
struct Course {
    metric: Metric,
    moments: Vec<Moment>,
    /// The value of each day of the span, not a number where it was not known; empty where nobody compares them.
    days: Vec<f64>,
}

/// What a condition sees on a day, as a [`Finding`] has it.
#[derive(Clone, Copy, Debug)]
struct Seen {
    value: Option<f64>,
    baseline: Option<f64>,
    since: Option<Day>,
    as_of: Option<Day>,
    verdict: Verdict,
}

impl Default for Seen {
    /// Nothing is known.
    fn default() -> Self {
        Self {
            value: None,
            baseline: None,
            since: None,
            as_of: None,
            verdict: Verdict::Unknown,
        }
    }
}

/// The metric of a name, of a feature or of health.
pub(super) fn metric(producers: &Producers, name: &str) -> Option<Metric> {
    let own = [SCORE, CONFIDENCE, BAND]
        .into_iter()
        .find(|metric| metric.name == name);
    own.or_else(|| producers.find(name).copied())
}

/// Who may see the metric of a name, of a feature or of health, also after it was removed.
pub(super) fn needs(producers: &Producers, name: &str) -> Option<Permission> {
    let found = metric(producers, name).map(|metric| metric.needs);
    found.or_else(|| producers.needs(name))
}

/// The band that a value of [`BAND`] stands for.
pub(super) fn band(value: f64) -> Band {
    match value {
        1.0 => Band::Red,
        2.0 => Band::Amber,
        3.0 => Band::Green,
        _ => Band::Unknown,
    }
}

/// Every metric that a condition may name.
pub(super) fn all_metrics(producers: &Producers) -> Vec<Metric> {
    let own = [SCORE, CONFIDENCE, BAND];
    own.into_iter().chain(producers.metrics().copied()).collect()
}

impl Course {
    fn new(looked: &Looked, moments: Vec<Moment>, (from, until): (Day, Day)) -> Self {
        let metric = looked.metric;
        let count = if looked.by_day {
            from.days_until(until) + 1
        } else {
            0
        };
        let mut next = 0_usize;
        let value = |index: i64| {
            let day = from.plus_days(index);
            while moments
                .get(next)
                .is_some_and(|moment: &Moment| moment.since <= day)
            {
                next += 1;
            }
            let held = next.checked_sub(1).and_then(|held| moments[held].value);
            held.map_or(f64::NAN, |stored| metric.on(stored, day))
        };
        let days = (0..count).map(value).collect();
        Self {
            metric,
            moments,
            days,
        }
    }

    /// What holds on a day: the last that was kept until then.
    fn moment(&self, day: Day) -> Option<Moment> {
        let next = self.moments.partition_point(|moment| moment.since <= day);
        next.checked_sub(1).map(|last| self.moments[last])
    }
}

/// The values of the last days with the first of them, and the known ones of the days before.
type Spans<'c> = ((Day, &'c [f64]), Vec<f64>);

impl Past {
    /// What was known, of what was kept.
    pub(super) fn of(wanted: &Wanted, kept: &Kept) -> Self {
        let course = |(name, looked): (&String, &Looked)| {
            let course = Course::new(looked, kept.course(name), kept.span);
            (name.clone(), course)
        };
        Self {
            from: kept.span.0,
            until: kept.span.1,
            courses: wanted.metrics.iter().map(course).collect(),
        }
    }

    /// What the rule's conditions find on a day, and whether all of them hold; unknown where none fails but one can't be said.
    pub(super) fn judge(&self, conditions: &[Condition], day: Day) -> (Verdict, Vec<Finding>) {
        let findings: Vec<Finding> = conditions.iter().map(|one| self.look(one, day)).collect();
        let is = |verdict: Verdict| findings.iter().any(|one| one.verdict == verdict);
        let verdict = match () {
            () if is(Verdict::Fails) => Verdict::Fails,
            () if is(Verdict::Unknown) => Verdict::Unknown,
            () => Verdict::Holds,
        };
        (verdict, findings)
    }

    /// Whether all conditions hold on a day; those that are quick to tell come first.
    pub(super) fn holds(&self, conditions: &[Condition], day: Day) -> bool {
        let holds = |one: &Condition| self.see(one, day).verdict == Verdict::Holds;
        let mut quick = conditions.iter().filter(|one| !one.test.has_baseline());
        let mut slow = conditions.iter().filter(|one| one.test.has_baseline());
        quick.all(holds) && slow.all(holds)
    }

    /// What all conditions together say of a day, without what each of them found.
    pub(super) fn verdict(&self, conditions: &[Condition], day: Day) -> Verdict {
        let mut verdict = Verdict::Holds;
        for condition in conditions {
            match self.see(condition, day).verdict {
                Verdict::Fails => return Verdict::Fails,
                Verdict::Unknown => verdict = Verdict::Unknown,
                Verdict::Holds => {}
            }
        }
        verdict
    }

    /// The confidence of health on a day.
    pub(super) fn confidence(&self, day: Day) -> Option<f64> {
        self.value(CONFIDENCE.name, day)
    }

    /// The value of a day.
    pub(super) fn value(&self, metric: &str, day: Day) -> Option<f64> {
        let course = self.courses.get(metric)?;
        let stored = course.moment(day)?.value?;
        Some(course.metric.on(stored, day))
    }

    /// What a condition finds on a day.
    fn look(&self, condition: &Condition, day: Day) -> Finding {
        let seen = self.see(condition, day);
        Finding {
            condition: condition.clone(),
            value: seen.value,
            baseline: seen.baseline,
            since: seen.since,
            as_of: seen.as_of,
            verdict: seen.verdict,
        }
    }

    fn see(&self, condition: &Condition, day: Day) -> Seen {
        let Some(course) = self.courses.get(&condition.metric) else {
            return Seen::default();
        };
        let moment = course.moment(day);
        let stored = moment.and_then(|moment| moment.value);
        let mut seen = Seen {
            value: stored.map(|stored| course.metric.on(stored, day)),
            baseline: None,
            since: moment.map(|moment| moment.since),
            as_of: moment.and_then(|moment| moment.as_of),
            verdict: Verdict::Unknown,
        };
        let known = |holds: bool| if holds { Verdict::Holds } else { Verdict::Fails };
        let verdict = match condition.test {
            Test::AtLeast => seen.value.map(|value| known(value >= condition.value)),
            Test::AtMost => seen.value.map(|value| known(value <= condition.value)),
            Test::Still => {
                let since = moment.filter(|moment| moment.value.is_some());
                since.map(|moment| known(moment.since.days_until(day) >= condition.days))
            }
            // What was never known is not missed.
            Test::Missing => moment.map(|moment| {
                known(moment.value.is_none() && moment.since.days_until(day) >= condition.days)
            }),
            Test::Falls | Test::Rises => self.compare(course, condition, day, &mut seen),
            Test::ShiftsDown | Test::ShiftsUp => self.follow(course, condition, day, &mut seen),
        };
        seen.verdict = verdict.unwrap_or(Verdict::Unknown);
        seen
    }

    /// The median of the last days against the median of the days before them.
    fn compare(&self, course: &Course, condition: &Condition, day: Day, seen: &mut Seen) -> Option<Verdict> {
        let (recent, mut before) = self.spans(course, condition, day)?;
        let (now, then) = (median(&mut known(recent.1))?, median(&mut before)?);
        seen.value = Some(now);
        seen.baseline = Some(then);
        // A share of nothing is nothing: where it was 0 or less before, no share can be said.
        match (condition.test, then > 0.0) {
            (_, false) => None,
            (Test::Falls, _) if now <= then * (1.0 - condition.value) => Some(Verdict::Holds),
            (Test::Rises, _) if now >= then * (1.0 + condition.value) => Some(Verdict::Holds),
            _ => Some(Verdict::Fails),
        }
    }

    /// Whether the last days have left where the days before them lay.
    fn follow(&self, course: &Course, condition: &Condition, day: Day, seen: &mut Seen) -> Option<Verdict> {
        let ((first, recent), before) = self.spans(course, condition, day)?;
        let floor = (median(&mut before.clone()).unwrap_or(0.0).abs() * 0.1).max(1e-6);
        let baseline = Baseline::of(&before, floor)?;
        seen.baseline = Some(baseline.level);
        let change = baseline.change(&known(recent), condition.test == Test::ShiftsUp);
        let Some(change) = change.filter(|change| change.sum >= condition.value) else {
            return Some(Verdict::Fails);
        };
        let mut places = (0..).zip(recent).filter(|(_, value)| !value.is_nan());
        seen.since = places.nth(change.since).map(|(place, _)| first.plus_days(place));
        Some(Verdict::Holds)
    }

    /// What a condition compares; none where it is too little.
    fn spans<'c>(&self, course: &'c Course, condition: &Condition, day: Day) -> Option<Spans<'c>> {
        course.moment(day)?.value?;
        let recent = self.values(course, day, condition.days);
        let before = self.values(course, day.plus_days(-condition.days), condition.before);
        let before = known(before.1);
        let least = usize::try_from(condition.least).unwrap_or(usize::MAX);
        (before.len() >= least).then_some((recent, before))
    }

    /// The values of some days up to one, the oldest first, and the first of these days.
    fn values<'c>(&self, course: &'c Course, last: Day, count: i64) -> (Day, &'c [f64]) {
        let first = last.plus_days(1 - count).max(self.from);
        let place = |day: Day| usize::try_from(self.from.days_until(day)).ok();
        let end = last.min(self.until).plus_days(1);
        let places = place(first).zip(place(end)).map(|(first, end)| first..end);
        let values = places.and_then(|places| course.days.get(places));
        (first, values.unwrap_or_default())
    }
}

/// The values that are known.
fn known(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|value| !value.is_nan()).collect()
}

#[cfg(test)]
mod tests;
