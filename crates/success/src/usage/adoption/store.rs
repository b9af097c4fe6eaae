//! What accounts do with features, put together.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use serde::de::DeserializeOwned;
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::{Feature, FeatureCall, Figures, Filter, Window};
use crate::usage::folding::FeatureId;

/// A feature, how much it is used in a window, and when first and last at all.
pub(super) type Summed = (FeatureId, Figures, Timestamp, Timestamp);

/// The feature of a call and name.
pub(super) fn called(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (call, name): (&str, &str),
) -> Result<Option<FeatureId>, DbError> {
    tx.optional(
        sql!("select id from usage_features where workspace_id = $1 and call = $2 and name = $3"),
        params![workspace, call, name],
        |row| row.get("id"),
    )
}

/// Up to `limit` features.
pub(super) fn features(tx: &mut Tx<'_>, workspace: WorkspaceId, limit: i64) -> Result<Vec<Feature>, DbError> {
    tx.rows(
        sql!(
            "select id, call, name
             from usage_features
             where workspace_id = $1
             order by id
             limit $2"
        ),
        params![workspace, limit],
        feature,
    )
}

/// One feature.
pub(super) fn find(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: FeatureId,
) -> Result<Option<Feature>, DbError> {
    tx.optional(
        sql!("select id, call, name from usage_features where workspace_id = $1 and id = $2"),
        params![workspace, id],
        feature,
    )
}

fn feature(row: &Row<'_>) -> Result<Feature, DbError> {
    let call: String = row.get("call")?;
    Ok(Feature {
        id: row.get("id")?,
        call: FeatureCall::named(&call).ok_or_else(|| row.broken("call", "track, page or screen"))?,
        name: row.get("name")?,
    })
}

/// The accounts that a filter leaves.
pub(super) fn accounts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    filter: &Filter,
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql!(
            "select a.account_id
             from usage_adopters a
             where a.workspace_id = $1
               and (cast($2 as bytea) is null or exists (select m.account_id from segment_members m
                 where m.workspace_id = a.workspace_id and m.segment_id = $2 and m.account_id = a.account_id))
               and (cast($3 as bytea) is null or exists (select t.account_id from account_tiers t
                 where t.workspace_id = a.workspace_id and t.account_id = a.account_id and t.rung_id = $3))
               and (cast($4 as bytea) is null or exists (select o.account_id from account_owners o
                 where o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null and o.agent_id = $4))"
        ),
        params![workspace, filter.segment, filter.tier, filter.owner],
        |row| row.get("account_id"),
    )
}

/// How much each feature is used in a window, by all accounts.
pub(super) fn sums(tx: &mut Tx<'_>, workspace: WorkspaceId, window: Window) -> Result<Vec<Summed>, DbError> {
    tx.rows(
        sql!(
            "select feature_id, count(case when events > 0 then 1 end) as accounts, cast(sum(people) as bigint) as people,
               cast(sum(events) as bigint) as events, cast(sum(earlier) as bigint) as earlier,
               min(first_at) as first_at, max(last_at) as last_at
             from (
               select feature_id, first_at, last_at,
                 case cast($2 as bigint) when 7 then people_7 when 30 then people_30 else people_90 end as people,
                 case cast($2 as bigint) when 7 then events_7 when 30 then events_30 else events_90 end as events,
                 case cast($2 as bigint) when 7 then before_7 when 30 then before_30 else before_90 end as earlier
               from usage_adoption
               where workspace_id = $1) a
             group by feature_id"
        ),
        params![workspace, window.days()],
        summed,
    )
}

/// The same by some accounts.
pub(super) fn sums_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    window: Window,
    accounts: &[AccountId],
) -> Result<Vec<Summed>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select feature_id, count(case when events > 0 then 1 end) as accounts, cast(sum(people) as bigint) as people,
                     cast(sum(events) as bigint) as events, cast(sum(earlier) as bigint) as earlier,
                     min(first_at) as first_at, max(last_at) as last_at
                   from (
                     select u.feature_id, u.first_at, u.last_at,
                       case cast($2 as bigint) when 7 then u.people_7 when 30 then u.people_30 else u.people_90 end as people,
                       case cast($2 as bigint) when 7 then u.events_7 when 30 then u.events_30 else u.events_90 end as events,
                       case cast($2 as bigint) when 7 then u.before_7 when 30 then u.before_30 else u.before_90 end as earlier
                     from rarray($3) r
                     cross join usage_adoption u
                     where u.workspace_id = $1 and u.account_id = r.value) a
                   group by feature_id",
            pg: "select feature_id, count(case when events > 0 then 1 end) as accounts, cast(sum(people) as bigint) as people,
                   cast(sum(events) as bigint) as events, cast(sum(earlier) as bigint) as earlier,
                   min(first_at) as first_at, max(last_at) as last_at
                 from (
                   select feature_id, first_at, last_at,
                     case cast($2 as bigint) when 7 then people_7 when 30 then people_30 else people_90 end as people,
                     case cast($2 as bigint) when 7 then events_7 when 30 then events_30 else events_90 end as events,
                     case cast($2 as bigint) when 7 then before_7 when 30 then before_30 else before_90 end as earlier
                   from usage_adoption
                   where workspace_id = $1 and account_id = any($3)) a
                 group by feature_id",
        },
        params![workspace, window.days(), accounts],
        summed,
    )
}

