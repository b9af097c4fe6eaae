//! The rows of whose past is to be written anew.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::Asked;

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

/// Some of those after an account who were asked for before a moment.
pub(super) fn asked(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: Timestamp,
    (after, limit): (AccountId, i64),
) -> Result<Vec<Asked>, DbError> {
    tx.rows(
        sql!(
            "select account_id, from_day, asked_at
             from usage_pasts
             where workspace_id = $1 and asked_at < $2 and account_id > $3
             order by account_id
             limit $4"
        ),
        params![workspace, before, after, limit],
        |row| {
            Ok(Asked {
                account: row.get("account_id")?,
                from: row.get("from_day")?,
                at: row.get("asked_at")?,
            })
        },
    )
}

/// Whether any was asked for at a moment or after it.
pub(super) fn waits(tx: &mut Tx<'_>, workspace: WorkspaceId, since: Timestamp) -> Result<bool, DbError> {
    let found: Option<AccountId> = tx.optional(
        sql!("select account_id from usage_pasts where workspace_id = $1 and asked_at >= $2 limit 1"),
        params![workspace, since],
        |row| row.get("account_id"),
    )?;
    Ok(found.is_some())
}

/// Takes what was asked for away; false when it was asked for again since, or is gone.
pub(super) fn take(tx: &mut Tx<'_>, workspace: WorkspaceId, asked: Asked) -> Result<bool, DbError> {
    let taken = tx.execute(
        sql!("delete from usage_pasts where workspace_id = $1 and account_id = $2 and asked_at = $3"),
        params![workspace, asked.account, asked.at],
    )?;
    Ok(taken > 0)
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

/// Keeps how many there are together.
pub(super) fn run(tx: &mut Tx<'_>, workspace: WorkspaceId, total: i64) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_past_runs (workspace_id, total)
             values ($1, $2)
             on conflict (workspace_id) do update
             set total = excluded.total"
        ),
        params![workspace, total],
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
