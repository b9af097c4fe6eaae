//! Metrics: numbers of an account and day under a name, which any feature writes and any other reads: health, warning,
//! segments and reports never ask where a number came from.
//!
//! A feature registers a [`Producer`] in the wiring, which finds its numbers of one account; it is asked after each event
//! that names the account, and once a day. Only changes are stored, so that a value holds from its day until the next row.

pub mod api;
mod book;
mod failures;
pub mod jobs;
mod model;
pub mod own;
mod store;
mod views;
pub mod web;

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use serde_json::json;

pub use book::{Book, Ranked, Spread};
pub use model::{
    Course, Metric, Moment, Producer, Producers, Read, Reading, Standing, Unit, day, number, text,
};
pub use own::{producers, producers_of};

use crate::accounts::merging::{Part, Way};
use crate::accounts::{self, AccountId};
use crate::actor::{Actor, Forbidden};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use crate::workspaces::{self, WorkspaceId};

/// Metrics of an account are others than before.
pub const CHANGED: Kind = Kind::new("account.metrics_changed", Permission::AccountsRead);

/// What a merge of accounts does with them: they are found anew.
pub const MERGES: &[Part] = &[
    Part::new("metric_now", Way::Derive(store::forget_now, find_again)),
    Part::new("metric_days", Way::Keep),
];

/// How metrics of an account went: what each became, by name and in the order of days.
pub type Courses = BTreeMap<String, Vec<Moment>>;

/// Why metrics are not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MetricError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such account here.
    #[error("there is no such account")]
    UnknownAccount,
    /// No feature knows the metric, or the actor may not see it.
    #[error("there is no such metric")]
    UnknownMetric,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Keeps what was found of an account on `day`; gives whether anything is another than before. Keeping it twice is no harm.
///
/// # Errors
/// [`DbError`] of the database.
pub fn note(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    day: Day,
    readings: &[Reading],
) -> Result<bool, DbError> {
    let held = now(tx, workspace, account)?;
    let mut changed = Vec::new();
    for reading in readings {
        let name = reading.metric.name;
        let before = held.get(name);
        let value = reading.value.filter(|value| value.is_finite());
        if before.map(|one| (one.value, one.as_of)) == value.map(|value| (value, reading.as_of)) {
            continue;
        }
        store::put_day(tx, workspace, account, (name, day), (value, reading.as_of))?;
        match value {
            Some(value) => {
                let standing = Standing {
                    metric: name.to_owned(),
                    value,
                    as_of: reading.as_of,
                    since: day,
                };
                store::put_now(tx, workspace, account, &standing)?;
            }
            None => store::drop_now(tx, workspace, account, name)?,
        }
        changed.push(name);
    }
    if changed.is_empty() {
        return Ok(false);
    }
    // Their names alone: not everybody who hears of it may see each value.
    let event = NewEvent::of(&CHANGED, account).payload(json!({ "metrics": changed }));
    events::record(tx, &Actor::system(workspace, "metrics"), event)?;
    Ok(true)
}

/// Asks every producer about an account, and keeps what they find.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<bool, DbError> {
    let Some(producers) = tx.attached::<Producers>() else {
        return Ok(false);
    };
    if !accounts::exists(tx, workspace, account)? {
        return Ok(false);
    }
    let today = workspaces::today(tx, workspace)?;
    let mut readings = Vec::new();
    for producer in producers.all() {
        readings.extend((producer.read)(tx, workspace, account, today)?);
    }
    note(tx, workspace, account, today, &readings)
}

/// Writes anew how a metric of an account went: `steps` are its values from their days on, the oldest first. What was kept of
/// it goes.
///
/// # Errors
/// [`DbError`] of the database.
pub fn rewrite(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    metric: &'static Metric,
    steps: &[(Day, f64)],
) -> Result<(), DbError> {
    let before = now(tx, workspace, account)?.remove(metric.name);
    store::forget_days(tx, workspace, account, metric.name)?;
    store::put_days(tx, workspace, account, metric.name, steps)?;
    match steps.last() {
        Some((since, value)) => {
            let standing = Standing {
                metric: metric.name.to_owned(),
                value: *value,
                as_of: None,
                since: *since,
            };
            store::put_now(tx, workspace, account, &standing)?;
        }
        None => store::drop_now(tx, workspace, account, metric.name)?,
    }
    if before.map(|one| one.value) != steps.last().map(|(_, value)| *value) {
        let event = NewEvent::of(&CHANGED, account).payload(json!({ "metrics": [metric.name] }));
        events::record(tx, &Actor::system(workspace, "metrics"), event)?;
    }
    Ok(())
}

/// Writes anew how metrics of an account went from a day on; what was kept of the days before it stays. A course that does not
/// begin with that day goes on as it was until it does.
///
/// # Errors
/// [`DbError`] of the database.
pub fn rewrite_from(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    from: Day,
    courses: &[Course],
) -> Result<(), DbError> {
    let held = now(tx, workspace, account)?;
    let mut changed = Vec::new();
    for course in courses {
        let name = course.metric.name;
        let value = lay(tx, workspace, account, from, course)?;
        if held.get(name).map(|one| one.value) != value {
            changed.push(name);
        }
    }
    if !changed.is_empty() {
        let event = NewEvent::of(&CHANGED, account).payload(json!({ "metrics": changed }));
        events::record(tx, &Actor::system(workspace, "metrics"), event)?;
    }
    Ok(())
}

