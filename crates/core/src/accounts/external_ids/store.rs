//! The rows of external ids.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::{ExternalId, ExternalIdId};
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &ExternalId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into account_external_ids (workspace_id, id, account_id, source, value, added_by, added_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![workspace, new.id, new.account, new.source, new.value, new.by, new.at],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: ExternalIdId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from account_external_ids where workspace_id = $1 and id = $2"),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: ExternalIdId,
) -> Result<Option<ExternalId>, DbError> {
    tx.optional(
        sql!(
            "select id, account_id, source, value, added_by, added_at
             from account_external_ids
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
        read,
    )
}

pub(super) fn by_value(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    source: &str,
    value: &str,
) -> Result<Option<ExternalId>, DbError> {
    tx.optional(
        sql!(
            "select id, account_id, source, value, added_by, added_at
             from account_external_ids
             where workspace_id = $1 and source = $2 and value = $3"
        ),
        params![workspace, source, value],
        read,
    )
}

/// What of these somebody is called, in which system, and who.
pub(super) fn called_any(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    values: &[&str],
) -> Result<Vec<(String, String, AccountId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select value, source, account_id
                   from account_external_ids
                   where workspace_id = $1 and value in (select value from rarray($2))",
            pg: "select value, source, account_id
                 from account_external_ids
                 where workspace_id = $1 and value = any($2)",
        },
        params![workspace, values],
        |row| Ok((row.get("value")?, row.get("source")?, row.get("account_id")?)),
    )
}

pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<ExternalId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id, account_id, source, value, added_by, added_at
                   from account_external_ids
                   where workspace_id = $1 and account_id in (select value from rarray($2))
                   order by account_id, id",
            pg: "select id, account_id, source, value, added_by, added_at
                 from account_external_ids
                 where workspace_id = $1 and account_id = any($2)
                 order by account_id, id",
        },
        params![workspace, accounts],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<ExternalId, DbError> {
    Ok(ExternalId {
        id: row.get("id")?,
        account: row.get("account_id")?,
        source: row.get("source")?,
        value: row.get("value")?,
        by: row.get("added_by")?,
        at: row.get("added_at")?,
    })
}
