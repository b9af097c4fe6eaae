//! The rows of scores as scoring reads and writes them: of many accounts at once.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, ToParam, Tx, Value};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::outcome::{Kept, Last};
use crate::health::Now;
use crate::health::store::band;

/// What was kept last of these accounts until the end of a day.
pub(super) fn last(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    day: Day,
) -> Result<BTreeMap<AccountId, Last>, DbError> {
    let found = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select h.account_id, h.scorecard_id, h.version, h.score, h.confidence, h.band, h.parts
                   from rarray($2) r
                   cross join health_days h
                   where h.workspace_id = $1 and h.account_id = r.value
                     and h.day = (select max(b.day) from health_days b
                       where b.workspace_id = $1 and b.account_id = r.value and b.day <= $3)",
            pg: "select r.account_id, d.scorecard_id, d.version, d.score, d.confidence, d.band, d.parts
                 from unnest($2::bytea[]) as r (account_id)
                 cross join lateral (
                   select h.scorecard_id, h.version, h.score, h.confidence, h.band, h.parts
                   from health_days h
                   where h.workspace_id = $1 and h.account_id = r.account_id and h.day <= $3
                   order by h.day desc
                   limit 1
                 ) as d",
        },
        params![workspace, accounts, day],
        |row| {
            let account: AccountId = row.get("account_id")?;
            let last = Last {
                scorecard: row.get("scorecard_id")?,
                version: row.get("version")?,
                score: row.get("score")?,
                confidence: row.get("confidence")?,
                band: band(row, "band")?,
                parts: row.get("parts")?,
            };
            Ok((account, last))
        },
    )?;
    Ok(found.into_iter().collect())
}

/// Keeps scores for a day.
pub(super) fn put_days(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    day: Day,
    kept: &[Kept],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into health_days (workspace_id, account_id, day, scorecard_id, version, score, confidence, band, parts, scored_at)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                   on conflict (workspace_id, account_id, day) do update
                   set scorecard_id = excluded.scorecard_id, version = excluded.version, score = excluded.score,
                       confidence = excluded.confidence, band = excluded.band, parts = excluded.parts, scored_at = excluded.scored_at",
            pg: "insert into health_days (workspace_id, account_id, day, scorecard_id, version, score, confidence, band, parts, scored_at)
                 select $1, r.account_id, $3, r.scorecard_id, r.version, r.score, r.confidence, r.band, r.parts, r.scored_at
                 from unnest($2::bytea[], $4::bytea[], $5::bigint[], $6::float8[], $7::float8[], $8::text[], $9::text[], $10::bigint[])
                   as r (account_id, scorecard_id, version, score, confidence, band, parts, scored_at)
                 on conflict (workspace_id, account_id, day) do update
                 set scorecard_id = excluded.scorecard_id, version = excluded.version, score = excluded.score,
                     confidence = excluded.confidence, band = excluded.band, parts = excluded.parts, scored_at = excluded.scored_at",
        },
        params![
            workspace,
            Value::list(kept, |one| one.account.to_param()),
            day,
            Value::list(kept, |one| one.row.scorecard.to_param()),
            Value::list(kept, |one| one.row.version.to_param()),
            Value::list(kept, |one| one.row.score.to_param()),
            Value::list(kept, |one| one.row.confidence.to_param()),
            Value::list(kept, |one| one.row.band.as_str().to_param()),
            Value::list(kept, |one| one.row.parts.to_param()),
            Value::list(kept, |one| one.at.to_param())
        ],
    )?;
    Ok(())
}

/// Keeps how accounts are now, for lists.
pub(super) fn put_now(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    day: Day,
    kept: &[(AccountId, Now)],
) -> Result<(), DbError> {
    tx.execute_many(
        sql! {
            kind: "bulk load",
            lite: "insert into health_now (workspace_id, account_id, day, score, confidence, band, shown, trend, way, week_ago, reason,
                     mrr, since, scored_at)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                   on conflict (workspace_id, account_id) do update
                   set day = excluded.day, score = excluded.score, confidence = excluded.confidence, band = excluded.band,
                       shown = excluded.shown, trend = excluded.trend, way = excluded.way, week_ago = excluded.week_ago,
                       reason = excluded.reason, mrr = excluded.mrr, since = excluded.since, scored_at = excluded.scored_at",
            pg: "insert into health_now (workspace_id, account_id, day, score, confidence, band, shown, trend, way, week_ago, reason,
                   mrr, since, scored_at)
                 select $1, r.account_id, $3, r.score, r.confidence, r.band, r.shown, r.trend, r.way, r.week_ago, r.reason, r.mrr,
                   r.since, r.scored_at
                 from unnest($2::bytea[], $4::float8[], $5::float8[], $6::text[], $7::text[], $8::float8[], $9::text[], $10::float8[],
                     $11::text[], $12::bigint[], $13::text[], $14::bigint[])
                   as r (account_id, score, confidence, band, shown, trend, way, week_ago, reason, mrr, since, scored_at)
                 on conflict (workspace_id, account_id) do update
                 set day = excluded.day, score = excluded.score, confidence = excluded.confidence, band = excluded.band,
                     shown = excluded.shown, trend = excluded.trend, way = excluded.way, week_ago = excluded.week_ago,
                     reason = excluded.reason, mrr = excluded.mrr, since = excluded.since, scored_at = excluded.scored_at",
        },
        params![
            workspace,
            Value::list(kept, |(account, _)| account.to_param()),
            day,
            Value::list(kept, |(_, now)| now.score.to_param()),
            Value::list(kept, |(_, now)| now.confidence.to_param()),
            Value::list(kept, |(_, now)| now.band.as_str().to_param()),
            Value::list(kept, |(_, now)| now.shown.as_str().to_param()),
            Value::list(kept, |(_, now)| now.trend.to_param()),
            Value::list(kept, |(_, now)| now.way.as_str().to_param()),
            Value::list(kept, |(_, now)| now.week_ago.to_param()),
            Value::list(kept, |(_, now)| now.reason.to_param()),
            Value::list(kept, |(_, now)| now.mrr.to_param()),
            Value::list(kept, |(_, now)| now.since.to_param()),
            Value::list(kept, |(_, now)| now.at.to_param())
        ],
    )?;
    Ok(())
}
