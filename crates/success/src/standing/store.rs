//! The rows from which the standing of accounts is read.

use std::collections::BTreeMap;

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use crate::alerts::WarningRuleId;
use crate::health::Band;

/// An account, its score now, the one of a past day, its band.
type Score = (AccountId, Option<f64>, Option<f64>, Band);

pub(super) fn scores(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    day: Day,
) -> Result<Vec<Score>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select h.account_id, h.score, h.shown,
                     (select d.score from health_days d
                       where d.workspace_id = h.workspace_id and d.account_id = h.account_id and d.day <= $3
                       order by d.day desc limit 1) as before
                   from health_now h
                   where h.workspace_id = $1 and h.account_id in (select value from rarray($2))",
            pg: "select h.account_id, h.score, h.shown,
                   (select d.score from health_days d
                     where d.workspace_id = h.workspace_id and d.account_id = h.account_id and d.day <= $3
                     order by d.day desc limit 1) as before
                 from health_now h
                 where h.workspace_id = $1 and h.account_id = any($2)",
        },
        params![workspace, accounts, day],
        |row| {
            let band: String = row.get("shown")?;
            let band = Band::named(&band).ok_or_else(|| row.broken("shown", "a band"))?;
            Ok((
                row.get("account_id")?,
                row.get("score")?,
                row.get("before")?,
                band,
            ))
        },
    )
}

/// How many open warnings there are at each of these accounts, without those of some rules.
pub(super) fn warnings(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    hidden: &[WarningRuleId],
) -> Result<BTreeMap<AccountId, i64>, DbError> {
    let rows = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id, count(*) as warnings
                   from alerts
                   where workspace_id = $1 and account_id in (select value from rarray($2)) and state = 'open' and way = 'risk'
                     and (rule_id is null or rule_id not in (select value from rarray($3)))
                   group by account_id",
            pg: "select account_id, count(*) as warnings
                 from alerts
                 where workspace_id = $1 and account_id = any($2) and state = 'open' and way = 'risk'
                   and (rule_id is null or rule_id <> all($3))
                 group by account_id",
        },
        params![workspace, accounts, hidden],
        |row| Ok((row.get("account_id")?, row.get("warnings")?)),
    )?;
    Ok(rows.into_iter().collect())
}
