//! The rows of subscriptions, their prices and their ends.

use kit::day::Day;
use kit::db::{DbError, Row, Tx, Value};
use kit::money::Currency;
use kit::{params, sql};

use super::{End, EndReason, Price, Renewal, Subscription, SubscriptionId};
use crate::accounts::AccountId;
use crate::agents::AgentId;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Subscription) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into subscriptions (workspace_id, id, account_id, product_id, currency, period_months, starts,
               term_months, notice_days, auto_renew, renews, version, created_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        ),
        params![
            workspace,
            new.id,
            new.account,
            new.product,
            new.currency,
            new.period_months,
            new.starts,
            new.renewal.term_months,
            new.renewal.notice_days,
            new.renewal.is_automatic,
            new.renewal.day,
            new.version,
            new.created_at,
            new.changed_at
        ],
    )?;
    insert_parts(tx, workspace, new)
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Subscription) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update subscriptions
             set term_months = $3, notice_days = $4, auto_renew = $5, renews = $6, version = $7, changed_at = $8
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            new.id,
            new.renewal.term_months,
            new.renewal.notice_days,
            new.renewal.is_automatic,
            new.renewal.day,
            new.version,
            new.changed_at
        ],
    )?;
    delete_parts(tx, workspace, new.id)?;
    insert_parts(tx, workspace, new)
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: SubscriptionId) -> Result<(), DbError> {
    delete_parts(tx, workspace, id)?;
    tx.execute(
        sql!(
            "delete from subscriptions
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

fn insert_parts(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Subscription) -> Result<(), DbError> {
    // A subscription has a handful of prices.
    for price in &new.prices {
        tx.execute(
            sql!(
                "insert into subscription_prices (workspace_id, subscription_id, since, seats, price, discount)
                 values ($1, $2, $3, $4, $5, $6)"
            ),
            params![workspace, new.id, price.since, price.seats, price.amount, price.discount],
        )?;
    }
    if let Some(end) = &new.end {
        tx.execute(
            sql!(
                "insert into subscription_ends (workspace_id, subscription_id, day, reason, ended_by, ended_at)
                 values ($1, $2, $3, $4, $5, $6)"
            ),
            params![workspace, new.id, end.day, end.reason.as_str(), end.by, end.at],
        )?;
    }
    Ok(())
}

fn delete_parts(tx: &mut Tx<'_>, workspace: WorkspaceId, id: SubscriptionId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from subscription_prices
             where workspace_id = $1 and subscription_id = $2"
        ),
        params![workspace, id],
    )?;
    tx.execute(
        sql!(
            "delete from subscription_ends
             where workspace_id = $1 and subscription_id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: SubscriptionId,
) -> Result<Option<Subscription>, DbError> {
    Ok(with_ids(tx, workspace, &[id])?.pop())
}

/// The newest first.
pub(super) fn of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<Subscription>, DbError> {
    let ids = tx.rows(
        sql!(
            "select id
             from subscriptions
             where workspace_id = $1 and account_id = $2
             order by starts desc, id desc"
        ),
        params![workspace, account],
        |row| row.get("id"),
    )?;
    with_ids(tx, workspace, &ids)
}

pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    after: Option<SubscriptionId>,
    limit: i64,
) -> Result<Vec<Subscription>, DbError> {
    let least = kit::id::Uuid::nil();
    let after = after.map_or(least, kit::id::TypedId::uuid);
    let ids = tx.rows(
        sql!(
            "select id
             from subscriptions
             where workspace_id = $1 and id > $2
             order by id
             limit $3"
        ),
        params![workspace, after, limit],
        |row| row.get("id"),
    )?;
    with_ids(tx, workspace, &ids)
}

/// Those without an end whose renewal lies from `from` on and before `until`, the nearest first.
pub(super) fn renewing(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ((from, until), owner): ((Day, Day), Option<AgentId>),
    after: Option<(Day, SubscriptionId)>,
    limit: i64,
) -> Result<Vec<Subscription>, DbError> {
    let (day, id) = after.map_or((from.plus_days(-1), kit::id::Uuid::max()), |(day, id)| {
        (day, kit::id::TypedId::uuid(id))
    });
    let ids = tx.rows(
        sql!(
            "select s.id
             from subscriptions s
             left join subscription_ends e on e.workspace_id = s.workspace_id and e.subscription_id = s.id
             left join account_owners o on o.workspace_id = s.workspace_id and o.account_id = s.account_id and o.until_at is null
             where s.workspace_id = $1 and (s.renews, s.id) > ($2, $3) and s.renews < $4 and e.day is null
               and (cast($5 as bytea) is null or o.agent_id = $5)
             order by s.renews, s.id
             limit $6"
        ),
        params![workspace, day, id, until, owner, limit],
        |row| row.get("id"),
    )?;
    with_ids(tx, workspace, &ids)
}

/// The prices that hold on `day`: what each pays for in months, its currency, and how many subscriptions have it.
pub(super) fn prices_on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    day: Day,
) -> Result<Vec<(Price, i64, Currency, i64)>, DbError> {
    tx.rows(
        sql!(
            "select s.currency, s.period_months, p.since, p.seats, p.price, p.discount, count(*) as many
             from subscriptions s
             join subscription_prices p on p.workspace_id = s.workspace_id and p.subscription_id = s.id
             left join subscription_ends e on e.workspace_id = s.workspace_id and e.subscription_id = s.id
             where s.workspace_id = $1 and s.starts <= $2 and p.since <= $2 and (e.day is null or e.day > $2)
               and not exists (
                 select 1
                 from subscription_prices n
                 where n.workspace_id = p.workspace_id and n.subscription_id = p.subscription_id and n.since > p.since
                   and n.since <= $2
               )
             group by s.currency, s.period_months, p.since, p.seats, p.price, p.discount"
        ),
        params![workspace, day],
        |row| {
            Ok((
                read_price(row)?,
                row.get("period_months")?,
                row.get("currency")?,
                row.get("many")?,
            ))
        },
    )
}

/// Those without an end whose term is over on `today`.
pub(super) fn over(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    today: Day,
    limit: i64,
) -> Result<Vec<SubscriptionId>, DbError> {
    tx.rows(
        sql!(
            "select s.id
             from subscriptions s
             left join subscription_ends e on e.workspace_id = s.workspace_id and e.subscription_id = s.id
             where s.workspace_id = $1 and s.renews <= $2 and e.day is null
             order by s.renews, s.id
             limit $3"
        ),
        params![workspace, today, limit],
        |row| row.get("id"),
    )
}

/// The subscriptions with these ids, in their order.
fn with_ids(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[SubscriptionId],
) -> Result<Vec<Subscription>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = Value::List(ids.iter().map(kit::db::ToParam::to_param).collect());
    let mut found = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select s.id, s.account_id, a.name as account_name, s.product_id, p.name as product_name, s.currency,
                     s.period_months, s.starts, s.term_months, s.notice_days, s.auto_renew, s.renews, s.version,
                     s.created_at, s.changed_at, e.day, e.reason, e.ended_by, e.ended_at
                   from subscriptions s
                   join accounts a on a.workspace_id = s.workspace_id and a.id = s.account_id
                   join products p on p.workspace_id = s.workspace_id and p.id = s.product_id
                   left join subscription_ends e on e.workspace_id = s.workspace_id and e.subscription_id = s.id
                   where s.workspace_id = $1 and s.id in rarray($2)",
            pg: "select s.id, s.account_id, a.name as account_name, s.product_id, p.name as product_name, s.currency,
                   s.period_months, s.starts, s.term_months, s.notice_days, s.auto_renew, s.renews, s.version,
                   s.created_at, s.changed_at, e.day, e.reason, e.ended_by, e.ended_at
                 from subscriptions s
                 join accounts a on a.workspace_id = s.workspace_id and a.id = s.account_id
                 join products p on p.workspace_id = s.workspace_id and p.id = s.product_id
                 left join subscription_ends e on e.workspace_id = s.workspace_id and e.subscription_id = s.id
                 where s.workspace_id = $1 and s.id = any($2)",
        },
        params![workspace, list.clone()],
        read,
    )?;
    let prices: Vec<(SubscriptionId, Price)> = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select subscription_id, since, seats, price, discount
                   from subscription_prices
                   where workspace_id = $1 and subscription_id in rarray($2)
                   order by since",
            pg: "select subscription_id, since, seats, price, discount
                 from subscription_prices
                 where workspace_id = $1 and subscription_id = any($2)
                 order by since",
        },
        params![workspace, list],
        |row| Ok((row.get("subscription_id")?, read_price(row)?)),
    )?;
    found.sort_by_key(|one| ids.iter().position(|id| *id == one.id));
    for (id, price) in prices {
        if let Some(one) = found.iter_mut().find(|one| one.id == id) {
            one.prices.push(price);
        }
    }
    Ok(found)
}