fn summed(row: &Row<'_>) -> Result<Summed, DbError> {
    let figures = Figures {
        accounts: row.get("accounts")?,
        people: row.get("people")?,
        events: row.get("events")?,
        before: row.get("earlier")?,
    };
    Ok((
        row.get("feature_id")?,
        figures,
        row.get("first_at")?,
        row.get("last_at")?,
    ))
}

/// In which weeks each account used each of these features.
pub(super) fn weeks_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    features: &[FeatureId],
) -> Result<Vec<(FeatureId, i64)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select u.feature_id, u.weeks
                   from rarray($2) r
                   cross join usage_adoption u
                   where u.workspace_id = $1 and u.account_id = r.value and u.feature_id in (select value from rarray($3)) and u.weeks > 0",
            pg: "select feature_id, weeks
                 from usage_adoption
                 where workspace_id = $1 and account_id = any($2) and feature_id = any($3) and weeks > 0",
        },
        params![workspace, accounts, features],
        |row| Ok((row.get("feature_id")?, row.get("weeks")?)),
    )
}

/// In which weeks each account used each feature.
pub(super) fn each_week(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mut take: impl FnMut(FeatureId, i64),
) -> Result<(), DbError> {
    tx.each(
        sql!("select feature_id, weeks from usage_adoption where workspace_id = $1 and weeks > 0"),
        params![workspace],
        |row| {
            take(row.get("feature_id")?, row.get("weeks")?);
            Ok(())
        },
    )
    .map(drop)
}

/// How many accounts did anything at all in each window.
pub(super) fn active(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<[i64; 3], DbError> {
    tx.one(
        sql!(
            "select count(case when people_7 > 0 then 1 end) as week, count(case when people_30 > 0 then 1 end) as month,
               count(case when people_90 > 0 then 1 end) as quarter
             from usage_adopters
             where workspace_id = $1"
        ),
        params![workspace],
        |row| Ok([row.get("week")?, row.get("month")?, row.get("quarter")?]),
    )
}

/// The same of some accounts.
pub(super) fn active_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<[i64; 3], DbError> {
    tx.one(
        sql! {
            kind: "list of values",
            lite: "select count(case when people_7 > 0 then 1 end) as week, count(case when people_30 > 0 then 1 end) as month,
                     count(case when people_90 > 0 then 1 end) as quarter
                   from usage_adopters
                   where workspace_id = $1 and account_id in (select value from rarray($2))",
            pg: "select count(case when people_7 > 0 then 1 end) as week, count(case when people_30 > 0 then 1 end) as month,
                   count(case when people_90 > 0 then 1 end) as quarter
                 from usage_adopters
                 where workspace_id = $1 and account_id = any($2)",
        },
        params![workspace, accounts],
        |row| Ok([row.get("week")?, row.get("month")?, row.get("quarter")?]),
    )
}

/// All accounts together as they were last put together.
pub(super) fn kept<T: DeserializeOwned>(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Option<T>, DbError> {
    tx.optional(
        sql!("select content from usage_adoption_books where workspace_id = $1"),
        params![workspace],
        |row| {
            let content: String = row.get("content")?;
            serde_json::from_str(&content).map_err(|_| row.broken("content", "features and their figures"))
        },
    )
}

/// As of when all accounts were put together.
pub(super) fn counted_at(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Timestamp>, DbError> {
    tx.optional(
        sql!("select counted_at from usage_adoption_books where workspace_id = $1"),
        params![workspace],
        |row| row.get("counted_at"),
    )
}

/// Keeps them.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (at, content): (Timestamp, &str),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_adoption_books (workspace_id, counted_at, content)
             values ($1, $2, $3)
             on conflict (workspace_id) do update
             set counted_at = excluded.counted_at, content = excluded.content"
        ),
        params![workspace, at, content],
    )?;
    Ok(())
}
