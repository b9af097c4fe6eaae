//! The rows of features and of what was done each day.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, ToParam, Tx, Value};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::FeatureId;
use crate::usage::people::NameId;

/// What one person did in one group with one feature on one day. Without a group the person stands in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DayRow {
    pub(crate) person: NameId,
    pub(crate) group: NameId,
    pub(crate) feature: FeatureId,
    pub(crate) day: Day,
    pub(crate) events: i64,
    pub(crate) first: Timestamp,
    pub(crate) last: Timestamp,
}

/// The first day that is written down, and the last.
pub(crate) static FIRST: LazyLock<Day> = LazyLock::new(|| "1900-01-01".parse().expect("a day"));
pub(crate) static LAST: LazyLock<Day> = LazyLock::new(|| "2999-12-31".parse().expect("a day"));

/// The feature of this name, made if there is none.
pub(crate) fn feature(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (call, name): (&str, &str),
) -> Result<FeatureId, DbError> {
    let known = tx.optional(
        sql!("select id from usage_features where workspace_id = $1 and call = $2 and name = $3"),
        params![workspace, call, name],
        |row| row.get("id"),
    )?;
    if let Some(id) = known {
        return Ok(id);
    }
    let id: FeatureId = tx.new_id();
    tx.execute(
        sql!("insert into usage_features (workspace_id, id, call, name) values ($1, $2, $3, $4)"),
        params![workspace, id, call, name],
    )?;
    Ok(id)
}

/// The features of these names.
pub(super) fn features(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    call: &str,
    names: &[&str],
) -> Result<Vec<(String, FeatureId)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select name, id from usage_features
                   where workspace_id = $1 and call = $2 and name in (select value from rarray($3))",
            pg: "select name, id from usage_features
                 where workspace_id = $1 and call = $2 and name = any($3)",
        },
        params![workspace, call, names],
        |row| Ok((row.get("name")?, row.get("id")?)),
    )
}

/// Makes features of a call.
pub(super) fn insert_features(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    call: &str,
    features: &[(FeatureId, &str)],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into usage_features (workspace_id, id, call, name)
                   values ($1, $2, $3, $4)",
            pg: "insert into usage_features (workspace_id, id, call, name)
                 select $1, r.id, $3, r.name
                 from unnest($2::bytea[], $4::text[]) as r (id, name)",
        },
        params![
            workspace,
            Value::list(features, |feature| feature.0.to_param()),
            call,
            Value::list(features, |feature| feature.1.to_param())
        ],
    )?;
    Ok(())
}

/// A row, and whose it is if it is not there yet.
pub(super) type Laid = (DayRow, Uuid, Option<AccountId>);

/// Adds to days, and lays those down that are not there yet; whose one is that is there stays as it is.
pub(super) fn add(tx: &mut Tx<'_>, workspace: WorkspaceId, rows: &[Laid]) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into usage_days (workspace_id, person_id, group_id, feature_id, day, events, first_at, last_at, who_id, account_id)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                   on conflict (workspace_id, person_id, group_id, feature_id, day) do update
                   set events = usage_days.events + excluded.events,
                     first_at = case when usage_days.first_at < excluded.first_at then usage_days.first_at else excluded.first_at end,
                     last_at = case when usage_days.last_at > excluded.last_at then usage_days.last_at else excluded.last_at end",
            pg: "insert into usage_days (workspace_id, person_id, group_id, feature_id, day, events, first_at, last_at, who_id, account_id)
                 select $1, r.person_id, r.group_id, r.feature_id, r.day, r.events, r.first_at, r.last_at, r.who_id, r.account_id
                 from unnest($2::bytea[], $3::bytea[], $4::bytea[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bytea[], $10::bytea[])
                   as r (person_id, group_id, feature_id, day, events, first_at, last_at, who_id, account_id)
                 on conflict (workspace_id, person_id, group_id, feature_id, day) do update
                 set events = usage_days.events + excluded.events,
                   first_at = case when usage_days.first_at < excluded.first_at then usage_days.first_at else excluded.first_at end,
                   last_at = case when usage_days.last_at > excluded.last_at then usage_days.last_at else excluded.last_at end",
        },
        params![
            workspace,
            Value::list(rows, |row| row.0.person.to_param()),
            Value::list(rows, |row| row.0.group.to_param()),
            Value::list(rows, |row| row.0.feature.to_param()),
            Value::list(rows, |row| row.0.day.to_param()),
            Value::list(rows, |row| row.0.events.to_param()),
            Value::list(rows, |row| row.0.first.to_param()),
            Value::list(rows, |row| row.0.last.to_param()),
            Value::list(rows, |row| row.1.to_param()),
            Value::list(rows, |row| row.2.to_param())
        ],
    )?;
    Ok(())
}

