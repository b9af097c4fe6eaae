//! Accounts by what other files know of them.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

/// Up to three accounts with one of these websites.
pub(super) fn with_website(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    [one, other]: &[String; 2],
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from accounts
             where workspace_id = $1 and website in ($2, $3)
             order by id
             limit 3"
        ),
        params![workspace, one, other],
        |row| row.get("id"),
    )
}

/// Up to three accounts that some other system calls so.
pub(super) fn with_external_id(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    value: &str,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select distinct account_id
             from account_external_ids
             where workspace_id = $1 and value = $2
             order by account_id
             limit 3"
        ),
        params![workspace, value],
        |row| row.get("account_id"),
    )
}
