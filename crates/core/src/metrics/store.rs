//! The rows of metrics: what they are now, and from which day on they were what.

use kit::day::Day;
use kit::db::{DbError, Row, ToParam, Tx, Value};
use kit::{params, sql};

use super::{Moment, Standing};
use crate::accounts::AccountId;
use crate::workspaces::WorkspaceId;

pub(super) fn put_day(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (metric, day): (&str, Day),
    (value, as_of): (Option<f64>, Option<Day>),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into metric_days (workspace_id, account_id, metric, day, value, as_of)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id, account_id, metric, day) do update
             set value = excluded.value, as_of = excluded.as_of"
        ),
        params![workspace, account, metric, day, value, as_of],
    )?;
    Ok(())
}

/// Takes away all that was kept of a metric of an account.
pub(super) fn forget_days(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    metric: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from metric_days where workspace_id = $1 and account_id = $2 and metric = $3"),
        params![workspace, account, metric],
    )?;
    Ok(())
}

/// Takes away what was kept of a metric of an account from a day on.
pub(super) fn forget_days_from(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (metric, from): (&str, Day),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "delete from metric_days
             where workspace_id = $1 and account_id = $2 and metric = $3 and day >= $4"
        ),
        params![workspace, account, metric, from],
    )?;
    Ok(())
}

/// What a metric of an account was before a day, and since when.
pub(super) fn before(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (metric, from): (&str, Day),
) -> Result<Option<(Option<f64>, Day)>, DbError> {
    tx.optional(
        sql!(
            "select value, day
             from metric_days
             where workspace_id = $1 and account_id = $2 and metric = $3 and day < $4
             order by day desc
             limit 1"
        ),
        params![workspace, account, metric, from],
        |row| Ok((row.get("value")?, row.get("day")?)),
    )
}

/// Lays down what a metric was from which day on.
pub(super) fn put_days(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    metric: &str,
    steps: &[(Day, f64)],
) -> Result<(), DbError> {
    if steps.is_empty() {
        return Ok(());
    }
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into metric_days (workspace_id, account_id, metric, day, value, as_of)
                   values ($1, $2, $3, $4, $5, null)",
            pg: "insert into metric_days (workspace_id, account_id, metric, day, value, as_of)
                 select $1, $2, $3, r.day, r.value, null
                 from unnest($4::text[], $5::double precision[]) as r (day, value)",
        },
        params![
            workspace,
            account,
            metric,
            Value::list(steps, |(day, _)| day.to_param()),
            Value::list(steps, |(_, value)| value.to_param())
        ],
    )?;
    Ok(())
}

pub(super) fn put_now(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    one: &Standing,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into metric_now (workspace_id, account_id, metric, value, as_of, since)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (workspace_id, account_id, metric) do update
             set value = excluded.value, as_of = excluded.as_of, since = excluded.since"
        ),
        params![workspace, account, one.metric, one.value, one.as_of, one.since],
    )?;
    Ok(())
}

/// One metric of these accounts as it stands.
pub(super) fn one(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    metric: &str,
) -> Result<Vec<(AccountId, f64)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select m.account_id, m.value
                   from rarray($2) r
                   cross join metric_now m
                   where m.workspace_id = $1 and m.account_id = r.value and m.metric = $3",
            pg: "select account_id, value
                 from metric_now
                 where workspace_id = $1 and account_id = any($2) and metric = $3",
        },
        params![workspace, accounts, metric],
        |row| Ok((row.get("account_id")?, row.get("value")?)),
    )
}

pub(super) fn drop_now(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    metric: &str,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from metric_now where workspace_id = $1 and account_id = $2 and metric = $3"),
        params![workspace, account, metric],
    )?;
    Ok(())
}

/// Takes away what the metrics of an account are now.
pub(super) fn forget_now(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from metric_now where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
    )?;
    Ok(())
}

pub(super) fn now(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<Standing>, DbError> {
    tx.rows(
        sql!(
            "select metric, value, as_of, since
             from metric_now
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, account],
        read,
    )
}

pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Standing)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id, metric, value, as_of, since
                   from metric_now
                   where workspace_id = $1 and account_id in (select value from rarray($2))",
            pg: "select account_id, metric, value, as_of, since
                 from metric_now
                 where workspace_id = $1 and account_id = any($2)",
        },
        params![workspace, accounts],
        |row| Ok((row.get("account_id")?, read(row)?)),
    )
}

/// What a metric of these accounts was at the end of a day.
pub(super) fn past(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    (metric, day): (&str, Day),
) -> Result<Vec<(AccountId, Option<f64>)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select d.account_id, d.value
                   from metric_days d
                   where d.workspace_id = $1 and d.account_id in (select value from rarray($2)) and d.metric = $3
                     and d.day = (select max(l.day) from metric_days l
                       where l.workspace_id = d.workspace_id and l.account_id = d.account_id and l.metric = d.metric and l.day <= $4)",
            pg: "select d.account_id, d.value
                 from metric_days d
                 where d.workspace_id = $1 and d.account_id = any($2) and d.metric = $3
                   and d.day = (select max(l.day) from metric_days l
                     where l.workspace_id = d.workspace_id and l.account_id = d.account_id and l.metric = d.metric and l.day <= $4)",
        },
        params![workspace, accounts, metric, day],
        |row| Ok((row.get("account_id")?, row.get("value")?)),
    )
}

