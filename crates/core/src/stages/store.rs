//! The rows that say on which stages accounts are and were.

use kit::clock::Timestamp;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};

use super::{Span, Stay};
use crate::accounts::AccountId;
use crate::ladders::{self, Ladder, Rung, RungId};
use crate::workspaces::WorkspaceId;

pub(super) fn begin(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    stage: RungId,
    by: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into account_stages (workspace_id, account_id, number, rung_id, set_by, since_at, until_at)
             select $1, $2, coalesce(max(s.number), 0) + 1, $3, $4, $5, null
             from account_stages s
             where s.workspace_id = $1 and s.account_id = $2"
        ),
        params![workspace, account, stage, by, now],
    )?;
    Ok(())
}

/// The first span of accounts that have none.
pub(super) fn begin_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    stage: RungId,
    by: &str,
) -> Result<(), DbError> {
    let now = tx.now();
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into account_stages (workspace_id, account_id, number, rung_id, set_by, since_at)
                   values ($1, $2, 1, $3, $4, $5)",
            pg: "insert into account_stages (workspace_id, account_id, number, rung_id, set_by, since_at)
                 select $1, r.account_id, 1, $3, $4, $5
                 from unnest($2::bytea[]) as r (account_id)",
        },
        params![workspace, accounts, stage, by, now],
    )?;
    Ok(())
}

/// Those of these accounts that have ever been on a stage.
pub(super) fn begun(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<AccountId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select distinct account_id from account_stages where workspace_id = $1 and account_id in rarray($2)",
            pg: "select distinct account_id from account_stages where workspace_id = $1 and account_id = any($2)",
        },
        params![workspace, accounts],
        |row| row.get("account_id"),
    )
}

pub(super) fn end(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    at: Timestamp,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update account_stages
             set until_at = $3
             where workspace_id = $1 and account_id = $2 and until_at is null"
        ),
        params![workspace, account, at],
    )?;
    Ok(())
}

/// The present stages of these accounts.
pub(super) fn now(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Rung)>, DbError> {
    let held: Vec<(AccountId, RungId)> = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id, rung_id
                   from account_stages
                   where workspace_id = $1 and account_id in (select value from rarray($2)) and until_at is null",
            pg: "select account_id, rung_id
                 from account_stages
                 where workspace_id = $1 and account_id = any($2) and until_at is null",
        },
        params![workspace, accounts],
        |row| Ok((row.get("account_id")?, row.get("rung_id")?)),
    )?;
    if held.is_empty() {
        return Ok(Vec::new());
    }
    let rungs = ladders::all(tx, workspace, Ladder::Stages)?;
    let rung = |(account, id): (AccountId, RungId)| {
        let rung = rungs.iter().find(|rung| rung.id == id)?;
        Some((account, rung.clone()))
    };
    Ok(held.into_iter().filter_map(rung).collect())
}

/// When these accounts were on which stages: whose, which, from when, until when; each in the order of time.
pub(super) fn stays(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Stay)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id, rung_id, since_at, until_at
                   from account_stages
                   where workspace_id = $1 and account_id in (select value from rarray($2))
                   order by account_id, number",
            pg: "select account_id, rung_id, since_at, until_at
                 from account_stages
                 where workspace_id = $1 and account_id = any($2)
                 order by account_id, number",
        },
        params![workspace, accounts],
        |row| {
            let stay = Stay {
                stage: row.get("rung_id")?,
                since: row.get("since_at")?,
                until: row.get("until_at")?,
            };
            Ok((row.get("account_id")?, stay))
        },
    )
}

/// On which stages an account was, the newest first.
pub(super) fn spans(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
) -> Result<Vec<Span>, DbError> {
    type Held = (RungId, String, Timestamp, Option<Timestamp>);
    let read = |row: &Row<'_>| -> Result<Held, DbError> {
        Ok((
            row.get("rung_id")?,
            row.get("set_by")?,
            row.get("since_at")?,
            row.get("until_at")?,
        ))
    };
    let held = tx.rows(
        sql!(
            "select rung_id, set_by, since_at, until_at
             from account_stages
             where workspace_id = $1 and account_id = $2
             order by number desc
             limit 200"
        ),
        params![workspace, account],
        read,
    )?;
    let rungs = ladders::all(tx, workspace, Ladder::Stages)?;
    let span = |(id, by, since, until): Held| {
        let stage = rungs.iter().find(|rung| rung.id == id)?.clone();
        Some(Span {
            stage,
            by,
            since,
            until,
        })
    };
    Ok(held.into_iter().filter_map(span).collect())
}
