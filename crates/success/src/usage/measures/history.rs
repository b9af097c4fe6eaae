//! The past of the metrics of usage, written anew: after what counts is another, a back-fill brought what happened long ago, or
//! somebody said whose a group is. Each account is done by itself from the day that was asked for; asked often, it is done once.
//! Nothing is written before everything is counted that came before it was asked.

mod store;

use std::collections::BTreeSet;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{Db, DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::jobs::{About, Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::accounts::merging::{Part, Way};
use tandem_core::actor::Actor;
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::metrics::{self, Course};
use tandem_core::permissions::Permission;
use tandem_core::subscriptions;
use tandem_core::workspaces::{self, WorkspaceId};

use super::course::{Done, WINDOW, figures};
use super::{PRODUCER, WEEKS_DAYS, readings, seats, store as days};
use crate::usage::counts::{self, Rules};
use crate::usage::{first, folding, log, people};

/// The past of some accounts was written anew.
pub const MOVED: Kind = Kind::new("usage_history.moved", Permission::UsageRead);
/// The name of how far it has come, for pages that show it.
pub const LIST: &str = "usage-history";
/// What a merge of accounts does: the past of the one that stays is another.
pub const MERGES: Part = Part::new("usage_pasts", Way::Derive(store::done, again));

/// How far back it goes, in days.
const PAST: i64 = 730;
/// How many accounts are looked for at a time.
const PART: i64 = 10;
/// How many one job does before the next goes on.
const RUN: usize = 500;
/// After how many accounts open pages are told how far it has come.
const TOLD: i64 = 100;

/// Writes the past of some accounts anew.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rewrite {}

/// Counts what came before the past is written.
#[derive(Debug, Serialize, Deserialize)]
pub struct Count {}

impl Job for Count {
    const KIND: &'static str = "usage.history-count";
    const LANE: Lane = Lane::Slow;
}

/// Looks where it waits in every workspace: rows may have come without their job.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Turn {
    const KIND: &'static str = "usage.history-turn";
    const LANE: Lane = Lane::Slow;
}

impl Job for Rewrite {
    const KIND: &'static str = "usage.history";
    const LANE: Lane = Lane::Slow;
}

/// An account whose past is to be written anew from a day on, and when that was asked for last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    account: AccountId,
    from: Day,
    at: Timestamp,
}

/// How many accounts are done, of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Done.
    pub done: i64,
    /// Of all that were asked for.
    pub total: i64,
}

/// Lets the past of accounts, all of them unless some are named, be written anew from a day on.
///
/// # Errors
/// [`DbError`] of the database.
pub fn ask(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: Option<&BTreeSet<AccountId>>,
    from: Day,
) -> Result<(), DbError> {
    let before = store::left(tx, workspace)?;
    let done = store::total(tx, workspace)?.map_or(0, |total| total - before);
    match accounts {
        None => store::ask_all(tx, workspace, from)?,
        Some(some) => {
            for account in some {
                store::ask(tx, workspace, *account, from)?;
            }
        }
    }
    let left = store::left(tx, workspace)?;
    if left == 0 {
        return Ok(());
    }
    store::run(tx, workspace, done + left)?;
    queue(tx, workspace)
}

/// The same as far back as it is written at all.
///
/// # Errors
/// [`DbError`] of the database.
pub fn ask_whole(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: Option<&BTreeSet<AccountId>>,
) -> Result<(), DbError> {
    if accounts.is_some_and(BTreeSet::is_empty) {
        return Ok(());
    }
    let today = workspaces::today(tx, workspace)?;
    ask(tx, workspace, accounts, today.plus_days(-PAST))
}

/// How far it has come; nothing when nothing is to be done.
///
/// # Errors
/// [`DbError`] of the database.
pub fn progress(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Progress>, DbError> {
    let left = store::left(tx, workspace)?;
    let total = store::total(tx, workspace)?.unwrap_or(left);
    Ok((left > 0).then_some(Progress {
        done: (total - left).max(0),
        total,
    }))
}

fn again(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    ask_whole(tx, workspace, Some(&BTreeSet::from([account])))
}

fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let job = Rewrite {};
    Queue::new(&job).workspace(workspace).key("all").put(tx).map(drop)
}

/// Queues a [`Rewrite`] for each workspace in which accounts wait.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in store::waiting(tx)? {
        queue(tx, workspace)?;
    }
    Ok(())
}

/// Writes the past of the accounts that wait. One that fails holds no other up: it waits for the next [`Turn`].
///
/// # Errors
/// The database's when nothing could be written; the job is then tried again.
pub async fn rewrite(errand: Errand, _: Rewrite) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let db = errand.db();
    let (mut after, mut done, mut failure) = (AccountId::from_uuid(Uuid::nil()), 0, None);
    while done < RUN {
        let part = db.read(move |tx| next(tx, workspace, after)).await?;
        let Some(last) = part.last() else {
            db.write(move |tx| close(tx, workspace)).await?;
            break;
        };
        after = last.account;
        for asked in part {
            errand.go_on()?;
            match anew(db, workspace, asked).await {
                Ok(is_written) => done += usize::from(is_written),
                Err(error) => {
                    tracing::warn!(%error, account = %asked.account, "the past of an account can't be written anew");
                    failure = Some(error);
                }
            }
        }
        db.write(move |tx| told(tx, workspace)).await?;
    }
    match failure {
        Some(error) if done == 0 => Err(error.into()),
        _ if done >= RUN => Ok(db.write(move |tx| queue(tx, workspace)).await?),
        _ => Ok(()),
    }
}

