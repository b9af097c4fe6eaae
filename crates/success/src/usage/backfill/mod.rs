//! Back-fills: files of usage events of the past, as the service before kept them.
//!
//! A *back-fill* is a file whose lines are taken into the log as if an SDK had sent them: an event in JSON on each line, in
//! the form of Segment's protocol, or a table whose columns are mapped; packed with gzip or not. A *draft* is one of which
//! nothing was taken yet. Lines go in batch by batch: a batch, what became of it and the place after it are one transaction,
//! so a run can be paused, killed and carried on, and nothing is taken twice or lost
//! ([why](../../../../../docs/decisions/0036-usage-in-a-log.md)).
//!
//! - A line stands by its own time; clocks are not corrected. However old it is, up to ten years, it is counted into days.
//! - A line without an id gets one from what it holds and where it stands, so that the same file brought again adds nothing.
//! - A line that does not fit is refused and listed with its reason; the others go in.

pub mod api;
pub mod demo;
mod documents;
mod failures;
pub mod files;
pub mod jobs;
mod model;
pub mod operations;
mod reading;
mod store;
mod table;
mod taking;
mod views;
pub mod web;

use std::time::Duration;

use kit::blob::{self, Stored};
use kit::csv::Dialect;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::imports::writing::{DayOrder, Writing};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::sources::{self, SourceId};
pub use model::{Backfill, BackfillError, Counts, Form, Layout, RefusedLine, State};
pub use table::Slot;

kit::id! {
    /// A back-fill of usage.
    BackfillId, "bkf"
}

/// A back-fill began, went on, or ended.
pub const CHANGED: Kind = Kind::new("usage_backfill.changed", Permission::UsageRead);

/// The name of the list of back-fills, for pages that show it.
pub const LIST: &str = "usage-backfills";
/// Back-fills on one page of the list.
pub const PAGE: i64 = 50;
/// How many refused lines of one file are kept with their reasons; of those after them how many there are.
pub const MOST_REFUSED: i64 = 100_000;
/// How long a file is kept when its run is over, so that refused lines can be fetched, and of one that nobody carries on.
pub const KEPT: Duration = Duration::from_secs(30 * 86_400);
/// How many files are let go at once.
const PART: i64 = 100;

/// What a back-fill is made from, beside its file.
#[derive(Clone, Debug)]
pub struct New {
    /// The source whose events they are.
    pub source: SourceId,
    /// What the file is called.
    pub file_name: String,
}

/// What reading a file has shown.
#[derive(Clone, Debug)]
struct Reading {
    layout: Layout,
    mapping: Vec<Option<Slot>>,
    writing: Vec<Writing>,
    total: i64,
}

/// What people say of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Where the columns of a table go.
    pub mapping: Vec<Option<Slot>>,
    /// How its times write days, where that has to be said.
    pub days: Option<DayOrder>,
    /// Events of this day and later are left out.
    pub until: Option<Day>,
}

/// A draft whose file was just stored; or the back-fill that this source has of the same file already.
fn draft(tx: &mut Tx<'_>, actor: &Actor, new: &New, stored: &Stored) -> Result<Backfill, BackfillError> {
    actor.must(Permission::UsageWrite)?;
    listened_to(tx, actor.workspace, new.source)?;
    let known = store::of_file(tx, actor.workspace, new.source, stored.id)?;
    // One that failed and whose file is gone can't go on: it is brought again.
    if let Some(known) = known.filter(|known| known.is_kept || known.state == State::Done) {
        return Ok(known);
    }
    let id: BackfillId = tx.new_id();
    let (area, holder) = (actor.workspace.uuid(), id.to_string());
    let file = blob::add(tx, area, stored, "application/octet-stream", &holder)?;
    let backfill = Backfill {
        id,
        source: new.source,
        file_name: new.file_name.clone(),
        file,
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        is_kept: true,
        layout: Layout {
            form: Form::Lines,
            dialect: Dialect::default(),
            columns: Vec::new(),
        },
        mapping: Vec::new(),
        writing: Vec::new(),
        until: None,
        state: State::Draft,
        problem: None,
        agent: actor.agent(),
        by: actor.signature(),
        created_at: tx.now(),
        changed_at: tx.now(),
        total: 0,
        position: 0,
        counts: Counts::default(),
        first: None,
    };
    store::insert(tx, actor.workspace, &backfill)?;
    record(tx, actor, &backfill)?;
    Ok(backfill)
}

