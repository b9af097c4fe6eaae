//! What the templates of playbooks take.

use std::collections::BTreeMap;

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::web::{Choice, Filled};
use tandem_core::ladders::Rung;
use tandem_core::metrics::Metric;

use super::form;
use super::{EVENTS, Playbook, PlaybookId, Status, Step};
use crate::alerts::Severity;
use crate::alerts::rules::{self, Rule};
use crate::health::Band;
use crate::tasks::Priority;

/// What can be chosen from in the form.
pub(super) struct Offered {
    pub(super) stages: Vec<Rung>,
    pub(super) tiers: Vec<Rung>,
    /// Who can own tasks: id and name.
    pub(super) owners: Vec<(String, String)>,
    pub(super) metrics: Vec<&'static Metric>,
    /// Rules of early warning whose alerts can start a playbook.
    pub(super) rules: Vec<Rule>,
}

/// The name in a signature.
pub(super) fn by(t: &Text, signature: &str) -> String {
    match signature.split_once(' ') {
        Some(("system:", _)) => t.say("tasks-by-itself"),
        Some((_, name)) => name.to_owned(),
        None => signature.to_owned(),
    }
}

#[derive(Template)]
#[template(path = "playbooks/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) playbooks: Vec<Playbook>,
    pub(super) tallies: BTreeMap<(PlaybookId, String), i64>,
    pub(super) may_write: bool,
}

impl ListPage<'_> {
    fn count(&self, playbook: &Playbook, state: &str) -> String {
        let count = self.tallies.get(&(playbook.id, state.to_owned())).copied();
        match count.unwrap_or_default() {
            0 => "–".to_owned(),
            count => self.t.number(count),
        }
    }
}

#[derive(Template)]
#[template(path = "playbooks/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

#[derive(Template)]
#[template(path = "playbooks/views/playbook_actions.html")]
pub(super) struct PlaybookActions<'a> {
    pub(super) t: &'a Text,
    pub(super) playbook: &'a Playbook,
    pub(super) may_write: bool,
}

impl PlaybookActions<'_> {
    fn is_active(&self) -> bool {
        self.playbook.status == Status::Active
    }

    /// Whether there is something that is not in force.
    fn may_publish(&self) -> bool {
        !self.is_active() || self.playbook.published != Some(self.playbook.version)
    }

    fn is_removed(&self) -> bool {
        self.playbook.status == Status::Removed
    }
}

/// A version for the list of all.
pub(super) struct Version {
    pub(super) number: i64,
    pub(super) at: Timestamp,
    pub(super) by: String,
    pub(super) is_in_force: bool,
}

#[derive(Template)]
#[template(path = "playbooks/views/playbook.html")]
pub(super) struct EditorPage<'a> {
    pub(super) t: &'a Text,
    pub(super) playbook: Option<&'a Playbook>,
    pub(super) form: &'a Filled,
    pub(super) versions: Vec<Version>,
    pub(super) offered: Offered,
    pub(super) conflict: Option<String>,
    pub(super) may_write: bool,
}

