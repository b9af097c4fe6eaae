//! Alerts as programs see them.

use kit::day::Day;
use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::agents::AgentId;

use super::rules::{Condition, WarningRuleId};
use super::{
    Alert, AlertId, Finding, Outcome, Reason, Severity, Signal, SignalId, SignalKind, Source, State, Test,
    Verdict, Way,
};

/// An alert.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Alert")]
pub struct AlertDocument {
    /// Its id.
    id: AlertId,
    /// Of which account.
    account: AccountId,
    /// The rule that found it; null where somebody told us.
    rule: Option<WarningRuleId>,
    /// The rule's version then.
    version: Option<i64>,
    /// What somebody told us; null where a rule found it.
    signal: Option<ToldDocument>,
    /// Whether something may be lost or won.
    way: Way,
    /// How much it matters.
    severity: Severity,
    /// How sure it is, 0 to 1.
    confidence: f64,
    /// What the account brings in a month, in minor units of the reporting currency; null for readers who may not see money.
    mrr: Option<i64>,
    /// Where it stands.
    state: State,
    /// Whose it is; null for nobody.
    owner: Option<AgentId>,
    /// What was found when it was opened.
    found: Vec<Finding>,
    /// What is found now.
    finds: Vec<Finding>,
    /// The day on which it was opened.
    opened: Day,
    /// Since when the cause is gone; null while it is there.
    quiet_since: Option<Day>,
    /// Before which day nobody wants to see it.
    snoozed_until: Option<Day>,
    /// The reason why it was none; null where it was not dismissed.
    reason: Option<Reason>,
    /// What came of it; null where nobody said.
    outcome: Option<Outcome>,
    /// What else was said when it was closed.
    words: String,
    /// When it was closed, as microseconds since 1970.
    closed_at: Option<i64>,
}

/// Who is to work on it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AlertOwnerInput")]
#[serde(deny_unknown_fields)]
pub struct OwnerInput {
    /// An agent who is here; null for whoever looks after the account.
    pub(super) agent: Option<AgentId>,
}

/// Until when nobody wants to see it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AlertSnoozeInput")]
#[serde(deny_unknown_fields)]
pub struct SnoozeInput {
    /// The day on which it is open again: tomorrow or later, within a year.
    pub(super) until: Day,
}

/// Why it was none.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AlertDismissalInput")]
#[serde(deny_unknown_fields)]
pub struct DismissalInput {
    /// The reason.
    pub(super) reason: Reason,
    /// What else there is to say; needed for `other`.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub(super) words: String,
}

/// What came of acting.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "AlertOutcomeInput")]
#[serde(deny_unknown_fields)]
pub struct OutcomeInput {
    /// The outcome.
    pub(super) outcome: Outcome,
    /// What else there is to say.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub(super) words: String,
}

/// What somebody told us.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AlertSignal")]
pub struct ToldDocument {
    /// The signal.
    id: SignalId,
    /// What it is.
    kind: SignalKind,
    /// What was said; may be empty.
    words: String,
    /// The id of the ticket in which it was heard; null for none.
    ticket: Option<String>,
    /// Who told us; null for none of the agents.
    agent: Option<AgentId>,
}

impl From<Signal> for ToldDocument {
    fn from(signal: Signal) -> Self {
        Self {
            id: signal.id,
            kind: signal.kind,
            words: signal.words,
            ticket: Some(signal.ticket).filter(|id| !id.is_empty()),
            agent: signal.agent,
        }
    }
}

/// The document of an alert; `may_money`: whether the reader may see money.
pub(super) fn document(alert: Alert, may_money: bool) -> AlertDocument {
    let (work, weight) = (alert.work, alert.weight);
    let (rule, version, signal) = match alert.source {
        Source::Rule { id, version } => (Some(id), Some(version), None),
        Source::Signal(signal) => (None, None, Some(signal.into())),
    };
    AlertDocument {
        id: alert.id,
        account: alert.account,
        rule,
        version,
        signal,
        way: alert.way,
        severity: weight.severity,
        confidence: weight.confidence,
        mrr: may_money.then_some(weight.mrr),
        state: work.state,
        owner: alert.owner,
        found: alert.found,
        finds: alert.finds,
        opened: alert.opened_day,
        quiet_since: alert.quiet_since,
        snoozed_until: work.snoozed_until,
        reason: Reason::named(&work.word).filter(|_| work.state == State::Dismissed),
        outcome: Outcome::named(&work.word).filter(|_| work.state == State::Handled),
        words: work.words,
        closed_at: work.closed_at.map(|at| at.0),
    }
}

impl Sample for AlertDocument {
    fn sample() -> Self {
        let finding = Finding {
            condition: Condition {
                metric: "usage.active_people_30d".to_owned(),
                test: Test::Falls,
                value: 0.3,
                days: 14,
                before: 56,
                least: 18,
            },
            value: Some(7.0),
            baseline: Some(18.0),
            since: Some("2026-11-19".parse().expect("a day")),
            as_of: None,
            verdict: Verdict::Holds,
        };
        Self {
            id: "alr_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            rule: Some("wrl_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            version: Some(1),
            signal: None,
            way: Way::Risk,
            severity: Severity::High,
            confidence: 0.82,
            mrr: Some(125_000),
            state: State::Open,
            owner: Some("agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            found: vec![finding.clone()],
            finds: vec![finding],
            opened: "2026-11-20".parse().expect("a day"),
            quiet_since: None,
            snoozed_until: None,
            reason: None,
            outcome: None,
            words: String::new(),
            closed_at: None,
        }
    }
}

impl Sample for OwnerInput {
    fn sample() -> Self {
        Self {
            agent: Some("agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
        }
    }
}

impl Sample for SnoozeInput {
    fn sample() -> Self {
        Self {
            until: "2026-12-01".parse().expect("a day"),
        }
    }
}

impl Sample for DismissalInput {
    fn sample() -> Self {
        Self {
            reason: Reason::Expected,
            words: "Their factory is closed in August".to_owned(),
        }
    }
}

impl Sample for OutcomeInput {
    fn sample() -> Self {
        Self {
            outcome: Outcome::Saved,
            words: "They renewed for two years".to_owned(),
        }
    }
}
