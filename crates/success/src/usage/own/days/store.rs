//! The rows of what was counted for metrics, and what of the days of usage they read.

use kit::day::Day;
use kit::db::{DbError, Row, ToParam, Tx, Value};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::metrics::own::OwnMetricId;
use tandem_core::workspaces::WorkspaceId;

use super::{Counted, Seen, Spot};
use crate::usage::own::model::Event;

/// The first day on which anybody did anything.
pub(in crate::usage::own) fn first_day(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Option<Day>, DbError> {
    tx.one(
        sql!("select min(day) as first_day from usage_days where workspace_id = $1"),
        params![workspace],
        |row| row.get("first_day"),
    )
}

/// The first day on which anybody at an account did anything.
pub(in crate::usage::own) fn first_day_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<Day>, DbError> {
    tx.one(
        sql!("select min(day) as first_day from usage_days where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
        |row| row.get("first_day"),
    )
}

/// The ids of names of a kind.
pub(in crate::usage::own) fn names(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    kind: &str,
    values: &[&str],
) -> Result<Vec<(String, Uuid)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select value, id
                   from usage_names
                   where workspace_id = $1 and kind = $2 and value in (select value from rarray($3))",
            pg: "select value, id
                 from usage_names
                 where workspace_id = $1 and kind = $2 and value = any($3)",
        },
        params![workspace, kind, values],
        |row| Ok((row.get("value")?, row.get("id")?)),
    )
}

/// What can be done in the product under these names.
pub(in crate::usage::own) fn features(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    names: &[&str],
) -> Result<Vec<(Event, Uuid)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select call, name, id
                   from usage_features
                   where workspace_id = $1 and name in (select value from rarray($2))",
            pg: "select call, name, id
                 from usage_features
                 where workspace_id = $1 and name = any($2)",
        },
        params![workspace, names],
        |row| Ok((event(row)?, row.get("id")?)),
    )
}

/// Up to a limit of what can be done in the product, by name.
pub(in crate::usage::own) fn choices(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    limit: i64,
) -> Result<Vec<Event>, DbError> {
    tx.rows(
        sql!(
            "select call, name
             from usage_features
             where workspace_id = $1
             order by name, call
             limit $2"
        ),
        params![workspace, limit],
        event,
    )
}

fn event(row: &Row<'_>) -> Result<Event, DbError> {
    Ok(Event {
        call: row.get("call")?,
        name: row.get("name")?,
    })
}

/// Adds to what was counted.
pub(in crate::usage::own) fn add(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (metric, version): (OwnMetricId, i64),
    rows: &[Counted],
) -> Result<(), DbError> {
    if rows.is_empty() {
        return Ok(());
    }
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into usage_own_days (workspace_id, metric_id, version, person_id, group_id, feature_id, day, events, total)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                   on conflict (workspace_id, metric_id, version, person_id, group_id, feature_id, day) do update
                   set events = usage_own_days.events + excluded.events, total = usage_own_days.total + excluded.total",
            pg: "insert into usage_own_days (workspace_id, metric_id, version, person_id, group_id, feature_id, day, events, total)
                 select $1, $2, $3, r.person_id, r.group_id, r.feature_id, r.day, r.events, r.total
                 from unnest($4::bytea[], $5::bytea[], $6::bytea[], $7::text[], $8::bigint[], $9::double precision[])
                   as r (person_id, group_id, feature_id, day, events, total)
                 on conflict (workspace_id, metric_id, version, person_id, group_id, feature_id, day) do update
                 set events = usage_own_days.events + excluded.events, total = usage_own_days.total + excluded.total",
        },
        params![
            workspace,
            metric,
            version,
            Value::list(rows, |row| row.person.to_param()),
            Value::list(rows, |row| row.group.to_param()),
            Value::list(rows, |row| row.feature.to_param()),
            Value::list(rows, |row| row.day.to_param()),
            Value::list(rows, |row| row.events.to_param()),
            Value::list(rows, |row| row.total.to_param())
        ],
    )?;
    Ok(())
}

/// Takes away what was counted for other versions, up to a limit; gives how many rows that were.
pub(in crate::usage::own) fn prune(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (metric, kept): (OwnMetricId, i64),
    limit: i64,
) -> Result<u64, DbError> {
    tx.execute(
        sql!(
            "delete from usage_own_days
             where (workspace_id, metric_id, version, person_id, group_id, feature_id, day) in (
               select workspace_id, metric_id, version, person_id, group_id, feature_id, day
               from usage_own_days
               where workspace_id = $1 and metric_id = $2 and version <> $3
               limit $4)"
        ),
        params![workspace, metric, kept, limit],
    )
}