impl EditorPage<'_> {
    fn action(&self) -> String {
        self.playbook
            .map_or_else(|| "/playbooks".to_owned(), |one| format!("/playbooks/{}", one.id))
    }

    fn numbers(&self) -> Vec<usize> {
        (1..=form::count(self.form)).collect()
    }

    fn is_first(&self, number: &usize) -> bool {
        *number == 1
    }

    fn is_last(&self, number: &usize) -> bool {
        *number == form::count(self.form)
    }

    fn field(&self, name: &str, number: &usize) -> String {
        format!("{name}.{number}")
    }

    fn value(&self, name: &str, number: &usize) -> &str {
        self.form.value(&format!("{name}.{number}"))
    }

    fn error(&self, number: &usize) -> &str {
        self.form.error(&format!("step.{number}"))
    }

    fn kind(&self, number: &usize) -> String {
        self.t.say(kind_text(self.value("kind", number)))
    }

    fn of(&self, pairs: &[(&str, &str)], chosen: &str) -> Vec<Choice> {
        let choice =
            |(value, text): &(&str, &str)| Choice::new(*value, self.t.say(text)).chosen_if(*value == chosen);
        pairs.iter().map(choice).collect()
    }

    fn triggers(&self) -> Vec<Choice> {
        let all = [
            ("hand", "playbooks-trigger-hand"),
            ("alert", "playbooks-trigger-alert"),
            ("band", "playbooks-trigger-band"),
            ("stage", "playbooks-trigger-stage"),
            ("renewal", "playbooks-trigger-renewal"),
            ("event", "playbooks-trigger-event"),
        ];
        self.of(&all, self.form.value("trigger"))
    }

    fn bands(&self, chosen: &str, none: &str) -> Vec<Choice> {
        let mut choices = Vec::new();
        if !none.is_empty() {
            choices.push(Choice::new("", self.t.say(none)).chosen_if(chosen.is_empty()));
        }
        for band in [Band::Red, Band::Amber, Band::Green] {
            choices
                .push(Choice::new(band.as_str(), self.t.say(band.text())).chosen_if(band.as_str() == chosen));
        }
        choices
    }

    fn rungs(&self, rungs: &[Rung], chosen: &str) -> Vec<Choice> {
        let every = Choice::new("", self.t.say("playbooks-any")).chosen_if(chosen.is_empty());
        let rung = |rung: &Rung| {
            let id = rung.id.to_string();
            Choice::new(id.clone(), &rung.text.name).chosen_if(id == chosen)
        };
        [every].into_iter().chain(rungs.iter().map(rung)).collect()
    }

    fn rules(&self) -> Vec<Choice> {
        let chosen = self.form.value("rule");
        let every = Choice::new("", self.t.say("playbooks-any")).chosen_if(chosen.is_empty());
        let rule = |rule: &Rule| {
            let id = rule.id.to_string();
            Choice::new(id.clone(), rules::name(self.t, rule)).chosen_if(id == chosen)
        };
        [every]
            .into_iter()
            .chain(self.offered.rules.iter().map(rule))
            .collect()
    }

    fn severities(&self) -> Vec<Choice> {
        let chosen = self.form.value("severity");
        let every = Choice::new("", self.t.say("playbooks-any")).chosen_if(chosen.is_empty());
        let one = |one: &Severity| {
            Choice::new(one.as_str(), self.t.say(one.text())).chosen_if(one.as_str() == chosen)
        };
        [every].into_iter().chain(Severity::ALL.iter().map(one)).collect()
    }

    fn events(&self) -> Vec<Choice> {
        let chosen = self.form.value("event");
        EVENTS
            .iter()
            .map(|event| Choice::new(*event, *event).chosen_if(*event == chosen))
            .collect()
    }

    fn owners(&self, number: &usize) -> Vec<Choice> {
        let chosen = self.value("owner", number);
        let account = Choice::new("account", self.t.say("playbooks-owner-account"))
            .chosen_if(chosen.is_empty() || chosen == "account");
        let one = |(id, name): &(String, String)| Choice::new(id, name).chosen_if(id == chosen);
        [account]
            .into_iter()
            .chain(self.offered.owners.iter().map(one))
            .collect()
    }

    fn priorities(&self, number: &usize) -> Vec<Choice> {
        let chosen = Priority::named(self.value("priority", number)).unwrap_or_default();
        let texts = [
            (Priority::Low, "tasks-priority-low"),
            (Priority::Normal, "tasks-priority-normal"),
            (Priority::High, "tasks-priority-high"),
            (Priority::Urgent, "tasks-priority-urgent"),
        ];
        texts
            .into_iter()
            .map(|(one, text)| Choice::new(one.as_str(), self.t.say(text)).chosen_if(one == chosen))
            .collect()
    }

    fn tests(&self, number: &usize) -> Vec<Choice> {
        let all = [
            ("done", "playbooks-test-done"),
            ("band", "playbooks-test-band"),
            ("above", "playbooks-test-above"),
            ("below", "playbooks-test-below"),
        ];
        self.of(&all, self.value("test", number))
    }

    fn metrics(&self, number: &usize) -> Vec<Choice> {
        let chosen = self.value("metric", number);
        let none = Choice::new("", self.t.say("health-no-metric")).chosen_if(chosen.is_empty());
        let one = |metric: &&'static Metric| {
            Choice::new(metric.name, self.t.say(&metric.text())).chosen_if(metric.name == chosen)
        };
        [none]
            .into_iter()
            .chain(self.offered.metrics.iter().map(one))
            .collect()
    }

    fn new_kinds(&self) -> Vec<Choice> {
        Step::KINDS
            .into_iter()
            .map(|kind| Choice::new(kind, self.t.say(kind_text(kind))))
            .collect()
    }

    fn status(&self) -> Option<(&'static str, &'static str, &'static str)> {
        self.playbook.map(|one| one.status.look())
    }

    /// Whether what stands here is not what is in force.
    fn is_ahead(&self) -> bool {
        self.playbook
            .is_some_and(|one| one.published.is_some_and(|published| published != one.version))
    }
}

/// What a kind of step is called.
pub(super) fn kind_text(kind: &str) -> &'static str {
    match kind {
        "wait" => "playbooks-step-wait",
        "await" => "playbooks-step-await",
        "branch" => "playbooks-step-branch",
        "tag" => "playbooks-step-tag",
        "note" => "playbooks-step-note",
        "signal" => "playbooks-step-signal",
        _ => "playbooks-step-task",
    }
}
