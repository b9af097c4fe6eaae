//! What the templates of API inboxes take.

use std::sync::Arc;

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::web::{Choice, Failure};
use tandem_core::teams::Team;
use tandem_core::webhooks::{StopReason, Webhook};

use super::{ADDRESS, Answer, ApiInbox, CHANNELS, InboxText};

/// How an inbox stands, as a badge shows it.
struct State {
    tone: &'static str,
    icon: &'static str,
    word: &'static str,
}

impl State {
    fn of(inbox: &ApiInbox, line: &Webhook) -> Self {
        let system = |reason: StopReason| reason.is_of_the_system();
        let (tone, icon, word) = match (&line.stop, line.failing_since) {
            _ if inbox.closing.is_some() => ("", "lock", "api-inboxes-is-closed"),
            (Some(stop), _) if system(stop.reason) => ("bad", "circle-x", "api-inboxes-is-switched-off"),
            (Some(_), _) => ("", "ban", "api-inboxes-is-off"),
            (None, Some(_)) => ("warn", "triangle-alert", "api-inboxes-is-failing"),
            (None, None) => ("good", "circle-check", "api-inboxes-is-on"),
        };
        Self { tone, icon, word }
    }
}

#[derive(Template)]
#[template(path = "api_inboxes/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    /// Each with how many messages came in thirty days.
    pub(super) inboxes: Vec<(ApiInbox, Webhook, i64)>,
    pub(super) may_write: bool,
}

impl ListPage<'_> {
    fn state(&self, inbox: &ApiInbox, line: &Webhook) -> State {
        State::of(inbox, line)
    }
}

#[derive(Template)]
#[template(path = "api_inboxes/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

/// An answer as the log shows it.
pub(super) struct Row {
    pub(super) answer: Answer,
    /// The number of its ticket.
    pub(super) number: i64,
    /// How it stands, and why.
    pub(super) said: String,
}

impl Row {
    fn tone(&self) -> &'static str {
        self.answer.standing().look().0
    }

    fn icon(&self) -> &'static str {
        self.answer.standing().look().1
    }
}

#[derive(Template)]
#[template(path = "api_inboxes/views/inbox.html")]
pub(super) struct InboxPage<'a> {
    pub(super) t: &'a Text,
    pub(super) inbox: &'a ApiInbox,
    pub(super) line: &'a Webhook,
    pub(super) team: String,
    /// How many messages came in thirty days, and when the newest did.
    pub(super) traffic: (i64, Option<Timestamp>),
    pub(super) log: Vec<Row>,
    pub(super) next: Option<String>,
    pub(super) may_write: bool,
    /// Whether deliveries are shown to the reader.
    pub(super) may_look: bool,
    pub(super) origin: Arc<str>,
}

impl InboxPage<'_> {
    fn state(&self) -> State {
        State::of(self.inbox, self.line)
    }

    /// Whether the system switched answers off.
    fn is_switched_off(&self) -> bool {
        let stop = self.line.stop.as_ref();
        self.inbox.closing.is_none() && stop.is_some()
    }

    /// What brings a message, to be copied.
    fn example(&self) -> String {
        let body = serde_json::json!({
            "conversation": "chat-4711", "id": "msg-1",
            "author": { "name": "Nadia Rahman", "external_id": "user-77" },
            "text": "Hello",
        });
        format!(
            "curl -X POST {}/api/v1/api-inboxes/{}/messages \\\n  -H 'authorization: Bearer TOKEN' \\\n  -H 'content-type: application/json' \\\n  -d '{body}'",
            self.origin, self.inbox.id
        )
    }
}

#[derive(Template)]
#[template(path = "api_inboxes/views/inbox_actions.html")]
pub(super) struct InboxActions<'a> {
    pub(super) t: &'a Text,
    pub(super) inbox: &'a ApiInbox,
    pub(super) is_on: bool,
}

#[derive(Template)]
#[template(path = "api_inboxes/views/secret.html")]
pub(super) struct SecretPage<'a> {
    pub(super) t: &'a Text,
    pub(super) inbox: &'a ApiInbox,
    pub(super) secret: String,
}

#[derive(Template)]
#[template(path = "api_inboxes/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) inbox: Option<&'a ApiInbox>,
    pub(super) text: InboxText,
    pub(super) version: i64,
    pub(super) teams: Vec<Team>,
    pub(super) wrong: Option<&'a Failure>,
}

impl FormPage<'_> {
    fn action(&self) -> String {
        match self.inbox {
            Some(inbox) => format!("{ADDRESS}/{}", inbox.id),
            None => ADDRESS.to_owned(),
        }
    }

    fn error(&self, name: &str) -> String {
        let wrong = self.wrong.map(|failure| failure.field_text(name, self.t));
        wrong.unwrap_or_default()
    }

    /// What is wrong with no field.
    fn whole(&self) -> Option<String> {
        let whole = self.wrong.filter(|failure| failure.fields.is_empty());
        whole.map(|failure| self.t.say(failure.code.text))
    }

    fn channels(&self) -> Vec<Choice> {
        let choices = CHANNELS.iter().map(|one| {
            Choice::new(one.as_str(), self.t.say(one.text())).chosen_if(*one == self.text.channel)
        });
        choices.collect()
    }

    fn teams(&self) -> Vec<Choice> {
        let now = self.text.team;
        let none = Choice::new("", self.t.say("tickets-no-team")).chosen_if(now.is_none());
        let open = self
            .teams
            .iter()
            .filter(|team| team.archiving.is_none() || now == Some(team.id));
        let choice =
            |team: &Team| Choice::new(team.id.to_string(), &team.name).chosen_if(now == Some(team.id));
        std::iter::once(none).chain(open.map(choice)).collect()
    }
}
