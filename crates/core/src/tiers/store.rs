//! The rows that say on which tiers accounts are.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, ToParam, Tx, Value};
use kit::{params, sql};

use super::Standing;
use crate::accounts::AccountId;
use crate::ladders::{self, Ladder, RungId};
use crate::workspaces::WorkspaceId;

pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    standing: &Standing,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into account_tiers (workspace_id, account_id, rung_id, is_pinned, reason, set_by, set_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (workspace_id, account_id) do update
             set rung_id = excluded.rung_id, is_pinned = excluded.is_pinned, reason = excluded.reason,
                 set_by = excluded.set_by, set_at = excluded.set_at"
        ),
        params![
            workspace,
            account,
            standing.tier.as_ref().map(|tier| tier.id),
            standing.is_pinned,
            standing.reason,
            standing.by,
            standing.at
        ],
    )?;
    Ok(())
}

/// The first tier by rule of accounts that have none.
pub(super) fn place_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    placed: &[(AccountId, Option<RungId>)],
    by: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into account_tiers (workspace_id, account_id, rung_id, is_pinned, reason, set_by, set_at)
                   values ($1, $2, $3, $4, '', $5, $6)",
            pg: "insert into account_tiers (workspace_id, account_id, rung_id, is_pinned, reason, set_by, set_at)
                 select $1, r.account_id, r.rung_id, $4, '', $5, $6
                 from unnest($2::bytea[], $3::bytea[]) as r (account_id, rung_id)",
        },
        params![
            workspace,
            Value::list(placed, |(account, _)| account.to_param()),
            Value::list(placed, |(_, rung)| rung.to_param()),
            false,
            by,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Standing)>, DbError> {
    type Held = (AccountId, Option<RungId>, bool, String, String, Timestamp);
    let read = |row: &Row<'_>| -> Result<Held, DbError> {
        Ok((
            row.get("account_id")?,
            row.get("rung_id")?,
            row.get("is_pinned")?,
            row.get("reason")?,
            row.get("set_by")?,
            row.get("set_at")?,
        ))
    };
    let held: Vec<Held> = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id, rung_id, is_pinned, reason, set_by, set_at
                   from account_tiers
                   where workspace_id = $1 and account_id in (select value from rarray($2))",
            pg: "select account_id, rung_id, is_pinned, reason, set_by, set_at
                 from account_tiers
                 where workspace_id = $1 and account_id = any($2)",
        },
        params![workspace, accounts],
        read,
    )?;
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let rungs = ladders::all(tx, workspace, Ladder::Tiers)?;
    let standing = |(account, id, is_pinned, reason, by, at): Held| {
        let tier = rungs.iter().find(|rung| Some(rung.id) == id).cloned();
        let standing = Standing {
            tier,
            is_pinned,
            reason,
            by,
            at,
        };
        (account, standing)
    };
    Ok(held.into_iter().map(standing).collect())
}
