//! What an account did, from the days.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::taken::Taken;
use super::{Feature, Presence};
use crate::usage::adoption::{self, FeatureCall};
use crate::usage::folding::FeatureId;

/// Who was there on each day of a window, and how much they did.
pub(super) fn presence(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (from, until): (Day, Day),
) -> Result<Vec<Presence>, DbError> {
    tx.rows(
        sql!(
            "select who_id, day, cast(sum(events) as bigint) as events
             from usage_days
             where workspace_id = $1 and account_id = $2 and day >= $3 and day <= $4
             group by who_id, day"
        ),
        params![workspace, account, from, until],
        |row| {
            Ok(Presence {
                who: row.get("who_id")?,
                day: row.get("day")?,
                events: row.get("events")?,
            })
        },
    )
}

/// The same of those alone who did one of some things.
pub(super) fn active(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (from, until): (Day, Day),
    keys: &[FeatureId],
) -> Result<Vec<Presence>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select who_id, day, cast(sum(events) as bigint) as events
                   from usage_days
                   where workspace_id = $1 and account_id = $2 and day >= $3 and day <= $4
                     and feature_id in (select value from rarray($5))
                   group by who_id, day",
            pg: "select who_id, day, cast(sum(events) as bigint) as events
                 from usage_days
                 where workspace_id = $1 and account_id = $2 and day >= $3 and day <= $4
                   and feature_id = any($5)
                 group by who_id, day",
        },
        params![workspace, account, from, until, keys],
        |row| {
            Ok(Presence {
                who: row.get("who_id")?,
                day: row.get("day")?,
                events: row.get("events")?,
            })
        },
    )
}

/// When anybody was last seen.
pub(super) fn last(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<Timestamp>, DbError> {
    tx.one(
        sql!(
            "select max(last_at) as last_at
             from usage_days
             where workspace_id = $1 and account_id = $2"
        ),
        params![workspace, account],
        |row| row.get("last_at"),
    )
}

/// What was used in a window, by most people first.
pub(super) fn features(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (from, until): (Day, Day),
    limit: i64,
) -> Result<Vec<Feature>, DbError> {
    tx.rows(
        sql!(
            "select f.call, f.name, count(distinct d.who_id) as people, cast(sum(d.events) as bigint) as events,
               max(d.last_at) as last_at
             from usage_days d
             join usage_features f on f.workspace_id = d.workspace_id and f.id = d.feature_id
             where d.workspace_id = $1 and d.account_id = $2 and d.day >= $3 and d.day <= $4
             group by f.call, f.name
             order by people desc, events desc, f.name
             limit $5"
        ),
        params![workspace, account, from, until, limit],
        |row| {
            Ok(Feature {
                call: row.get("call")?,
                name: row.get("name")?,
                people: row.get("people")?,
                events: row.get("events")?,
                last: row.get("last_at")?,
            })
        },
    )
}

/// Who was there in a window, the last seen first.
pub(super) fn people(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (from, until): (Day, Day),
    limit: i64,
) -> Result<Vec<(Uuid, i64, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select who_id, cast(sum(events) as bigint) as events, max(last_at) as last_at
             from usage_days
             where workspace_id = $1 and account_id = $2 and day >= $3 and day <= $4
             group by who_id
             order by last_at desc, who_id
             limit $5"
        ),
        params![workspace, account, from, until, limit],
        |row| Ok((row.get("who_id")?, row.get("events")?, row.get("last_at")?)),
    )
}

/// What was used from a day on, or between another and that, by most people first.
pub(super) fn taken(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (before, from): (Day, Day),
    limit: i64,
) -> Result<Vec<Taken>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.call, a.name, a.people, a.events, a.earlier, a.last_at,
               coalesce(u.first_at, (select min(o.first_at) from usage_days o
                 where o.workspace_id = $1 and o.account_id = $2 and o.feature_id = a.id)) as first_at
             from (
               select f.id, f.call, f.name, count(distinct case when d.day >= $4 then d.who_id end) as people,
                 cast(sum(case when d.day >= $4 then d.events else 0 end) as bigint) as events,
                 cast(sum(case when d.day < $4 then d.events else 0 end) as bigint) as earlier,
                 max(d.last_at) as last_at
               from usage_days d
               join usage_features f on f.workspace_id = d.workspace_id and f.id = d.feature_id
               where d.workspace_id = $1 and d.account_id = $2 and d.day >= $3
               group by f.id, f.call, f.name) a
             left join usage_adoption u on u.workspace_id = $1 and u.account_id = $2 and u.feature_id = a.id
             where a.events > 0 or a.earlier > 0
             order by a.people desc, a.events desc, a.name, a.call
             limit $5"
        ),
        params![workspace, account, before, from, limit],
        |row| {
            let call: String = row.get("call")?;
            let feature = adoption::Feature {
                id: row.get("id")?,
                call: FeatureCall::named(&call).ok_or_else(|| row.broken("call", "track, page or screen"))?,
                name: row.get("name")?,
            };
            Ok(Taken {
                feature,
                people: row.get("people")?,
                share: 0.0,
                events: row.get("events")?,
                before: row.get("earlier")?,
                first: row.get("first_at")?,
                last: row.get("last_at")?,
                weeks: Vec::new(),
                is_new: false,
            })
        },
    )
}

/// How many different people did anything from a day on.
pub(super) fn present(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    from: Day,
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(distinct who_id) as people
             from usage_days
             where workspace_id = $1 and account_id = $2 and day >= $3"
        ),
        params![workspace, account, from],
        |row| row.get("people"),
    )
}

/// When anybody was first seen.
pub(super) fn first(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<Timestamp>, DbError> {
    tx.one(
        sql!(
            "select coalesce(
               (select min(u.first_at) from usage_adoption u where u.workspace_id = $1 and u.account_id = $2),
               (select min(d.first_at) from usage_days d where d.workspace_id = $1 and d.account_id = $2)) as first_at"
        ),
        params![workspace, account],
        |row| row.get("first_at"),
    )
}

/// How often each feature was used on each day from one on.
pub(super) fn each_day(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    from: Day,
) -> Result<Vec<(FeatureId, Day, i64)>, DbError> {
    tx.rows(
        sql!(
            "select feature_id, day, cast(sum(events) as bigint) as events
             from usage_days
             where workspace_id = $1 and account_id = $2 and day >= $3
             group by feature_id, day"
        ),
        params![workspace, account, from],
        |row| Ok((row.get("feature_id")?, row.get("day")?, row.get("events")?)),
    )
}
