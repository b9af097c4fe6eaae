//! Metrics that people define: which events of the product count, by which properties, what of them, over how many days.
//!
//! What a metric is called stands among all metrics ([`tandem_core::metrics::own`]); here is what it counts, each change a
//! version. Without conditions and sums the days of usage suffice, which are kept for ever. Whatever asks for properties
//! reads the events themselves: each batch of the log, and each file of the lake, is counted once for each definition, and what was counted is kept by
//! person, group, feature and day, beside the days of usage, which say whose it is. So a number outlives the events that it
//! was made of, and follows every merge. A new definition counts what the log still has and says from which day on it is
//! exact; then it writes how it went at every account.

pub mod api;
mod changing;
mod counting;
mod days;
pub mod demo;
mod documents;
mod failures;
mod form;
pub mod jobs;
mod model;
pub mod operations;
mod preview;
pub mod sealed;
mod store;
mod values;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::accounts::AccountId;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::metrics::own::{self, OwnMetric, OwnMetricId, Use, Uses};
use tandem_core::metrics::{Producer, Reading};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use crate::usage::lake::LakeError;
use crate::usage::people;

pub use changing::{add, change, remove, restore};
pub use model::{Content, Event, Filter, Measure, Test, Wrong};
pub use preview::{Preview, preview};
pub(in crate::usage) use views::event_name;

/// A metric that people define is another, or its history was written on.
pub const CHANGED: Kind = Kind::new("own_metrics.changed", Permission::UsageRead);
/// The name of the list of them, for pages that show it.
pub const LIST: &str = "own-metrics";
/// How many a workspace has at most.
pub const MOST: usize = 50;

/// Finds the metrics that people define.
pub const PRODUCER: Producer = Producer { metrics: &[], read };

/// How far a definition has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The events of the log are counted.
    Counting,
    /// How it went is written, account by account.
    History,
    /// It follows what comes.
    Done,
}

impl State {
    const ALL: [Self; 3] = [Self::Counting, Self::History, Self::Done];

    /// Its word in rows and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counting => "counting",
            Self::History => "history",
            Self::Done => "done",
        }
    }

    fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// What a metric counts, in one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Of which metric.
    pub metric: OwnMetricId,
    /// Grows with every other content.
    pub version: i64,
    /// What is counted.
    pub content: Content,
    /// The version under which its days are kept.
    counted_as: i64,
    /// For which generation batches are counted; 0 where events are not read.
    generation: i64,
    /// How far it has come.
    pub state: State,
    /// How many batches, or accounts, were looked at.
    pub looked: i64,
    /// How many there are.
    pub total: i64,
    /// From which day on anything is counted.
    pub since: Day,
    /// From which day on the number is exact: no event of its window can be missing.
    pub exact_from: Day,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: String,
}

/// A metric with what it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defined {
    /// What it is called.
    pub metric: OwnMetric,
    /// What it counts now.
    pub definition: Definition,
}

/// What people write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnText {
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// What it counts.
    pub content: Content,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum OwnError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or too long.
    #[error("a name has 1 to 80 characters")]
    BadTitle,
    /// What it is for is too long.
    #[error("a description has up to 500 characters")]
    LongAbout,
    /// Something that can't be counted.
    #[error("it can't be counted: {0:?}")]
    Bad(Wrong),
    /// As many as there can be.
    #[error("a workspace has up to 50 metrics of its own")]
    TooMany,
    /// There is no such metric here.
    #[error("there is no such metric")]
    Unknown,
    /// It was removed: it is brought back before it is changed.
    #[error("the metric was removed")]
    Removed,
    /// Something uses it.
    #[error("it is in use")]
    InUse(Vec<Use>),
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed it meanwhile")]
    Stale(Box<Defined>),
    /// The files of events can't be read.
    #[error(transparent)]
    Lake(LakeError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<LakeError> for OwnError {
    fn from(error: LakeError) -> Self {
        match error {
            LakeError::Db(error) => Self::Db(error),
            error => Self::Lake(error),
        }
    }
}

/// Every metric that people defined and did not remove, by title.
///
/// # Errors
/// [`OwnError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Defined>, OwnError> {
    actor.must(Permission::UsageRead)?;
    Ok(in_force(tx, actor.workspace)?)
}

