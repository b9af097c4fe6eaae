//! What a playbook says, in a line each: for comparing versions and for what is measured.

use kit::i18n::Text;
use tandem_core::ladders::Rung;

use super::offered::{Named, Offered};
use super::views::kind_text;
use super::{Aim, Goal, OwnerOf, Step, Test, Trigger};
use crate::alerts::Severity;
use crate::alerts::rules;

/// Puts what a playbook says into a reader's words.
pub(super) struct Saying<'a> {
    pub(super) t: &'a Text,
    pub(super) offered: &'a Offered,
}

/// The longest text that is said in full.
const LONGEST: usize = 400;

impl Saying<'_> {
    fn say(&self, key: &str) -> String {
        self.t.say(key)
    }

    fn with(&self, key: &str, value: &str) -> String {
        format!("{}: {value}", self.say(key))
    }

    fn of(&self, all: &[Named], id: &str, none: &str) -> String {
        if id.is_empty() {
            return self.say(none);
        }
        let found = all.iter().find(|(known, _)| known == id);
        found.map_or_else(|| self.say("playbooks-not-seen"), |(_, name)| name.clone())
    }

    /// What a stage or tier is called.
    pub(super) fn rung(&self, all: &[Rung], id: &str, none: &str) -> String {
        let named: Vec<Named> = all
            .iter()
            .map(|rung| (rung.id.to_string(), rung.text.name.clone()))
            .collect();
        self.of(&named, id, none)
    }

    fn metric(&self, name: &str) -> String {
        let found = self.offered.metrics.iter().find(|metric| metric.name == name);
        found.map_or_else(|| name.to_owned(), |metric| metric.called(self.t))
    }

    fn days(&self, days: i64) -> String {
        self.t.count("metrics-days", days)
    }

    /// What starts it.
    pub(super) fn trigger(&self, trigger: &Trigger) -> String {
        let kind = self.say(trigger.text());
        let more = match trigger {
            Trigger::Hand => String::new(),
            Trigger::Alert { rule, severity } => {
                let known = self.offered.rules.iter().find(|one| one.id.to_string() == *rule);
                let rule = match rule.is_empty() {
                    true => self.say("playbooks-any"),
                    false => known.map_or_else(
                        || self.say("playbooks-not-seen"),
                        |rule| rules::name(self.t, rule),
                    ),
                };
                let severity = Severity::named(severity);
                let severity = severity.map_or("playbooks-any", |severity| severity.text());
                format!("{rule}, {}", self.with("playbooks-severity", &self.say(severity)))
            }
            Trigger::Band { band } => self.say(band.text()),
            Trigger::Stage { stage } => {
                self.rung(&self.offered.stages, &stage.to_string(), "playbooks-not-seen")
            }
            Trigger::Renewal { days } => self.days(*days),
            Trigger::Date { date, days, side } => {
                format!(
                    "{} {} {}",
                    self.days(*days),
                    self.say(side.text()),
                    self.date(date)
                )
            }
            Trigger::Segment { segment } => self.of(&self.offered.segments, segment, "playbooks-not-seen"),
            Trigger::Event { event } => event.clone(),
        };
        match more.as_str() {
            "" => kind,
            more => format!("{kind}: {more}"),
        }
    }

    fn date(&self, date: &str) -> String {
        match date {
            "renewal" => self.say("playbooks-date-renewal"),
            "start" => self.say("playbooks-date-start"),
            "added" => self.say("playbooks-date-added"),
            field => self.field(field),
        }
    }

    fn field(&self, field: &str) -> String {
        match field {
            "stage" => self.say("stages-stage"),
            "tier" => self.say("tiers-tier"),
            "owner" => self.say("tasks-owner"),
            id => {
                let own = self.offered.fields.iter().find(|own| own.id.to_string() == id);
                own.map_or_else(|| self.say("playbooks-not-seen"), |own| own.text.label.clone())
            }
        }
    }

    fn test(&self, test: &Test) -> String {
        match test {
            Test::Above { metric, value } => {
                format!("{} > {}", self.metric(metric), self.t.decimal(*value, 2))
            }
            Test::Below { metric, value } => {
                format!("{} < {}", self.metric(metric), self.t.decimal(*value, 2))
            }
            Test::Band { band } => self.with("playbooks-test-band", &self.say(band.text())),
            Test::Done => self.say("playbooks-test-done"),
        }
    }

    /// What a step does.
    pub(super) fn step(&self, step: &Step) -> String {
        let mut parts = match step {
            Step::Task {
                title,
                words,
                owner,
                due_in,
                priority,
            } => {
                let owner = match owner {
                    OwnerOf::Account => self.say("playbooks-owner-account"),
                    OwnerOf::Named(id) => self.of(&self.offered.owners, id, "playbooks-nothing"),
                };
                let due = self.with("playbooks-due-in", &self.t.number(*due_in));
                let priority = self.say(&format!("tasks-priority-{}", priority.as_str()));
                vec![title.clone(), words.clone(), owner, due, priority]
            }
            Step::Wait { days } | Step::Await { days } => vec![self.days(*days)],
            Step::Branch { test, otherwise } => vec![
                self.test(test),
                self.with("playbooks-otherwise", &self.t.number(*otherwise)),
            ],
            Step::Tag { name } | Step::Signal { name } => vec![name.clone()],
            Step::Note { words } => vec![words.clone()],
            Step::Mail { to, subject, words } => {
                vec![self.say(to.text()), subject.clone(), words.clone()]
            }
            Step::Webhook { webhook, name } => vec![
                self.of(&self.offered.webhooks, webhook, "playbooks-not-seen"),
                name.clone(),
            ],
            Step::Set { field, value } => {
                let value = match field.as_str() {
                    "stage" => self.rung(&self.offered.stages, value, "playbooks-nothing"),
                    "tier" => self.rung(&self.offered.tiers, value, "playbooks-by-rule"),
                    "owner" => self.of(&self.offered.agents, value, "playbooks-nothing"),
                    _ if value.is_empty() => self.say("playbooks-nothing"),
                    _ => value.clone(),
                };
                vec![self.field(field), value]
            }
        };
        parts.retain(|part| !part.trim().is_empty());
        let said = parts.join(" · ");
        let short: String = said.chars().take(LONGEST).collect();
        let more = if short.len() < said.len() { "…" } else { "" };
        format!("{}: {short}{more}", self.say(kind_text(step.kind())))
    }

    /// What it is measured by.
    pub(super) fn goal(&self, goal: &Goal) -> String {
        let days = goal.days;
        match &goal.aim {
            Aim::Score { points } => self.t.say_with(
                "playbooks-goal-said-score",
                kit::args!(points = self.t.number(*points), days = self.t.number(days)),
            ),
            Aim::Eased => self.t.say_with(
                "playbooks-goal-said-eased",
                kit::args!(days = self.t.number(days)),
            ),
            Aim::Renewed => self.t.say_with(
                "playbooks-goal-said-renewed",
                kit::args!(days = self.t.number(days)),
            ),
            Aim::Metric { metric, rise } => self.t.say_with(
                "playbooks-goal-said-metric",
                kit::args!(
                    metric = self.metric(metric),
                    rise = self.t.number(*rise),
                    days = self.t.number(days)
                ),
            ),
        }
    }
}
