//! The rows of whose past is to be written anew.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

pub(super) fn ask(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    from: Day,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into usage_pasts (workspace_id, account_id, from_day, asked_at)
             select a.workspace_id, a.id, $3, $4
             from accounts a
             where a.workspace_id = $1 and a.id = $2
             on conflict (workspace_id, account_id) do update
             set from_day = case when excluded.from_day < usage_pasts.from_day then excluded.from_day else usage_pasts.from_day end,
               asked_at = excluded.asked_at"
        ),
        params![workspace, account, from, now],
    )?;
    Ok(())
}

pub(super) fn ask_all(tx: &mut Tx<'_>, workspace: WorkspaceId, from: Day) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into usage_pasts (workspace_id, account_id, from_day, asked_at)
             select a.workspace_id, a.id, $2, $3
             from accounts a
             where a.workspace_id = $1
             on conflict (workspace_id, account_id) do update
             set from_day = case when excluded.from_day < usage_pasts.from_day then excluded.from_day else usage_pasts.from_day end,
               asked_at = excluded.asked_at"
        ),
        params![workspace, from, now],
    )?;
    Ok(())
}

/// Some of those who were asked for before a moment, and from which day on.
pub(super) fn asked(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<(AccountId, Day)>, DbError> {
    tx.rows(
        sql!(
            "select account_id, from_day
             from usage_pasts
             where workspace_id = $1 and asked_at < $2
             order by account_id
             limit $3"
        ),
        params![workspace, before, limit],
        |row| Ok((row.get("account_id")?, row.get("from_day")?)),
    )
}

pub(super) fn done(tx: &mut Tx<'_>, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from usage_pasts where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
    )?;
    Ok(())
}

// global: looked for in all workspaces
pub(super) fn waiting(tx: &mut Tx<'_>) -> Result<Vec<WorkspaceId>, DbError> {
    tx.rows(
        sql!("select workspace_id from usage_past_runs order by workspace_id"),
        params![],
        |row| row.get("workspace_id"),
    )
}

/// How many are still to be done.
pub(super) fn left(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    tx.one(
        sql!("select count(*) as number from usage_pasts where workspace_id = $1"),
        params![workspace],
        |row| row.get("number"),
    )
}

/// How many there were together.
pub(super) fn total(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<i64>, DbError> {
    tx.optional(
        sql!("select total from usage_past_runs where workspace_id = $1"),
        params![workspace],
        |row| row.get("total"),
    )
}

/// Keeps how many there are together, and whether it is to be found out since when anything is known.
pub(super) fn run(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (total, looks_back): (i64, bool),
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_past_runs (workspace_id, total, looks_back)
             values ($1, $2, $3)
             on conflict (workspace_id) do update
             set total = excluded.total, looks_back = (usage_past_runs.looks_back or excluded.looks_back)"
        ),
        params![workspace, total, looks_back],
    )?;
    Ok(())
}

pub(super) fn looks_back(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    let found = tx.optional(
        sql!("select looks_back from usage_past_runs where workspace_id = $1"),
        params![workspace],
        |row| row.get("looks_back"),
    )?;
    Ok(found.unwrap_or(false))
}

pub(super) fn has_looked_back(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    tx.execute(
        sql!("update usage_past_runs set looks_back = false where workspace_id = $1"),
        params![workspace],
    )?;
    Ok(())
}

pub(super) fn end(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from usage_past_runs where workspace_id = $1"),
        params![workspace],
    )?;
    Ok(())
}