/// The next accounts after one whose past can be written: all is counted that came before it was asked for.
fn next(tx: &mut Tx<'_>, workspace: WorkspaceId, after: AccountId) -> Result<Vec<Asked>, DbError> {
    let uncounted = uncounted(tx, workspace)?;
    store::asked(tx, workspace, uncounted, (after, PART))
}

/// What came from here on is not counted yet.
fn uncounted(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Timestamp, DbError> {
    Ok(log::waits_since(tx, workspace)?.unwrap_or(Timestamp(i64::MAX)))
}

/// Ends a run in which none is left; where some wait for what is not counted, that is counted.
fn close(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    if store::left(tx, workspace)? == 0 {
        store::end(tx, workspace)?;
        return tell(tx, workspace);
    }
    let uncounted = uncounted(tx, workspace)?;
    if store::waits(tx, workspace, uncounted)? {
        Queue::new(&Count {}).workspace(workspace).key("all").put(tx)?;
    }
    Ok(())
}

/// Tells open pages how far it has come, now and then.
fn told(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let left = store::left(tx, workspace)?;
    if left > 0 && left % TOLD < PART {
        tell(tx, workspace)?;
    }
    Ok(())
}

/// Counts what came until now, and lets the past be written then.
///
/// # Errors
/// The database's; the job is then tried again.
pub async fn count(errand: Errand, _: Count) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    folding::fold(errand.db()).await?;
    errand.db().write(move |tx| queue(tx, workspace)).await?;
    Ok(())
}

/// Writes the past of an account, and says whether it is written: what it was is read beside the writers, however long that takes.
async fn anew(db: &Db, workspace: WorkspaceId, asked: Asked) -> Result<bool, DbError> {
    match db.report(move |tx| found(tx, workspace, asked)).await? {
        Some(found) => db.write(move |tx| write(tx, workspace, asked, &found)).await,
        None => Ok(false),
    }
}

/// How the metrics of usage of an account went, from which day on and until which.
type Went = ((Day, Day), Vec<Course>);

/// What it was; nothing while the numbers rest, however much there is to read: it waits on.
fn found(tx: &mut Tx<'_>, workspace: WorkspaceId, asked: Asked) -> Result<Option<Went>, DbError> {
    if people::shifting::resting(tx, workspace, asked.account)?.is_some() {
        return Ok(None);
    }
    let rules = counts::rules(tx, workspace)?;
    let today = workspaces::today(tx, workspace)?;
    let from = asked.from.max(today.plus_days(-PAST)).min(today);
    let mut courses = used(tx, workspace, &rules, (asked.account, (from, today)))?;
    courses.extend(first::courses(
        tx,
        workspace,
        &rules,
        (asked.account, (from, today)),
    )?);
    Ok(Some(((from, today), courses)))
}

/// Writes what was found, unless it was asked for again meanwhile, it is another day, or the numbers rest: it then waits on. Whether
/// it is written.
fn write(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    asked: Asked,
    ((from, today), courses): &Went,
) -> Result<bool, DbError> {
    if workspaces::today(tx, workspace)? != *today
        || people::shifting::resting(tx, workspace, asked.account)?.is_some()
        || !store::take(tx, workspace, asked)?
    {
        return Ok(false);
    }
    metrics::rewrite_from(tx, workspace, asked.account, *from, courses)?;
    // What was counted since it was read is found again.
    metrics::jobs::look_at_each(tx, workspace, &BTreeSet::from([asked.account]))?;
    Ok(true)
}

fn used(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    rules: &Rules,
    (account, (from, today)): (AccountId, (Day, Day)),
) -> Result<Vec<Course>, DbError> {
    // Before anybody did anything nothing is known.
    let unknown = |metric| Course {
        metric,
        steps: vec![(from, None)],
    };
    let mut courses: Vec<Course> = PRODUCER.metrics.iter().copied().map(unknown).collect();
    let first = days::first_day(tx, workspace, account)?;
    let Some(begin) = first.map(|first| first.max(from)).filter(|begin| *begin <= today) else {
        return Ok(courses);
    };
    let span = (begin.plus_days(1 - WINDOW), today);
    let weeks = (begin.plus_days(1 - WEEKS_DAYS), today);
    let done = Done {
        first,
        last: days::last_day(tx, workspace, account, span.0)?,
        seen: days::seen(tx, workspace, account, weeks, rules.keys.as_deref())?,
        features: days::features(tx, workspace, account, span)?,
    };
    let subscriptions = subscriptions::of(tx, workspace, account)?;
    for (ahead, found) in (0..).zip(figures(&done, (begin, today))) {
        let day = begin.plus_days(ahead);
        let readings = readings(&found, seats(&subscriptions, day));
        for (course, reading) in courses.iter_mut().zip(readings) {
            match course.steps.last_mut() {
                Some((at, value)) if *at == day => *value = reading.value,
                Some((_, value)) if *value == reading.value => {}
                _ => course.steps.push((day, reading.value)),
            }
        }
    }
    Ok(courses)
}

/// Tells open pages how far it has come.
fn tell(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let event = NewEvent::of(&MOVED, workspace).topic(LIST);
    events::record(tx, &Actor::system(workspace, "usage"), event)?;
    Ok(())
}
