//! Who is compared, and what became of each.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use tandem_core::accounts::AccountId;
use tandem_core::metrics::{self, Metric};
use tandem_core::workspaces::{self, WorkspaceId};

use super::model::{Aside, Outcome};
use super::store;
use crate::playbooks::{Aim, Content, Goal, Playbook, Trigger, past};

const DAY: Duration = Duration::from_secs(86_400);
/// How many accounts are looked at in one go.
const PART: usize = 200;

/// An account that is compared, and since when it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) account: AccountId,
    pub(super) since: Timestamp,
    pub(super) is_left_alone: bool,
}

/// A run: whose, by which version, what began it, when.
type Begun = (AccountId, i64, String, Timestamp);

/// Who is compared, where chance put them first, and who is not.
pub(super) fn units(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    playbook: &Playbook,
) -> Result<(Vec<Unit>, Aside), DbError> {
    let mut runs = store::runs(tx, workspace, playbook.id)?;
    let mut held = store::left_alone(tx, workspace, playbook.id)?;
    let until = cut(&mut runs, &mut held, store::MOST);
    let until = match until {
        Some(until) => Some(Day::of(until, &workspaces::zone(tx, workspace)?)),
        None => None,
    };
    let versions: BTreeMap<i64, Content> = store::versions(tx, workspace, playbook.id)?.into_iter().collect();
    let (units, aside) = sorted(&runs, &held, &versions, &playbook.content);
    Ok((units, Aside { until, ..aside }))
}

/// Leaves out of both sides what came from a moment on, where one of them has more than are counted: sides of other lengths
/// would be compared over other times. Both come with the first first.
fn cut(runs: &mut Vec<Begun>, held: &mut Vec<(AccountId, Timestamp)>, most: usize) -> Option<Timestamp> {
    let first = runs.get(most).map(|(.., since)| *since);
    let other = held.get(most).map(|(_, since)| *since);
    let until = first.into_iter().chain(other).min()?;
    runs.retain(|(.., since)| *since < until);
    held.retain(|(_, since)| *since < until);
    Some(until)
}

fn sorted(
    runs: &[Begun],
    held: &[(AccountId, Timestamp)],
    versions: &BTreeMap<i64, Content>,
    now: &Content,
) -> (Vec<Unit>, Aside) {
    let mut units: BTreeMap<AccountId, Unit> = BTreeMap::new();
    for (account, since) in held {
        let unit = Unit {
            account: *account,
            since: *since,
            is_left_alone: true,
        };
        units.insert(*account, unit);
    }
    let (mut by_hand, mut uncontrolled, mut crossed) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut first = None;
    for (account, version, cause, since) in runs {
        let has_holdout = versions.get(version).is_some_and(|content| content.holdout > 0);
        let before = units.get(account).copied();
        match (cause == "hand", has_holdout) {
            (true, _) if before.is_some_and(|unit| unit.is_left_alone) => drop(crossed.insert(*account)),
            (true, _) => drop(by_hand.insert(*account)),
            (false, false) => drop(uncontrolled.insert(*account)),
            (false, true) => {
                first = first.or(Some(*version));
                if before.is_none_or(|unit| *since < unit.since) {
                    let unit = Unit {
                        account: *account,
                        since: *since,
                        is_left_alone: false,
                    };
                    units.insert(*account, unit);
                }
            }
        }
    }
    let goal = first
        .and_then(|version| versions.get(&version))
        .map(|content| &content.goal);
    let uncounted =
        |all: &BTreeSet<AccountId>| all.iter().filter(|id| !units.contains_key(id)).count() as u64;
    let aside = Aside {
        crossed: crossed.len() as u64,
        by_hand: uncounted(&by_hand),
        uncontrolled: uncounted(&uncontrolled),
        is_goal_later: goal.is_some_and(|goal| *goal != now.goal),
        holdout: now.holdout,
        until: None,
    };
    (units.into_values().collect(), aside)
}

/// How something went, from which day on.
type Course = Vec<(Day, Option<f64>)>;

fn on(course: &Course, day: Day) -> Option<f64> {
    let next = course.partition_point(|(since, _)| *since <= day);
    next.checked_sub(1).and_then(|last| course[last].1)
}

