//! What the templates of alerts take.

use askama::Template;
use kit::day::Day;
use kit::i18n::{Text, Value};
use kit::money::Currency;
use kit::web::{Choice, Filled, Tab};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::metrics::{Metric, Producers};
use tandem_core::permissions::Permission;

use super::rules::{self, Rule};
use super::{Alert, BAND, Change, Did, Finding, Line, Outcome, Reason, Shown, State, Tallies, Test, past};

/// What a reader may see, in their words.
pub(crate) struct Seen<'a> {
    pub(super) t: &'a Text,
    pub(super) producers: &'a Producers,
    pub(super) actor: &'a Actor,
    pub(super) currency: Currency,
    pub(super) rules: Vec<Rule>,
}

impl Seen<'_> {
    pub(crate) fn money(&self, minor: impl Value<i64>) -> Option<String> {
        let may = self.actor.may(Permission::MoneyRead);
        may.then(|| self.t.money_whole(minor, self.currency.code()))
    }

    pub(super) fn may_write(&self) -> bool {
        self.actor.may(Permission::AlertsWrite)
    }

    /// What the alert's rule is called; of what somebody told us, what it is and by whom.
    pub(crate) fn title(&self, alert: &Alert) -> String {
        if let Some(signal) = alert.signal() {
            let kind = self.t.say(signal.kind.text());
            let name = signal.teller().to_owned();
            return self
                .t
                .say_with("signals-title", kit::args!(kind = kind, name = name));
        }
        let rule = self.rules.iter().find(|rule| Some(rule.id) == alert.rule());
        rule.map_or_else(String::new, |rule| rules::name(self.t, rule))
    }

    fn metric(&self, finding: &Finding) -> Option<Metric> {
        past::metric(self.producers, &finding.condition.metric)
    }

    /// What was found, in words: the metric, its value, what it was before.
    pub(super) fn says(&self, finding: &Finding) -> String {
        let t = self.t;
        let Some(metric) = self.metric(finding).filter(|metric| self.actor.may(metric.needs)) else {
            return t.say("alerts-hidden");
        };
        let is_band = metric.name == BAND.name;
        let name = match is_band {
            true => t.say("panel-health"),
            false => metric.called(t),
        };
        let written = |value: Option<f64>| match value {
            Some(value) if is_band => t.say(past::band(value).text()),
            Some(value) => rules::written(&metric, t, value, self.currency.code()),
            None => t.say("alerts-not-known"),
        };
        let since = finding.since.map_or_else(|| "–".to_owned(), |since| t.day(since));
        let (value, baseline) = (written(finding.value), written(finding.baseline));
        let key = match finding.condition.test {
            Test::AtLeast | Test::AtMost => "alerts-found-value",
            Test::Falls | Test::Rises => "alerts-found-compared",
            Test::ShiftsDown | Test::ShiftsUp => "alerts-found-shift",
            Test::Still => "alerts-found-still",
            Test::Missing => "alerts-found-missing",
        };
        t.say_with(
            key,
            kit::args!(metric = name, value = value, baseline = baseline, since = since),
        )
    }

    /// The reason of an alert, in a sentence.
    pub(super) fn sentence(&self, alert: &Alert) -> String {
        if let Some(signal) = alert.signal() {
            return signal.said(self.t);
        }
        let mut said: Vec<String> = Vec::new();
        for finding in &alert.finds {
            let one = self.says(finding);
            // A span of a metric is two conditions, and one thing to say.
            if !said.contains(&one) {
                said.push(one);
            }
        }
        said.join(" · ")
    }

    /// Where a finding can be looked into.
    pub(super) fn evidence(&self, alert: &Alert, finding: &Finding) -> String {
        let account = alert.account;
        let path = match finding.condition.metric.split('.').next().unwrap_or_default() {
            "health" => "/health",
            "usage" if self.actor.may(Permission::UsageRead) => "/usage",
            "tickets" if self.actor.may(Permission::TicketsRead) => "/tickets",
            "stages" => "/stages",
            "people" => match finding.condition.metric.as_str() {
                "people.contacts" | "people.champions" | "people.champion_seen" | "people.active_90d" => {
                    "/contacts"
                }
                _ => "/touchpoints",
            },
            "money" if finding.condition.metric.starts_with("money.overdue") => "/invoices",
            "money" => "/subscriptions",
            _ => "",
        };
        format!("/accounts/{account}{path}")
    }

    pub(crate) fn tone(&self, alert: &Alert) -> &'static str {
        alert.way.tone(alert.severity())
    }

    pub(crate) fn severity(&self, alert: &Alert) -> String {
        self.t.say(alert.severity().text())
    }

    /// The word of the reason or the outcome with which it was closed.
    pub(super) fn ended(&self, alert: &Alert) -> String {
        let word = alert.work.word.as_str();
        let text = match alert.work.state {
            State::Dismissed => Reason::named(word).map(Reason::text),
            State::Handled => Outcome::named(word).map(Outcome::text),
            _ => None,
        };
        self.t.say(text.unwrap_or(alert.work.state.text()))
    }
}

