//! The rows of merges.

use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::Merge;
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    merge: &Merge,
    record: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into account_merges (workspace_id, account_id, into_id, name, record, merged_by, merged_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            workspace,
            merge.account,
            merge.into,
            merge.name,
            record,
            merge.by,
            merge.at
        ],
    )?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from account_merges where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
    )?;
    Ok(())
}

/// Forgets what was merged into an account.
pub(super) fn delete_into(tx: &mut Tx<'_>, workspace: WorkspaceId, into: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from account_merges where workspace_id = $1 and into_id = $2"),
        params![workspace, into],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<Merge>, DbError> {
    tx.optional(
        sql!(
            "select account_id, into_id, name, merged_by, merged_at
             from account_merges
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, account],
        read,
    )
}

pub(super) fn record(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<String, DbError> {
    tx.one(
        sql!("select record from account_merges where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
        |row| row.get("record"),
    )
}

/// What was merged into these accounts.
pub(super) fn into(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    into: &[AccountId],
) -> Result<Vec<Merge>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id, into_id, name, merged_by, merged_at
                   from account_merges
                   where workspace_id = $1 and into_id in (select value from rarray($2))
                   order by merged_at desc, account_id
                   limit 200",
            pg: "select account_id, into_id, name, merged_by, merged_at
                 from account_merges
                 where workspace_id = $1 and into_id = any($2)
                 order by merged_at desc, account_id
                 limit 200",
        },
        params![workspace, into],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Merge, DbError> {
    Ok(Merge {
        account: row.get("account_id")?,
        into: row.get("into_id")?,
        name: row.get("name")?,
        by: row.get("merged_by")?,
        at: row.get("merged_at")?,
    })
}
