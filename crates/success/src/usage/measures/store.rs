//! What the days of usage come to.

use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::course::Seen;
use crate::usage::folding::FeatureId;

/// The last day, up to one, on which anybody did anything.
pub(super) fn last_day(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    until: Day,
) -> Result<Option<Day>, DbError> {
    tx.one(
        sql!(
            "select max(day) as last_day
             from usage_days
             where workspace_id = $1 and account_id = $2 and day <= $3"
        ),
        params![workspace, account, until],
        |row| row.get("last_day"),
    )
}

/// The first day on which anybody did anything.
pub(super) fn first_day(
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

/// Who did something that counts on which days, and how often: one of the keys, where there are any.
pub(super) fn seen(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (from, until): (Day, Day),
    keys: Option<&[FeatureId]>,
) -> Result<Vec<Seen>, DbError> {
    let Some(keys) = keys else {
        return tx.rows(
            sql!(
                "select who_id, day, cast(sum(events) as bigint) as actions
                 from usage_days
                 where workspace_id = $1 and account_id = $2 and day >= $3 and day <= $4
                 group by who_id, day"
            ),
            params![workspace, account, from, until],
            read_seen,
        );
    };
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select who_id, day, cast(sum(events) as bigint) as actions
                   from usage_days
                   where workspace_id = $1 and account_id = $2 and day >= $3 and day <= $4
                     and feature_id in (select value from rarray($5))
                   group by who_id, day",
            pg: "select who_id, day, cast(sum(events) as bigint) as actions
                 from usage_days
                 where workspace_id = $1 and account_id = $2 and day >= $3 and day <= $4
                   and feature_id = any($5)
                 group by who_id, day",
        },
        params![workspace, account, from, until, keys],
        read_seen,
    )
}

fn read_seen(row: &Row<'_>) -> Result<Seen, DbError> {
    Ok(Seen {
        who: row.get("who_id")?,
        day: row.get("day")?,
        actions: row.get("actions")?,
    })
}

/// What was done at all, and on which days.
pub(super) fn features(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (from, until): (Day, Day),
) -> Result<Vec<(FeatureId, Day)>, DbError> {
    tx.rows(
        sql!(
            "select distinct feature_id, day
             from usage_days
             where workspace_id = $1 and account_id = $2 and day >= $3 and day <= $4"
        ),
        params![workspace, account, from, until],
        |row| Ok((row.get("feature_id")?, row.get("day")?)),
    )
}