/// Says how a draft is read and where its columns go.
fn lay_out(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: BackfillId,
    reading: &Reading,
) -> Result<Backfill, BackfillError> {
    let mut backfill = held(tx, actor, id, &[State::Draft])?;
    backfill.layout = reading.layout.clone();
    backfill.mapping = reading.mapping.clone();
    backfill.writing = reading.writing.clone();
    backfill.total = reading.total;
    keep(tx, actor.workspace, backfill)
}

/// Maps the columns of a draft and says from which day on nothing is taken.
///
/// # Errors
/// [`BackfillError::Past`] when it is no draft any more.
pub fn map(tx: &mut Tx<'_>, actor: &Actor, id: BackfillId, wish: &Wish) -> Result<Backfill, BackfillError> {
    actor.must(Permission::UsageWrite)?;
    let mut backfill = held(tx, actor, id, &[State::Draft])?;
    backfill.until = wish.until;
    if backfill.layout.form == Form::Table {
        backfill.mapping = wish.mapping.clone();
        backfill.mapping.resize(backfill.layout.columns.len(), None);
        let column = backfill.column_of(Slot::Time);
        let writing = column.and_then(|place| backfill.writing.get_mut(place));
        if let Some(writing) = writing.filter(|writing| writing.days.is_some()) {
            writing.days = wish.days.or(writing.days);
        }
    }
    keep(tx, actor.workspace, backfill)
}

/// Begins to take the lines of a draft; one that runs already goes on running.
///
/// # Errors
/// [`BackfillError::Unmapped`], [`BackfillError::Twice`] and [`BackfillError::Unclear`] for a table;
/// [`BackfillError::SourceOff`].
pub fn start(tx: &mut Tx<'_>, actor: &Actor, id: BackfillId) -> Result<Backfill, BackfillError> {
    actor.must(Permission::UsageWrite)?;
    let backfill = held(tx, actor, id, &[State::Draft, State::Running])?;
    if backfill.state == State::Running {
        return Ok(backfill);
    }
    listened_to(tx, actor.workspace, backfill.source)?;
    if backfill.layout.form == Form::Table {
        table::check(&backfill.mapping)?;
        if backfill.days() == Some(DayOrder::Unclear) {
            return Err(BackfillError::Unclear);
        }
    }
    let entry = Entry::of(Act::UsageBackfillStarted, id).named(&backfill.file_name);
    audit::record(tx, actor, entry)?;
    go(tx, actor, backfill)
}

/// Pauses a back-fill that runs; one that is paused stays so.
///
/// # Errors
/// [`BackfillError::Past`] when it does not run.
pub fn pause(tx: &mut Tx<'_>, actor: &Actor, id: BackfillId) -> Result<Backfill, BackfillError> {
    actor.must(Permission::UsageWrite)?;
    let mut backfill = held(tx, actor, id, &[State::Running, State::Paused])?;
    if backfill.state == State::Paused {
        return Ok(backfill);
    }
    backfill.state = State::Paused;
    let paused = keep(tx, actor.workspace, backfill)?;
    taking::look_back(tx, actor.workspace, &paused)?;
    record(tx, actor, &paused)?;
    Ok(paused)
}

/// Lets a back-fill that is paused, or that failed, go on where it was.
///
/// # Errors
/// [`BackfillError::Past`], [`BackfillError::Gone`], [`BackfillError::SourceOff`].
pub fn resume(tx: &mut Tx<'_>, actor: &Actor, id: BackfillId) -> Result<Backfill, BackfillError> {
    actor.must(Permission::UsageWrite)?;
    let backfill = held(tx, actor, id, &[State::Running, State::Paused, State::Failed])?;
    if backfill.state == State::Running {
        return Ok(backfill);
    }
    if !backfill.is_kept {
        return Err(BackfillError::Gone);
    }
    listened_to(tx, actor.workspace, backfill.source)?;
    go(tx, actor, backfill)
}

/// Throws a draft away, and its file.
///
/// # Errors
/// [`BackfillError::Past`] when it is no draft any more.
pub fn discard(tx: &mut Tx<'_>, actor: &Actor, id: BackfillId) -> Result<(), BackfillError> {
    actor.must(Permission::UsageWrite)?;
    let backfill = held(tx, actor, id, &[State::Draft])?;
    blob::unlink(tx, actor.workspace.uuid(), backfill.file, &id.to_string())?;
    store::delete(tx, actor.workspace, id)?;
    record(tx, actor, &backfill)?;
    Ok(())
}

/// The back-fill with this id in the actor's workspace. Its file says what persons did, so that only who may bring one sees it.
///
/// # Errors
/// [`BackfillError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: BackfillId) -> Result<Option<Backfill>, BackfillError> {
    actor.must(Permission::UsageWrite)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// Up to `limit` back-fills, the newest first, before the one with the id `before`.