#[derive(Template)]
#[template(path = "alerts/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) tabs: Vec<Tab>,
    pub(super) states: Vec<Choice>,
    pub(super) hidden: Vec<(&'static str, String)>,
    pub(super) lines: Vec<Line>,
    pub(super) next: Option<String>,
    pub(super) tallies: Tallies,
    pub(super) is_own: bool,
    pub(super) other: String,
    /// Where those are that are nobody's, and how many; none where there are none, or they are shown.
    pub(super) nobodys: Option<(String, i64)>,
    pub(super) back: String,
    pub(super) state: State,
    pub(super) seen: Seen<'a>,
}

impl ListPage<'_> {
    fn reasons(&self) -> &'static [Reason] {
        // What needs words is said on the alert's own page.
        &Reason::ALL[..4]
    }

    fn outcomes(&self) -> &'static [Outcome] {
        Outcome::ALL
    }

    fn at_risk(&self) -> Option<String> {
        self.seen.money(self.tallies.mrr)
    }

    /// Whether a line begins another account than the one above.
    fn is_first(&self, index: &usize) -> bool {
        *index == 0 || self.lines[*index].alert.account != self.lines[*index - 1].alert.account
    }
}

#[derive(Template)]
#[template(path = "alerts/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

#[derive(Template)]
#[template(path = "alerts/views/panel.html")]
pub(super) struct AlertsPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) lines: Vec<Line>,
    pub(super) account: Option<AccountId>,
    pub(super) is_own: bool,
    pub(super) tallies: Tallies,
    pub(super) seen: Seen<'a>,
}

impl AlertsPanel<'_> {
    fn at_risk(&self) -> Option<String> {
        self.seen.money(self.tallies.mrr)
    }
}

#[derive(Template)]
#[template(path = "alerts/views/alert.html")]
pub(super) struct AlertPage<'a> {
    pub(super) t: &'a Text,
    pub(super) shown: Shown,
    pub(super) form: &'a Filled,
    pub(super) agents: Vec<Choice>,
    pub(super) seen: Seen<'a>,
}

