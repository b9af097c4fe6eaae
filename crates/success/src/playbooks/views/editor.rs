//! What the editor's template asks: choices, and what stands in the fields of each step.

use kit::web::Choice;
use tandem_core::ladders::Rung;
use tandem_core::metrics::Metric;

use super::{EditorPage, kind_text};
use crate::alerts::Severity;
use crate::alerts::rules::{self, Rule};
use crate::health::Band;
use crate::playbooks::filling::{FIELD, OF_ACCOUNT, OF_CONTACT};
use crate::playbooks::offered::Named;
use crate::playbooks::{EVENTS, Recipient, Side, Step, form};
use crate::tasks::Priority;

impl EditorPage<'_> {
    pub(super) fn action(&self) -> String {
        self.playbook
            .map_or_else(|| "/playbooks".to_owned(), |one| format!("/playbooks/{}", one.id))
    }

    pub(super) fn numbers(&self) -> Vec<usize> {
        (1..=form::count(self.form)).collect()
    }

    pub(super) fn is_first(&self, number: &usize) -> bool {
        *number == 1
    }

    pub(super) fn is_last(&self, number: &usize) -> bool {
        *number == form::count(self.form)
    }

    pub(super) fn field(&self, name: &str, number: &usize) -> String {
        format!("{name}.{number}")
    }

    pub(super) fn value(&self, name: &str, number: &usize) -> &str {
        self.form.value(&format!("{name}.{number}"))
    }

    /// Whether the step was touched last: it has the focus.
    pub(super) fn has_focus(&self, number: &usize) -> bool {
        self.form.value("focus").parse() == Ok(*number)
    }

    pub(super) fn error(&self, number: &usize) -> &str {
        self.form.error(&format!("step.{number}"))
    }

    pub(super) fn kind(&self, number: &usize) -> String {
        self.t.say(kind_text(self.value("kind", number)))
    }

    pub(super) fn of(&self, pairs: &[(&str, &str)], chosen: &str) -> Vec<Choice> {
        let choice =
            |(value, text): &(&str, &str)| Choice::new(*value, self.t.say(text)).chosen_if(*value == chosen);
        pairs.iter().map(choice).collect()
    }

    pub(super) fn triggers(&self) -> Vec<Choice> {
        let all = [
            ("hand", "playbooks-trigger-hand"),
            ("alert", "playbooks-trigger-alert"),
            ("band", "playbooks-trigger-band"),
            ("stage", "playbooks-trigger-stage"),
            ("renewal", "playbooks-trigger-renewal"),
            ("date", "playbooks-trigger-date"),
            ("segment", "playbooks-trigger-segment"),
            ("event", "playbooks-trigger-event"),
        ];
        self.of(&all, self.form.value("trigger"))
    }

    pub(super) fn bands(&self, chosen: &str, none: &str) -> Vec<Choice> {
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

    pub(super) fn rungs(&self, rungs: &[Rung], chosen: &str) -> Vec<Choice> {
        let every = Choice::new("", self.t.say("playbooks-any")).chosen_if(chosen.is_empty());
        let rung = |rung: &Rung| {
            let id = rung.id.to_string();
            Choice::new(id.clone(), &rung.text.name).chosen_if(id == chosen)
        };
        [every].into_iter().chain(rungs.iter().map(rung)).collect()
    }

    pub(super) fn rules(&self) -> Vec<Choice> {
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

    pub(super) fn severities(&self) -> Vec<Choice> {
        let chosen = self.form.value("severity");
        let every = Choice::new("", self.t.say("playbooks-any")).chosen_if(chosen.is_empty());
        let one = |one: &Severity| {
            Choice::new(one.as_str(), self.t.say(one.text())).chosen_if(one.as_str() == chosen)
        };
        [every].into_iter().chain(Severity::ALL.iter().map(one)).collect()
    }

    pub(super) fn events(&self) -> Vec<Choice> {
        let chosen = self.form.value("event");
        EVENTS
            .iter()
            .map(|event| Choice::new(*event, *event).chosen_if(*event == chosen))
            .collect()
    }

    pub(super) fn owners(&self, number: &usize) -> Vec<Choice> {
        let chosen = self.value("owner", number);
        let account = Choice::new("account", self.t.say("playbooks-owner-account"))
            .chosen_if(chosen.is_empty() || chosen == "account");
        let one = |(id, name): &(String, String)| Choice::new(id, name).chosen_if(id == chosen);
        [account]
            .into_iter()
            .chain(self.offered.owners.iter().map(one))
            .collect()
    }

    pub(super) fn priorities(&self, number: &usize) -> Vec<Choice> {
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

    pub(super) fn tests(&self, number: &usize) -> Vec<Choice> {
        let all = [
            ("done", "playbooks-test-done"),
            ("band", "playbooks-test-band"),
            ("above", "playbooks-test-above"),
            ("below", "playbooks-test-below"),
        ];
        self.of(&all, self.value("test", number))
    }

    pub(super) fn metrics(&self, chosen: &str) -> Vec<Choice> {
        let none = Choice::new("", self.t.say("health-no-metric")).chosen_if(chosen.is_empty());
        let one = |metric: &&'static Metric| {
            Choice::new(metric.name, metric.called(self.t)).chosen_if(metric.name == chosen)
        };
        [none]
            .into_iter()
            .chain(self.offered.metrics.iter().map(one))
            .collect()
    }

    pub(super) fn new_kinds(&self) -> Vec<Choice> {
        Step::KINDS
            .into_iter()
            .map(|kind| Choice::new(kind, self.t.say(kind_text(kind))))
            .collect()
    }

    pub(super) fn status(&self) -> Option<(&'static str, &'static str, &'static str)> {
        self.playbook.map(|one| one.status.look())
    }

    /// Whether what stands here is not what is in force.
    pub(super) fn is_ahead(&self) -> bool {
        self.playbook
            .is_some_and(|one| one.published.is_some_and(|published| published != one.version))
    }

    /// Choices by id; what is chosen and not offered stays, whatever it is called.
    pub(super) fn named(&self, all: &[Named], chosen: &str, none: &str) -> Vec<Choice> {
        let nothing = Choice::new("", self.t.say(none)).chosen_if(chosen.is_empty());
        let is_offered = chosen.is_empty() || all.iter().any(|(id, _)| id == chosen);
        let other =
            (!is_offered).then(|| Choice::new(chosen, self.t.say("playbooks-not-seen")).chosen_if(true));
        let one = |(id, name): &Named| Choice::new(id, name).chosen_if(id == chosen);
        [nothing]
            .into_iter()
            .chain(all.iter().map(one))
            .chain(other)
            .collect()
    }

    pub(super) fn dates(&self) -> Vec<Choice> {
        let chosen = self.form.value("date");
        let ours = [
            ("renewal", "playbooks-date-renewal"),
            ("start", "playbooks-date-start"),
            ("added", "playbooks-date-added"),
        ];
        let own = self.offered.dates().map(|field| {
            let id = field.id.to_string();
            Choice::new(id.clone(), &field.text.label).chosen_if(id == chosen)
        });
        self.of(&ours, chosen).into_iter().chain(own).collect()
    }

    pub(super) fn sides(&self) -> Vec<Choice> {
        let side = |side: Side| (side.as_str(), side.text());
        self.of(
            &[side(Side::Before), side(Side::After)],
            self.form.value("date_side"),
        )
    }

    pub(super) fn segments(&self) -> Vec<Choice> {
        self.named(
            &self.offered.segments,
            self.form.value("segment"),
            "playbooks-choose",
        )
    }

    pub(super) fn goals(&self) -> Vec<Choice> {
        let all = [
            ("score", "playbooks-goal-score"),
            ("eased", "playbooks-goal-eased"),
            ("renewed", "playbooks-goal-renewed"),
            ("metric", "playbooks-goal-metric"),
        ];
        self.of(&all, self.form.value("goal"))
    }

    pub(super) fn recipients(&self, number: &usize) -> Vec<Choice> {
        let all: Vec<(&str, &str)> = Recipient::ALL.map(|one| (one.as_str(), one.text())).to_vec();
        self.of(&all, self.value("to", number))
    }

    pub(super) fn webhooks(&self, number: &usize) -> Vec<Choice> {
        self.named(
            &self.offered.webhooks,
            self.value("webhook", number),
            "playbooks-choose",
        )
    }

    pub(super) fn fields(&self, number: &usize) -> Vec<Choice> {
        let chosen = self.value("field", number);
        let ours = [
            ("stage", "stages-stage"),
            ("tier", "tiers-tier"),
            ("owner", "tasks-owner"),
        ];
        let own = self.offered.fields.iter().map(|field| {
            let id = field.id.to_string();
            Choice::new(id.clone(), &field.text.label).chosen_if(id == chosen)
        });
        self.of(&ours, chosen).into_iter().chain(own).collect()
    }

    pub(super) fn set_rungs(&self, rungs: &[Rung], chosen: &str, none: &str) -> Vec<Choice> {
        let all: Vec<Named> = rungs
            .iter()
            .map(|rung| (rung.id.to_string(), rung.text.name.clone()))
            .collect();
        self.named(&all, chosen, none)
    }

    pub(super) fn set_owners(&self, number: &usize) -> Vec<Choice> {
        self.named(
            &self.offered.agents,
            self.value("set_owner", number),
            "playbooks-nothing",
        )
    }

    /// The variables that texts know: what stands in the text, and what it stands for.
    pub(super) fn variables(&self) -> Vec<(String, String)> {
        let ours = OF_ACCOUNT.iter().chain(OF_CONTACT);
        let ours = ours.map(|(name, text)| (format!("{{{{ {name} }}}}"), self.t.say(text)));
        let own = self.offered.fields.iter();
        let own = own.map(|field| {
            (
                format!("{{{{ {FIELD}{} }}}}", field.text.key),
                field.text.label.clone(),
            )
        });
        ours.chain(own).collect()
    }

    /// Where a mail is shown as it would go out; nothing before it is saved.
    pub(super) fn preview(&self, number: &usize) -> Option<String> {
        let saved = self.playbook?;
        let step = saved.content.steps.get(number.checked_sub(1)?)?;
        matches!(step, Step::Mail { .. }).then(|| format!("/playbooks/{}/preview?step={number}", saved.id))
    }
}