/// What all accounts are judged by.
pub(super) struct Judge<'a> {
    workspace: WorkspaceId,
    goal: &'a Goal,
    /// The rule whose alerts count; any where empty.
    rule: &'a str,
    metric: Option<&'static Metric>,
    zone: jiff::tz::TimeZone,
    today: Day,
    /// Renewals of accounts: when, and by how many more or fewer.
    renewals: BTreeMap<AccountId, Vec<(Timestamp, i64)>>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(
        tx: &mut Tx<'_>,
        workspace: WorkspaceId,
        content: &'a Content,
        units: &[Unit],
    ) -> Result<Self, DbError> {
        let producers = metrics::producers(tx, workspace)?;
        let first = units.iter().map(|unit| unit.since).min();
        Ok(Self {
            workspace,
            goal: &content.goal,
            rule: match &content.trigger {
                Trigger::Alert { rule, .. } => rule,
                _ => "",
            },
            metric: match &content.goal.aim {
                Aim::Metric { metric, .. } => producers.find(metric),
                _ => None,
            },
            zone: workspaces::zone(tx, workspace)?,
            today: workspaces::today(tx, workspace)?,
            renewals: match (&content.goal.aim, first) {
                (Aim::Renewed, Some(first)) => renewals(tx, workspace, first)?,
                _ => BTreeMap::new(),
            },
        })
    }

    fn day(&self, unit: &Unit) -> Day {
        Day::of(unit.since, &self.zone)
    }

    fn end(&self, unit: &Unit) -> Timestamp {
        unit.since
            .plus(DAY * u32::try_from(self.goal.days).unwrap_or_default())
    }

    /// What became of each.
    pub(super) fn outcomes(&self, tx: &mut Tx<'_>, units: &[Unit]) -> Result<Vec<Outcome>, DbError> {
        let mut all = Vec::with_capacity(units.len());
        for part in units.chunks(PART) {
            let accounts: Vec<AccountId> = part.iter().map(|unit| unit.account).collect();
            let closed: BTreeMap<AccountId, Timestamp> = store::closed(tx, self.workspace, &accounts)?
                .into_iter()
                .collect();
            let courses = self.courses(tx, part, &accounts)?;
            let warned = match self.goal.aim {
                Aim::Eased => store::alerts(tx, self.workspace, &accounts)?,
                _ => Vec::new(),
            };
            for unit in part {
                let is_closed = closed.get(&unit.account).is_some_and(|at| *at <= self.end(unit));
                let nothing = Vec::new();
                let course = courses.get(&unit.account).unwrap_or(&nothing);
                let outcome = if self.day(unit).plus_days(self.goal.days) >= self.today {
                    Outcome::Early
                } else {
                    self.outcome(unit, course, &warned)
                };
                // Who left has reached nothing.
                all.push(match outcome {
                    Outcome::Reached if is_closed => Outcome::Missed,
                    other => other,
                });
            }
        }
        Ok(all)
    }

    fn courses(
        &self,
        tx: &mut Tx<'_>,
        part: &[Unit],
        accounts: &[AccountId],
    ) -> Result<BTreeMap<AccountId, Course>, DbError> {
        let Some(from) = part.iter().map(|unit| self.day(unit)).min() else {
            return Ok(BTreeMap::new());
        };
        let rows = match &self.goal.aim {
            Aim::Score { .. } => store::scores(tx, self.workspace, accounts, from)?,
            Aim::Metric { metric, .. } => store::measured(tx, self.workspace, accounts, (metric, from))?,
            Aim::Eased | Aim::Renewed => Vec::new(),
        };
        let mut courses: BTreeMap<AccountId, Course> = BTreeMap::new();
        for (account, day, value) in rows {
            courses.entry(account).or_default().push((day, value));
        }
        Ok(courses)
    }

    fn outcome(&self, unit: &Unit, course: &Course, warned: &[store::Warned]) -> Outcome {
        let (first, last) = (self.day(unit), self.day(unit).plus_days(self.goal.days));
        let told = |is: bool| if is { Outcome::Reached } else { Outcome::Missed };
        match &self.goal.aim {
            Aim::Score { points } => match (on(course, first), on(course, last)) {
                (Some(then), Some(now)) => told(now - then >= *points as f64),
                // Where health is not known any more, nothing was reached.
                (Some(_), None) => Outcome::Missed,
                (None, _) => Outcome::Unknown,
            },
            Aim::Metric { rise, .. } => {
                let value = |day: Day| {
                    on(course, day)
                        .zip(self.metric)
                        .map(|(stored, metric)| metric.on(stored, day))
                };
                match (value(first), value(last)) {
                    (Some(then), Some(now)) if then > 0.0 => told(now >= then * (1.0 + *rise as f64 / 100.0)),
                    (Some(then), Some(now)) => told(now > then),
                    (Some(_), None) => Outcome::Missed,
                    (None, _) => Outcome::Unknown,
                }
            }
            Aim::Eased => self.eased(unit, warned, told),
            Aim::Renewed => {
                let renewed = self.renewals.get(&unit.account).into_iter().flatten();
                let within = renewed.filter(|(at, _)| *at >= unit.since && *at <= self.end(unit));
                told(within.map(|(_, by)| by).sum::<i64>() > 0)
            }
        }
    }

    /// Whether every alert that was open then was closed in time, because its cause was gone or somebody acted: one that was
    /// none says nothing.
    fn eased(&self, unit: &Unit, warned: &[store::Warned], told: impl Fn(bool) -> Outcome) -> Outcome {
        let own = warned.iter().filter(|one| one.account == unit.account);
        let open = own.filter(|one| {
            (self.rule.is_empty() || one.rule == self.rule)
                && one.opened <= unit.since
                && one.closed.is_none_or(|closed| closed > unit.since)
                && one.state != "dismissed"
        });
        let closed: Vec<bool> = open
            .map(|one| one.closed.is_some_and(|closed| closed <= self.end(unit)))
            .collect();
        match closed.is_empty() {
            true => Outcome::Unknown,
            false => told(closed.into_iter().all(|is| is)),
        }
    }
}