/// One of them; removed ones too.
///
/// # Errors
/// [`OwnError::Unknown`], [`OwnError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: OwnMetricId) -> Result<Defined, OwnError> {
    actor.must(Permission::UsageRead)?;
    let metric = own::find(tx, actor.workspace, id)?.ok_or(OwnError::Unknown)?;
    let definition = store::versions(tx, actor.workspace, id)?.into_iter().next();
    Ok(Defined {
        metric,
        definition: definition.ok_or(OwnError::Unknown)?,
    })
}

/// What a metric counted, the newest version first.
///
/// # Errors
/// As of [`find`].
pub fn versions(tx: &mut Tx<'_>, actor: &Actor, id: OwnMetricId) -> Result<Vec<Definition>, OwnError> {
    actor.must(Permission::UsageRead)?;
    Ok(store::versions(tx, actor.workspace, id)?)
}

/// What uses a metric; what the actor may not see has no name.
///
/// # Errors
/// [`OwnError::Forbidden`], or the database's.
pub fn uses(tx: &mut Tx<'_>, actor: &Actor, id: OwnMetricId) -> Result<Vec<Use>, OwnError> {
    actor.must(Permission::UsageRead)?;
    Ok(Uses::of(tx, actor, &own::name(id))?)
}

/// Whether events of the past are counted for a metric right now.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn is_counting(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    let all = store::newest(tx, workspace)?;
    Ok(all.iter().any(|one| one.state == State::Counting))
}

/// Up to a limit of what can be done in the product, by name.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn known_events(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    days::store::choices(tx, workspace, limit)
}

/// The generation of definitions for which every event is to be counted; 0 where none reads events.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn generation(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    let all = store::newest(tx, workspace)?;
    Ok(all.iter().map(|one| one.generation).max().unwrap_or(0))
}

/// Those that were not removed, each with what it counts, by title.
pub(in crate::usage) fn in_force(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Defined>, DbError> {
    let metrics = own::all(tx, workspace)?;
    if metrics.is_empty() {
        return Ok(Vec::new());
    }
    let newest = store::newest(tx, workspace)?;
    let defined = metrics.into_iter().filter_map(|metric| {
        let definition = newest.iter().find(|one| one.metric == metric.id)?.clone();
        Some(Defined { metric, definition })
    });
    Ok(defined.collect())
}

/// What the metrics of an account are. One whose events are still counted stays as it was.
fn read(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: Day,
) -> Result<Vec<Reading>, DbError> {
    let all = in_force(tx, workspace)?;
    if all.is_empty() || people::shifting::resting(tx, workspace, account)?.is_some() {
        return Ok(Vec::new());
    }
    let is_used = days::store::first_day_of(tx, workspace, account)?.is_some_and(|first| first <= today);
    let mut readings = Vec::new();
    for one in all.iter().filter(|one| one.definition.state != State::Counting) {
        let metric = one.metric.metric();
        if !is_used {
            readings.push(metric.may_be(None));
            continue;
        }
        let content = &one.definition.content;
        let span = (today.plus_days(1 - content.window), today);
        let seen = days::of(tx, workspace, &one.definition, account, span)?;
        readings.push(metric.is(days::value(content, &seen, today)));
    }
    Ok(readings)
}

fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (before, after): (Option<&Defined>, Option<&Defined>),
) -> Result<(), DbError> {
    let said = |one: &Defined| {
        json!({
            "name": one.metric.title, "about": one.metric.about, "version": one.definition.version,
            "content": one.definition.content,
        })
    };
    let Some(subject) = after.or(before) else {
        return Ok(());
    };
    let mut entry = Entry::of(Act::OwnMetricsChanged, subject.metric.id).named(&subject.metric.title);
    if let Some(before) = before {
        entry = entry.before(said(before));
    }
    if let Some(after) = after {
        entry = entry.after(said(after));
    }
    audit::record(tx, actor, entry)?;
    let event = NewEvent::of(&CHANGED, subject.metric.id).topic(LIST);
    events::record(
        tx,
        actor,
        event.payload(json!({ "version": subject.metric.version })),
    )?;
    Ok(())
}
