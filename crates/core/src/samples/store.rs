//! The rows of loads and of what they added.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use super::Load;
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

pub(super) fn insert_load(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    wanted: i64,
    by: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into sample_loads (workspace_id, wanted, asked_by, asked_at)
             values ($1, $2, $3, $4)"
        ),
        params![workspace, wanted, by, now],
    )?;
    Ok(())
}

pub(super) fn delete_load(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from sample_loads
             where workspace_id = $1"
        ),
        params![workspace],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Load>, DbError> {
    tx.optional(
        sql!(
            "select l.wanted, l.asked_by, l.asked_at,
               (select cast(count(*) as bigint) from sample_accounts s where s.workspace_id = l.workspace_id) as done
             from sample_loads l
             where l.workspace_id = $1"
        ),
        params![workspace],
        |row| {
            Ok(Load {
                wanted: row.get("wanted")?,
                done: row.get("done")?,
                by: row.get("asked_by")?,
                at: row.get("asked_at")?,
            })
        },
    )
}

pub(super) fn insert_account(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into sample_accounts (workspace_id, account_id)
             values ($1, $2)"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn delete_account(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from sample_accounts
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn accounts(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select account_id
             from sample_accounts
             where workspace_id = $1
             order by account_id"
        ),
        params![workspace],
        |row| row.get("account_id"),
    )
}
