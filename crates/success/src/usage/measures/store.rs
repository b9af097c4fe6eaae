//! What the days of usage come to.

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use crate::usage::people::NameId;

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

/// Who was there on which days.
pub(super) fn seen(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (from, until): (Day, Day),
) -> Result<Vec<(NameId, Day)>, DbError> {
    tx.rows(
        sql!(
            "select distinct who_id, day
             from usage_days
             where workspace_id = $1 and account_id = $2 and day >= $3 and day <= $4"
        ),
        params![workspace, account, from, until],
        |row| Ok((row.get("who_id")?, row.get("day")?)),
    )
}

/// How many different things were done.
pub(super) fn features(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    (from, until): (Day, Day),
) -> Result<i64, DbError> {
    tx.one(
        sql!(
            "select count(distinct feature_id) as features
             from usage_days
             where workspace_id = $1 and account_id = $2 and day >= $3 and day <= $4"
        ),
        params![workspace, account, from, until],
        |row| row.get("features"),
    )
}