impl AlertPage<'_> {
    fn alert(&self) -> &Alert {
        &self.shown.line.alert
    }

    fn is_closed(&self) -> bool {
        self.alert().work.state.is_closed()
    }

    /// What its rule asks, with its name and version.
    fn by_rule(&self) -> Option<String> {
        let rule = self.shown.rule.as_ref()?;
        let asks = rules::says(self.t, rule, self.seen.producers, self.seen.currency);
        Some(self.t.say_with(
            "alerts-by-rule",
            kit::args!(
                name = self.seen.title(self.alert()),
                asks = asks,
                version = self.t.number(rule.version)
            ),
        ))
    }

    /// The ticket in which somebody heard it: where it is, and what it is called.
    fn heard_in(&self) -> Option<(String, String)> {
        let (signal, case) = (self.alert().signal()?, self.shown.case.as_ref()?);
        let href = format!("/tickets/{}", signal.ticket);
        Some((href, format!("#{} {}", case.number, case.subject)))
    }

    fn confidence(&self) -> String {
        self.t.percent(self.alert().weight.confidence, 0)
    }

    /// How severity was computed, in words.
    fn computation(&self) -> String {
        let weight = &self.alert().weight;
        let (mrr, usual) = (self.seen.money(weight.mrr), self.seen.money(weight.usual));
        let severity = self.t.say(weight.severity.text());
        match (mrr, usual) {
            (Some(mrr), Some(usual)) if weight.usual > 0 => {
                let ratio = weight.mrr as f64 * weight.confidence / weight.usual as f64;
                self.t.say_with(
                    "alerts-computed",
                    kit::args!(
                        mrr = mrr,
                        confidence = self.confidence(),
                        usual = usual,
                        ratio = self.t.decimal(ratio, 1),
                        severity = severity
                    ),
                )
            }
            (Some(_), Some(_)) => self.t.say_with(
                "alerts-computed-without",
                kit::args!(confidence = self.confidence(), severity = severity),
            ),
            _ => self
                .t
                .say_with("alerts-computed-hidden", kit::args!(severity = severity)),
        }
    }

    fn moved(&self) -> bool {
        self.alert().found != self.alert().finds
    }

    fn reasons(&self) -> Vec<Choice> {
        let chosen = self.form.value("reason");
        let reason = |one: &Reason| {
            Choice::new(one.as_str(), self.t.say(one.text())).chosen_if(one.as_str() == chosen)
        };
        Reason::ALL.iter().map(reason).collect()
    }

    fn outcomes(&self) -> Vec<Choice> {
        let chosen = self.form.value("outcome");
        let outcome = |one: &Outcome| {
            Choice::new(one.as_str(), self.t.say(one.text())).chosen_if(one.as_str() == chosen)
        };
        Outcome::ALL.iter().map(outcome).collect()
    }

    /// Days until which nobody may want to see it.
    fn ends(&self) -> Vec<Choice> {
        let chosen = self.form.value("until");
        let end = |days| {
            let day: Day = self.shown.today.plus_days(days);
            let written = self.t.day_written(day);
            Choice::new(written.clone(), self.t.day_long(day)).chosen_if(written == chosen)
        };
        [1, 7, 14, 30, 90].map(end).to_vec()
    }

    fn by<'b>(&self, change: &'b Change) -> &'b str {
        let by = change.by.as_str();
        let name = by.split_once(' ').map_or(by, |(_, name)| name);
        if by.starts_with("system") { "" } else { name }
    }

    fn did(&self, change: &Change) -> String {
        self.t.say(change.did.text())
    }

    /// What else there is to say of something that happened.
    fn about(&self, change: &Change) -> String {
        let work = &change.after;
        let word = match change.did {
            Did::Dismissed => Reason::named(&work.word).map(Reason::text),
            Did::Handled => Outcome::named(&work.word).map(Outcome::text),
            Did::Undone => Some(work.state.text()),
            _ => None,
        };
        let mut said: Vec<String> = word.map(|word| self.t.say(word)).into_iter().collect();
        if change.did == Did::Snoozed {
            said.extend(work.snoozed_until.map(|day| self.t.day_long(day)));
        }
        if change.did == Did::Given {
            let id = work.taken_by.map(|id| id.to_string()).unwrap_or_default();
            let to = self.agents.iter().find(|one| one.value == id);
            said.extend(to.map(|one| one.text.clone()));
        }
        if matches!(change.did, Did::Dismissed | Did::Handled) && !work.words.is_empty() {
            said.push(work.words.clone());
        }
        said.join(" · ")
    }
}

#[derive(Template)]
#[template(path = "alerts/views/alert_actions.html")]
pub(super) struct AlertActions<'a> {
    pub(super) t: &'a Text,
    alert: &'a Alert,
    is_mine: bool,
    may_task: bool,
}

impl<'a> AlertActions<'a> {
    pub(super) fn new(t: &'a Text, actor: &Actor, alert: &'a Alert) -> Self {
        Self {
            t,
            alert,
            is_mine: actor.agent().is_some() && alert.work.taken_by == actor.agent(),
            may_task: actor.may(Permission::TasksWrite),
        }
    }

    fn is_closed(&self) -> bool {
        self.alert.work.state.is_closed()
    }

    fn is_snoozed(&self) -> bool {
        self.alert.work.state == State::Snoozed
    }
}
