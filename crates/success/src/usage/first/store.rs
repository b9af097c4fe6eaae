//! What first value is found from: when accounts began, what they did, and when they went.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use crate::usage::folding::FeatureId;

/// The day, up to one, on which something had been done so often at an account. Each row of a day is at least once, so that no
/// more rows need be read than times.
pub(super) fn reached(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (feature, times): (FeatureId, i64),
    until: Day,
) -> Result<Option<Day>, DbError> {
    let rows: Vec<(Day, i64)> = tx.rows(
        sql!(
            "select day, events
             from usage_days
             where workspace_id = $1 and account_id = $2 and feature_id = $3 and day <= $4
             order by day
             limit $5"
        ),
        params![workspace, account, feature, until, times],
        |row| Ok((row.get("day")?, row.get("events")?)),
    )?;
    let mut sum = 0;
    let reached = rows.into_iter().find(|(_, events)| {
        sum += events;
        sum >= times
    });
    Ok(reached.map(|(day, _)| day))
}

/// When an account was added.
pub(super) fn added(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<Timestamp>, DbError> {
    tx.optional(
        sql!("select created_at from accounts where workspace_id = $1 and id = $2"),
        params![workspace, account],
        |row| row.get("created_at"),
    )
}

/// The first day on which anybody at an account did anything.
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

/// Every account, what it is called, and when it was closed.
pub(super) fn accounts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Vec<(AccountId, String, Option<Timestamp>)>, DbError> {
    tx.rows(
        sql!(
            "select a.id, a.name, c.closed_at
             from accounts a
             left join account_closures c on c.workspace_id = a.workspace_id and c.account_id = a.id
             where a.workspace_id = $1
             order by a.id"
        ),
        params![workspace],
        |row| Ok((row.get("id")?, row.get("name")?, row.get("closed_at")?)),
    )
}

/// Of accounts whose subscriptions have all been ended: when the last of them is over.
pub(super) fn ends(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<(AccountId, Day)>, DbError> {
    tx.rows(
        sql!(
            "select s.account_id, max(e.day) as last_day
             from subscriptions s
             left join subscription_ends e on e.workspace_id = s.workspace_id and e.subscription_id = s.id
             where s.workspace_id = $1
             group by s.account_id
             having count(*) = count(e.day)"
        ),
        params![workspace],
        |row| Ok((row.get("account_id")?, row.get("last_day")?)),
    )
}