/// A name, its value, from when that is, and since when it holds.
type Past = (String, Option<f64>, Option<Day>, Day);

/// Everything that was kept of an account up to a day, by day.
pub(super) fn until(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    day: Day,
) -> Result<Vec<Past>, DbError> {
    tx.rows(
        sql!(
            "select d.metric, d.value, d.as_of, d.day
             from metric_days d
             where d.workspace_id = $1 and d.account_id = $2 and d.day <= $3
               and d.day = (select max(l.day) from metric_days l
                 where l.workspace_id = d.workspace_id and l.account_id = d.account_id and l.metric = d.metric and l.day <= $3)
             order by d.metric"
        ),
        params![workspace, account, day],
        |row| Ok((row.get("metric")?, row.get("value")?, row.get("as_of")?, row.get("day")?)),
    )
}

/// What was kept of these metrics of these accounts up to a day: the rows from another day on, and the last before it. In no
/// order.
pub(super) fn steps(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (accounts, metrics): (&[AccountId], &[&str]),
    (from, until): (Day, Day),
) -> Result<Vec<(AccountId, String, Moment)>, DbError> {
    // The limit is beyond any span of days. It makes PostgreSQL look into the index for each metric of each account, instead of
    // reading the whole table for a few of its rows.
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select d.account_id, d.metric, d.value, d.as_of, d.day
                   from rarray($2) r
                   cross join rarray($3) n
                   cross join metric_days d
                   where d.workspace_id = $1 and d.account_id = r.value and d.metric = n.value and d.day <= $5
                     and d.day >= coalesce((select max(l.day) from metric_days l
                       where l.workspace_id = $1 and l.account_id = r.value and l.metric = n.value and l.day <= $4), $4)",
            pg: "select r.account_id, n.metric, d.value, d.as_of, d.day
                 from unnest($2::bytea[]) as r (account_id)
                 cross join unnest($3::text[]) as n (metric)
                 cross join lateral (
                   select coalesce(max(l.day), $4) as since
                   from metric_days l
                   where l.workspace_id = $1 and l.account_id = r.account_id and l.metric = n.metric and l.day <= $4
                 ) as f
                 cross join lateral (
                   select m.value, m.as_of, m.day
                   from metric_days m
                   where m.workspace_id = $1 and m.account_id = r.account_id and m.metric = n.metric
                     and m.day >= f.since and m.day <= $5
                   order by m.day
                   limit 100000
                 ) as d",
        },
        params![workspace, accounts, metrics, from, until],
        |row| {
            let (account, metric) = (row.get("account_id")?, row.get("metric")?);
            let moment = Moment {
                value: row.get("value")?,
                as_of: row.get("as_of")?,
                since: row.get("day")?,
            };
            Ok((account, metric, moment))
        },
    )
}

/// Every value of a metric over the book, the lowest first.
pub(super) fn values(tx: &mut Tx<'_>, workspace: WorkspaceId, metric: &str) -> Result<Vec<f64>, DbError> {
    tx.rows(
        sql!(
            "select value
             from metric_now
             where workspace_id = $1 and metric = $2
             order by value, account_id"
        ),
        params![workspace, metric],
        |row| row.get("value"),
    )
}

/// The accounts with the lowest stored values, each with its name.
pub(super) fn lowest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    metric: &str,
    limit: i64,
) -> Result<Vec<(AccountId, String, f64)>, DbError> {
    tx.rows(
        sql!(
            "select m.account_id, a.name, m.value
             from metric_now m
             join accounts a on a.workspace_id = m.workspace_id and a.id = m.account_id
             where m.workspace_id = $1 and m.metric = $2
             order by m.value, m.account_id
             limit $3"
        ),
        params![workspace, metric, limit],
        |row| Ok((row.get("account_id")?, row.get("name")?, row.get("value")?)),
    )
}

/// The accounts with the highest stored values, each with its name.
pub(super) fn highest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    metric: &str,
    limit: i64,
) -> Result<Vec<(AccountId, String, f64)>, DbError> {
    tx.rows(
        sql!(
            "select m.account_id, a.name, m.value
             from metric_now m
             join accounts a on a.workspace_id = m.workspace_id and a.id = m.account_id
             where m.workspace_id = $1 and m.metric = $2
             order by m.value desc, m.account_id desc
             limit $3"
        ),
        params![workspace, metric, limit],
        |row| Ok((row.get("account_id")?, row.get("name")?, row.get("value")?)),
    )
}

fn read(row: &Row<'_>) -> Result<Standing, DbError> {
    Ok(Standing {
        metric: row.get("metric")?,
        value: row.get("value")?,
        as_of: row.get("as_of")?,
        since: row.get("since")?,
    })
}
