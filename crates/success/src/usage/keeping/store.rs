//! The row of for how long events are kept.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::Keeping;

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Keeping>, DbError> {
    tx.optional(
        sql!(
            "select days, previous_days, version, set_by, set_at
             from usage_keeping
             where workspace_id = $1"
        ),
        params![workspace],
        |row| {
            Ok(Keeping {
                days: row.get("days")?,
                previous_days: row.get("previous_days")?,
                version: row.get("version")?,
                set: Some((row.get("set_by")?, row.get("set_at")?)),
            })
        },
    )
}

/// Says that events were taken away.
pub(super) fn note_sweep(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into usage_sweeps (workspace_id, first_at)
             values ($1, $2)
             on conflict (workspace_id) do nothing"
        ),
        params![workspace, now],
    )?;
    Ok(())
}

/// When events were first taken away.
pub(super) fn first_sweep(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Timestamp>, DbError> {
    tx.optional(
        sql!("select first_at from usage_sweeps where workspace_id = $1"),
        params![workspace],
        |row| row.get("first_at"),
    )
}

pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, keeping: &Keeping) -> Result<(), DbError> {
    let (by, at) = match &keeping.set {
        Some((by, at)) => (Some(by.as_str()), Some(*at)),
        None => (None, None),
    };
    tx.execute(
        sql!(
            "insert into usage_keeping (workspace_id, days, previous_days, version, set_by, set_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id) do update
             set days = excluded.days, previous_days = excluded.previous_days, version = excluded.version,
               set_by = excluded.set_by, set_at = excluded.set_at"
        ),
        params![
            workspace,
            keeping.days,
            keeping.previous_days,
            keeping.version,
            by,
            at
        ],
    )?;
    Ok(())
}
