//! Calendars: when a workspace works. Hours for each weekday, holidays on which nobody works, in the workspace's zone.
//!
//! What is promised in working time is counted here and nowhere else. A calendar is optional: without one a workspace
//! has the usual hours. A change carries the version it was made from; 0 makes the calendar.

pub mod api;
mod failures;
mod form;
mod hours;
mod model;
mod store;
mod views;
pub mod web;
mod working;

use kit::db::{DbError, Tx};

pub use form::{FIELDS, filled, hours_of};
pub use hours::{Minute, Span, Week};
pub use model::{Calendar, CalendarError, Holiday, Hours};
pub use views::{HoursFields, WEEKDAYS};

use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use crate::workspaces::{self, WorkspaceId};

kit::id! {
    /// A calendar.
    CalendarId, "cal"
}

/// A workspace works at other times now.
pub const CHANGED: Kind = Kind::new("calendar.changed", Permission::WorkspaceRead);

/// The name of the workspace's calendar, for pages that show it.
pub const TOPIC: &str = "calendar";
/// How many holidays a calendar takes.
pub const MOST_HOLIDAYS: usize = 400;

/// Gives the actor's workspace these working hours and holidays, made from `version`.
///
/// # Errors
/// [`CalendarError::Stale`] with the calendar as it is when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    version: i64,
    hours: &Hours,
) -> Result<Calendar, CalendarError> {
    actor.must(Permission::WorkspaceWrite)?;
    let hours = hours.checked()?;
    let now = find(tx, actor.workspace)?;
    if now.as_ref().map_or(0, |calendar| calendar.version) != version {
        return Err(CalendarError::Stale(Box::new(now)));
    }
    let id = match &now {
        Some(calendar) if calendar.hours == hours => return Ok(calendar.clone()),
        Some(calendar) => {
            store::set_version(tx, actor.workspace, calendar.id, version + 1)?;
            calendar.id
        }
        None => {
            let id = tx.new_id();
            store::insert(tx, actor.workspace, id)?;
            id
        }
    };
    store::replace_hours(tx, actor.workspace, id, &hours)?;
    let payload = serde_json::json!({ "version": version + 1, "holidays": hours.holidays.len() });
    events::record(
        tx,
        actor,
        NewEvent::of(&CHANGED, id).topic(TOPIC).payload(payload),
    )?;
    let before = now.map_or_else(Hours::usual, |calendar| calendar.hours);
    let entry = Entry::of(Act::CalendarChanged, id)
        .before(facts(&before))
        .after(facts(&hours));
    audit::record(tx, actor, entry)?;
    find(tx, actor.workspace)?.ok_or(CalendarError::Unknown)
}

/// When `workspace` works: its calendar, or the usual hours where it has none.
///
/// # Errors
/// [`DbError`] of the database.
pub fn held(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Calendar, DbError> {
    if let Some(calendar) = find(tx, workspace)? {
        return Ok(calendar);
    }
    Ok(Calendar {
        id: tx.new_id(),
        version: 0,
        zone: workspaces::zone(tx, workspace)?,
        hours: Hours::usual(),
    })
}

/// The calendar of `workspace`; none while it has the usual hours.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Calendar>, DbError> {
    let Some((id, version, zone)) = store::find(tx, workspace)? else {
        return Ok(None);
    };
    let hours = Hours {
        week: store::week(tx, workspace, id)?,
        holidays: store::holidays(tx, workspace, id)?,
    };
    Ok(Some(Calendar {
        id,
        version,
        zone,
        hours,
    }))
}

/// The hours as the audit trail writes them down.
fn facts(hours: &Hours) -> serde_json::Value {
    let week: Vec<String> = (1..=7).map(|weekday| hours.week.text(weekday)).collect();
    let holidays: Vec<String> = hours
        .holidays
        .iter()
        .map(|holiday| format!("{} {}", holiday.day, holiday.name))
        .collect();
    serde_json::json!({ "week": week, "holidays": holidays })
}