/// Lays a course down from a day on; gives what it ends with.
fn lay(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    from: Day,
    course: &Course,
) -> Result<Option<f64>, DbError> {
    let name = course.metric.name;
    let before = store::before(tx, workspace, account, (name, from))?;
    store::forget_days_from(tx, workspace, account, (name, from))?;
    let mut since = before.map(|(_, day)| day);
    let mut value = before.and_then(|(value, _)| value);
    let mut known = Vec::new();
    for (day, next) in &course.steps {
        let next = next.filter(|next| next.is_finite());
        if next == value {
            continue;
        }
        match next {
            Some(next) => known.push((*day, next)),
            None => store::put_day(tx, workspace, account, (name, *day), (None, None))?,
        }
        (value, since) = (next, Some(*day));
    }
    store::put_days(tx, workspace, account, name, &known)?;
    match value.zip(since) {
        Some((value, since)) => {
            let standing = Standing {
                metric: name.to_owned(),
                value,
                as_of: None,
                since,
            };
            store::put_now(tx, workspace, account, &standing)?;
        }
        None => store::drop_now(tx, workspace, account, name)?,
    }
    Ok(value)
}

/// Forgets how the metrics of an account stand, so that they are found anew from the past on; their history stays.
///
/// # Errors
/// [`DbError`] of the database.
pub fn forget_now(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    store::forget_now(tx, workspace, account)
}

fn find_again(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    find(tx, workspace, account).map(drop)
}

/// The metrics of an account as they stand, by name.
///
/// # Errors
/// [`DbError`] of the database.
pub fn now(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<BTreeMap<String, Standing>, DbError> {
    let held = store::now(tx, workspace, account)?;
    Ok(held.into_iter().map(|one| (one.metric.clone(), one)).collect())
}

/// The metrics of an account as they stood at the end of a day, by name.
///
/// # Errors
/// [`DbError`] of the database.
pub fn on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    day: Day,
) -> Result<BTreeMap<String, Standing>, DbError> {
    let held = store::until(tx, workspace, account, day)?;
    let mut found = BTreeMap::new();
    // By day: the last row of each name counts, and one without a value says that nothing is known from then on.
    for (name, value, as_of, since) in held {
        match value {
            Some(value) => {
                let one = Standing {
                    metric: name.clone(),
                    value,
                    as_of,
                    since,
                };
                found.insert(name, one);
            }
            None => {
                found.remove(&name);
            }
        }
    }
    Ok(found)
}

/// How these metrics of these accounts went, by name: what each became in the days from `from` to `until`, and what it was when
/// they began. What was never known is left out.
///
/// # Errors
/// [`DbError`] of the database.
pub fn courses(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    metrics: &[&str],
    span: (Day, Day),
) -> Result<BTreeMap<AccountId, Courses>, DbError> {
    let mut found: BTreeMap<AccountId, Courses> = BTreeMap::new();
    for (account, name, moment) in store::steps(tx, workspace, (accounts, metrics), span)? {
        let courses = found.entry(account).or_default();
        match courses.get_mut(&name) {
            Some(course) => course.push(moment),
            None => drop(courses.insert(name, vec![moment])),
        }
    }
    for course in found.values_mut().flat_map(BTreeMap::values_mut) {
        course.sort_by_key(|moment| moment.since);
    }
    Ok(found)
}

/// The metrics of these accounts as they stand.
///
/// # Errors
/// [`DbError`] of the database.
pub fn batch(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<BTreeMap<AccountId, BTreeMap<String, Standing>>, DbError> {
    let mut found: BTreeMap<AccountId, BTreeMap<String, Standing>> = BTreeMap::new();
    for (account, one) in store::of(tx, workspace, accounts)? {
        found.entry(account).or_default().insert(one.metric.clone(), one);
    }
    Ok(found)
}

/// What a metric of these accounts was at the end of a day, as stored; those of which it was not known are left out.
///
/// # Errors
/// [`DbError`] of the database.
pub fn past(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    (metric, day): (&str, Day),
) -> Result<BTreeMap<AccountId, f64>, DbError> {
    let found = store::past(tx, workspace, accounts, (metric, day))?.into_iter();
    Ok(found
        .filter_map(|(account, value)| Some((account, value?)))
        .collect())
}

/// One metric of these accounts as it stands, where it is known.
///
/// # Errors
/// [`DbError`] of the database.
pub fn one(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    metric: &Metric,
) -> Result<BTreeMap<AccountId, f64>, DbError> {
    Ok(store::one(tx, workspace, accounts, metric.name)?
        .into_iter()
        .collect())
}

/// The metrics that features register and the actor may see.
pub fn library(producers: &Producers, actor: &Actor) -> Vec<&'static Metric> {
    producers
        .metrics()
        .filter(|metric| actor.may(metric.needs))
        .collect()
}

/// A metric that the actor may see.
pub(crate) fn known(
    producers: &Producers,
    actor: &Actor,
    name: &str,
) -> Result<&'static Metric, MetricError> {
    let metric = producers.find(name).filter(|metric| actor.may(metric.needs));
    metric.ok_or(MetricError::UnknownMetric)
}
