//! Early warning: rules look at each account's metrics and health, and open an alert where something may be lost or won.
//!
//! Where an alert comes from is its [`Source`]: a version of a rule, or a [`Signal`](signals::Signal), by which somebody tells
//! what they heard. A [`Rule`](rules::Rule) has conditions, all of which must hold; what is not known of an account holds never and is called
//! so. An account has at most one open alert of a rule. The alert says what was found and on which day, how much is at stake
//! and how sure that is; it closes by itself once its cause has been gone for some days, and is not opened again during the
//! rule's cooldown. What can't be seen any more is not gone: such an alert stays and says so. Everything that happens to it is kept and can be taken back.
//!
//! Whose an alert is: whom it was given to, while they are here; else whoever looks after the account; else nobody.

pub mod acting;
pub mod api;
pub mod demo;
pub mod digest;
mod documents;
mod failures;
mod feed;
pub mod jobs;
mod looking;
pub mod panels;
mod past;
pub mod quality;
pub mod rules;
pub mod search;
pub mod signals;
mod store;
mod views;
pub mod web;
mod weighing;
mod words;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tandem_core::accounts::AccountId;
use tandem_core::accounts::merging::{Part as MergePart, Way as MergeWay};
use tandem_core::actor::Forbidden;
use tandem_core::agents::AgentId;
use tandem_core::events::{Kind, NewEvent};
use tandem_core::metrics::{Metric, Producers, Unit};
use tandem_core::permissions::Permission;
use tandem_core::touchpoints::kinds::{Kind as TraceKind, Trace};
use tandem_core::touchpoints::{Channel, Direction};
use tandem_core::workspaces::WorkspaceId;

pub use acting::{Work, dismiss, give, handle, reopen, snooze, undo, wake};
pub use feed::{Cursor, Filter, Line, Shown, Tallies, Whose, lately, list, of_account, show, tallies};
pub use looking::{look, look_all, look_on};
pub use past::{Finding, Verdict};
pub use rules::WarningRuleId;
pub use signals::{Signal, SignalId};
pub(crate) use views::Seen;
pub use weighing::Weight;
pub use words::{Did, Outcome, Reason, Severity, SignalKind, State, Test, Way};

kit::id! {
    /// An alert.
    AlertId, "alr"
}

kit::id! {
    /// Something that happened to an alert.
    ChangeId, "alc"
}

/// The list of all alerts, as a topic of the live stream.
pub const LIST: &str = "alerts";

/// What alerts may rest on, by what one needs to see it.
const RESTS_ON: &[Permission] = &[
    Permission::AccountsRead,
    Permission::TicketsRead,
    Permission::ContactsRead,
    Permission::MoneyRead,
    Permission::UsageRead,
];

/// A rule found something at an account, or somebody told us.
pub const OPENED: Kind = Kind::new("alert.opened", Permission::AlertsRead).at_times(RESTS_ON);
/// An alert matters more or less, or was given, snoozed, woken or opened again.
pub const CHANGED: Kind = Kind::new("alert.changed", Permission::AlertsRead).at_times(RESTS_ON);
/// An alert was dismissed or handled, or its cause is gone.
pub const CLOSED: Kind = Kind::new("alert.closed", Permission::AlertsRead).at_times(RESTS_ON);
/// A rule was added, changed or removed.
pub const RULES: Kind = Kind::new("warning_rules.changed", Permission::AlertsRead);

/// The score of an account, as conditions name it.
pub const SCORE: Metric = Metric::new("health.score", Unit::Count, Permission::AccountsRead);
/// Its confidence.
pub const CONFIDENCE: Metric = Metric::new("health.confidence", Unit::Share, Permission::AccountsRead);
/// Its band: 1 is red, 2 amber, 3 green.
pub const BAND: Metric = Metric::new("health.band", Unit::Count, Permission::AccountsRead);

/// What an alert leaves on the timeline.
pub const TRACE: Trace = Trace {
    event: "alert.opened",
    kind: TraceKind::new("alert_opened", "alerts-trace", "triangle-alert", Channel::System),
    direction: Direction::Both,
    impression: None,
    evidence: Some("/alerts/"),
};

/// What a merge of accounts does with alerts: what people told goes to the survivor; what rules found at the one that goes
/// waits until the merge is taken back, and the survivor is looked at anew. What happened to an alert follows it by its id.
pub const MERGES: &[MergePart] = &[
    MergePart::new("alerts", MergeWay::Move).without("rule_id"),
    MergePart::new("alerts", MergeWay::Keep),
    MergePart::new("alert_changes", MergeWay::Move),
    MergePart::new("alert_signals", MergeWay::Move),
];

/// Where an alert comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A rule found it.
    Rule {
        /// Which.
        id: WarningRuleId,
        /// Its version then.
        version: i64,
    },
    /// Somebody told us.
    Signal(Signal),
}

/// An alert.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// Its id.
    pub id: AlertId,
    /// Of which account.
    pub account: AccountId,
    /// Where it comes from.
    pub source: Source,
    /// Whether something may be lost or won.
    pub way: Way,
    /// How much it matters, and why.
    pub weight: Weight,
    /// What was found when it was opened.
    pub found: Vec<Finding>,
    /// What is found now.
    pub finds: Vec<Finding>,
    /// The day on which it was opened.
    pub opened_day: Day,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// Since when the cause is gone, while it is open.
    pub quiet_since: Option<Day>,
    /// Where it stands, and what people did with it.
    pub work: Work,
    /// Whose it is: whom it was given to, else whoever looks after the account; nobody where they have left.
    pub owner: Option<AgentId>,
}