///
/// # Errors
/// [`BackfillError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<BackfillId>,
    limit: i64,
) -> Result<Vec<Backfill>, BackfillError> {
    actor.must(Permission::UsageWrite)?;
    Ok(store::list(tx, actor.workspace, before, limit)?)
}

/// Up to `limit` refused lines of a back-fill after the one numbered `after`.
///
/// # Errors
/// [`BackfillError::Forbidden`], or the database's.
pub fn refused_after(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: BackfillId,
    after: i64,
    limit: i64,
) -> Result<Vec<RefusedLine>, BackfillError> {
    actor.must(Permission::UsageWrite)?;
    Ok(store::refused(tx, actor.workspace, id, after, limit)?)
}

/// The first day of what files of the past brought.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn first_day(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Day>, DbError> {
    store::first_day(tx, workspace)
}

/// Lets the files go of back-fills that are over for long, and of those that nobody began or carried on for as long.
///
/// # Errors
/// [`DbError`] of the database.
pub fn sweep(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let end = tx.now().minus(KEPT);
    let old = store::resting_until(tx, workspace, end, PART)?;
    old.into_iter()
        .try_for_each(|backfill| let_go(tx, workspace, backfill))
}

/// Lets the files go of all back-fills, whatever their state: they may name somebody who is erased, and what is yet to come of
/// them would bring them back. That lines were refused, and why, stays.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn forget_files(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    loop {
        let part = store::kept(tx, workspace, PART)?;
        if part.is_empty() {
            return Ok(());
        }
        for backfill in part {
            let_go(tx, workspace, backfill)?;
        }
    }
}

/// Lets a file go. A draft is nothing without it, and what was not over ends.
fn let_go(tx: &mut Tx<'_>, workspace: WorkspaceId, mut backfill: Backfill) -> Result<(), DbError> {
    blob::unlink(tx, workspace.uuid(), backfill.file, &backfill.id.to_string())?;
    backfill.is_kept = false;
    // Where a table has no header, its first line stands in its place, and with it whoever that is.
    backfill.layout.columns.clear();
    match backfill.state {
        State::Draft => {
            store::delete(tx, workspace, backfill.id)?;
            record(tx, &Actor::system(workspace, "usage"), &backfill)
        }
        State::Running | State::Paused => taking::fail(tx, workspace, backfill, "gone"),
        State::Done | State::Failed => store::update(tx, workspace, &backfill),
    }
}

/// Nothing is taken of a source that is off.
fn listened_to(tx: &mut Tx<'_>, workspace: WorkspaceId, id: SourceId) -> Result<(), BackfillError> {
    let system = Actor::system(workspace, "usage");
    match sources::find(tx, &system, id) {
        Ok(Some(source)) if source.is_on() => Ok(()),
        Ok(Some(_)) => Err(BackfillError::SourceOff),
        Err(sources::SourceError::Db(error)) => Err(error.into()),
        _ => Err(BackfillError::NoSource),
    }
}

/// The back-fill, if it is in one of these states.
fn held(tx: &mut Tx<'_>, actor: &Actor, id: BackfillId, states: &[State]) -> Result<Backfill, BackfillError> {
    let backfill = find(tx, actor, id)?.ok_or(BackfillError::Unknown)?;
    if states.contains(&backfill.state) {
        Ok(backfill)
    } else {
        Err(BackfillError::Past(backfill.state))
    }
}

fn keep(tx: &mut Tx<'_>, workspace: WorkspaceId, mut backfill: Backfill) -> Result<Backfill, BackfillError> {
    backfill.changed_at = tx.now();
    store::update(tx, workspace, &backfill)?;
    Ok(backfill)
}

/// It runs from now on, in the name of whoever said so.
fn go(tx: &mut Tx<'_>, actor: &Actor, mut backfill: Backfill) -> Result<Backfill, BackfillError> {
    backfill.state = State::Running;
    backfill.problem = None;
    backfill.agent = actor.agent();
    let backfill = keep(tx, actor.workspace, backfill)?;
    jobs::queue(tx, actor.workspace, backfill.id)?;
    record(tx, actor, &backfill)?;
    Ok(backfill)
}

fn record(tx: &mut Tx<'_>, actor: &Actor, backfill: &Backfill) -> Result<(), DbError> {
    let payload = serde_json::json!({ "state": backfill.state.as_str() });
    let event = NewEvent::of(&CHANGED, backfill.id).topic(LIST).payload(payload);
    events::record(tx, actor, event)?;
    Ok(())
}
