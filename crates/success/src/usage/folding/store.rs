//! The rows of features and of what was done each day.

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

/// Adds to a day that is there; gives the account that it is put down to, and nothing where there is no such day.
pub(crate) fn add(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    row: &DayRow,
) -> Result<Option<Option<AccountId>>, DbError> {
    tx.optional(
        sql!(
            "update usage_days
             set events = events + $6,
               first_at = case when first_at < $7 then first_at else $7 end,
               last_at = case when last_at > $8 then last_at else $8 end
             where workspace_id = $1 and person_id = $2 and group_id = $3 and feature_id = $4 and day = $5
             returning account_id"
        ),
        params![
            workspace,
            row.person,
            row.group,
            row.feature,
            row.day,
            row.events,
            row.first,
            row.last
        ],
        |row| row.get("account_id"),
    )
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

/// Lays a day down that is not there yet, and whose it is.
pub(crate) fn insert(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    row: &DayRow,
    (who, account): (Uuid, Option<AccountId>),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_days (workspace_id, person_id, group_id, feature_id, day, events, first_at, last_at, who_id, account_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        params![
            workspace,
            row.person,
            row.group,
            row.feature,
            row.day,
            row.events,
            row.first,
            row.last,
            who,
            account
        ],
    )?;
    Ok(())
}

/// Says who a person is in all that they did; whether that is another than before.
pub(crate) fn set_who(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    person: NameId,
    who: Uuid,
) -> Result<bool, DbError> {
    let changed = tx.execute(
        sql!(
            "update usage_days
             set who_id = $3
             where workspace_id = $1 and person_id = $2 and who_id <> $3"
        ),
        params![workspace, person, who],
    )?;
    Ok(changed > 0)
}

/// The accounts that what a person did is put down to.
pub(crate) fn accounts_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    person: NameId,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select distinct account_id
             from usage_days
             where workspace_id = $1 and person_id = $2 and account_id is not null"
        ),
        params![workspace, person],
        |row| row.get("account_id"),
    )
}

/// To what else than an account a person's days within a span are put down, as far as they did something in no group.
pub(crate) fn others(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (person, account): (NameId, Option<AccountId>),
    (from, until): (Day, Day),
) -> Result<Vec<Option<AccountId>>, DbError> {
    tx.rows(
        sql!(
            "select distinct account_id
             from usage_days
             where workspace_id = $1 and person_id = $2 and group_id = $2 and day >= $3 and day <= $4
               and account_id is distinct from $5"
        ),
        params![workspace, person, from, until, account],
        |row| row.get("account_id"),
    )
}

pub(crate) fn set_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (person, account): (NameId, Option<AccountId>),
    (from, until): (Day, Day),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_days
             set account_id = $5
             where workspace_id = $1 and person_id = $2 and group_id = $2 and day >= $3 and day <= $4
               and account_id is distinct from $5"
        ),
        params![workspace, person, from, until, account],
    )?;
    Ok(())
}

/// To what else than an account the days of a group are put down.
pub(crate) fn others_of_group(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    group: NameId,
    account: Option<AccountId>,
) -> Result<Vec<Option<AccountId>>, DbError> {
    tx.rows(
        sql!(
            "select distinct account_id
             from usage_days
             where workspace_id = $1 and group_id = $2 and person_id <> $2 and account_id is distinct from $3"
        ),
        params![workspace, group, account],
        |row| row.get("account_id"),
    )
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

pub(crate) fn groups_of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<NameId>, DbError> {
    tx.rows(
        sql!(
            "select distinct group_id
             from usage_days
             where workspace_id = $1 and account_id = $2 and group_id <> person_id"
        ),
        params![workspace, account],
        |row| row.get("group_id"),
    )
}

/// Those who did something in no group that is put down to an account.
pub(crate) fn persons_of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<NameId>, DbError> {
    tx.rows(
        sql!(
            "select distinct person_id
             from usage_days
             where workspace_id = $1 and account_id = $2 and group_id = person_id"
        ),
        params![workspace, account],
        |row| row.get("person_id"),
    )
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

/// From here on somebody without a name did what a person did.
pub(crate) fn forget_person(tx: &mut Tx<'_>, workspace: WorkspaceId, person: NameId) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_days
             set who_id = person_id
             where workspace_id = $1 and person_id = $2"
        ),
        params![workspace, person],
    )?;
    Ok(())
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
