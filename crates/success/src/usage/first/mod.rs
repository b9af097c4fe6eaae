//! First value: when each account had it, how long that took, and how long it takes as a rule.
//!
//! It is counted from the start: the first day of the first subscription; without one the day on which the account was added or
//! first used the product, whichever was earlier. Who had it before that took no days. Accounts without it are *censored*: they
//! count for as long as they were watched, so that the quick ones alone say nothing (Kaplan and Meier, 1958). Who began before
//! usage is known at all was not watched from the start and is left out.

pub mod api;
mod curve;
mod export;
mod store;
mod views;
pub mod web;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::i18n::Text;
use kit::web::Failure;
use tandem_core::accounts::AccountId;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::metrics::{Course, Metric, Producer, Reading, Unit, number};
use tandem_core::permissions::Permission::UsageRead;
use tandem_core::subscriptions;
use tandem_core::workspaces::{self, WorkspaceId};

use super::counts::{self, Rules};
use super::people;

pub use curve::{Account, By, Called, Group, Overview, Point, Summary, overview};

/// Days since an account began.
pub const STARTED: Metric = Metric::new("usage.started", Unit::DaysSince, UsageRead);
/// Whether an account has had its first value: 1 or 0.
pub const REACHED: Metric = Metric::new("usage.first_value", Unit::Count, UsageRead);
/// After how many days it had it.
pub const TIME: Metric = Metric::new("usage.time_to_value", Unit::Count, UsageRead);

/// First value of an account.
pub const PRODUCER: Producer = Producer {
    metrics: &[&STARTED, &REACHED, &TIME],
    read,
};

/// Why nothing is shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FirstError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<FirstError> for Failure {
    fn from(error: FirstError) -> Self {
        match error {
            FirstError::Forbidden(missing) => {
                Self::of(http::StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            FirstError::Db(error) => error.into(),
        }
    }
}

/// The way of an account to its first value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Path {
    /// When it began.
    start: Day,
    /// When it had first value.
    reached: Option<Day>,
    /// Whether usage was known from its start on.
    is_watched: bool,
    /// When the last of its contracts was over, if none is left.
    over: Option<Day>,
}

/// How an account stands on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It had first value after so many days.
    After(i64),
    /// It has had it, but nobody saw when.
    Sometime,
    /// It began so many days ago and has had none; by the day, if there is one, half of the accounts have it.
    Waits(i64, Option<i64>),
}

/// How an account stands; nothing where nobody said what first value is, or where it can't be known.
///
/// # Errors
/// [`FirstError::Forbidden`], or the database's.
pub fn standing(tx: &mut Tx<'_>, actor: &Actor, account: AccountId) -> Result<Option<Standing>, FirstError> {
    actor.must(UsageRead)?;
    let workspace = actor.workspace;
    let (rules, today) = (counts::rules(tx, workspace)?, workspaces::today(tx, workspace)?);
    let Some(path) = path(tx, workspace, &rules, (account, today))? else {
        return Ok(None);
    };
    Ok(match (path.reached, path.is_watched) {
        (Some(reached), true) => Some(Standing::After(path.days(reached))),
        (Some(_), false) => Some(Standing::Sometime),
        (None, true) => {
            let median = curve::median(tx, workspace, today)?;
            Some(Standing::Waits(path.days(path.over.unwrap_or(today)), median))
        }
        (None, false) => None,
    })
}

/// How an account stands, in words.
pub(in crate::usage) fn said(t: &Text, standing: Standing) -> String {
    match standing {
        Standing::After(days) => t.count("first-value-after", days),
        Standing::Sometime => t.say("first-value-sometime"),
        Standing::Waits(days, None) => t.count("first-value-still", days),
        Standing::Waits(days, Some(median)) => {
            let still = t.count("first-value-still", days);
            let by = t.number(median);
            t.say_with("first-value-half", kit::args!(still = still, by = by))
        }
    }
}

fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: Day,
) -> Result<Vec<Reading>, DbError> {
    if people::shifting::resting(tx, workspace, account)?.is_some() {
        return Ok(Vec::new());
    }
    let rules = counts::rules(tx, workspace)?;
    let path = path(tx, workspace, &rules, (account, today))?;
    Ok(vec![
        STARTED.may_be(path.map(|path| number(path.start))),
        REACHED.may_be(path.and_then(Path::share)),
        TIME.may_be(path.and_then(Path::time)),
    ])
}

/// How the metrics of first value of an account went in a span of days.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn courses(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    rules: &Rules,
    (account, (from, today)): (AccountId, (Day, Day)),
) -> Result<Vec<Course>, DbError> {
    let path = path(tx, workspace, rules, (account, today))?;
    Ok(courses_of(path, from))
}

