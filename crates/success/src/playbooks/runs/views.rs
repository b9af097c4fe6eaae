//! What the templates of runs take.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::web::{Choice, Filled, Tab};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;
use tandem_core::correspondence::Fate;
use tandem_core::webhooks::deliveries::DeliveryState;

use crate::playbooks::views::{by, hindrance_text, kind_text};
use crate::playbooks::{Fired, Mailed, Reached, Run, RunState, Step, Trigger};

/// A run in a list: of a playbook, with the account's name; at an account, with the playbook's.
pub(in crate::playbooks) struct RunLine {
    pub(in crate::playbooks) run: Run,
    pub(in crate::playbooks) name: String,
    pub(in crate::playbooks) href: String,
    pub(in crate::playbooks) of: i64,
}

impl RunLine {
    pub(in crate::playbooks) fn is_running(&self) -> bool {
        self.run.state == RunState::Running
    }

    pub(in crate::playbooks) fn is_stopped(&self) -> bool {
        self.run.state == RunState::Stopped
    }
}

/// How a run was begun or ended, in words.
pub(in crate::playbooks) fn cause(t: &Text, cause: &str) -> String {
    match cause {
        "hand" => t.say("playbooks-cause-hand"),
        "renewal" => t.say("playbooks-cause-renewal"),
        "date" => t.say("playbooks-cause-date"),
        "segments.entered" => t.say("playbooks-cause-segment"),
        "alert.opened" => t.say("playbooks-cause-alert"),
        "account.health_band_changed" => t.say("playbooks-cause-band"),
        "account.stage_changed" => t.say("playbooks-cause-stage"),
        event => event.to_owned(),
    }
}

fn why(t: &Text, why: &str) -> String {
    match why {
        "" | "steps" => String::new(),
        "band" => t.say("playbooks-why-band"),
        "alert" => t.say("playbooks-why-alert"),
        "closed" => t.say("playbooks-why-closed"),
        "segment" => t.say("playbooks-why-segment"),
        _ => t.say("playbooks-why-hand"),
    }
}

#[derive(Template)]
#[template(path = "playbooks/views/runs.html")]
pub(in crate::playbooks) struct RunsPage<'a> {
    pub(in crate::playbooks) t: &'a Text,
    pub(in crate::playbooks) tabs: Vec<Tab>,
    pub(in crate::playbooks) lines: Vec<RunLine>,
    pub(in crate::playbooks) held: Vec<(AccountId, String, Timestamp)>,
    pub(in crate::playbooks) next: Option<String>,
    pub(in crate::playbooks) may_see: bool,
}

impl RunsPage<'_> {
    fn note(&self, line: &RunLine) -> String {
        let mut parts = vec![cause(self.t, &line.run.cause)];
        let why = why(self.t, &line.run.why);
        if !why.is_empty() {
            parts.push(why);
        }
        parts.join(" · ")
    }

    fn steps(&self, line: &RunLine) -> String {
        let (step, of) = (self.t.number(line.run.step.min(line.of)), self.t.number(line.of));
        format!("{step} / {of}")
    }
}

#[derive(Template)]
#[template(path = "playbooks/views/run.html")]
pub(in crate::playbooks) struct RunPage<'a> {
    pub(in crate::playbooks) t: &'a Text,
    pub(in crate::playbooks) run: &'a Run,
    pub(in crate::playbooks) account: Option<String>,
    pub(in crate::playbooks) steps: Vec<(Reached, Option<Step>)>,
    pub(in crate::playbooks) left: i64,
    pub(in crate::playbooks) log: Log,
    /// To whom the mail can go that the run waits with; empty where it waits for none.
    pub(in crate::playbooks) recipients: Vec<Choice>,
    pub(in crate::playbooks) form: &'a Filled,
    pub(in crate::playbooks) may_take_back: bool,
}

/// What steps of a run did beside tasks.
#[derive(Default)]
pub(in crate::playbooks) struct Log {
    pub(in crate::playbooks) mails: Vec<Mailed>,
    pub(in crate::playbooks) names: HashMap<ContactId, String>,
    /// Where conversations stand, as far as the reader may see them.
    pub(in crate::playbooks) place: Option<&'static str>,
    /// What fields are called that steps changed, with what stood in them before and after: by the number of the step.
    pub(in crate::playbooks) changes: BTreeMap<i64, (String, String, String)>,
    /// How calls of webhooks stand: by the number of the step.
    pub(in crate::playbooks) calls: BTreeMap<i64, DeliveryState>,
}

