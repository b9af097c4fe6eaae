//! The rows of accounts that wait for an owner, and of those that somebody had who left.

use kit::db::{DbError, Tx};
use kit::{params, sql};

use crate::accounts::AccountId;
use crate::agents::AgentId;
use crate::workspaces::WorkspaceId;

/// Some open accounts of an agent.
pub(in crate::assignment) fn held_by(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    agent: AgentId,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select o.account_id
             from account_owners o
             left join account_closures c on c.workspace_id = o.workspace_id and c.account_id = o.account_id
             where o.workspace_id = $1 and o.agent_id = $2 and o.until_at is null and c.account_id is null
             order by o.account_id
             limit $3"
        ),
        params![workspace, agent, limit],
        |row| row.get("account_id"),
    )
}

/// An account waits for an owner.
pub(in crate::assignment) fn wait(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into assignment_waits (workspace_id, account_id, since_at)
             values ($1, $2, $3)
             on conflict (workspace_id, account_id) do nothing"
        ),
        params![workspace, account, now],
    )?;
    Ok(())
}

pub(in crate::assignment) fn stop_waiting(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from assignment_waits where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
    )?;
    Ok(())
}

/// A part of the accounts that wait for an owner, by id.
pub(in crate::assignment) fn waiting(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    after: AccountId,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select account_id
             from assignment_waits
             where workspace_id = $1 and account_id > $2
             order by account_id
             limit $3"
        ),
        params![workspace, after, limit],
        |row| row.get("account_id"),
    )
}

/// Those of these accounts that somebody looks after, or did.
pub(in crate::assignment) fn ever_owned(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select distinct account_id
                   from account_owners
                   where workspace_id = $1 and account_id in (select value from rarray($2))",
            pg: "select distinct account_id
                 from account_owners
                 where workspace_id = $1 and account_id = any($2)",
        },
        params![workspace, accounts],
        |row| row.get("account_id"),
    )
}
