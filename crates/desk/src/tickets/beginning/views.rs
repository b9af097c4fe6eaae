//! What the template of a new ticket takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Filled};
use tandem_core::agents::AgentId;
use tandem_core::touchpoints::Channel;

use super::super::names::Names;
use super::super::views::chosen;
use super::super::{Kind, Priority};
use super::draft::FormDraft;
use super::looking::Unclear;
use crate::forms::{Asked, FieldsView, WebForm, Words};

#[derive(Template)]
#[template(path = "tickets/beginning/views/form.html")]
pub(super) struct FormPage<'a> {
    t: &'a Text,
    filled: Filled,
    agents: Vec<Choice>,
    teams: Vec<Choice>,
    inputs: String,
    unclear: Unclear,
    begun: Option<FormDraft>,
    offered: Vec<WebForm>,
}

impl<'a> FormPage<'a> {
    pub(super) fn new(
        t: &'a Text,
        names: &Names,
        (filled, asked): (Filled, &[Asked]),
        me: Option<AgentId>,
    ) -> Self {
        let agent = if filled.has("agent") {
            filled.value("agent").parse().ok()
        } else {
            me
        };
        let inputs = FieldsView {
            t,
            asked,
            filled: &filled,
            words: &Words::default(),
        };
        let inputs = inputs.render();
        Self {
            t,
            agents: names.agent_choices(t, agent),
            teams: names.team_choices(t, filled.value("team").parse().ok()),
            inputs: inputs.expect("a template writes into a string, which cannot fail"),
            filled,
            unclear: Unclear::default(),
            begun: None,
            offered: Vec::new(),
        }
    }

    /// With what is to be chosen, the form that was begun before, and the forms whose fields can be asked for.
    pub(super) fn with(self, unclear: Unclear, begun: Option<FormDraft>, offered: Vec<WebForm>) -> Self {
        Self {
            unclear,
            begun,
            offered,
            ..self
        }
    }

    fn or<'b>(&'b self, name: &str, usual: &'b str) -> &'b str {
        Some(self.filled.value(name))
            .filter(|value| !value.is_empty())
            .unwrap_or(usual)
    }

    fn directions(&self) -> Vec<Choice> {
        let words = [("customer", "beginning-log"), ("us", "beginning-send")];
        chosen(self.t, words.into_iter(), self.or("from", "customer"))
    }

    fn channels(&self) -> Vec<Choice> {
        let known = Channel::ALL
            .iter()
            .map(|channel| (channel.as_str(), channel.text()));
        chosen(self.t, known, self.or("channel", Channel::Phone.as_str()))
    }

    fn priorities(&self) -> Vec<Choice> {
        let known = Priority::ALL.iter().map(|one| (one.as_str(), one.text()));
        chosen(self.t, known, self.or("priority", Priority::Normal.as_str()))
    }

    fn kinds(&self) -> Vec<Choice> {
        let known = Kind::ALL.iter().map(|one| (one.as_str(), one.text()));
        chosen(self.t, known, self.or("kind", Kind::Question.as_str()))
    }

    /// What is wrong with who asks.
    fn wrong_asker(&self) -> String {
        let wrong = [self.filled.error("contact"), self.filled.error("requester")];
        let wrong = wrong.into_iter().find(|wrong| !wrong.is_empty());
        match wrong {
            Some(wrong) => wrong.to_owned(),
            None if self.unclear.people.is_empty() => String::new(),
            None => self.t.say("beginning-which-person"),
        }
    }

    fn wrong_account(&self) -> String {
        match self.filled.error("account") {
            "" if !self.unclear.accounts.is_empty() => self.t.say("beginning-which-account"),
            wrong => wrong.to_owned(),
        }
    }

    /// What is wrong with what was written, with or without formatting.
    fn wrong_words(&self) -> &str {
        match self.filled.error("body") {
            "" => self.filled.error("html"),
            wrong => wrong,
        }
    }

    fn formats(&self) -> [(&'static str, &'static str, &'static str, String); 7] {
        super::super::conversing::formats(self.t)
    }

    fn icon(&self, name: &str) -> String {
        super::super::conversing::icon(name)
    }
}
