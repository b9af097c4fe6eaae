//! The rows of workspaces.

use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::{Workspace, WorkspaceId};

pub(super) fn insert(tx: &mut Tx<'_>, workspace: &Workspace) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into workspaces (id, name, locale, zone, version, created_at)
             values ($1, $2, $3, $4, $5, $6)"
        ),
        params![
            workspace.id,
            workspace.name,
            workspace.locale,
            workspace.zone,
            workspace.version,
            workspace.created_at
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: &Workspace) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update workspaces
             set name = $2, locale = $3, zone = $4, version = $5
             where id = $1"
        ),
        params![
            workspace.id,
            workspace.name,
            workspace.locale,
            workspace.zone,
            workspace.version
        ],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, id: WorkspaceId) -> Result<Option<Workspace>, DbError> {
    tx.optional(
        sql!(
            "select id, name, locale, zone, version, created_at
             from workspaces
             where id = $1"
        ),
        params![id],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<Workspace>, DbError> {
    tx.rows(
        sql!(
            "select id, name, locale, zone, version, created_at
             from workspaces
             order by id"
        ),
        params![],
        read,
    )
}

/// The last day for which something was done that is done once a day.
pub(super) fn day(tx: &mut Tx<'_>, workspace: WorkspaceId, name: &str) -> Result<Option<Day>, DbError> {
    tx.optional(
        sql!("select day from workspace_days where workspace_id = $1 and name = $2"),
        params![workspace, name],
        |row| row.get("day"),
    )
}

pub(super) fn set_day(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (name, day): (&str, Day),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into workspace_days (workspace_id, name, day)
             values ($1, $2, $3)
             on conflict (workspace_id, name) do update
             set day = excluded.day"
        ),
        params![workspace, name, day],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Workspace, DbError> {
    Ok(Workspace {
        id: row.get("id")?,
        name: row.get("name")?,
        locale: row.get("locale")?,
        zone: row.get("zone")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
    })
}
