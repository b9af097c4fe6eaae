//! The rows of what people said of accounts.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use crate::health::store::band;
use crate::health::{Band, Override, OverrideId};

pub(super) fn insert_override(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    new: &Override,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into health_overrides (workspace_id, id, account_id, band, reason, until_day, set_by, set_at, ended_at, ended_by)
             values ($1, $2, $3, $4, $5, $6, $7, $8, null, null)"
        ),
        params![
            workspace,
            new.id,
            new.account,
            new.band.as_str(),
            new.reason,
            new.until,
            new.by,
            new.at
        ],
    )?;
    Ok(())
}

pub(super) fn end_overrides(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    by: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "update health_overrides
             set ended_at = $3, ended_by = $4
             where workspace_id = $1 and account_id = $2 and ended_at is null"
        ),
        params![workspace, account, now, by],
    )?;
    Ok(())
}

/// What is said of an account and holds on `today`.
pub(super) fn said(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    today: Day,
) -> Result<Option<Override>, DbError> {
    tx.optional(
        sql!(
            "select id, account_id, band, reason, until_day, set_by, set_at
             from health_overrides
             where workspace_id = $1 and account_id = $2 and ended_at is null and until_day >= $3
             order by id desc
             limit 1"
        ),
        params![workspace, account, today],
        read_override,
    )
}

/// What was ever said of an account and when it was ended, the last first.
pub(super) fn ever_said(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<(Override, Option<Timestamp>)>, DbError> {
    tx.rows(
        sql!(
            "select id, account_id, band, reason, until_day, set_by, set_at, ended_at
             from health_overrides
             where workspace_id = $1 and account_id = $2
             order by id desc"
        ),
        params![workspace, account],
        |row| Ok((read_override(row)?, row.get("ended_at")?)),
    )
}

/// The same of many accounts: their bands, what was said last at the end.
pub(super) fn said_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    today: Day,
) -> Result<Vec<(AccountId, Band)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id, band
                   from health_overrides
                   where workspace_id = $1 and account_id in (select value from rarray($2)) and ended_at is null and until_day >= $3
                   order by id",
            pg: "select account_id, band
                 from health_overrides
                 where workspace_id = $1 and account_id = any($2) and ended_at is null and until_day >= $3
                 order by id",
        },
        params![workspace, accounts, today],
        |row| Ok((row.get("account_id")?, band(row, "band")?)),
    )
}

/// What was said and has been ended.
pub(super) fn ended(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OverrideId,
) -> Result<Option<Override>, DbError> {
    tx.optional(
        sql!(
            "select id, account_id, band, reason, until_day, set_by, set_at
             from health_overrides
             where workspace_id = $1 and id = $2 and ended_at is not null"
        ),
        params![workspace, id],
        read_override,
    )
}

fn read_override(row: &Row<'_>) -> Result<Override, DbError> {
    Ok(Override {
        id: row.get("id")?,
        account: row.get("account_id")?,
        band: band(row, "band")?,
        reason: row.get("reason")?,
        until: row.get("until_day")?,
        by: row.get("set_by")?,
        at: row.get("set_at")?,
    })
}
