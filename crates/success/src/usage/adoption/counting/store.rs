//! The rows of what accounts do with features, and of accounts that wait to be counted.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, ToParam, Tx, Value};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::{Counted, Did, Due};
use crate::usage::folding::FeatureId;

/// Marks accounts. A mark that is there stays as old as it is, and is another from now on: what is counted meanwhile is not kept.
pub(super) fn mark(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    at: Timestamp,
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into usage_adoption_due (workspace_id, account_id, moved_at, revision)
                   values ($1, $2, $3, 0)
                   on conflict (workspace_id, account_id) do update
                   set revision = usage_adoption_due.revision + 1",
            pg: "insert into usage_adoption_due (workspace_id, account_id, moved_at, revision)
                 select $1, r.account_id, $3, 0
                 from unnest($2::bytea[]) as r (account_id)
                 on conflict (workspace_id, account_id) do update
                 set revision = usage_adoption_due.revision + 1",
        },
        params![workspace, Value::list(accounts, |account| account.to_param()), at],
    )?;
    Ok(())
}

/// Marks every account that was counted: a day has begun.
pub(in crate::usage::adoption) fn mark_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    at: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_adoption_due (workspace_id, account_id, moved_at, revision)
             select workspace_id, account_id, cast($2 as bigint), 0
             from usage_adopters
             where workspace_id = $1
             on conflict (workspace_id, account_id) do update
             set revision = usage_adoption_due.revision + 1"
        ),
        params![workspace, at],
    )?;
    Ok(())
}

/// Takes the mark of an account away.
pub(in crate::usage::adoption) fn unmark(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from usage_adoption_due where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
    )?;
    Ok(())
}

/// The mark of an account.
pub(super) fn due(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Option<Due>, DbError> {
    tx.optional(
        sql!("select moved_at, revision from usage_adoption_due where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
        |row| {
            Ok(Due {
                moved: row.get("moved_at")?,
                revision: row.get("revision")?,
            })
        },
    )
}

/// Takes this mark of an account away; false when it is another by now, or gone.
pub(super) fn unmark_at(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    due: Due,
) -> Result<bool, DbError> {
    let taken = tx.execute(
        sql!(
            "delete from usage_adoption_due
             where workspace_id = $1 and account_id = $2 and moved_at = $3 and revision = $4"
        ),
        params![workspace, account, due.moved, due.revision],
    )?;
    Ok(taken > 0)
}

/// Whether an account of a workspace is marked.
pub(in crate::usage::adoption) fn waits(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    Ok(oldest(tx, workspace)?.is_some())
}

/// When the account was marked that waits longest.
pub(in crate::usage::adoption) fn oldest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
) -> Result<Option<Timestamp>, DbError> {
    tx.one(
        sql!("select min(moved_at) as moved_at from usage_adoption_due where workspace_id = $1"),
        params![workspace],
        |row| row.get("moved_at"),
    )
}

/// Up to `limit` accounts that wait, the longest first, after one of them; each with since when.
pub(in crate::usage::adoption) fn waiting(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (at, after): (Timestamp, AccountId),
    limit: i64,
) -> Result<Vec<(Timestamp, AccountId)>, DbError> {
    tx.rows(
        sql!(
            "select moved_at, account_id
             from usage_adoption_due
             where workspace_id = $1 and moved_at >= $2 and (moved_at > $2 or account_id > $3)
             order by moved_at, account_id
             limit $4"
        ),
        params![workspace, at, after, limit],
        |row| Ok((row.get("moved_at")?, row.get("account_id")?)),
    )
}

/// What was done at an account from a day on.
pub(super) fn did(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    since: Day,
) -> Result<Vec<Did>, DbError> {
    tx.rows(
        sql!(
            "select feature_id, who_id, day, events
             from usage_days
             where workspace_id = $1 and account_id = $2 and day >= $3"
        ),
        params![workspace, account, since],
        |row| {
            Ok(Did {
                feature: row.get("feature_id")?,
                who: row.get("who_id")?,
                day: row.get("day")?,
                events: row.get("events")?,
            })
        },
    )
}

/// When each feature was first and last used at an account.
pub(super) fn spans(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<(FeatureId, Timestamp, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select feature_id, min(first_at) as first_at, max(last_at) as last_at
             from usage_days
             where workspace_id = $1 and account_id = $2
             group by feature_id
             order by feature_id"
        ),
        params![workspace, account],
        |row| Ok((row.get("feature_id")?, row.get("first_at")?, row.get("last_at")?)),
    )
}

/// Forgets what was counted of an account.
pub(in crate::usage::adoption) fn clear(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<(), DbError> {
    tx.execute(
        sql!("delete from usage_adoption where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
    )?;
    tx.execute(
        sql!("delete from usage_adopters where workspace_id = $1 and account_id = $2"),
        params![workspace, account],
    )?;
    Ok(())
}

/// Keeps what was counted of an account.
pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    rows: &[Counted],
) -> Result<(), DbError> {
    let number =
        |pick: fn(&Counted) -> i64| Value::List(rows.iter().map(|row| Value::Int(pick(row))).collect());
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into usage_adoption (workspace_id, account_id, feature_id, people_7, events_7, before_7, people_30, events_30,
                     before_30, people_90, events_90, before_90, weeks, first_at, last_at)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            pg: "insert into usage_adoption (workspace_id, account_id, feature_id, people_7, events_7, before_7, people_30, events_30,
                   before_30, people_90, events_90, before_90, weeks, first_at, last_at)
                 select $1, $2, r.feature_id, r.people_7, r.events_7, r.before_7, r.people_30, r.events_30,
                   r.before_30, r.people_90, r.events_90, r.before_90, r.weeks, r.first_at, r.last_at
                 from unnest($3::bytea[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
                     $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[])
                   as r (feature_id, people_7, events_7, before_7, people_30, events_30, before_30,
                     people_90, events_90, before_90, weeks, first_at, last_at)",
        },
        params![
            workspace,
            account,
            Value::list(rows, |row| row.feature.to_param()),
            number(|row| row.windows[0].0),
            number(|row| row.windows[0].1),
            number(|row| row.windows[0].2),
            number(|row| row.windows[1].0),
            number(|row| row.windows[1].1),
            number(|row| row.windows[1].2),
            number(|row| row.windows[2].0),
            number(|row| row.windows[2].1),
            number(|row| row.windows[2].2),
            number(|row| row.weeks),
            number(|row| row.first.0),
            number(|row| row.last.0)
        ],
    )?;
    Ok(())
}

/// Keeps how many people were there at all.
pub(super) fn put_people(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    [week, month, quarter]: [i64; 3],
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into usage_adopters (workspace_id, account_id, people_7, people_30, people_90)
             values ($1, $2, $3, $4, $5)"
        ),
        params![workspace, account, week, month, quarter],
    )?;
    Ok(())
}