/// The accounts at which these persons did something.
pub(in crate::usage::own) fn accounts_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    persons: &[Uuid],
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select distinct account_id
                   from usage_days
                   where workspace_id = $1 and person_id in (select value from rarray($2)) and account_id is not null",
            pg: "select distinct account_id
                 from usage_days
                 where workspace_id = $1 and person_id = any($2) and account_id is not null",
        },
        params![workspace, persons],
        |row| row.get("account_id"),
    )
}

/// What was counted of an account; whose it is is taken from the days of usage, so that it follows every merge.
pub(in crate::usage::own) fn counted(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (metric, version): (OwnMetricId, i64),
    account: AccountId,
    (from, until): (Day, Day),
) -> Result<Vec<Seen>, DbError> {
    tx.rows(
        sql!(
            "select d.who_id, d.day, cast(sum(o.events) as bigint) as events, sum(o.total) as total
             from usage_days d
             join usage_own_days o on o.workspace_id = d.workspace_id and o.metric_id = $3 and o.version = $4
               and o.person_id = d.person_id and o.group_id = d.group_id and o.feature_id = d.feature_id and o.day = d.day
             where d.workspace_id = $1 and d.account_id = $2 and d.day >= $5 and d.day <= $6
             group by d.who_id, d.day
             order by d.day, d.who_id"
        ),
        params![workspace, account, metric, version, from, until],
        seen,
    )
}

/// What people at an account did with one feature, or with any.
pub(in crate::usage::own) fn used(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    event: Option<&Event>,
    (from, until): (Day, Day),
) -> Result<Vec<Seen>, DbError> {
    match event {
        Some(event) => tx.rows(
            sql!(
                "select d.who_id, d.day, cast(sum(d.events) as bigint) as events, cast(0 as double precision) as total
                 from usage_days d
                 join usage_features f on f.workspace_id = d.workspace_id and f.id = d.feature_id
                 where d.workspace_id = $1 and d.account_id = $2 and d.day >= $3 and d.day <= $4 and f.call = $5 and f.name = $6
                 group by d.who_id, d.day
                 order by d.day, d.who_id"
            ),
            params![workspace, account, from, until, event.call, event.name],
            seen,
        ),
        None => tx.rows(
            sql!(
                "select who_id, day, cast(sum(events) as bigint) as events, cast(0 as double precision) as total
                 from usage_days
                 where workspace_id = $1 and account_id = $2 and day >= $3 and day <= $4
                 group by who_id, day
                 order by day, who_id"
            ),
            params![workspace, account, from, until],
            seen,
        ),
    }
}

fn seen(row: &Row<'_>) -> Result<Seen, DbError> {
    Ok(Seen {
        who: row.get("who_id")?,
        day: row.get("day")?,
        events: row.get("events")?,
        total: row.get("total")?,
    })
}

/// Whose what was done at an account is, by what a day of usage is known by.
pub(in crate::usage::own) fn spots(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (from, until): (Day, Day),
) -> Result<Vec<(Spot, Uuid)>, DbError> {
    tx.rows(
        sql!(
            "select person_id, group_id, feature_id, day, who_id
             from usage_days
             where workspace_id = $1 and account_id = $2 and day >= $3 and day <= $4"
        ),
        params![workspace, account, from, until],
        |row| {
            let spot = (
                row.get("person_id")?,
                row.get("group_id")?,
                row.get("feature_id")?,
                row.get("day")?,
            );
            Ok((spot, row.get("who_id")?))
        },
    )
}

/// The accounts at which something, or anything, was done most since a day.
pub(in crate::usage::own) fn busiest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    named: Option<&Event>,
    since: Day,
    limit: i64,
) -> Result<Vec<AccountId>, DbError> {
    match named {
        Some(event) => tx.rows(
            sql!(
                "select d.account_id, cast(sum(d.events) as bigint) as events
                 from usage_days d
                 join usage_features f on f.workspace_id = d.workspace_id and f.id = d.feature_id
                 where d.workspace_id = $1 and d.account_id is not null and d.day >= $2 and f.call = $3 and f.name = $4
                 group by d.account_id
                 order by events desc, d.account_id
                 limit $5"
            ),
            params![workspace, since, event.call, event.name, limit],
            |row| row.get("account_id"),
        ),
        None => tx.rows(
            sql!(
                "select account_id, cast(sum(events) as bigint) as events
                 from usage_days
                 where workspace_id = $1 and account_id is not null and day >= $2
                 group by account_id
                 order by events desc, account_id
                 limit $3"
            ),
            params![workspace, since, limit],
            |row| row.get("account_id"),
        ),
    }
}
