//! What the templates of mailboxes take.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Failure};
use tandem_core::teams::{Team, TeamId};

use super::grants::Connection;
use super::providers::{MailProvider, MailProviderId};
use super::trying::Tried;
use super::{Direction, Incoming, MailServer, Mailbox, MailboxText, Outgoing, Protection, Strangers};

/// How something stands, as a badge shows it.
pub(super) struct State {
    tone: &'static str,
    icon: &'static str,
    word: &'static str,
}

impl State {
    fn of(mailbox: &Mailbox) -> Self {
        let (tone, icon, word) = match (&mailbox.archiving, mailbox.incoming, mailbox.outgoing) {
            (Some(_), ..) => ("", "archive", "mailboxes-archived"),
            (None, Incoming::None, Outgoing::None) => ("warn", "triangle-alert", "mailboxes-state-idle"),
            (None, Incoming::None, _) => ("info", "send", "mailboxes-state-sends"),
            (None, _, Outgoing::None) => ("info", "inbox", "mailboxes-state-receives"),
            (None, ..) => ("good", "circle-check", "mailboxes-state-on"),
        };
        Self { tone, icon, word }
    }
}

#[derive(Template)]
#[template(path = "mailboxes/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) mailboxes: Vec<Mailbox>,
    pub(super) teams: Vec<Team>,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "mailboxes/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
}

impl<'a> ListPage<'a> {
    pub(super) fn actions(&self) -> ListActions<'a> {
        ListActions { t: self.t }
    }

    fn state(&self, mailbox: &Mailbox) -> State {
        State::of(mailbox)
    }

    fn team(&self, mailbox: &Mailbox) -> Option<&str> {
        let team = self.teams.iter().find(|team| Some(team.id) == mailbox.team)?;
        Some(&team.name)
    }
}

#[derive(Template)]
#[template(path = "mailboxes/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) text: &'a MailboxText,
    pub(super) now: Option<&'a Mailbox>,
    pub(super) version: i64,
    pub(super) action: String,
    pub(super) teams: Vec<Choice>,
    pub(super) providers: Vec<Choice>,
    /// How it is signed in, where it signs in at a provider.
    pub(super) connection: Option<Connection>,
    pub(super) wrong: Option<&'a Failure>,
}

impl FormPage<'_> {
    fn error(&self, name: &str) -> String {
        let wrong = self.wrong.map(|failure| failure.field_text(name, self.t));
        wrong.unwrap_or_default()
    }

    fn whole(&self) -> Option<String> {
        let whole = self.wrong.filter(|failure| failure.fields.is_empty());
        whole.map(|failure| self.t.say(failure.code.text))
    }

    fn is_archived(&self) -> bool {
        self.now.is_some_and(|mailbox| !mailbox.is_open())
    }

    fn is_default_now(&self) -> bool {
        self.now.is_some_and(|mailbox| mailbox.is_default)
    }

    fn incoming(&self) -> Vec<Choice> {
        choices(
            self.t,
            Incoming::ALL.iter().map(|one| (one.as_str(), one.text())),
            self.text.incoming.as_str(),
        )
    }

    fn outgoing(&self) -> Vec<Choice> {
        choices(
            self.t,
            Outgoing::ALL.iter().map(|one| (one.as_str(), one.text())),
            self.text.outgoing.as_str(),
        )
    }

    fn strangers(&self) -> Vec<Choice> {
        choices(
            self.t,
            Strangers::ALL.iter().map(|one| (one.as_str(), one.text())),
            self.text.rules.strangers.as_str(),
        )
    }

    fn protections(&self, chosen: &Protection) -> Vec<Choice> {
        choices(
            self.t,
            Protection::ALL.iter().map(|one| (one.as_str(), one.text())),
            chosen.as_str(),
        )
    }

    fn port(&self, port: &u16) -> String {
        if *port == 0 {
            String::new()
        } else {
            port.to_string()
        }
    }

    fn password_hint(&self, is_in: bool) -> String {
        let direction = if is_in { Direction::In } else { Direction::Out };
        let kept = self.now.and_then(|mailbox| mailbox.server(direction));
        let is_kept = kept.is_some_and(|server: &MailServer| server.has_password);
        self.t.say(if is_kept {
            "mailboxes-password-kept"
        } else {
            "mailboxes-password-hint"
        })
    }
}

fn choices(t: &Text, words: impl Iterator<Item = (&'static str, &'static str)>, chosen: &str) -> Vec<Choice> {
    words
        .map(|(word, text)| Choice {
            value: word.to_owned(),
            text: t.say(text),
            chosen: word == chosen,
        })
        .collect()
}

/// The teams that take work, and none.
pub(super) fn teams(t: &Text, teams: &[Team], chosen: Option<TeamId>) -> Vec<Choice> {
    let none = Choice {
        value: String::new(),
        text: t.say("mailboxes-team-none"),
        chosen: chosen.is_none(),
    };
    let open = teams
        .iter()
        .filter(|team| team.archiving.is_none() || Some(team.id) == chosen);
    let each = open.map(|team| Choice {
        value: team.id.to_string(),
        text: team.name.clone(),
        chosen: Some(team.id) == chosen,
    });
    std::iter::once(none).chain(each).collect()
}

/// The providers at which a mailbox can sign in, and passwords.
pub(super) fn providers(t: &Text, providers: &[MailProvider], chosen: Option<MailProviderId>) -> Vec<Choice> {
    let none = Choice::new("", t.say("mailboxes-by-password")).chosen_if(chosen.is_none());
    let each = providers.iter().map(|provider| {
        let said = t.say_with(
            "mailboxes-by-provider",
            kit::args!(provider = provider.name.as_str()),
        );
        Choice::new(provider.id.to_string(), said).chosen_if(Some(provider.id) == chosen)
    });
    std::iter::once(none).chain(each).collect()
}

#[derive(Template)]
#[template(path = "mailboxes/views/form_actions.html")]
pub(super) struct FormActions<'a> {
    pub(super) t: &'a Text,
    pub(super) mailbox: &'a Mailbox,
}

#[derive(Template)]
#[template(path = "mailboxes/views/tried.html")]
pub(super) struct TriedPage<'a> {
    pub(super) t: &'a Text,
    pub(super) mailbox: &'a Mailbox,
    pub(super) tried: Vec<Tried>,
}

impl TriedPage<'_> {
    /// The form with the folder of what was sent in it, where there is one that is not read, and what it is called.
    fn offer(&self, tried: &Tried) -> Option<(String, String)> {
        let folder = tried.unread_sent(self.mailbox)?;
        let form = format!("/settings/mailboxes/{}", self.mailbox.id);
        let said = kit::args!(folder = folder.shown.as_str());
        Some((
            kit::web::address(&form, &[("sent_folder", folder.name.as_str())]),
            self.t.say_with("mailboxes-sent-offer", said),
        ))
    }

    fn title(&self, tried: &Tried) -> String {
        let key = match (tried.direction, tried.is_good()) {
            (Direction::In, true) => "mailboxes-tried-in-good",
            (Direction::In, false) => "mailboxes-tried-in-bad",
            (Direction::Out, true) => "mailboxes-tried-out-good",
            (Direction::Out, false) => "mailboxes-tried-out-bad",
        };
        let args = kit::args!(server = tried.server.as_str());
        self.t.say_with(key, args)
    }
}
