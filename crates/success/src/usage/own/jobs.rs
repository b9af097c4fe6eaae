//! What metrics of people's own do by themselves: counting events that came, and writing how they went at every account.

use jiff::tz::TimeZone;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::jobs::{About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tandem_core::accounts::{self, AccountId};
use tandem_core::actor::Actor;
use tandem_core::events::{self, NewEvent};
use tandem_core::metrics;
use tandem_core::metrics::own::{self, OwnMetricId};
use tandem_core::workspaces::{self, WorkspaceId};

use super::counting::{Counting, properties};
use super::store::Batch;
use super::{CHANGED, Definition, LIST, State, days, sealed, store};
use crate::usage::lake;
use crate::usage::log::{Logged, unpacked, zone_of};

/// How many batches are counted in one go.
const BATCHES: i64 = 10;
/// After how many of them open pages are told how far it has come.
const FEW: i64 = 100;
/// How many accounts one job looks at.
const PART: i64 = 25;
/// After how many parts open pages are told how far it has come.
const TOLD: i64 = 4;
/// How far back history is written, in days.
const PAST: i64 = 730;
/// How many rows of older versions one job takes away.
const PRUNED: i64 = 5_000;

/// Counts what has not been counted in a workspace.
#[derive(Debug, Serialize, Deserialize)]
pub struct Count {}

/// Writes how a metric went at the accounts after one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct History {
    metric: OwnMetricId,
    version: i64,
    after: AccountId,
    /// How many accounts were looked at before: whoever begins anew leaves no job that went on from further along.
    #[serde(default)]
    looked: Option<i64>,
}

/// Looks for what has not been counted in every workspace.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Count {
    const KIND: &'static str = "usage.own-count";
    const LANE: Lane = Lane::Slow;
}

impl Job for History {
    const KIND: &'static str = "usage.own-history";
    const LANE: Lane = Lane::Slow;
}

impl Job for Turn {
    const KIND: &'static str = "usage.own-turn";
    const LANE: Lane = Lane::Slow;
}

/// Lets what waits be counted; asked often, it is done once.
pub(super) fn count_soon(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let job = Count {};
    Queue::new(&job).workspace(workspace).key("all").put(tx).map(drop)
}

/// Lets the history of a definition be written from the first account on.
pub(super) fn begin_history(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    definition: &mut Definition,
) -> Result<(), DbError> {
    (definition.state, definition.looked) = (State::History, 0);
    definition.total = store::accounts(tx, workspace)?;
    keep(tx, workspace, definition)?;
    put(tx, workspace, definition, AccountId::from_uuid(Uuid::nil()))
}

fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    definition: &Definition,
    after: AccountId,
) -> Result<(), DbError> {
    let job = History {
        metric: definition.metric,
        version: definition.version,
        after,
        looked: Some(definition.looked),
    };
    let key = format!("{}.{}.{}", job.metric, job.version, definition.looked);
    Queue::new(&job).workspace(workspace).key(key).put(tx).map(drop)
}

fn keep(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Definition) -> Result<(), DbError> {
    let progress = (one.looked, one.total);
    store::set_state(tx, workspace, (one.metric, one.version), one.state, progress)
}

/// Queues a [`Count`] for each workspace that has something to count events for.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in store::counting(tx)? {
        count_soon(tx, workspace)?;
    }
    Ok(())
}

/// Counts some batches, and queues the next while there are more; when there are none, what was new writes its history.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn count(tx: &mut Tx<'_>, _: &Count, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    let mut definitions = store::newest(tx, workspace)?;
    definitions.retain(|one| one.generation > 0);
    let generation = definitions.iter().map(|one| one.generation).max().unwrap_or(0);
    let part = store::batches(tx, workspace, generation, BATCHES)?;
    let is_last = i64::try_from(part.len()).unwrap_or(BATCHES) < BATCHES;
    let mut own = Vec::new();
    for batch in part {
        if store::mark(tx, workspace, &batch, generation)? {
            own.push(batch);
        }
    }
    count_all(tx, workspace, &mut definitions, &own)?;
    if !is_last {
        return Ok(count_soon(tx, workspace)?);
    }
    // Files are large: an errand reads them, and comes back here when it is done.
    if lake::is_unmeasured(tx, workspace, generation)? {
        return Ok(sealed::count_soon(tx, workspace)?);
    }
    for one in definitions.iter_mut().filter(|one| one.state == State::Counting) {
        begin_history(tx, workspace, one)?;
        tell(tx, workspace, one)?;
    }
    Ok(())
}

fn count_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    definitions: &mut [Definition],
    batches: &[Batch],
) -> Result<(), DbError> {
    if batches.is_empty() {
        return Ok(());
    }
    let zone = workspaces::zone(tx, workspace)?;
    let counted = counted(&zone, definitions, batches);
    let looked = |one: &Definition| {
        let new = batches.iter().filter(|batch| batch.measured < one.generation);
        i64::try_from(new.count()).unwrap_or(0)
    };
    store_counted(tx, workspace, definitions.iter_mut().zip(&counted), looked)
}

