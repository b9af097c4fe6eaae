//! The rows of what accounts bring.

use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::Worth;
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    worth: &Worth,
    today: Day,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into account_worths (workspace_id, account_id, mrr, arr, currency, is_whole, subscriptions, renews, counted_on)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (workspace_id, account_id) do update
             set mrr = excluded.mrr, arr = excluded.arr, currency = excluded.currency, is_whole = excluded.is_whole,
                 subscriptions = excluded.subscriptions, renews = excluded.renews, counted_on = excluded.counted_on"
        ),
        params![
            workspace,
            account,
            worth.mrr,
            worth.arr,
            worth.currency.code(),
            worth.is_whole,
            worth.subscriptions,
            worth.renews.map(|day| day.to_string()),
            today.to_string()
        ],
    )?;
    // Beside the names, so that a list sorted by it walks an index.
    tx.execute(
        sql!(
            "update accounts
             set arr = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, account, worth.arr],
    )?;
    Ok(())
}

pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Worth)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id, mrr, arr, currency, is_whole, subscriptions, renews
                   from account_worths
                   where workspace_id = $1 and account_id in (select value from rarray($2))",
            pg: "select account_id, mrr, arr, currency, is_whole, subscriptions, renews
                 from account_worths
                 where workspace_id = $1 and account_id = any($2)",
        },
        params![workspace, accounts],
        read,
    )
}

/// Takes away what an account brings.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from account_worths where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<(AccountId, Worth), DbError> {
    let (currency, renews): (String, Option<String>) = (row.get("currency")?, row.get("renews")?);
    let renews = renews.map(|day| day.parse().map_err(|_| row.broken("renews", "a day")));
    let worth = Worth {
        mrr: row.get("mrr")?,
        arr: row.get("arr")?,
        currency: currency
            .parse()
            .map_err(|_| row.broken("currency", "a currency"))?,
        is_whole: row.get("is_whole")?,
        subscriptions: row.get("subscriptions")?,
        renews: renews.transpose()?,
    };
    Ok((row.get("account_id")?, worth))
}
