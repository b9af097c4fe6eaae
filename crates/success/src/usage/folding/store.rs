//! The rows of features and of what was done each day.

use std::collections::HashSet;

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

/// A person, and the group where there is one.
pub(crate) type Pair = (NameId, Option<NameId>);

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

/// Adds to the days; gives the persons who have a day among them that is new.
pub(crate) fn add(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    rows: &[DayRow],
) -> Result<HashSet<NameId>, DbError> {
    let mut fresh = HashSet::new();
    for row in rows {
        let known = tx.execute(
            sql!(
                "update usage_days
                 set events = events + $6,
                   first_at = case when first_at < $7 then first_at else $7 end,
                   last_at = case when last_at > $8 then last_at else $8 end
                 where workspace_id = $1 and person_id = $2 and group_id = $3 and feature_id = $4 and day = $5"
            ),
            params![workspace, row.person, row.group, row.feature, row.day, row.events, row.first, row.last],
        )?;
        if known == 0 {
            fresh.insert(row.person);
            insert(tx, workspace, row)?;
        }
    }
    Ok(fresh)
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

fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, row: &DayRow) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_days (workspace_id, person_id, group_id, feature_id, day, events, first_at, last_at, who_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $2)"
        ),
        params![workspace, row.person, row.group, row.feature, row.day, row.events, row.first, row.last],
    )?;
    Ok(())
}

/// The pairs of which a name is the person or the group.
pub(crate) fn pairs(tx: &mut Tx<'_>, workspace: WorkspaceId, name: NameId) -> Result<Vec<Pair>, DbError> {
    tx.rows(
        sql!(
            "select person_id, group_id
             from usage_days
             where workspace_id = $1 and person_id = $2
             union
             select person_id, group_id
             from usage_days
             where workspace_id = $1 and group_id = $2"
        ),
        params![workspace, name],
        |row| {
            let (person, group): (NameId, NameId) = (row.get("person_id")?, row.get("group_id")?);
            Ok((person, Some(group).filter(|group| *group != person)))
        },
    )
}

pub(crate) fn set_who(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (person, group): Pair,
    who: Uuid,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_days
             set who_id = $4
             where workspace_id = $1 and person_id = $2 and group_id = $3 and who_id <> $4"
        ),
        params![workspace, person, group.unwrap_or(person), who],
    )?;
    Ok(())
}

/// The days of a pair, each with the account that it is put down to.
pub(crate) fn days_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (person, group): Pair,
) -> Result<Vec<(Day, Option<AccountId>)>, DbError> {
    tx.rows(
        sql!(
            "select distinct day, account_id
             from usage_days
             where workspace_id = $1 and person_id = $2 and group_id = $3"
        ),
        params![workspace, person, group.unwrap_or(person)],
        |row| Ok((row.get("day")?, row.get("account_id")?)),
    )
}

pub(crate) fn set_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (person, group): Pair,
    day: Day,
    account: Option<AccountId>,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update usage_days
             set account_id = $5
             where workspace_id = $1 and person_id = $2 and group_id = $3 and day = $4"
        ),
        params![workspace, person, group.unwrap_or(person), day, account],
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

pub(crate) fn persons_of_account(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<NameId>, DbError> {
    tx.rows(
        sql!(
            "select distinct person_id
             from usage_days
             where workspace_id = $1 and account_id = $2"
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
