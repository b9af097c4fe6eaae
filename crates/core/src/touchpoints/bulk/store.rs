//! The rows of many touchpoints at once.

use kit::db::{DbError, ToParam, Tx, Value};
use kit::{params, sql};

use crate::accounts::AccountId;
use crate::touchpoints::{Judged, Touchpoint, TouchpointId, kinds};
use crate::workspaces::WorkspaceId;

/// Traces alike but for their ids and accounts.
pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, traces: &[Touchpoint]) -> Result<(), DbError> {
    let Some(first) = traces.first() else {
        return Ok(());
    };
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into touchpoints (workspace_id, id, account_id, kind, channel, direction, author, summary, happened_at, recorded_at)
                   values ($1, $2, $3, $4, $5, $6, $7, '', $8, $9)",
            pg: "insert into touchpoints (workspace_id, id, account_id, kind, channel, direction, author, summary, happened_at, recorded_at)
                 select $1, r.id, r.account_id, $4, $5, $6, $7, '', $8, $9
                 from unnest($2::bytea[], $3::bytea[]) as r (id, account_id)",
        },
        params![
            workspace,
            Value::list(traces, |trace| trace.id.to_param()),
            Value::list(traces, |trace| trace.account.to_param()),
            first.kind,
            first.channel.as_str(),
            first.direction.as_str(),
            first.author,
            first.happened_at,
            first.recorded_at
        ],
    )?;
    Ok(())
}

/// Touchpoints of any kind.
pub(super) fn insert_all(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    touchpoints: &[Touchpoint],
) -> Result<(), DbError> {
    let impressions: Vec<Option<i64>> = touchpoints
        .iter()
        .map(|one| one.impression.as_ref().map(|judged| judged.impression.value()))
        .collect();
    let judged = |of: fn(&Judged) -> &String| -> Vec<Option<String>> {
        touchpoints
            .iter()
            .map(|one| one.impression.as_ref().map(|judged| of(judged).clone()))
            .collect()
    };
    let (by, reasons) = (judged(|judged| &judged.by), judged(|judged| &judged.reason));
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into touchpoints (workspace_id, id, account_id, contact_id, kind, channel, direction, author, summary, evidence,
                     happened_at, recorded_at, impression, impression_by, impression_reason)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            pg: "insert into touchpoints (workspace_id, id, account_id, contact_id, kind, channel, direction, author, summary, evidence,
                   happened_at, recorded_at, impression, impression_by, impression_reason)
                 select $1, r.id, r.account_id, r.contact_id, r.kind, r.channel, r.direction, r.author, r.summary, r.evidence,
                   r.happened_at, r.recorded_at, r.impression, r.impression_by, r.impression_reason
                 from unnest($2::bytea[], $3::bytea[], $4::bytea[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
                     $10::text[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[], $15::text[])
                   as r (id, account_id, contact_id, kind, channel, direction, author, summary, evidence, happened_at, recorded_at,
                     impression, impression_by, impression_reason)",
        },
        params![
            workspace,
            Value::list(touchpoints, |one| one.id.to_param()),
            Value::list(touchpoints, |one| one.account.to_param()),
            Value::list(touchpoints, |one| one.contact.to_param()),
            Value::list(touchpoints, |one| one.kind.to_param()),
            Value::list(touchpoints, |one| one.channel.as_str().to_param()),
            Value::list(touchpoints, |one| one.direction.as_str().to_param()),
            Value::list(touchpoints, |one| one.author.to_param()),
            Value::list(touchpoints, |one| one.summary.to_param()),
            Value::list(touchpoints, |one| one.evidence.to_param()),
            Value::list(touchpoints, |one| one.happened_at.to_param()),
            Value::list(touchpoints, |one| one.recorded_at.to_param()),
            impressions[..],
            by[..],
            reasons[..]
        ],
    )?;
    Ok(())
}

pub(super) fn touched(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<AccountId>, DbError> {
    let came = kinds::ACCOUNT_ADDED.kind.word;
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select distinct account_id from touchpoints
                   where workspace_id = $1 and account_id in rarray($2) and (kind <> $3 or impression is not null)",
            pg: "select distinct account_id from touchpoints
                 where workspace_id = $1 and account_id = any($2) and (kind <> $3 or impression is not null)",
        },
        params![workspace, accounts, came],
        |row| row.get("account_id"),
    )
}

pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<TouchpointId>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select id from touchpoints where workspace_id = $1 and account_id in rarray($2)",
            pg: "select id from touchpoints where workspace_id = $1 and account_id = any($2)",
        },
        params![workspace, accounts],
        |row| row.get("id"),
    )
}

pub(super) fn delete(tx: &mut Tx<'_>, workspace: WorkspaceId, ids: &[TouchpointId]) -> Result<(), DbError> {
    let statements = [
        sql! {
            kind: "bulk load",
            lite: "delete from touchpoint_impressions where workspace_id = $1 and touchpoint_id = $2",
            pg: "delete from touchpoint_impressions where workspace_id = $1 and touchpoint_id = any($2)",
        },
        sql! {
            kind: "bulk load",
            lite: "delete from touchpoint_withdrawals where workspace_id = $1 and touchpoint_id = $2",
            pg: "delete from touchpoint_withdrawals where workspace_id = $1 and touchpoint_id = any($2)",
        },
        sql! {
            kind: "bulk load",
            lite: "delete from touchpoints where workspace_id = $1 and id = $2",
            pg: "delete from touchpoints where workspace_id = $1 and id = any($2)",
        },
    ];
    for statement in statements {
        tx.execute_many(statement, params![workspace, ids])?;
    }
    Ok(())
}
