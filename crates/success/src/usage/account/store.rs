//! What an account did, from the days.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::Uuid;
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::{Feature, Presence};
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
