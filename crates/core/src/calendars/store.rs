//! The rows of calendars, their hours and holidays.

use jiff::tz::TimeZone;
use kit::db::{DbError, Tx};
use kit::{params, sql};

use super::{CalendarId, Holiday, Hours, Minute, Span, Week};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, id: CalendarId) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into calendars (workspace_id, id, version, changed_at)
             values ($1, $2, 1, $3)"
        ),
        params![workspace, id, now],
    )?;
    Ok(())
}

pub(super) fn set_version(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: CalendarId,
    version: i64,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update calendars
             set version = $3, changed_at = $4
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id, version, now],
    )?;
    Ok(())
}

/// The workspace's oldest calendar: its id, its version, and the zone of the workspace.
pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Option<(CalendarId, i64, TimeZone)>, DbError> {
    tx.optional(
        sql!(
            "select c.id, c.version, w.zone
             from calendars c
             join workspaces w on w.id = c.workspace_id
             where c.workspace_id = $1
             order by c.id
             limit 1"
        ),
        params![workspace],
        |row| {
            let zone: String = row.get("zone")?;
            let zone = TimeZone::get(&zone).map_err(|_| row.broken("zone", "a time zone"))?;
            Ok((row.get("id")?, row.get("version")?, zone))
        },
    )
}

pub(super) fn week(tx: &mut Tx<'_>, workspace: WorkspaceId, id: CalendarId) -> Result<Week, DbError> {
    let rows = tx.rows(
        sql!(
            "select weekday, opens, closes
             from calendar_hours
             where workspace_id = $1 and calendar_id = $2
             order by weekday, opens"
        ),
        params![workspace, id],
        |row| {
            let minute = |name| {
                let minutes: i64 = row.get(name)?;
                Minute::new(minutes).ok_or_else(|| row.broken(name, "a minute of a day"))
            };
            let span = Span {
                opens: minute("opens")?,
                closes: minute("closes")?,
            };
            let weekday: i64 = row.get("weekday")?;
            Ok((weekday, span))
        },
    )?;
    let mut week = Week::default();
    for weekday in 1..=7_i8 {
        let spans = rows.iter().filter(|(day, _)| *day == i64::from(weekday));
        // What was stored was checked; rows that overlap by another hand are left out.
        let _ = week.set(weekday, spans.map(|(_, span)| *span).collect());
    }
    Ok(week)
}

pub(super) fn holidays(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: CalendarId,
) -> Result<Vec<Holiday>, DbError> {
    tx.rows(
        sql!(
            "select day, name
             from calendar_holidays
             where workspace_id = $1 and calendar_id = $2
             order by day"
        ),
        params![workspace, id],
        |row| {
            let day: String = row.get("day")?;
            Ok(Holiday {
                day: day.parse().map_err(|_| row.broken("day", "a day"))?,
                name: row.get("name")?,
            })
        },
    )
}

pub(super) fn replace_hours(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: CalendarId,
    hours: &Hours,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from calendar_hours
             where workspace_id = $1 and calendar_id = $2"
        ),
        params![workspace, id],
    )?;
    tx.execute(
        sql!(
            "delete from calendar_holidays
             where workspace_id = $1 and calendar_id = $2"
        ),
        params![workspace, id],
    )?;
    for weekday in 1..=7_i8 {
        for span in hours.week.day(weekday) {
            insert_span(tx, workspace, id, (weekday, *span))?;
        }
    }
    for holiday in &hours.holidays {
        insert_holiday(tx, workspace, id, holiday)?;
    }
    Ok(())
}

fn insert_span(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: CalendarId,
    (weekday, span): (i8, Span),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into calendar_hours (workspace_id, calendar_id, weekday, opens, closes)
             values ($1, $2, $3, $4, $5)"
        ),
        params![
            workspace,
            id,
            i64::from(weekday),
            span.opens.minutes(),
            span.closes.minutes()
        ],
    )?;
    Ok(())
}

fn insert_holiday(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: CalendarId,
    holiday: &Holiday,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into calendar_holidays (workspace_id, calendar_id, day, name)
             values ($1, $2, $3, $4)"
        ),
        params![workspace, id, holiday.day.to_string(), holiday.name],
    )?;
    Ok(())
}
