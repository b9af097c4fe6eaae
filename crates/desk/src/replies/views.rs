//! What the templates of saved replies take.

use askama::Template;
use kit::i18n::{Locale, Text};
use kit::web::{Choice, Filled};
use tandem_core::agents::Agent;
use tandem_core::teams::Team;

use super::files::ReplyFile;
use super::templates::{VARIABLES, Variable};
use super::web::{ListQuery, input, set};
use super::{Audience, FIELDS, Reply, SNOOZES};
use crate::statuses::{self, OwnStatus};
use crate::tickets::{Field, Kind, Priority};

#[derive(Template)]
#[template(path = "replies/views/list.html")]
pub(super) struct ListPage<'a> {
    t: &'a Text,
    query: &'a ListQuery,
    replies: Vec<Reply>,
    folders: Vec<Choice>,
    teams: Vec<Team>,
    is_any: bool,
}

#[derive(Template)]
#[template(path = "replies/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    t: &'a Text,
}

impl<'a> ListPage<'a> {
    pub(super) fn new(t: &'a Text, mut replies: Vec<Reply>, teams: Vec<Team>, query: &'a ListQuery) -> Self {
        let names = super::folders(&replies);
        let all = Choice::new("", t.say("replies-folders-all"));
        let folder = |name: &String| Choice::new(name, name).chosen_if(*name == query.folder);
        let folders = std::iter::once(all).chain(names.iter().map(folder)).collect();
        let is_any = !replies.is_empty();
        replies.retain(|reply| {
            let is_kind = match query.kind.as_str() {
                "replies" => !reply.is_macro(),
                "macros" => reply.is_macro(),
                "own" => !reply.text.audience.is_shared(),
                _ => true,
            };
            let is_here = query.folder.is_empty() || reply.text.folder == query.folder;
            is_kind && is_here && reply.has(&query.q)
        });
        Self {
            t,
            query,
            replies,
            folders,
            teams,
            is_any,
        }
    }

    pub(super) fn actions(&self) -> ListActions<'a> {
        ListActions { t: self.t }
    }

    fn kinds(&self) -> Vec<Choice> {
        let words = [
            ("", "replies-kinds-all"),
            ("replies", "replies-kinds-replies"),
            ("macros", "replies-kinds-macros"),
            ("own", "replies-kinds-own"),
        ];
        words
            .map(|(word, text)| Choice::new(word, self.t.say(text)).chosen_if(word == self.query.kind))
            .into()
    }

    fn is_asked(&self) -> bool {
        !(self.query.q.is_empty() && self.query.folder.is_empty() && self.query.kind.is_empty())
    }

    fn audience(&self, reply: &Reply) -> String {
        audience(self.t, &self.teams, reply.text.audience)
    }
}

fn audience(t: &Text, teams: &[Team], audience: Audience) -> String {
    match audience {
        Audience::Everyone => t.say("replies-audience-everyone"),
        Audience::Own(_) => t.say("replies-audience-own"),
        Audience::Team(id) => {
            let team = teams.iter().find(|team| team.id == id);
            team.map(|team| team.name.clone()).unwrap_or_default()
        }
    }
}

/// What a text becomes in a ticket.
pub(super) struct Preview {
    pub(super) number: i64,
    pub(super) subject: String,
    pub(super) words: String,
}

#[derive(Template)]
#[template(path = "replies/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) reply: Option<Reply>,
    pub(super) files: Vec<ReplyFile>,
    pub(super) filled: &'a Filled,
    pub(super) preview: Option<Preview>,
    pub(super) teams: Vec<Team>,
    pub(super) agents: Vec<Agent>,
    pub(super) statuses: Vec<OwnStatus>,
    pub(super) folders: Vec<String>,
    pub(super) may_share: bool,
    pub(super) may_write: bool,
}