/// Stores what was counted for definitions, of which each has looked at so many batches more, and lets the accounts concerned
/// be looked at.
pub(super) fn store_counted<'d>(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    counted: impl Iterator<Item = (&'d mut Definition, &'d Counting)>,
    looked: impl Fn(&Definition) -> i64,
) -> Result<(), DbError> {
    let mut persons = Vec::new();
    for (one, counting) in counted {
        let rows = counting.resolved(tx, workspace)?;
        days::store::add(tx, workspace, (one.metric, one.counted_as), &rows)?;
        persons.extend(rows.iter().map(|row| row.person));
        if one.state == State::Counting {
            let before = one.looked;
            one.looked = (before + looked(one)).min(one.total);
            keep(tx, workspace, one)?;
            if before / FEW != one.looked / FEW {
                tell(tx, workspace, one)?;
            }
        }
    }
    persons.sort_unstable();
    persons.dedup();
    for account in days::store::accounts_of(tx, workspace, &persons)? {
        metrics::jobs::look(tx, workspace, account)?;
    }
    Ok(())
}

/// What the events of these batches are for each definition that has not counted them.
fn counted(zone: &TimeZone, definitions: &[Definition], batches: &[Batch]) -> Vec<Counting> {
    let mut all: Vec<Counting> = definitions
        .iter()
        .map(|_| Counting::in_zone(zone.clone()))
        .collect();
    for batch in batches {
        let concerned: Vec<usize> = (0..definitions.len())
            .filter(|index| definitions[*index].generation > batch.measured)
            .collect();
        // The days that it is joined to are those of the zone in which it was folded.
        let zone = zone_of(batch.zone.as_deref(), zone);
        concerned.iter().for_each(|index| all[*index].go_to(zone.clone()));
        for event in unpacked(&batch.body) {
            count_one(&mut all, definitions, (&concerned, &event));
        }
    }
    all
}

/// Counts an event for those definitions that it concerns.
pub(super) fn count_one(
    all: &mut [Counting],
    definitions: &[Definition],
    (concerned, event): (&[usize], &Logged),
) {
    let mut read = None;
    for index in concerned {
        let content = &definitions[*index].content;
        if content.means(&event.header.call, &event.header.name) {
            let properties = read.get_or_insert_with(|| properties(&event.raw));
            all[*index].add(content, event, properties);
        }
    }
}

/// Writes how a metric went at some accounts, and queues the next; one that was changed since has a job of its own.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn history(tx: &mut Tx<'_>, job: &History, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    let Some(metric) = own::find(tx, workspace, job.metric)? else {
        return Ok(());
    };
    let newest = store::versions(tx, workspace, job.metric)?.into_iter().next();
    let is_meant = |one: &Definition| one.version == job.version && one.state == State::History;
    let is_next = |one: &Definition| job.looked.is_none_or(|looked| looked == one.looked);
    let Some(mut definition) = newest.filter(|one| is_meant(one) && is_next(one)) else {
        return Ok(());
    };
    let before = definition.looked;
    let part = accounts::ids_after(tx, workspace, job.after, PART)?;
    for account in &part {
        write(tx, workspace, (metric.metric(), &definition), *account)?;
    }
    let count = i64::try_from(part.len()).unwrap_or(PART);
    definition.looked += count;
    match part.last().filter(|_| count == PART) {
        Some(last) => {
            keep(tx, workspace, &definition)?;
            put(tx, workspace, &definition, *last)?;
            if (definition.looked / PART) % TOLD == 0 {
                tell(tx, workspace, &definition)?;
            }
        }
        None => {
            let kept = (definition.metric, definition.counted_as);
            if days::store::prune(tx, workspace, kept, PRUNED)? as i64 == PRUNED {
                // The accounts are written again then, which is no harm: there are few rows of so old a version.
                definition.looked = before;
                put(tx, workspace, &definition, job.after)?;
                return Ok(());
            }
            (definition.state, definition.total) = (State::Done, definition.looked);
            keep(tx, workspace, &definition)?;
            tell(tx, workspace, &definition)?;
        }
    }
    Ok(())
}

fn write(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (metric, definition): (&'static metrics::Metric, &Definition),
    account: AccountId,
) -> Result<(), DbError> {
    let today = workspaces::today(tx, workspace)?;
    let Some(first) = days::store::first_day_of(tx, workspace, account)?.filter(|first| *first <= today)
    else {
        return metrics::rewrite(tx, workspace, account, metric, &[]);
    };
    let from = first.max(definition.since).max(today.plus_days(-PAST)).min(today);
    let span = (from.plus_days(1 - definition.content.window), today);
    let seen = days::of(tx, workspace, definition, account, span)?;
    let steps = days::course(&definition.content, &seen, (from, today));
    metrics::rewrite(tx, workspace, account, metric, &steps)
}

/// Tells open pages how far it has come.
fn tell(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &Definition) -> Result<(), DbError> {
    let event = NewEvent::of(&CHANGED, one.metric).topic(LIST);
    let event = event.payload(json!({ "state": one.state.as_str() }));
    events::record(tx, &Actor::system(workspace, "usage"), event)?;
    Ok(())
}
