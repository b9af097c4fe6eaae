//! The rows of metrics that people define.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::text::fold;
use kit::{params, sql};

use super::{OwnMetric, OwnMetricId};
use crate::metrics::Unit;
use crate::workspaces::WorkspaceId;

pub(super) fn put(tx: &mut Tx<'_>, workspace: WorkspaceId, one: &OwnMetric) -> Result<(), DbError> {
    let (removed_by, removed_at) = match &one.removal {
        Some((by, at)) => (Some(by.as_str()), Some(*at)),
        None => (None, None),
    };
    tx.execute(
        sql!(
            "insert into own_metrics (workspace_id, id, title, title_folded, about, unit, version, created_at, created_by,
               changed_at, changed_by, removed_at, removed_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             on conflict (workspace_id, id) do update
             set title = excluded.title, title_folded = excluded.title_folded, about = excluded.about, unit = excluded.unit,
               version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by,
               removed_at = excluded.removed_at, removed_by = excluded.removed_by"
        ),
        params![
            workspace,
            one.id,
            one.title,
            fold(&one.title),
            one.about,
            one.unit.as_str(),
            one.version,
            one.created_at,
            one.created_by,
            one.changed_at,
            one.changed_by,
            removed_at,
            removed_by
        ],
    )?;
    Ok(())
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<OwnMetric>, DbError> {
    tx.rows(
        sql!(
            "select id, title, about, unit, version, created_at, created_by, changed_at, changed_by, removed_at, removed_by
             from own_metrics
             where workspace_id = $1 and removed_at is null
             order by title_folded, id"
        ),
        params![workspace],
        read,
    )
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OwnMetricId,
) -> Result<Option<OwnMetric>, DbError> {
    tx.optional(
        sql!(
            "select id, title, about, unit, version, created_at, created_by, changed_at, changed_by, removed_at, removed_by
             from own_metrics
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<OwnMetric, DbError> {
    let unit: String = row.get("unit")?;
    let removed_by: Option<String> = row.get("removed_by")?;
    let removed_at: Option<Timestamp> = row.get("removed_at")?;
    Ok(OwnMetric {
        id: row.get("id")?,
        title: row.get("title")?,
        about: row.get("about")?,
        unit: Unit::named(&unit).ok_or_else(|| row.broken("unit", "a unit"))?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        created_by: row.get("created_by")?,
        changed_at: row.get("changed_at")?,
        changed_by: row.get("changed_by")?,
        removal: removed_by.zip(removed_at),
    })
}