impl FormPage<'_> {
    fn action(&self) -> String {
        match &self.reply {
            Some(reply) => format!("/settings/replies/{}", reply.id),
            None => "/settings/replies".to_owned(),
        }
    }

    fn variables(&self) -> &'static [Variable] {
        VARIABLES
    }

    /// How large a file is, in thousands of bytes.
    fn size(&self, file: &ReplyFile) -> String {
        let size = self.t.number((file.size + 999) / 1_000);
        self.t
            .say_with("tickets-file-kb", kit::args!(size = size.as_str()))
    }

    /// The words in other languages: the input, what it is called, what stands in it.
    fn languages(&self) -> Vec<(String, String, &str)> {
        let one = |locale: Locale| {
            let name = input(locale);
            let now = self.filled.value(&name);
            (name, locale.own_name(), now)
        };
        Locale::all().map(one).collect()
    }

    fn has_words(&self) -> bool {
        let says =
            |(name, _, now): &(String, String, &str)| !now.is_empty() || !self.filled.error(name).is_empty();
        self.languages().iter().any(says)
    }

    fn modes(&self) -> Vec<Choice> {
        let now = self.filled.value("is_note") == "note";
        vec![
            Choice::new("reply", self.t.say("replies-is-reply")).chosen_if(!now),
            Choice::new("note", self.t.say("replies-is-note")).chosen_if(now),
        ]
    }

    /// Whose it can be; who does not set up the inbox writes for themselves.
    fn audiences(&self) -> Vec<Choice> {
        let now = self.filled.value("audience");
        let choice = |word: String, text: String| {
            let is_chosen = word == now;
            Choice::new(word, text).chosen_if(is_chosen)
        };
        let mut choices = vec![choice("own".to_owned(), self.t.say("replies-audience-own"))];
        if self.may_share {
            choices.push(choice(
                "everyone".to_owned(),
                self.t.say("replies-audience-everyone"),
            ));
            let teams = self
                .teams
                .iter()
                .filter(|team| team.archiving.is_none() || team.id.to_string() == now);
            choices.extend(teams.map(|team| choice(team.id.to_string(), team.name.clone())));
        }
        choices
    }

    fn fields(&self) -> [Field; 6] {
        FIELDS
    }

    fn name(&self, field: &Field) -> &'static str {
        set(*field)
    }

    /// What a field can be changed to; the first leaves it.
    fn choices(&self, field: &Field) -> Vec<Choice> {
        let t = self.t;
        let now = self.filled.value(set(*field));
        let word = |(word, text): (&str, &str)| Choice::new(word, t.say(text)).chosen_if(word == now);
        let mut choices = vec![Choice::new("", t.say("replies-leave")).chosen_if(now.is_empty())];
        match field {
            Field::Status => {
                let step = now.parse().ok();
                choices.extend(statuses::choices(t, &self.statuses, step));
            }
            Field::Priority => {
                choices.extend(Priority::ALL.iter().map(|one| word((one.as_str(), one.text()))));
            }
            Field::Kind => choices.extend(Kind::ALL.iter().map(|one| word((one.as_str(), one.text())))),
            Field::Agent => {
                choices.extend([("me", "replies-me"), ("nobody", "tickets-nobody")].map(word));
                let open = self
                    .agents
                    .iter()
                    .filter(|agent| agent.is_active && !agent.is_machine);
                choices.extend(open.map(|agent| named(agent.id.to_string(), &agent.name, now)));
            }
            Field::Team => {
                choices.push(word(("none", "tickets-no-team")));
                let open = self.teams.iter().filter(|team| team.archiving.is_none());
                choices.extend(open.map(|team| named(team.id.to_string(), &team.name, now)));
            }
            _ => choices.extend(SNOOZES.map(word)),
        }
        choices
    }
}

fn named(id: String, name: &str, now: &str) -> Choice {
    let is_chosen = id == now;
    Choice::new(id, name).chosen_if(is_chosen)
}

#[derive(Template)]
#[template(path = "replies/views/choose.html")]
pub(super) struct ChoosePage<'a> {
    pub(super) t: &'a Text,
    /// The ticket's id, or `new` for one that is not opened yet.
    pub(super) ticket: String,
    pub(super) view: &'a str,
    pub(super) q: &'a str,
    pub(super) replies: Vec<Reply>,
    pub(super) is_any: bool,
}