fn read_price(row: &Row<'_>) -> Result<Price, DbError> {
    Ok(Price {
        since: row.get("since")?,
        seats: row.get("seats")?,
        amount: row.get("price")?,
        discount: row.get("discount")?,
    })
}

fn read(row: &Row<'_>) -> Result<Subscription, DbError> {
    Ok(Subscription {
        id: row.get("id")?,
        account: row.get("account_id")?,
        account_name: row.get("account_name")?,
        product: row.get("product_id")?,
        product_name: row.get("product_name")?,
        currency: row.get("currency")?,
        period_months: row.get("period_months")?,
        starts: row.get("starts")?,
        renewal: Renewal {
            term_months: row.get("term_months")?,
            notice_days: row.get("notice_days")?,
            is_automatic: row.get("auto_renew")?,
            day: row.get("renews")?,
        },
        prices: Vec::new(),
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        end: match row.get::<Option<Day>>("day")? {
            None => None,
            Some(day) => Some(End {
                day,
                reason: read_reason(row)?,
                by: row.get("ended_by")?,
                at: row.get("ended_at")?,
            }),
        },
    })
}

fn read_reason(row: &Row<'_>) -> Result<EndReason, DbError> {
    let word: String = row.get("reason")?;
    EndReason::named(&word).ok_or_else(|| row.broken("reason", "a reason to end"))
}
