//! The rows of many accounts at once.

use kit::db::{DbError, ToParam, Tx, Value};
use kit::text::fold;
use kit::{params, sql};

use crate::accounts::{Account, AccountId};
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, accounts: &[Account]) -> Result<(), DbError> {
    let folded: Vec<String> = accounts.iter().map(|account| fold(&account.name)).collect();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into accounts (workspace_id, id, name, name_folded, website, kind, version, created_at, changed_at)
                   values ($1, $2, $3, $4, $5, $8, $6, $7, $7)",
            pg: "insert into accounts (workspace_id, id, name, name_folded, website, kind, version, created_at, changed_at)
                 select $1, r.id, r.name, r.name_folded, r.website, r.kind, $6, $7, $7
                 from unnest($2::bytea[], $3::text[], $4::text[], $5::text[], $8::text[])
                   as r (id, name, name_folded, website, kind)",
        },
        params![
            workspace,
            Value::list(accounts, |account| account.id.to_param()),
            Value::list(accounts, |account| account.name.to_param()),
            folded[..],
            Value::list(accounts, |account| account.website.to_param()),
            1_i64,
            tx.now(),
            Value::list(accounts, |account| account.kind.as_str().to_param())
        ],
    )?;
    Ok(())
}

pub(super) fn names_taken(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    folded: &[String],
) -> Result<Vec<String>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select distinct name_folded from accounts
                   where workspace_id = $1 and name_folded in rarray($2)",
            pg: "select distinct name_folded from accounts
                 where workspace_id = $1 and name_folded = any($2)",
        },
        params![workspace, folded],
        |row| row.get("name_folded"),
    )
}

pub(super) fn found(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
) -> Result<Vec<Account>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
                   from accounts a
                   left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                   where a.workspace_id = $1 and a.id in rarray($2)",
            pg: "select a.id, a.name, a.website, a.kind, a.parent_id, a.family_id, a.version, a.created_at, a.changed_at, c.closed_by, c.closed_at
                 from accounts a
                 left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                 where a.workspace_id = $1 and a.id = any($2)",
        },
        params![workspace, ids],
        crate::accounts::store::read,
    )
}

/// How an account stands, without its text.
pub(super) struct Standing {
    pub(super) id: AccountId,
    pub(super) version: i64,
    pub(super) parent: Option<AccountId>,
    pub(super) is_open: bool,
}

pub(super) fn states(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
) -> Result<Vec<Standing>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.id, a.version, a.parent_id, c.closed_at
                   from accounts a
                   left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                   where a.workspace_id = $1 and a.id in rarray($2)",
            pg: "select a.id, a.version, a.parent_id, c.closed_at
                 from accounts a
                 left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
                 where a.workspace_id = $1 and a.id = any($2)",
        },
        params![workspace, ids],
        |row| {
            let closed: Option<i64> = row.get("closed_at")?;
            Ok(Standing {
                id: row.get("id")?,
                version: row.get("version")?,
                parent: row.get("parent_id")?,
                is_open: closed.is_none(),
            })
        },
    )
}

/// Those of these accounts that stand at the top of others.
pub(super) fn tops(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[AccountId],
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select distinct family_id from accounts where workspace_id = $1 and family_id in rarray($2)",
            pg: "select distinct family_id from accounts where workspace_id = $1 and family_id = any($2)",
        },
        params![workspace, ids],
        |row| row.get("family_id"),
    )
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, ids: &[AccountId]) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "delete from accounts where workspace_id = $1 and id = $2",
            pg: "delete from accounts where workspace_id = $1 and id = any($2)",
        },
        params![workspace, ids],
    )?;
    Ok(())
}