fn courses_of(path: Option<Path>, from: Day) -> Vec<Course> {
    let course = |metric, later: Vec<(Day, Option<f64>)>| {
        let mut steps = vec![(from, None)];
        for (day, value) in later {
            // What was before the span holds when it begins; of two on a day the later one counts.
            steps.retain(|(at, _)| *at < day.max(from));
            steps.push((day.max(from), value));
        }
        Course { metric, steps }
    };
    let Some(path) = path else {
        let all = PRODUCER.metrics.iter().copied();
        return all.map(|metric| course(metric, Vec::new())).collect();
    };
    let reached = path.reached.map(|day| day.max(path.start));
    let before = path.is_watched.then_some(0.0);
    let (mut share, mut time) = (vec![(path.start, before)], Vec::new());
    if let Some(day) = reached {
        share.push((day, Some(1.0)));
        time.push((day, path.time()));
    }
    vec![
        course(&STARTED, vec![(path.start, Some(number(path.start)))]),
        course(&REACHED, share),
        course(&TIME, time),
    ]
}

/// The way of an account until today; nothing before it began, and where nobody said what first value is.
fn path(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    rules: &Rules,
    (account, today): (AccountId, Day),
) -> Result<Option<Path>, DbError> {
    let Some((event, times)) = rules.first else {
        return Ok(None);
    };
    let contracts = subscriptions::of(tx, workspace, account)?;
    let start = match contracts.iter().map(|one| one.starts).min() {
        Some(first) => Some(first),
        None => added(tx, workspace, account)?,
    };
    let Some(start) = start.filter(|start| *start <= today) else {
        return Ok(None);
    };
    let ends: Option<Vec<Day>> = contracts.iter().map(|one| Some(one.end.as_ref()?.day)).collect();
    let over = ends.and_then(|ends| ends.into_iter().max());
    let reached = match event {
        Some(event) => store::reached(tx, workspace, account, (event, times), today)?,
        None => None,
    };
    Ok(Some(Path {
        start,
        reached,
        is_watched: rules.watched.is_some_and(|watched| watched <= start),
        over: over.filter(|over| *over <= today),
    }))
}

/// When an account was added, or first used the product.
fn added(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<Option<Day>, DbError> {
    let Some(added) = store::added(tx, workspace, account)? else {
        return Ok(None);
    };
    let zone = workspaces::zone(tx, workspace)?;
    let (added, first) = (Day::of(added, &zone), store::first_day(tx, workspace, account)?);
    Ok(Some(first.map_or(added, |first| first.min(added))))
}

impl Path {
    /// Days from the start until a day; none below.
    fn days(self, day: Day) -> i64 {
        self.start.days_until(day).max(0)
    }

    fn share(self) -> Option<f64> {
        match (self.reached, self.is_watched) {
            (Some(_), _) => Some(1.0),
            (None, true) => Some(0.0),
            (None, false) => None,
        }
    }

    fn time(self) -> Option<f64> {
        let reached = self.reached.filter(|_| self.is_watched)?;
        Some(self.days(reached) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn steps(path: Option<Path>, from: &str) -> Vec<Vec<(String, Option<f64>)>> {
        let courses = courses_of(path, day(from)).into_iter();
        courses
            .map(|course| {
                let steps = course.steps.into_iter();
                steps.map(|(day, value)| (day.to_string(), value)).collect()
            })
            .collect()
    }

    fn step(day: &str, value: Option<f64>) -> (String, Option<f64>) {
        (day.to_owned(), value)
    }

    #[test]
    fn the_past_of_first_value_begins_with_the_start() {
        let path = Path {
            start: day("2026-03-01"),
            reached: Some(day("2026-03-13")),
            is_watched: true,
            over: None,
        };
        let found = steps(Some(path), "2026-01-01");
        assert_eq!(found[0].len(), 2);
        let expected = [
            step("2026-01-01", None),
            step("2026-03-01", Some(0.0)),
            step("2026-03-13", Some(1.0)),
        ];
        assert_eq!(found[1], expected);
        assert_eq!(
            found[2],
            [step("2026-01-01", None), step("2026-03-13", Some(12.0))]
        );
        // Where the span begins later, it begins with what held then.
        let found = steps(Some(path), "2026-06-01");
        assert_eq!(found[1], [step("2026-06-01", Some(1.0))]);
        assert_eq!(found[2], [step("2026-06-01", Some(12.0))]);
        assert_eq!(steps(None, "2026-06-01"), vec![vec![step("2026-06-01", None)]; 3]);
    }

    #[test]
    fn who_had_it_before_the_start_took_no_days_and_who_was_not_watched_took_nobody_knows_how_many() {
        let mut path = Path {
            start: day("2026-03-01"),
            reached: Some(day("2026-02-01")),
            is_watched: true,
            over: None,
        };
        assert_eq!((path.share(), path.time()), (Some(1.0), Some(0.0)));
        let found = steps(Some(path), "2026-01-01");
        assert_eq!(
            found[1],
            [step("2026-01-01", None), step("2026-03-01", Some(1.0))]
        );
        path.is_watched = false;
        assert_eq!((path.share(), path.time()), (Some(1.0), None));
        path.reached = None;
        assert_eq!((path.share(), path.time()), (None, None));
        path.is_watched = true;
        assert_eq!((path.share(), path.time()), (Some(0.0), None));
    }
}
