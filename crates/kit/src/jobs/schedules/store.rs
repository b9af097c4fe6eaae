//! The rows of schedules.

use std::time::Duration;

use crate::clock::Timestamp;
use crate::db::{DbError, Tx};
use crate::jobs::schedules::{Cron, ScheduleRow};
use crate::{params, sql};

/// A schedule overdue for so long belongs to no program any more.
const FORGOTTEN: Duration = Duration::from_secs(30 * 86_400);

pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<ScheduleRow>, DbError> {
    tx.rows(
        sql!("select name, expression, zone, next_at, last_at, set_at from schedules order by name"),
        params![],
        |row| {
            Ok(ScheduleRow {
                name: row.get("name")?,
                expression: row.get("expression")?,
                zone: row.get("zone")?,
                next_at: row.get("next_at")?,
                last_at: row.get("last_at")?,
                set_at: row.get("set_at")?,
            })
        },
    )
}

pub(super) fn set(tx: &mut Tx<'_>, name: &str, cron: &Cron, next_at: Timestamp) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into schedules (name, expression, zone, next_at, set_at)
             values ($1, $2, $3, $4, $5)
             on conflict (name) do update set expression = $2, zone = $3, next_at = $4, set_at = $5"
        ),
        params![name, cron.expression(), cron.zone(), next_at, tx.now()],
    )?;
    Ok(())
}

/// Moves a schedule that is due at `due_at` on to `next_at`; gives `false` when someone else has.
pub(super) fn move_on(
    tx: &mut Tx<'_>,
    name: &str,
    due_at: Timestamp,
    next_at: Timestamp,
) -> Result<bool, DbError> {
    let rows = tx.execute(
        sql!("update schedules set next_at = $3, set_at = $4, last_at = $4 where name = $1 and next_at = $2"),
        params![name, due_at, next_at, tx.now()],
    )?;
    Ok(rows == 1)
}

pub(super) fn forget(tx: &mut Tx<'_>) -> Result<u64, DbError> {
    tx.execute(
        sql!("delete from schedules where next_at < $1"),
        params![tx.now().minus(FORGOTTEN)],
    )
}
