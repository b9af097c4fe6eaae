//! What was known of an account day by day, and what a condition says of it on a day. A day is judged by it and the days
//! before it alone: what came later never changes what was said.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::stats::{Baseline, median};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::metrics::{self, Metric, Moment, Producers};
use tandem_core::workspaces::WorkspaceId;

use super::rules::Condition;
use super::{BAND, CONFIDENCE, SCORE, Test};
use crate::health::{self, Band};

/// Days before the first judged day that a condition may look at: the longest window and the longest baseline.
pub(super) const REACH: i64 = 280;

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

/// Days and what was known on them.
type Days = Vec<(Day, f64)>;

/// What was known of an account in a span of days.
#[derive(Clone, Debug)]
pub(super) struct Past {
    from: Day,
    until: Day,
    courses: BTreeMap<String, Vec<Moment>>,
    units: BTreeMap<String, Metric>,
}

/// The metric of a name, of a feature or of health.
pub(super) fn metric(producers: &Producers, name: &str) -> Option<Metric> {
    let own = [SCORE, CONFIDENCE, BAND]
        .into_iter()
        .find(|metric| metric.name == name);
    own.or_else(|| producers.find(name).copied())
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

impl Past {
    /// What was known in the days up to `until`, from far enough before `first` on to judge it.
    pub(super) fn read(
        tx: &mut Tx<'_>,
        workspace: WorkspaceId,
        account: AccountId,
        (first, until): (Day, Day),
    ) -> Result<Self, DbError> {
        let from = first.plus_days(-REACH);
        let producers = metrics::producers(tx, workspace)?;
        let mut courses = metrics::courses(tx, workspace, account, (from, until))?;
        let course = health::course(tx, workspace, account, (from, until))?;
        let mut add = |metric: &Metric, value: &dyn Fn(Option<f64>, f64, Band) -> Option<f64>| {
            let moments = course.iter().map(|(since, score, confidence, band)| Moment {
                since: *since,
                value: value(*score, *confidence, *band),
                as_of: None,
            });
            courses.insert(metric.name.to_owned(), moments.collect());
        };
        add(&SCORE, &|score, _, _| score);
        add(&CONFIDENCE, &|_, confidence, _| Some(confidence));
        add(&BAND, &|_, _, band| match band {
            Band::Red => Some(1.0),
            Band::Amber => Some(2.0),
            Band::Green => Some(3.0),
            Band::Unknown => None,
        });
        let units = all_metrics(&producers).into_iter();
        Ok(Self {
            from,
            until,
            courses,
            units: units.map(|metric| (metric.name.to_owned(), metric)).collect(),
        })
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
        let holds = |one: &&Condition| self.look(one, day).verdict == Verdict::Holds;
        let mut quick = conditions.iter().filter(|one| !one.test.has_baseline());
        let mut slow = conditions.iter().filter(|one| one.test.has_baseline());
        quick.all(|one| holds(&one)) && slow.all(|one| holds(&one))
    }

    /// The confidence of health on a day.
    pub(super) fn confidence(&self, day: Day) -> Option<f64> {
        self.value(CONFIDENCE.name, day)
    }

    /// What holds on a day: the last that was kept until then.
    fn moment(&self, metric: &str, day: Day) -> Option<Moment> {
        let course = self.courses.get(metric)?;
        let next = course.partition_point(|moment| moment.since <= day);
        next.checked_sub(1).map(|last| course[last])
    }

    /// The value of a day.
    pub(super) fn value(&self, metric: &str, day: Day) -> Option<f64> {
        let stored = self.moment(metric, day)?.value?;
        let metric = self.units.get(metric)?;
        Some(metric.on(stored, day))
    }

    /// The values of some days up to one, the oldest first; only those that are known.
    fn values(&self, name: &str, last: Day, count: i64) -> Days {
        let (Some(course), Some(metric)) = (self.courses.get(name), self.units.get(name)) else {
            return Vec::new();
        };
        let mut day = last.plus_days(1 - count).max(self.from);
        let last = last.min(self.until);
        let mut next = course.partition_point(|moment| moment.since <= day);
        let mut found = Vec::new();
        while day <= last {
            while course.get(next).is_some_and(|moment| moment.since <= day) {
                next += 1;
            }
            let stored = next.checked_sub(1).and_then(|held| course[held].value);
            found.extend(stored.map(|stored| (day, metric.on(stored, day))));
            day = day.plus_days(1);
        }
        found
    }

    fn look(&self, condition: &Condition, day: Day) -> Finding {
        let moment = self.moment(&condition.metric, day);
        let mut finding = Finding {
            condition: condition.clone(),
            value: self.value(&condition.metric, day),
            baseline: None,
            since: moment.map(|moment| moment.since),
            as_of: moment.and_then(|moment| moment.as_of),
            verdict: Verdict::Unknown,
        };
        let known = |holds: bool| if holds { Verdict::Holds } else { Verdict::Fails };
        match condition.test {
            Test::AtLeast => {
                finding.verdict = finding
                    .value
                    .map_or(Verdict::Unknown, |value| known(value >= condition.value));
            }
            Test::AtMost => {
                finding.verdict = finding
                    .value
                    .map_or(Verdict::Unknown, |value| known(value <= condition.value));
            }
            Test::Still => {
                let since = moment
                    .filter(|moment| moment.value.is_some())
                    .map(|moment| moment.since);
                finding.verdict = since.map_or(Verdict::Unknown, |since| {
                    known(since.days_until(day) >= condition.days)
                });
            }
            Test::Missing => {
                // What was never known is not missed.
                finding.verdict = moment.map_or(Verdict::Unknown, |moment| {
                    known(moment.value.is_none() && moment.since.days_until(day) >= condition.days)
                });
            }
            Test::Falls | Test::Rises => self.compare(condition, day, &mut finding),
            Test::ShiftsDown | Test::ShiftsUp => self.follow(condition, day, &mut finding),
        }
        finding
    }

    /// The median of the last days against the median of the days before them.
    fn compare(&self, condition: &Condition, day: Day, finding: &mut Finding) {
        let Some((recent, before)) = self.spans(condition, day) else {
            return;
        };
        let middle = |values: &[(Day, f64)]| {
            let mut values: Vec<f64> = values.iter().map(|(_, value)| *value).collect();
            median(&mut values)
        };
        let (Some(now), Some(then)) = (middle(&recent), middle(&before)) else {
            return;
        };
        finding.value = Some(now);
        finding.baseline = Some(then);
        // A share of nothing is nothing: where it was 0 or less before, no share can be said.
        finding.verdict = match (condition.test, then > 0.0) {
            (_, false) => Verdict::Unknown,
            (Test::Falls, _) if now <= then * (1.0 - condition.value) => Verdict::Holds,
            (Test::Rises, _) if now >= then * (1.0 + condition.value) => Verdict::Holds,
            _ => Verdict::Fails,
        };
    }

    /// Whether the last days have left where the days before them lay.
    fn follow(&self, condition: &Condition, day: Day, finding: &mut Finding) {
        let Some((recent, before)) = self.spans(condition, day) else {
            return;
        };
        let plain = |values: &[(Day, f64)]| -> Vec<f64> { values.iter().map(|(_, value)| *value).collect() };
        let before = plain(&before);
        let mut middle = before.clone();
        let floor = (median(&mut middle).unwrap_or(0.0).abs() * 0.1).max(1e-6);
        let Some(baseline) = Baseline::of(&before, floor) else {
            return;
        };
        finding.baseline = Some(baseline.level);
        let change = baseline.change(&plain(&recent), condition.test == Test::ShiftsUp);
        let change = change.filter(|change| change.sum >= condition.value);
        finding.verdict = if change.is_some() {
            Verdict::Holds
        } else {
            Verdict::Fails
        };
        if let Some(change) = change {
            finding.since = recent.get(change.since).map(|(since, _)| *since);
        }
    }

    /// The known values of the last days, and of the days before them; none where they are too few.
    fn spans(&self, condition: &Condition, day: Day) -> Option<(Days, Days)> {
        self.value(&condition.metric, day)?;
        let recent = self.values(&condition.metric, day, condition.days);
        let before = self.values(
            &condition.metric,
            day.plus_days(-condition.days),
            condition.before,
        );
        let least = usize::try_from(condition.least).unwrap_or(usize::MAX);
        (before.len() >= least).then_some((recent, before))
    }
}

#[cfg(test)]
mod tests;