impl RunPage<'_> {
    fn by(&self, signature: &str) -> String {
        by(self.t, signature)
    }

    fn cause(&self) -> String {
        cause(self.t, &self.run.cause)
    }

    fn why(&self) -> String {
        why(self.t, &self.run.why)
    }

    fn title(&self, step: &(Reached, Option<Step>)) -> String {
        let number = self.t.number(step.0.number + 1);
        let kind = self.t.say(kind_text(&step.0.kind));
        let more = match &step.1 {
            Some(Step::Task { title, .. }) => title.clone(),
            Some(Step::Tag { name } | Step::Signal { name } | Step::Webhook { name, .. }) => name.clone(),
            Some(Step::Mail { subject, .. }) => subject.clone(),
            Some(Step::Set { .. }) => {
                let change = self.log.changes.get(&step.0.number);
                change.map(|(field, ..)| field.clone()).unwrap_or_default()
            }
            _ => String::new(),
        };
        match more.as_str() {
            "" => format!("{number}. {kind}"),
            more => format!("{number}. {kind}: {more}"),
        }
    }

    fn outcome(&self, step: &(Reached, Option<Step>)) -> String {
        self.t.say(match step.0.outcome.as_str() {
            "waiting" => "playbooks-outcome-waiting",
            "waited" => "playbooks-outcome-waited",
            "yes" => "playbooks-outcome-yes",
            "no" => "playbooks-outcome-no",
            "failed" => "playbooks-outcome-failed",
            "left" => "playbooks-outcome-left",
            "undone" => "playbooks-outcome-undone",
            _ => "playbooks-outcome-done",
        })
    }

    fn mails(&self, step: &(Reached, Option<Step>)) -> Vec<MailLine> {
        let own = self.log.mails.iter().filter(|mail| mail.number == step.0.number);
        own.map(|mail| self.line(mail)).collect()
    }

    fn line(&self, mail: &Mailed) -> MailLine {
        let (tone, icon, text) = match (mail.outcome.as_str(), mail.fate) {
            ("written", Some(Fate::Sent)) => ("good", "check", "playbooks-fate-sent"),
            ("written", Some(Fate::Answered)) => ("good", "reply", "playbooks-fate-answered"),
            ("written", Some(Fate::Failed)) => ("bad", "circle-alert", "playbooks-fate-failed"),
            ("written", Some(Fate::Unknown)) => ("warn", "triangle-alert", "playbooks-fate-unknown"),
            ("written", Some(Fate::Withdrawn)) => ("", "undo-2", "playbooks-fate-withdrawn"),
            ("written", _) => ("", "clock", "playbooks-fate-waiting"),
            (hindrance, _) => ("warn", "ban", hindrance_text(hindrance)),
        };
        let name = self.log.names.get(&mail.contact).cloned();
        let place = self.log.place.filter(|_| !mail.conversation.is_empty());
        MailLine {
            name: name.unwrap_or_else(|| self.t.say("playbooks-mail-somebody")),
            tone,
            icon,
            text: self.t.say(text),
            href: place.map(|place| format!("{place}{}", mail.conversation)),
        }
    }

    fn call(&self, step: &(Reached, Option<Step>)) -> Option<String> {
        let state = self.log.calls.get(&step.0.number)?;
        Some(self.t.say(match state {
            DeliveryState::Waiting => "playbooks-call-waiting",
            DeliveryState::Delivered => "playbooks-call-delivered",
            DeliveryState::Failed => "playbooks-call-failed",
        }))
    }

    fn change(&self, step: &(Reached, Option<Step>)) -> Option<String> {
        let (_, before, after) = self.log.changes.get(&step.0.number)?;
        let args = kit::args!(before = before.as_str(), after = after.as_str());
        Some(self.t.say_with("playbooks-set-from-to", args))
    }

    fn may_undo(&self, step: &(Reached, Option<Step>)) -> bool {
        self.may_take_back && step.0.change.is_some() && step.0.outcome == "done"
    }

    fn has_more(&self) -> bool {
        self.left > 0
    }

    fn task<'s>(&self, step: &'s (Reached, Option<Step>)) -> Option<&'s str> {
        Some(step.0.subject.as_str()).filter(|id| id.starts_with("tsk_"))
    }

    fn icon(&self, step: &(Reached, Option<Step>)) -> &'static str {
        match step.0.outcome.as_str() {
            "waiting" => "hourglass",
            "failed" => "circle-alert",
            _ => "circle-check",
        }
    }
}

/// A mail of a run to one of them.
pub(in crate::playbooks) struct MailLine {
    name: String,
    tone: &'static str,
    icon: &'static str,
    text: String,
    href: Option<String>,
}

#[derive(Template)]
#[template(path = "playbooks/views/run_actions.html")]
pub(in crate::playbooks) struct RunActions<'a> {
    pub(in crate::playbooks) t: &'a Text,
    pub(in crate::playbooks) run: &'a Run,
}

impl RunActions<'_> {
    fn is_running(&self) -> bool {
        self.run.state == RunState::Running
    }

    fn is_stopped(&self) -> bool {
        self.run.state == RunState::Stopped
    }
}

#[derive(Template)]
#[template(path = "playbooks/views/past.html")]
pub(in crate::playbooks) struct PastPage<'a> {
    pub(in crate::playbooks) t: &'a Text,
    pub(in crate::playbooks) tabs: Vec<Tab>,
    pub(in crate::playbooks) fired: Vec<Fired>,
    pub(in crate::playbooks) trigger: &'a Trigger,
    /// All occasions, all accounts, and those of them that are left alone.
    pub(in crate::playbooks) sums: (i64, i64, i64),
}

impl PastPage<'_> {
    fn is_by_hand(&self) -> bool {
        *self.trigger == Trigger::Hand
    }

    fn days(&self, one: &Fired) -> String {
        let days: Vec<String> = one.days.iter().take(4).map(|day| self.t.day(*day)).collect();
        let more = if one.days.len() > 4 { " …" } else { "" };
        format!("{}{more}", days.join(", "))
    }
}

#[derive(Template)]
#[template(path = "playbooks/views/panel.html")]
pub(in crate::playbooks) struct AccountPanel<'a> {
    pub(in crate::playbooks) t: &'a Text,
    pub(in crate::playbooks) account: AccountId,
    pub(in crate::playbooks) lines: Vec<RunLine>,
    pub(in crate::playbooks) held: Vec<String>,
    pub(in crate::playbooks) startable: Vec<Choice>,
    pub(in crate::playbooks) may_write: bool,
}

impl AccountPanel<'_> {
    fn steps(&self, line: &RunLine) -> String {
        let (step, of) = (self.t.number(line.run.step.min(line.of)), self.t.number(line.of));
        format!("{step} / {of}")
    }
}