/// The renewals since a moment; one that was taken back counts against it.
fn renewals(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    since: Timestamp,
) -> Result<BTreeMap<AccountId, Vec<(Timestamp, i64)>>, DbError> {
    let mut found: BTreeMap<AccountId, Vec<(Timestamp, i64)>> = BTreeMap::new();
    for (kind, by) in [("subscription.renewed", 1), ("subscription.unrenewed", -1)] {
        for (topics, _, at) in past::store::events(tx, workspace, kind, since)? {
            for account in topics
                .split(' ')
                .filter_map(|topic| topic.parse::<AccountId>().ok())
            {
                found.entry(account).or_default().push((at, by));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use kit::id::{Ids, TypedId};

    use super::*;

    fn content(holdout: i64, points: i64) -> Content {
        Content {
            holdout,
            goal: Goal {
                aim: Aim::Score { points },
                days: 30,
            },
            ..Content::default()
        }
    }

    #[test]
    fn each_counts_once_and_where_chance_has_put_it() {
        let ids = Ids::seeded(3);
        let [a, b, c, d, e] = [0; 5].map(|_| AccountId::from_uuid(ids.next(Timestamp(0))));
        let versions = BTreeMap::from([(1, content(0, 10)), (2, content(20, 10))]);
        let run = |account, version, cause: &str, at| (account, version, cause.to_owned(), Timestamp(at));
        let runs = [
            // Begun twice: the first time counts.
            run(a, 2, "date", 10),
            run(a, 2, "date", 90),
            // Left alone, and begun by hand: it stays left alone.
            run(b, 2, "hand", 20),
            // Begun by hand only, and while nobody was left alone: not counted.
            run(c, 2, "hand", 30),
            run(d, 1, "date", 5),
            // Begun before it was left alone by a larger share: where it was first.
            run(e, 2, "date", 40),
        ];
        let held = [(b, Timestamp(15)), (e, Timestamp(60))];
        let (mut units, aside) = sorted(&runs, &held, &versions, &content(20, 10));
        units.sort_by_key(|unit| unit.since);
        let sides: Vec<_> = units
            .iter()
            .map(|unit| (unit.account, unit.since.0, unit.is_left_alone))
            .collect();
        assert_eq!(sides, [(a, 10, false), (b, 15, true), (e, 40, false)]);
        assert_eq!((aside.crossed, aside.by_hand, aside.uncontrolled), (1, 1, 1));
        assert!(!aside.is_goal_later);
        assert!(sorted(&runs, &held, &versions, &content(20, 5)).1.is_goal_later);
    }

    #[test]
    fn both_sides_are_cut_at_one_moment() {
        let ids = Ids::seeded(4);
        let account = || AccountId::from_uuid(ids.next(Timestamp(0)));
        let run = |at| (account(), 1, "date".to_owned(), Timestamp(at));
        let mut runs: Vec<Begun> = [10, 20, 30, 40].map(run).to_vec();
        let mut held: Vec<_> = [15, 25, 35].map(|at| (account(), Timestamp(at))).to_vec();
        assert_eq!(cut(&mut runs, &mut held, 4), None);
        assert_eq!((runs.len(), held.len()), (4, 3));
        assert_eq!(cut(&mut runs, &mut held, 2), Some(Timestamp(30)));
        assert_eq!((runs.len(), held.len()), (2, 2));
        assert_eq!(cut(&mut runs, &mut held, 1), Some(Timestamp(20)));
        assert_eq!((runs.len(), held.len()), (1, 1));
    }
}
