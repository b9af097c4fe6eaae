//! The rows of alerts and of what happened to them.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Row, Tx};
use kit::{params, sql};
use tandem_core::accounts::AccountId;
use tandem_core::workspaces::WorkspaceId;

use super::rules::WarningRuleId;
use super::{
    Alert, AlertId, Change, Did, Finding, Severity, Signal, SignalKind, Source, State, Way, Weight, Work,
};

/// What an account usually brings, and when that was counted.
pub(super) fn scale(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<(Day, i64)>, DbError> {
    tx.optional(
        sql!("select day, usual from alert_scales where workspace_id = $1"),
        params![workspace],
        |row| Ok((row.get("day")?, row.get("usual")?)),
    )
}

pub(super) fn put_scale(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    day: Day,
    usual: i64,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "insert into alert_scales (workspace_id, day, usual)
             values ($1, $2, $3)
             on conflict (workspace_id) do update
             set day = excluded.day, usual = excluded.usual"
        ),
        params![workspace, day, usual],
    )?;
    Ok(())
}

/// What each account brings that brings anything.
pub(super) fn revenues(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<f64>, DbError> {
    tx.rows(
        sql!(
            "select mrr
             from account_worths
             where workspace_id = $1 and mrr > 0"
        ),
        params![workspace],
        |row| Ok(row.get::<i64>("mrr")? as f64),
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, workspace: WorkspaceId, new: &Alert) -> Result<(), DbError> {
    let (found, finds) = (written(&new.found), written(&new.finds));
    let version = match &new.source {
        Source::Rule { version, .. } => Some(*version),
        Source::Signal(_) => None,
    };
    tx.execute(
        sql!(
            "insert into alerts (workspace_id, id, account_id, rule_id, version, way, state, severity, rank, mrr, confidence, usual,
               found, finds, opened_day, opened_at, quiet_since, taken_by, snoozed_until, word, words, closed_at, closed_by)
             values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, $10, $11, $12, $13, $14, $15, null, null, null, '', '', null, null)"
        ),
        params![
            workspace,
            new.id,
            new.account,
            new.rule(),
            version,
            new.way.as_str(),
            new.weight.severity.as_str(),
            new.weight.rank,
            new.weight.mrr,
            new.weight.confidence,
            new.weight.usual,
            found,
            finds,
            new.opened_day,
            new.opened_at
        ],
    )?;
    Ok(())
}

/// Keeps what is found now, what it weighs, and since when nothing is.
pub(super) fn update_findings(tx: &mut Tx<'_>, workspace: WorkspaceId, alert: &Alert) -> Result<(), DbError> {
    let weight = &alert.weight;
    tx.execute(
        sql!(
            "update alerts
             set finds = $3, severity = $4, rank = $5, mrr = $6, confidence = $7, usual = $8, quiet_since = $9
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            alert.id,
            written(&alert.finds),
            weight.severity.as_str(),
            weight.rank,
            weight.mrr,
            weight.confidence,
            weight.usual,
            alert.quiet_since
        ],
    )?;
    Ok(())
}

pub(super) fn update_work(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: AlertId,
    work: &Work,
) -> Result<(), DbError> {
    tx.execute(
        sql!(
            "update alerts
             set state = $3, taken_by = $4, snoozed_until = $5, word = $6, words = $7, closed_at = $8, closed_by = $9,
               quiet_since = case when closed_at is not null and cast($8 as bigint) is null then null else quiet_since end
             where workspace_id = $1 and id = $2"
        ),
        params![
            workspace,
            id,
            work.state.as_str(),
            work.taken_by,
            work.snoozed_until,
            work.word,
            work.words,
            work.closed_at,
            work.closed_by
        ],
    )?;
    Ok(())
}

pub(super) fn insert_change(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: AccountId,
    new: &Change,
) -> Result<(), DbError> {
    let said = |work: &Work| serde_json::to_string(work).expect("where it stands is JSON");
    tx.execute(
        sql!(
            "insert into alert_changes (workspace_id, id, alert_id, account_id, did, before, after, done_by, done_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            workspace,
            new.id,
            new.alert,
            account,
            new.did.as_str(),
            said(&new.before),
            said(&new.after),
            new.by,
            new.at
        ],
    )?;
    Ok(())
}