/// Lays days down that are not there yet, and whose they are.
pub(super) fn lay(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    rows: &[DayRow],
    (who, account): (Uuid, AccountId),
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into usage_days (workspace_id, person_id, group_id, feature_id, day, events, first_at, last_at, who_id, account_id)
                   values ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)
                   on conflict do nothing",
            pg: "insert into usage_days (workspace_id, person_id, group_id, feature_id, day, events, first_at, last_at, who_id, account_id)
                 select $1, r.person_id, r.group_id, r.feature_id, r.day, r.events, r.at, r.at, $8, $9
                 from unnest($2::bytea[], $3::bytea[], $4::bytea[], $5::text[], $6::bigint[], $7::bigint[])
                   as r (person_id, group_id, feature_id, day, events, at)
                 on conflict do nothing",
        },
        params![
            workspace,
            Value::list(rows, |row| row.person.to_param()),
            Value::list(rows, |row| row.group.to_param()),
            Value::list(rows, |row| row.feature.to_param()),
            Value::list(rows, |row| row.day.to_param()),
            Value::list(rows, |row| row.events.to_param()),
            Value::list(rows, |row| row.first.to_param()),
            who,
            account
        ],
    )?;
    Ok(())
}

/// To what else than an account the days of a group are put down.
pub(crate) fn others_of_group(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    group: NameId,
    account: Option<AccountId>,
) -> Result<BTreeSet<Option<AccountId>>, DbError> {
    let rows = tx.rows(
        sql!(
            "select account_id
             from usage_days
             where workspace_id = $1 and group_id = $2 and person_id <> $2 and account_id is distinct from $3"
        ),
        params![workspace, group, account],
        |row| row.get("account_id"),
    )?;
    Ok(rows.into_iter().collect())
}

pub(crate) fn set_account_of_group(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    group: NameId,
    account: Option<AccountId>,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_days
             set account_id = $3
             where workspace_id = $1 and group_id = $2 and person_id <> $2 and account_id is distinct from $3"
        ),
        params![workspace, group, account],
    )?;
    Ok(())
}

/// The groups in which something was done that is put down to an account, each once. Here and in the next no row is asked to be
/// another than the one before: for the order that helps with that SQLite would read all days of the workspace.
pub(crate) fn groups_of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<BTreeSet<NameId>, DbError> {
    let rows = tx.rows(
        sql!(
            "select group_id
             from usage_days
             where workspace_id = $1 and account_id = $2 and group_id <> person_id"
        ),
        params![workspace, account],
        |row| row.get("group_id"),
    )?;
    Ok(rows.into_iter().collect())
}

/// Those who did something in no group that is put down to an account.
pub(crate) fn persons_of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<BTreeSet<NameId>, DbError> {
    let rows = tx.rows(
        sql!(
            "select person_id
             from usage_days
             where workspace_id = $1 and account_id = $2 and group_id = person_id"
        ),
        params![workspace, account],
        |row| row.get("person_id"),
    )?;
    Ok(rows.into_iter().collect())
}

/// What one person did on which day, as they may take it along.
pub(crate) fn told(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    person: NameId,
) -> Result<Vec<(Day, String, i64)>, DbError> {
    tx.rows(
        sql!(
            "select d.day, f.name, d.events
             from usage_days d
             join usage_features f on f.workspace_id = d.workspace_id and f.id = d.feature_id
             where d.workspace_id = $1 and d.person_id = $2
             order by d.day, f.name"
        ),
        params![workspace, person],
        |row| Ok((row.get("day")?, row.get("name")?, row.get("events")?)),
    )
}

/// Takes an account out of what was done.
pub(crate) fn clear_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_days
             set account_id = null
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, account],
    )?;
    Ok(())
}

/// Notes that the numbers of a workspace moved.
pub(super) fn touch(tx: &mut Tx<'_>, workspace: WorkspaceId, at: Timestamp) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_moves (workspace_id, moved_at)
             values ($1, $2)
             on conflict (workspace_id) do update
             set moved_at = excluded.moved_at"
        ),
        params![workspace, at],
    )?;
    Ok(())
}

/// The workspaces whose numbers moved after a moment.
pub(super) fn moved_since(
    tx: &mut Tx<'_>,
    since: Timestamp,
) -> Result<Vec<(WorkspaceId, Timestamp)>, DbError> {
    tx.rows(
        sql!("select workspace_id, moved_at from usage_moves where moved_at > $1"),
        params![since],
        |row| Ok((row.get("workspace_id")?, row.get("moved_at")?)),
    )
}
