//! What repeat orders are counted from: the rows of orders by account and day.

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::money::Money;
use kit::{params, sql};

use super::{Repeater, Repeats};
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

pub(super) fn repeats(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, until): (Day, Day),
) -> Result<Repeats, DbError> {
    let found = tx.optional(
        sql!(
            "select count(*) as accounts, coalesce(sum(case when r.first_day < r.last_day then 1 else 0 end), 0) as again
             from (
               select o.account_id, min(o.day) as first_day, max(o.day) as last_day
               from orders o
               left join order_cancellations c on c.workspace_id = o.workspace_id and c.order_id = o.id
               where o.workspace_id = $1 and o.day < $3 and c.order_id is null
               group by o.account_id
             ) r
             where r.last_day >= $2"
        ),
        params![workspace, from, until],
        |row| {
            Ok(Repeats {
                accounts: row.get("accounts")?,
                again: row.get("again")?,
            })
        },
    )?;
    Ok(found.unwrap_or_default())
}

pub(super) fn repeaters(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ((from, until), only_again): ((Day, Day), bool),
    after: Option<AccountId>,
    limit: i64,
) -> Result<Vec<Repeater>, DbError> {
    let after = after.map_or(Uuid::nil(), TypedId::uuid);
    tx.rows(
        sql!(
            "select r.account_id, a.name, r.first_day, r.last_day, r.orders
             from (
               select o.account_id, min(o.day) as first_day, max(o.day) as last_day,
                 cast(sum(case when o.day >= $3 then 1 else 0 end) as bigint) as orders
               from orders o
               left join order_cancellations c on c.workspace_id = o.workspace_id and c.order_id = o.id
               where o.workspace_id = $1 and o.account_id > $2 and o.day < $4 and c.order_id is null
               group by o.account_id
             ) r
             join accounts a on a.workspace_id = $1 and a.id = r.account_id
             where r.last_day >= $3 and ($5 = false or r.first_day < r.last_day)
             order by r.account_id
             limit $6"
        ),
        params![workspace, after, from, until, only_again, limit],
        |row| {
            Ok(Repeater {
                account: row.get("account_id")?,
                name: row.get("name")?,
                first: row.get("first_day")?,
                last: row.get("last_day")?,
                orders: row.get("orders")?,
            })
        },
    )
}

pub(super) fn days(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: Day,
) -> Result<Vec<(AccountId, Day, Money)>, DbError> {
    tx.rows(
        sql!(
            "select o.account_id, o.day, o.currency, cast(sum(o.total) as bigint) as total
             from orders o
             left join order_cancellations c on c.workspace_id = o.workspace_id and c.order_id = o.id
             where o.workspace_id = $1 and o.day <= $2 and c.order_id is null
             group by o.account_id, o.day, o.currency
             order by o.account_id, o.day, o.currency"
        ),
        params![workspace, last],
        |row| {
            let money = Money {
                minor: row.get("total")?,
                currency: row.get("currency")?,
            };
            Ok((row.get("account_id")?, row.get("day")?, money))
        },
    )
}
