//! The rows of orders, their lines and their cancellations.

use kit::db::{DbError, Row, Tx, Value};
use kit::id::{TypedId, Uuid};
use kit::{params, sql};

use super::{Cancellation, Cursor, Filter, Line, Order, OrderId};
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Order) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into orders (workspace_id, id, account_id, number, day, currency, total, version, created_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            workspace,
            new.id,
            new.account,
            new.number,
            new.day,
            new.currency,
            new.total,
            new.version,
            new.created_at,
            new.changed_at
        ],
    )?;
    insert_lines(tx, workspace, new)
}

pub(super) fn update(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Order) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update orders
             set number = $3, day = $4, currency = $5, total = $6, version = $7, changed_at = $8
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            new.id,
            new.number,
            new.day,
            new.currency,
            new.total,
            new.version,
            new.changed_at
        ],
    )?;
    delete_lines(tx, workspace, new.id)?;
    insert_lines(tx, workspace, new)
}

pub(super) fn cancel(tx: &mut Tx<'_>, workspace: WorkspaceId, order: &Order) -> Result<(), DbError> {
    if let Some(cancellation) = &order.cancellation {
        tx.execute(
            sql!(
                "insert into order_cancellations (workspace_id, order_id, cancelled_by, cancelled_at)
                 values ($1, $2, $3, $4)"
            ),
            params![workspace, order.id, cancellation.by, cancellation.at],
        )?;
    }
    set_version(tx, workspace, order)
}

