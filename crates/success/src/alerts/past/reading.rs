//! Reading what was kept of accounts, as far as rules look at it.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::accounts::AccountId;
use tandem_core::metrics::{self, Courses, Metric, Moment, Producers};
use tandem_core::workspaces::WorkspaceId;

use super::metric;
use crate::alerts::rules::Rule;
use crate::alerts::{BAND, CONFIDENCE, SCORE};
use crate::health::{self, Band};

/// Which metrics are looked at, and how far back.
#[derive(Clone, Debug, Default)]
pub(in crate::alerts) struct Wanted {
    pub(super) metrics: BTreeMap<String, Looked>,
    /// Days before the first judged day that conditions look at.
    pub(super) reach: i64,
}

/// How a metric is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looked {
    pub(super) metric: Metric,
    /// Whether some condition compares its days.
    pub(super) by_day: bool,
}

/// What was kept of an account in a span of days.
#[derive(Clone, Debug)]
pub(in crate::alerts) struct Kept {
    pub(in crate::alerts) account: AccountId,
    pub(super) span: (Day, Day),
    pub(super) metrics: Courses,
    pub(super) health: Vec<health::Moment>,
}

impl Wanted {
    /// What the rules that are switched on look at, and these metrics.
    pub(in crate::alerts) fn of(producers: &Producers, rules: &[Rule], also: &[&str]) -> Self {
        let mut wanted = Self::default();
        for name in [SCORE.name, CONFIDENCE.name, BAND.name].iter().chain(also) {
            wanted.add(producers, name, false);
        }
        let rules = rules.iter().filter(|rule| rule.content.is_on);
        for condition in rules.flat_map(|rule| &rule.content.conditions) {
            let is_compared = condition.test.has_baseline();
            wanted.add(producers, &condition.metric, is_compared);
            if is_compared {
                wanted.reach = wanted.reach.max(condition.days + condition.before);
            }
        }
        wanted
    }

    fn add(&mut self, producers: &Producers, name: &str, by_day: bool) {
        let Some(metric) = metric(producers, name) else {
            return;
        };
        let looked = Looked { metric, by_day };
        let held = self.metrics.entry(name.to_owned()).or_insert(looked);
        held.by_day = held.by_day || by_day;
    }

    /// Those that features find, not health: whose days are compared, or the others.
    fn found(&self, by_day: bool) -> Vec<&str> {
        let of_health = [SCORE.name, CONFIDENCE.name, BAND.name];
        let found = self
            .metrics
            .iter()
            .filter(|(name, looked)| looked.by_day == by_day && !of_health.contains(&name.as_str()));
        found.map(|(name, _)| name.as_str()).collect()
    }
}

/// What was kept of each of these accounts in the days up to `until`, as far before `first` as conditions look.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::alerts) fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    wanted: &Wanted,
    (first, until): (Day, Day),
) -> Result<Vec<Kept>, DbError> {
    let span = (first.plus_days(-wanted.reach), until);
    let mut metrics = metrics::courses(tx, workspace, accounts, &wanted.found(true), span)?;
    // Of what nobody compares the last value before the first day is enough.
    let others = metrics::courses(tx, workspace, accounts, &wanted.found(false), (first, until))?;
    for (account, courses) in others {
        metrics.entry(account).or_default().extend(courses);
    }
    let mut health = health::courses(tx, workspace, accounts, span)?;
    let kept = accounts.iter().map(|account| Kept {
        account: *account,
        span,
        metrics: metrics.remove(account).unwrap_or_default(),
        health: health.remove(account).unwrap_or_default(),
    });
    Ok(kept.collect())
}

impl Kept {
    /// How a metric went.
    pub(super) fn course(&self, name: &str) -> Vec<Moment> {
        let of_health = |value: fn(&health::Moment) -> Option<f64>| {
            let moment = |moment: &health::Moment| Moment {
                since: moment.0,
                value: value(moment),
                as_of: None,
            };
            self.health.iter().map(moment).collect::<Vec<Moment>>()
        };
        match name {
            name if name == SCORE.name => of_health(|(_, score, _, _)| *score),
            name if name == CONFIDENCE.name => of_health(|(_, _, confidence, _)| Some(*confidence)),
            name if name == BAND.name => of_health(|(_, _, _, band)| match band {
                Band::Red => Some(1.0),
                Band::Amber => Some(2.0),
                Band::Green => Some(3.0),
                Band::Unknown => None,
            }),
            name => self.metrics.get(name).cloned().unwrap_or_default(),
        }
    }
}

#[cfg(test)]
impl Kept {
    /// What somebody makes up of an account in a span of days.
    pub(in crate::alerts) fn of(account: AccountId, span: (Day, Day), metrics: Courses) -> Self {
        Self {
            account,
            span,
            metrics,
            health: Vec::new(),
        }
    }
}
