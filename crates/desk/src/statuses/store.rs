//! The rows of statuses.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::workspaces::WorkspaceId;

use super::{Archiving, OwnStatus, StatusId, StatusText};
use crate::tickets::Status;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, status: &OwnStatus) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into ticket_statuses (workspace_id, id, category, name, name_folded, place, is_default, version, created_at,
               archived_at, archived_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, null)"
        ),
        params![
            workspace,
            status.id,
            status.category.as_str(),
            status.text.name,
            status.folded(),
            status.place,
            status.text.is_default,
            status.version,
            tx.now()
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, status: &OwnStatus) -> Result<(), DbError> {
    let by = status.archiving.as_ref().map(|archiving| archiving.by.clone());
    let at = status.archiving.as_ref().map(|archiving| archiving.at);
    tx.execute(
        sql!(
            "update ticket_statuses
             set name = $3, name_folded = $4, is_default = $5, version = $6, archived_at = $7, archived_by = $8
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            status.id,
            status.text.name,
            status.folded(),
            status.text.is_default,
            status.version,
            at,
            by
        ],
    )?;
    Ok(())
}

pub(super) fn set_place(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: StatusId,
    place: i64,
) -> Result<(), DbError> {
    tx.execute(
        sql!("update ticket_statuses set place = $3 where workspace_id = $1 and id = $2"),
        params![workspace, id, place],
    )?;
    Ok(())
}

/// No status stands for a category any more.
pub(super) fn end_default(tx: &mut Tx<'_>, workspace: WorkspaceId, category: Status) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update ticket_statuses
             set is_default = false, version = version + 1
             where workspace_id = $1 and category = $2 and is_default = true"
        ),
        params![workspace, category.as_str()],
    )?;
    Ok(())
}

pub(super) fn default_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    category: Status,
) -> Result<Option<StatusId>, DbError> {
    tx.optional(
        sql!(
            "select id
             from ticket_statuses
             where workspace_id = $1 and category = $2 and is_default = true and archived_at is null"
        ),
        params![workspace, category.as_str()],
        |row| row.get("id"),
    )
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: StatusId,
) -> Result<Option<OwnStatus>, DbError> {
    tx.optional(
        sql!(
            "select id, category, name, place, is_default, version, archived_at, archived_by
             from ticket_statuses
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<OwnStatus>, DbError> {
    tx.rows(
        sql!(
            "select id, category, name, place, is_default, version, archived_at, archived_by
             from ticket_statuses
             where workspace_id = $1
             order by place, id"
        ),
        params![workspace],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<OwnStatus, DbError> {
    let category: String = row.get("category")?;
    let (by, at): (Option<String>, _) = (row.get("archived_by")?, row.get("archived_at")?);
    Ok(OwnStatus {
        id: row.get("id")?,
        category: category
            .parse()
            .map_err(|_| row.broken("category", "a category"))?,
        text: StatusText {
            name: row.get("name")?,
            is_default: row.get("is_default")?,
        },
        place: row.get("place")?,
        version: row.get("version")?,
        archiving: by.zip(at).map(|(by, at)| Archiving { by, at }),
    })
}