pub(super) fn restore(tx: &mut Tx<'_>, workspace: WorkspaceId, order: &Order) -> Result<(), DbError> {
    delete_cancellation(tx, workspace, order.id)?;
    set_version(tx, workspace, order)
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, id: OrderId) -> Result<(), DbError> {
    delete_lines(tx, workspace, id)?;
    delete_cancellation(tx, workspace, id)?;
    tx.execute(
        sql!(
            "delete from orders
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

fn set_version(tx: &mut Tx<'_>, workspace: WorkspaceId, order: &Order) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update orders
             set version = $3
             where workspace_id = $1 and id = $2"
        ),
        params![workspace, order.id, order.version],
    )?;
    Ok(())
}

fn delete_cancellation(tx: &mut Tx<'_>, workspace: WorkspaceId, id: OrderId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from order_cancellations
             where workspace_id = $1 and order_id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

fn insert_lines(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Order) -> Result<(), DbError> {
    // An order has a handful of lines.
    for (place, line) in (0_i64..).zip(&new.lines) {
        tx.execute(
            sql!(
                "insert into order_lines (workspace_id, order_id, place, product_id, description, quantity, price)
                 values ($1, $2, $3, $4, $5, $6, $7)"
            ),
            params![
                workspace,
                new.id,
                place,
                line.product,
                line.text,
                line.quantity,
                line.price
            ],
        )?;
    }
    Ok(())
}

fn delete_lines(tx: &mut Tx<'_>, workspace: WorkspaceId, id: OrderId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from order_lines
             where workspace_id = $1 and order_id = $2"
        ),
        params![workspace, id],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: OrderId) -> Result<Option<Order>, DbError> {
    Ok(with_ids(tx, workspace, &[id])?.pop())
}

pub(super) fn ids_of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<OrderId>, DbError> {
    tx.rows(
        sql!(
            "select id
             from orders
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, account],
        |row| row.get("id"),
    )
}

/// What an account has ordered that was not cancelled: how many orders, on how many days, and their sums by currency.
pub(super) fn sums(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<(i64, kit::money::Money)>, DbError> {
    tx.rows(
        sql!(
            "select o.currency, count(*) as orders, cast(sum(o.total) as bigint) as total
             from orders o
             left join order_cancellations c on c.workspace_id = o.workspace_id and c.order_id = o.id
             where o.workspace_id = $1 and o.account_id = $2 and c.order_id is null
             group by o.currency
             order by o.currency"
        ),
        params![workspace, account],
        |row| {
            let money = kit::money::Money {
                minor: row.get("total")?,
                currency: row.get("currency")?,
            };
            Ok((row.get("orders")?, money))
        },
    )
}

/// The newest first.
pub(super) fn list(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Order>, DbError> {
    let (day, id) = after.map_or(("9999".to_owned(), Uuid::nil()), |cursor| {
        (cursor.day.to_string(), cursor.id.uuid())
    });
    let (from, until, state, number) = words(filter);
    let ids = match (filter.account, filter.product) {
        (Some(account), None) => tx.rows(
            sql!(
                "select o.id
                 from orders o
                 left join order_cancellations c on c.workspace_id = o.workspace_id and c.order_id = o.id
                 where o.workspace_id = $1 and o.account_id = $2 and (o.day < $3 or (o.day = $3 and o.id < $4))
                   and o.day >= $5 and o.day <= $6 and (o.number = $7 or $7 = '')
                   and ($8 = '' or (c.order_id is null and $8 = 'valid') or (c.order_id is not null and $8 = 'cancelled'))
                 order by o.day desc, o.id desc
                 limit $9"
            ),
            params![workspace, account, day, id, from, until, number, state, limit],
            |row| row.get("id"),
        )?,
        (account, product) => {
            let any = (i64::from(account.is_none()), i64::from(product.is_none()));
            let account = account.map_or(Uuid::nil(), TypedId::uuid);
            let product = product.map_or(Uuid::nil(), TypedId::uuid);
            tx.rows(
                sql!(
                    "select o.id
                     from orders o
                     left join order_cancellations c on c.workspace_id = o.workspace_id and c.order_id = o.id
                     where o.workspace_id = $1 and (o.day < $2 or (o.day = $2 and o.id < $3))
                       and o.day >= $4 and o.day <= $5 and (o.number = $6 or $6 = '')
                       and ($7 = '' or (c.order_id is null and $7 = 'valid') or (c.order_id is not null and $7 = 'cancelled'))
                       and (o.account_id = $8 or $9 = 1)
                       and ($11 = 1 or exists (
                         select l.place
                         from order_lines l
                         where l.workspace_id = o.workspace_id and l.order_id = o.id and l.product_id = $10))
                     order by o.day desc, o.id desc
                     limit $12"
                ),
                params![
                    workspace, day, id, from, until, number, state, account, any.0, product, any.1, limit
                ],
                |row| row.get("id"),
            )?
        }
    };
    with_ids(tx, workspace, &ids)
}

/// What a filter asks for, in the words of statements: days from and until, state, number.
fn words(filter: &Filter) -> (String, String, &'static str, &str) {
    let from = filter.from.map_or("0000".to_owned(), |day| day.to_string());
    let until = filter.until.map_or("9999".to_owned(), |day| day.to_string());
    let state = match filter.is_cancelled {
        None => "",
        Some(true) => "cancelled",
        Some(false) => "valid",
    };
    (from, until, state, filter.number.as_deref().unwrap_or_default())
}

/// Up to `limit` orders whose ids come after `last`, in the order of their ids.
pub(super) fn after(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    last: OrderId,
    limit: i64,
) -> Result<Vec<Order>, DbError> {
    let ids = tx.rows(
        sql!(
            "select id
             from orders
             where workspace_id = $1 and id > $2
             order by id
             limit $3"
        ),
        params![workspace, last, limit],
        |row| row.get("id"),
    )?;
    with_ids(tx, workspace, &ids)
}

/// The orders with these ids, in their order.
fn with_ids(tx: &mut Tx<'_>, workspace: WorkspaceId, ids: &[OrderId]) -> Result<Vec<Order>, DbError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let list = Value::List(ids.iter().map(kit::db::ToParam::to_param).collect());
    let mut found = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select o.id, o.account_id, a.name as account_name, o.number, o.day, o.currency, o.total, o.version,
                     o.created_at, o.changed_at, c.cancelled_by, c.cancelled_at
                   from orders o
                   join accounts a on a.workspace_id = o.workspace_id and a.id = o.account_id
                   left join order_cancellations c on c.workspace_id = o.workspace_id and c.order_id = o.id
                   where o.workspace_id = $1 and o.id in rarray($2)",
            pg: "select o.id, o.account_id, a.name as account_name, o.number, o.day, o.currency, o.total, o.version,
                   o.created_at, o.changed_at, c.cancelled_by, c.cancelled_at
                 from orders o
                 join accounts a on a.workspace_id = o.workspace_id and a.id = o.account_id
                 left join order_cancellations c on c.workspace_id = o.workspace_id and c.order_id = o.id
                 where o.workspace_id = $1 and o.id = any($2)",
        },
        params![workspace, list.clone()],
        read,
    )?;
    let lines: Vec<(OrderId, Line)> = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select l.order_id, l.product_id, p.name, l.description, l.quantity, l.price
                   from order_lines l
                   left join products p on p.workspace_id = l.workspace_id and p.id = l.product_id
                   where l.workspace_id = $1 and l.order_id in rarray($2)
                   order by l.order_id, l.place",
            pg: "select l.order_id, l.product_id, p.name, l.description, l.quantity, l.price
                 from order_lines l
                 left join products p on p.workspace_id = l.workspace_id and p.id = l.product_id
                 where l.workspace_id = $1 and l.order_id = any($2)
                 order by l.order_id, l.place",
        },
        params![workspace, list],
        |row| Ok((row.get("order_id")?, read_line(row)?)),
    )?;
    found.sort_by_key(|one| ids.iter().position(|id| *id == one.id));
    for (id, line) in lines {
        if let Some(one) = found.iter_mut().find(|one| one.id == id) {
            one.lines.push(line);
        }
    }
    Ok(found)
}

fn read_line(row: &Row<'_>) -> Result<Line, DbError> {
    Ok(Line {
        product: row.get("product_id")?,
        product_name: row.get("name")?,
        text: row.get("description")?,
        quantity: row.get("quantity")?,
        price: row.get("price")?,
    })
}

fn read(row: &Row<'_>) -> Result<Order, DbError> {
    Ok(Order {
        id: row.get("id")?,
        account: row.get("account_id")?,
        account_name: row.get("account_name")?,
        number: row.get("number")?,
        day: row.get("day")?,
        currency: row.get("currency")?,
        total: row.get("total")?,
        lines: Vec::new(),
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        cancellation: match row.get::<Option<String>>("cancelled_by")? {
            None => None,
            Some(by) => Some(Cancellation {
                by,
                at: row.get("cancelled_at")?,
            }),
        },
    })
}
