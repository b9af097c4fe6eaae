//! Who was begun and who was left alone, and what became of them.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use crate::playbooks::{Content, PlaybookId};

/// What a comparison counts at most on a side.
pub(super) const MOST: usize = 20_000;
/// One more: by which it is seen that there are more.
const READ: i64 = 20_001;

/// The runs of a playbook, the first first, one more than are counted: account, version, cause, when it began.
pub(super) fn runs(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    playbook: PlaybookId,
) -> Result<Vec<(AccountId, i64, String, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select account_id, version, cause, began_at
             from playbook_runs
             where workspace_id = $1 and playbook_id = $2
             order by began_at, id
             limit $3"
        ),
        params![workspace, playbook, READ],
        |row| {
            Ok((
                row.get("account_id")?,
                row.get("version")?,
                row.get("cause")?,
                row.get("began_at")?,
            ))
        },
    )
}

/// Who was left alone, since when, the first first.
pub(super) fn left_alone(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    playbook: PlaybookId,
) -> Result<Vec<(AccountId, Timestamp)>, DbError> {
    tx.rows(
        sql!(
            "select account_id, held_at
             from playbook_holdouts
             where workspace_id = $1 and playbook_id = $2
             order by held_at, account_id
             limit $3"
        ),
        params![workspace, playbook, READ],
        |row| Ok((row.get("account_id")?, row.get("held_at")?)),
    )
}

/// What every version of a playbook says.
pub(super) fn versions(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    playbook: PlaybookId,
) -> Result<Vec<(i64, Content)>, DbError> {
    tx.rows(
        sql!(
            "select version, content
             from playbook_versions
             where workspace_id = $1 and playbook_id = $2
             order by version"
        ),
        params![workspace, playbook],
        |row| {
            let content: String = row.get("content")?;
            let content = serde_json::from_str(&content);
            Ok((
                row.get("version")?,
                content.map_err(|_| row.broken("content", "what a playbook says"))?,
            ))
        },
    )
}

/// From which day on accounts had which score: the rows since a day, and the last before it.
pub(super) fn scores(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    from: Day,
) -> Result<Vec<(AccountId, Day, Option<f64>)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select h.account_id, h.day, h.score
                   from health_days h
                   where h.workspace_id = $1 and h.account_id in (select value from rarray($2))
                     and h.day >= coalesce((select max(b.day) from health_days b
                       where b.workspace_id = $1 and b.account_id = h.account_id and b.day <= $3), $3)
                   order by h.account_id, h.day",
            pg: "select h.account_id, h.day, h.score
                 from health_days h
                 where h.workspace_id = $1 and h.account_id = any($2)
                   and h.day >= coalesce((select max(b.day) from health_days b
                     where b.workspace_id = $1 and b.account_id = h.account_id and b.day <= $3), $3)
                 order by h.account_id, h.day",
        },
        params![workspace, accounts, from],
        |row| Ok((row.get("account_id")?, row.get("day")?, row.get("score")?)),
    )
}

/// The same of a metric.
pub(super) fn measured(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
    (metric, from): (&str, Day),
) -> Result<Vec<(AccountId, Day, Option<f64>)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select d.account_id, d.day, d.value
                   from metric_days d
                   where d.workspace_id = $1 and d.account_id in (select value from rarray($2)) and d.metric = $3
                     and d.day >= coalesce((select max(b.day) from metric_days b
                       where b.workspace_id = $1 and b.account_id = d.account_id and b.metric = $3 and b.day <= $4), $4)
                   order by d.account_id, d.day",
            pg: "select d.account_id, d.day, d.value
                 from metric_days d
                 where d.workspace_id = $1 and d.account_id = any($2) and d.metric = $3
                   and d.day >= coalesce((select max(b.day) from metric_days b
                     where b.workspace_id = $1 and b.account_id = d.account_id and b.metric = $3 and b.day <= $4), $4)
                 order by d.account_id, d.day",
        },
        params![workspace, accounts, metric, from],
        |row| Ok((row.get("account_id")?, row.get("day")?, row.get("value")?)),
    )
}

/// An alert: whose, of which rule, when it was opened and closed, and whether its cause was seen to be gone or somebody acted.
pub(super) struct Warned {
    pub(super) account: AccountId,
    pub(super) rule: String,
    pub(super) opened: Timestamp,
    pub(super) closed: Option<Timestamp>,
    pub(super) state: String,
}

/// The alerts of a risk that rules found at accounts; what somebody told eases by no cause that is gone.
pub(super) fn alerts(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<Warned>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.account_id, a.rule_id, a.opened_at, a.closed_at, a.state
                   from alerts a
                   where a.workspace_id = $1 and a.account_id in (select value from rarray($2)) and a.way = 'risk'
                     and a.rule_id is not null
                   order by a.account_id, a.opened_at",
            pg: "select a.account_id, a.rule_id, a.opened_at, a.closed_at, a.state
                 from alerts a
                 where a.workspace_id = $1 and a.account_id = any($2) and a.way = 'risk'
                   and a.rule_id is not null
                 order by a.account_id, a.opened_at",
        },
        params![workspace, accounts],
        |row| {
            let rule: crate::alerts::rules::WarningRuleId = row.get("rule_id")?;
            Ok(Warned {
                account: row.get("account_id")?,
                rule: rule.to_string(),
                opened: row.get("opened_at")?,
                closed: row.get("closed_at")?,
                state: row.get("state")?,
            })
        },
    )
}

/// Which accounts are closed, since when.
pub(super) fn closed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<(AccountId, Timestamp)>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id, closed_at
                   from account_closures
                   where workspace_id = $1 and account_id in (select value from rarray($2))",
            pg: "select account_id, closed_at
                 from account_closures
                 where workspace_id = $1 and account_id = any($2)",
        },
        params![workspace, accounts],
        |row| Ok((row.get("account_id")?, row.get("closed_at")?)),
    )
}