impl Alert {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        self.weight.severity
    }

    /// Whether nobody can tell any more if its cause is still there.
    pub fn is_unseen(&self) -> bool {
        let is_unknown = |finding: &Finding| finding.verdict == Verdict::Unknown;
        !self.work.state.is_closed() && self.finds.iter().any(is_unknown)
    }

    /// The rule that found it; none where somebody told us.
    pub fn rule(&self) -> Option<WarningRuleId> {
        match &self.source {
            Source::Rule { id, .. } => Some(*id),
            Source::Signal(_) => None,
        }
    }

    /// What somebody told us, if that is where it comes from.
    pub fn signal(&self) -> Option<&Signal> {
        match &self.source {
            Source::Rule { .. } => None,
            Source::Signal(signal) => Some(signal),
        }
    }

    /// The event about it, told to the pages that show it, and to those only who may see what it rests on.
    fn event(&self, tx: &Tx<'_>, kind: &'static Kind) -> NewEvent {
        let mut event = NewEvent::of(kind, self.id)
            .topic(LIST)
            .topic(self.account)
            .needs(self.needs(tx));
        if let Some(signal) = self.signal().filter(|signal| !signal.ticket.is_empty()) {
            event = event.topic(&signal.ticket);
        }
        event
    }

    /// What one needs to see the metrics that it rests on; each once.
    fn needs(&self, tx: &Tx<'_>) -> Vec<Permission> {
        let producers = tx.attached::<Producers>().unwrap_or_default();
        let findings = self.found.iter().chain(&self.finds);
        // What nobody knows any more may have been of usage.
        let need = |one: &Finding| past::needs(&producers, &one.condition.metric);
        let needs = findings.map(|one| need(one).unwrap_or(Permission::UsageRead));
        let mut needs: Vec<Permission> = needs.collect();
        needs.sort_unstable();
        needs.dedup();
        needs
    }

    /// What an event says of it: small facts.
    fn facts(&self, severity: Severity) -> Value {
        let mut facts = json!({ "severity": severity.as_str(), "account": self.account.to_string(), "way": self.way.as_str() });
        match &self.source {
            Source::Rule { id, .. } => facts["rule"] = json!(id.to_string()),
            Source::Signal(signal) => facts["signal"] = json!(signal.kind.as_str()),
        }
        facts
    }
}

/// Something that happened to an alert.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its id.
    pub id: ChangeId,
    /// To which alert.
    pub alert: AlertId,
    /// What.
    pub did: Did,
    /// How the alert stood before.
    pub before: Work,
    /// How it stood then.
    pub after: Work,
    /// The signature of who did it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A place in a list of alerts: the last one seen. It does not say what is at stake there: not everybody may know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its account.
    pub account: AccountId,
    /// Its id.
    pub id: AlertId,
}

/// The alert of an id, whoever may see it; for what follows from alerts.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AlertId) -> Result<Option<Alert>, DbError> {
    store::find(tx, workspace, id)
}

/// What an account of the workspace usually brings in a month, as it was last counted.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn usual(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<i64>, DbError> {
    Ok(store::scale(tx, workspace)?.map(|(_, usual)| usual))
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AlertError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such alert here, or it rests on what the actor may not see.
    #[error("there is no such alert")]
    UnknownAlert,
    /// There is no such account here.
    #[error("there is no such account")]
    UnknownAccount,
    /// There is no such ticket here.
    #[error("there is no such ticket")]
    UnknownTicket,
    /// There is no such signal here, or it is for others only.
    #[error("there is no such signal")]
    UnknownSignal,
    /// Nobody can say whose account it is about.
    #[error("say which open account it is about")]
    NoAccount,
    /// There is no such rule here, or it was removed.
    #[error("there is no such rule")]
    UnknownRule,
    /// Somebody changed the rule meanwhile.
    #[error("the rule was changed meanwhile")]
    Stale(Box<rules::Rule>),
    /// The alert is over.
    #[error("the alert is closed")]
    IsClosed,
    /// Something else happened since, or another alert of the rule is open.
    #[error("something else happened to it since")]
    Superseded,
    /// Whom it is given to is nobody who works here.
    #[error("there is no such agent at work here")]
    UnknownAgent,
    /// The day is today, past or too far away.
    #[error("the day is tomorrow or later, within a year")]
    BadUntil,
    /// The words are too long, or missing where they are needed.
    #[error("say what it was, in at most 500 characters")]
    BadWords,
    /// The word names none.
    #[error("there is no such reason or outcome")]
    BadWord,
    /// The name is empty or too long.
    #[error("a rule has a name of 1 to 80 characters")]
    BadName,
    /// The stage or the tier is none of this workspace.
    #[error("there is no such stage or tier")]
    UnknownRung,
    /// A number of days out of its range.
    #[error("a cooldown is 0 to 365 days, easing 0 to 60")]
    BadDays,
    /// There are no conditions, or too many.
    #[error("a rule has 1 to 6 conditions")]
    ConditionCount,
    /// A condition's metric is known to no feature.
    #[error("condition {0}: no feature knows this metric")]
    UnknownMetric(usize),
    /// A value out of its range.
    #[error("condition {0}: the value makes no sense for this test")]
    BadValue(usize),
    /// The days of a condition out of their range.
    #[error("condition {0}: 1 to 90 days, compared with 7 to 180 before, of which at least 3 are known")]
    BadSpan(usize),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}