/// What happened to an alert, the last first.
pub(super) fn changes(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    alert: AlertId,
) -> Result<Vec<Change>, DbError> {
    tx.rows(
        sql!(
            "select id, alert_id, did, before, after, done_by, done_at
             from alert_changes
             where workspace_id = $1 and alert_id = $2
             order by done_at desc, id desc"
        ),
        params![workspace, alert],
        |row| {
            let work = |column: &'static str| -> Result<Work, DbError> {
                let said: String = row.get(column)?;
                serde_json::from_str(&said).map_err(|_| row.broken(column, "where an alert stands"))
            };
            let did: String = row.get("did")?;
            Ok(Change {
                id: row.get("id")?,
                alert: row.get("alert_id")?,
                did: Did::named(&did).ok_or_else(|| row.broken("did", "what happened"))?,
                before: work("before")?,
                after: work("after")?,
                by: row.get("done_by")?,
                at: row.get("done_at")?,
            })
        },
    )
}

pub(super) fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AlertId) -> Result<Option<Alert>, DbError> {
    tx.optional(
        sql!(
            "select a.id, a.account_id, a.rule_id, a.version, a.way, a.state, a.severity, a.rank, a.mrr, a.confidence, a.usual,
               a.found, a.finds, a.opened_day, a.opened_at, a.quiet_since, a.taken_by, a.snoozed_until, a.word, a.words,
               a.closed_at, a.closed_by, coalesce(t.id, g.id) as owner, s.id as signal_id, s.kind, s.words as told,
               s.ticket, s.contact_id, s.told_by, s.agent_id as teller, s.told_at
             from alerts a
             left join alert_signals s on s.workspace_id = a.workspace_id and s.alert_id = a.id
             left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
             left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
             left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
             where a.workspace_id = $1 and a.id = $2"
        ),
        params![workspace, id],
        read,
    )
}

/// The alerts of these accounts that are not closed, the first opened first.
pub(super) fn unclosed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<Vec<Alert>, DbError> {
    tx.rows(
        sql! {
            kind: "list of values",
            lite: "select a.id, a.account_id, a.rule_id, a.version, a.way, a.state, a.severity, a.rank, a.mrr, a.confidence, a.usual,
                     a.found, a.finds, a.opened_day, a.opened_at, a.quiet_since, a.taken_by, a.snoozed_until, a.word, a.words,
                     a.closed_at, a.closed_by, coalesce(t.id, g.id) as owner, s.id as signal_id, s.kind, s.words as told,
                     s.ticket, s.contact_id, s.told_by, s.agent_id as teller, s.told_at
                   from alerts a
                   left join alert_signals s on s.workspace_id = a.workspace_id and s.alert_id = a.id
                   left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                   left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                   left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                   where a.workspace_id = $1 and a.account_id in (select value from rarray($2)) and a.closed_at is null
                   order by a.opened_at, a.id",
            pg: "select a.id, a.account_id, a.rule_id, a.version, a.way, a.state, a.severity, a.rank, a.mrr, a.confidence, a.usual,
                   a.found, a.finds, a.opened_day, a.opened_at, a.quiet_since, a.taken_by, a.snoozed_until, a.word, a.words,
                   a.closed_at, a.closed_by, coalesce(t.id, g.id) as owner, s.id as signal_id, s.kind, s.words as told,
                   s.ticket, s.contact_id, s.told_by, s.agent_id as teller, s.told_at
                 from alerts a
                 left join alert_signals s on s.workspace_id = a.workspace_id and s.alert_id = a.id
                 left join agents t on t.workspace_id = a.workspace_id and t.id = a.taken_by and t.is_active
                 left join account_owners o on o.workspace_id = a.workspace_id and o.account_id = a.account_id and o.until_at is null
                 left join agents g on g.workspace_id = o.workspace_id and g.id = o.agent_id and g.is_active
                 where a.workspace_id = $1 and a.account_id = any($2) and a.closed_at is null
                 order by a.opened_at, a.id",
        },
        params![workspace, accounts],
        read,
    )
}

