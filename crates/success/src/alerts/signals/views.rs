//! What the templates of signals take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};

use super::{Sent, Signal};
use crate::alerts::{Outcome, Reason, SignalKind, State};

/// Who hears of it.
pub(super) fn whom(t: &Text, owner: Option<&str>) -> String {
    match owner {
        Some(name) => t.say_with("signals-goes-to", kit::args!(name = name)),
        None => t.say("signals-goes-nowhere"),
    }
}

#[derive(Template)]
#[template(path = "alerts/signals/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) form: &'a Filled,
    /// The account that it is about, and who hears of it, where there is no choice.
    pub(super) only: Option<(String, String)>,
    pub(super) accounts: Vec<Choice>,
    pub(super) may_name: bool,
}

impl FormPage<'_> {
    fn kinds(&self) -> Vec<Choice> {
        let chosen = self.form.value("kind");
        let kind = |one: &SignalKind| {
            Choice::new(one.as_str(), self.t.say(one.text())).chosen_if(one.as_str() == chosen)
        };
        SignalKind::ALL.iter().map(kind).collect()
    }
}

#[derive(Template)]
#[template(path = "alerts/signals/views/panel.html")]
pub(super) struct SignalsPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) sent: Vec<Sent>,
    pub(super) may_see: bool,
}

impl SignalsPanel<'_> {
    fn signal<'b>(&self, sent: &'b Sent) -> Option<&'b Signal> {
        sent.alert.signal()
    }

    fn said(&self, sent: &Sent) -> String {
        self.signal(sent)
            .map(|signal| signal.said(self.t))
            .unwrap_or_default()
    }

    /// What became of it: who has it, or how it ended.
    fn fate(&self, sent: &Sent) -> String {
        let (t, work) = (self.t, &sent.alert.work);
        let owner = sent.owner.as_deref();
        let ended = |word: Option<&'static str>| {
            let word = t.say(word.unwrap_or(work.state.text()));
            match work.words.as_str() {
                "" => word,
                words => format!("{word} · {words}"),
            }
        };
        match work.state {
            State::Dismissed => ended(Reason::named(&work.word).map(Reason::text)),
            State::Handled => ended(Outcome::named(&work.word).map(Outcome::text)),
            // Nobody looks for the cause of what was told: it closes by itself only when it is taken back, or the account goes.
            State::Eased => t.say("signals-over"),
            State::Snoozed => {
                let day = work.snoozed_until.map(|day| t.day(day)).unwrap_or_default();
                t.say_with("signals-snoozed", kit::args!(day = day))
            }
            State::Open => match (owner, work.taken_by) {
                (Some(name), Some(_)) => t.say_with("signals-taken", kit::args!(name = name)),
                (Some(name), None) => t.say_with("signals-waits", kit::args!(name = name)),
                (None, _) => t.say("signals-waits-nobody"),
            },
        }
    }

    fn icon(&self, sent: &Sent) -> &'static str {
        match sent.alert.work.state {
            State::Open if sent.alert.work.taken_by.is_some() => "user",
            State::Open => "circle-dot",
            State::Snoozed => "clock",
            State::Dismissed => "ban",
            State::Handled => "circle-check",
            State::Eased => "undo-2",
        }
    }
}
