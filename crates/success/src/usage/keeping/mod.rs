//! For how long events are kept as they came: a setting of the workspace. What was made of them, the numbers of days and of
//! people's own metrics, is kept for ever. What is too old goes at night, so that a setting can be taken back until then.

pub mod api;
mod failures;
pub mod jobs;
mod store;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, WorkspaceId};

use super::lake;

/// Events are kept for another number of days.
pub const CHANGED: Kind = Kind::new("usage_keeping.changed", Permission::UsageRead);
/// The name of the setting, for pages that show it.
pub const LIST: &str = "usage-keeping";
/// For how many days, unless somebody says otherwise: a year and a month to compare it with.
pub const DEFAULT: i64 = 395;
/// For how many at least and at most.
pub const LEAST: i64 = 7;
/// As of [`LEAST`].
pub const MOST: i64 = 3_650;

/// For how long events are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// For how many days.
    pub days: i64,
    /// For how many before that.
    pub previous_days: i64,
    /// Grows with every change; 0 when it was never changed.
    pub version: i64,
    /// Who set it, and when.
    pub set: Option<(String, Timestamp)>,
}

/// What would go if events were kept for so many days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Going {
    /// For how many days.
    pub days: i64,
    /// What came before this day.
    pub before: Day,
    /// How many events that is.
    pub events: i64,
    /// How many stay.
    pub stay: i64,
}

/// Why nothing was set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeepingError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// Too few days, or too many.
    #[error("events are kept for 7 to 3650 days")]
    BadDays,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// For how long events are kept.
///
/// # Errors
/// [`KeepingError::Forbidden`], or the database's.
pub fn of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Keeping, KeepingError> {
    actor.must(Permission::UsageRead)?;
    Ok(held(tx, actor.workspace)?)
}

/// What would go if events were kept for so many days.
///
/// # Errors
/// [`KeepingError::BadDays`], [`KeepingError::Forbidden`], or the database's.
pub fn going(tx: &mut Tx<'_>, actor: &Actor, days: i64) -> Result<Going, KeepingError> {
    actor.must(Permission::UsageRead)?;
    let days = checked(days)?;
    let end = end(tx, days);
    let (events, stay) = lake::stock(tx, actor.workspace, end)?;
    let zone = workspaces::zone(tx, actor.workspace)?;
    Ok(Going {
        days,
        before: Day::of(end, &zone),
        events,
        stay,
    })
}

/// Keeps events for so many days from now on; what is older goes at night.
///
/// # Errors
/// [`KeepingError::BadDays`], a missing permission, or the database's.
pub fn set(tx: &mut Tx<'_>, actor: &Actor, days: i64) -> Result<Keeping, KeepingError> {
    actor.must(Permission::UsageWrite)?;
    actor.must(Permission::UsageRead)?;
    let days = checked(days)?;
    let before = held(tx, actor.workspace)?;
    if before.days == days {
        return Ok(before);
    }
    let after = Keeping {
        days,
        previous_days: before.days,
        version: before.version + 1,
        set: Some((actor.signature(), tx.now())),
    };
    store::put(tx, actor.workspace, &after)?;
    let said = |keeping: &Keeping| json!({ "days": keeping.days });
    let entry = Entry::of(Act::UsageKeepingChanged, actor.workspace);
    audit::record(tx, actor, entry.before(said(&before)).after(said(&after)))?;
    let event = NewEvent::of(&CHANGED, actor.workspace).topic(LIST);
    events::record(tx, actor, event.payload(said(&after)))?;
    Ok(after)
}

/// Sets what was set before.
///
/// # Errors
/// As of [`set`].
pub fn undo(tx: &mut Tx<'_>, actor: &Actor) -> Result<Keeping, KeepingError> {
    let before = of(tx, actor)?;
    set(tx, actor, before.previous_days)
}

/// Whether events were ever taken away because they were too old.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn has_swept(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    Ok(store::first_sweep(tx, workspace)?.is_some())
}

fn held(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Keeping, DbError> {
    let found = store::find(tx, workspace)?;
    Ok(found.unwrap_or(Keeping {
        days: DEFAULT,
        previous_days: DEFAULT,
        version: 0,
        set: None,
    }))
}

fn checked(days: i64) -> Result<i64, KeepingError> {
    match (LEAST..=MOST).contains(&days) {
        true => Ok(days),
        false => Err(KeepingError::BadDays),
    }
}

/// What came before this moment is too old.
fn end(tx: &Tx<'_>, days: i64) -> Timestamp {
    let day = std::time::Duration::from_secs(86_400);
    tx.now().minus(day * u32::try_from(days).unwrap_or(u32::MAX))
}