/// When the last alert of each rule at these accounts was closed by people, or because its cause was gone; not because nobody
/// looked.
pub(super) fn last_closed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    accounts: &[AccountId],
) -> Result<BTreeMap<(AccountId, WarningRuleId), Timestamp>, DbError> {
    let found = tx.rows(
        sql! {
            kind: "list of values",
            lite: "select account_id, rule_id, max(closed_at) as closed
                   from alerts
                   where workspace_id = $1 and account_id in (select value from rarray($2)) and rule_id is not null
                     and closed_at is not null and (state <> 'eased' or quiet_since is not null)
                   group by account_id, rule_id",
            pg: "select account_id, rule_id, max(closed_at) as closed
                 from alerts
                 where workspace_id = $1 and account_id = any($2) and rule_id is not null
                   and closed_at is not null and (state <> 'eased' or quiet_since is not null)
                 group by account_id, rule_id",
        },
        params![workspace, accounts],
        |row| Ok(((row.get("account_id")?, row.get("rule_id")?), row.get("closed")?)),
    )?;
    Ok(found.into_iter().collect())
}

fn written(findings: &[Finding]) -> String {
    serde_json::to_string(findings).expect("findings are JSON")
}

/// The way of a row.
pub(super) fn way(row: &Row<'_>) -> Result<Way, DbError> {
    let word: String = row.get("way")?;
    Way::named(&word).ok_or_else(|| row.broken("way", "a risk or a chance"))
}

/// The state of a row.
pub(super) fn state(row: &Row<'_>) -> Result<State, DbError> {
    let word: String = row.get("state")?;
    State::named(&word).ok_or_else(|| row.broken("state", "a state of alerts"))
}

fn findings(row: &Row<'_>, column: &'static str) -> Result<Vec<Finding>, DbError> {
    let said: String = row.get(column)?;
    serde_json::from_str(&said).map_err(|_| row.broken(column, "findings"))
}

/// Where the alert of a row comes from.
fn source(row: &Row<'_>) -> Result<Source, DbError> {
    let rule: Option<WarningRuleId> = row.get("rule_id")?;
    let version: Option<i64> = row.get("version")?;
    if let Some((id, version)) = rule.zip(version) {
        return Ok(Source::Rule { id, version });
    }
    let kind: String = row.get("kind")?;
    Ok(Source::Signal(Signal {
        id: row.get("signal_id")?,
        kind: SignalKind::named(&kind).ok_or_else(|| row.broken("kind", "a kind of signal"))?,
        words: row.get("told")?,
        ticket: row.get("ticket")?,
        contact: row.get("contact_id")?,
        by: row.get("told_by")?,
        agent: row.get("teller")?,
        at: row.get("told_at")?,
    }))
}

/// An alert of a row.
pub(super) fn read(row: &Row<'_>) -> Result<Alert, DbError> {
    let severity: String = row.get("severity")?;
    Ok(Alert {
        id: row.get("id")?,
        account: row.get("account_id")?,
        source: source(row)?,
        way: way(row)?,
        weight: Weight {
            severity: Severity::named(&severity).ok_or_else(|| row.broken("severity", "a severity"))?,
            mrr: row.get("mrr")?,
            confidence: row.get("confidence")?,
            usual: row.get("usual")?,
            rank: row.get("rank")?,
        },
        found: findings(row, "found")?,
        finds: findings(row, "finds")?,
        opened_day: row.get("opened_day")?,
        opened_at: row.get("opened_at")?,
        quiet_since: row.get("quiet_since")?,
        work: Work {
            state: state(row)?,
            taken_by: row.get("taken_by")?,
            snoozed_until: row.get("snoozed_until")?,
            word: row.get("word")?,
            words: row.get("words")?,
            closed_at: row.get("closed_at")?,
            closed_by: row.get("closed_by")?,
        },
        owner: row.get("owner")?,
    })
}
