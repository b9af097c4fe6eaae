//! What the templates of touchpoints take.

use std::collections::HashMap;

use askama::Template;
use kit::db::Tx;
use kit::i18n::Text;
use kit::web::{Choice, Failure, Filled, address};

use super::{
    BY_HAND, Channel, Cursor, Direction, Experience, Filter, Impression, Judged, Kind, Touchpoint, Whose,
    timeline,
};
use crate::accounts::Account;
use crate::actor::Actor;
use crate::contacts::{self, Contact, ContactId};
use crate::permissions::Permission;

/// A part of a timeline, with the names of the people in it.
pub(super) struct Entries {
    pub(super) touchpoints: Vec<Touchpoint>,
    pub(super) names: HashMap<ContactId, String>,
    pub(super) next: Option<String>,
}

impl Entries {
    pub(super) fn read(
        tx: &mut Tx<'_>,
        actor: &Actor,
        whose: Whose,
        filter: Filter,
    ) -> Result<Self, Failure> {
        let page = usize::try_from(filter.limit).expect("a page is small");
        let filter = Filter {
            limit: filter.limit + 1,
            ..filter
        };
        let mut touchpoints = timeline(tx, actor, whose, &filter)?;
        let next = (touchpoints.len() > page).then(|| {
            touchpoints.truncate(page);
            let last = &touchpoints[page - 1];
            let cursor = Cursor {
                at: last.happened_at.0,
                id: last.id,
            };
            cursor.encode()
        });
        let mut names = HashMap::new();
        if actor.may(Permission::ContactsRead) {
            let people = touchpoints.iter().filter_map(|touchpoint| touchpoint.contact);
            names = contacts::names(tx, actor, &people.collect::<Vec<_>>())?;
        }
        Ok(Self {
            touchpoints,
            names,
            next,
        })
    }
}

#[derive(Template)]
#[template(path = "touchpoints/views/timeline.html")]
pub(super) struct TimelinePanel<'a> {
    pub(super) t: &'a Text,
    pub(super) base: String,
    pub(super) kinds: Vec<Kind>,
    pub(super) kind: &'a str,
    pub(super) channel: &'a str,
    pub(super) mood: &'a str,
    pub(super) since: &'a str,
    pub(super) until: &'a str,
    pub(super) experience: Option<Experience>,
    pub(super) new_at: Option<String>,
    pub(super) may_write: bool,
    pub(super) part: Entries,
}

impl TimelinePanel<'_> {
    fn known(&self, touchpoint: &Touchpoint) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.word == touchpoint.kind)
    }

    fn icon(&self, touchpoint: &Touchpoint) -> &'static str {
        self.known(touchpoint).map_or("activity", |kind| kind.icon)
    }

    fn title(&self, touchpoint: &Touchpoint) -> String {
        let kind = self.known(touchpoint);
        kind.map_or_else(|| touchpoint.kind.clone(), |kind| self.t.say(kind.text))
    }

    /// The name in a signature, without its id; nothing for what the program wrote down.
    fn author<'e>(&self, touchpoint: &'e Touchpoint) -> &'e str {
        match touchpoint.author.split_once(' ') {
            Some((who, name)) if !who.starts_with("system") => name,
            _ => "",
        }
    }

    fn name(&self, touchpoint: &Touchpoint) -> Option<(ContactId, &str)> {
        let id = touchpoint.contact?;
        self.part.names.get(&id).map(|name| (id, name.as_str()))
    }

    /// Which way it took and who began; nothing of what the program itself wrote down.
    fn way(&self, touchpoint: &Touchpoint) -> String {
        let channel = match touchpoint.channel {
            Channel::System => return String::new(),
            channel => self.t.say(channel.text()),
        };
        let key = match touchpoint.direction {
            Direction::Inbound => "touchpoints-way-inbound",
            Direction::Outbound => "touchpoints-way-outbound",
            Direction::Both => return channel,
        };
        self.t.say_with(key, kit::args!(channel = channel.as_str()))
    }

    /// Why it is judged so, in words of the reader where a rule says it; with who says so, where somebody else wrote it down.
    fn reason(&self, touchpoint: &Touchpoint, judged: &Judged) -> String {
        let (id, name) = judged.by.split_once(' ').unwrap_or((judged.by.as_str(), ""));
        let is_rule = id.starts_with("system");
        let why = match judged.reason.as_str() {
            "" => String::new(),
            key if is_rule => self.t.say(key),
            reason => reason.to_owned(),
        };
        let name = if is_rule || judged.by == touchpoint.author {
            ""
        } else {
            name
        };
        let said = [why.as_str(), name];
        let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
        said.join(" · ")
    }

    fn seen(&self, touchpoint: &Touchpoint) -> String {
        let judged = touchpoint.impression.as_ref();
        judged.map_or_else(String::new, |judged| judged.impression.value().to_string())
    }

    fn impressions(&self) -> [Impression; 5] {
        Impression::ALL
    }

    fn is_filtered(&self) -> bool {
        let filters = [self.kind, self.channel, self.mood, self.since, self.until];
        filters.iter().any(|filter| !filter.is_empty())
    }

    fn kind_choices(&self) -> Vec<Choice> {
        let all = Choice::new("", self.t.say("touchpoints-all-kinds"));
        let kinds = self
            .kinds
            .iter()
            .map(|kind| Choice::new(kind.word, self.t.say(kind.text)).chosen_if(kind.word == self.kind));
        std::iter::once(all).chain(kinds).collect()
    }

    fn channel_choices(&self) -> Vec<Choice> {
        let all = Choice::new("", self.t.say("touchpoints-all-channels"));
        let channels = Channel::ALL.iter().map(|channel| {
            let word = channel.as_str();
            Choice::new(word, self.t.say(channel.text())).chosen_if(word == self.channel)
        });
        std::iter::once(all).chain(channels).collect()
    }

    fn mood_choices(&self) -> Vec<Choice> {
        [
            ("", "touchpoints-all-moods"),
            ("good", "touchpoints-good"),
            ("bad", "touchpoints-bad"),
        ]
        .into_iter()
        .map(|(word, text)| Choice::new(word, self.t.say(text)).chosen_if(word == self.mood))
        .collect()
    }

    fn more(&self, next: &str) -> String {
        let filters = [
            ("after", next),
            ("kind", self.kind),
            ("channel", self.channel),
            ("mood", self.mood),
            ("since", self.since),
            ("until", self.until),
        ];
        address(&format!("{}/touchpoints", self.base), &filters)
    }
}

#[derive(Template)]
#[template(path = "touchpoints/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) filled: &'a Filled,
    pub(super) account: &'a Account,
    pub(super) people: Vec<Contact>,
}

impl FormPage<'_> {
    fn kinds(&self) -> Vec<Choice> {
        let chosen = Some(self.filled.value("kind"))
            .filter(|kind| !kind.is_empty())
            .unwrap_or("call");
        let choice =
            |kind: &&Kind| Choice::new(kind.word, self.t.say(kind.text)).chosen_if(kind.word == chosen);
        BY_HAND.iter().map(choice).collect()
    }

    fn directions(&self) -> Vec<Choice> {
        let chosen = Some(self.filled.value("direction"))
            .filter(|word| !word.is_empty())
            .unwrap_or("outbound");
        let choice = |direction: &Direction| {
            let word = direction.as_str();
            Choice::new(word, self.t.say(direction.text())).chosen_if(word == chosen)
        };
        Direction::ALL.iter().map(choice).collect()
    }

    fn channels(&self) -> Vec<Choice> {
        let chosen = self.filled.value("channel");
        let usual = Choice::new("", self.t.say("touchpoints-channel-usual"));
        let channels = Channel::ALL.iter().map(|channel| {
            let word = channel.as_str();
            Choice::new(word, self.t.say(channel.text())).chosen_if(word == chosen)
        });
        std::iter::once(usual).chain(channels).collect()
    }

    fn impressions(&self) -> Vec<Choice> {
        let chosen = self.filled.value("impression");
        let none = Choice::new("", self.t.say("touchpoints-not-judged")).chosen_if(chosen.is_empty());
        let judged = Impression::ALL.into_iter().map(|impression| {
            let number = impression.value().to_string();
            let is_chosen = number == chosen;
            Choice::new(number, self.t.say(impression.text())).chosen_if(is_chosen)
        });
        std::iter::once(none).chain(judged).collect()
    }

    fn contacts(&self) -> Vec<Choice> {
        let chosen = self.filled.value("contact");
        let none = Choice::new("", self.t.say("touchpoints-nobody"));
        let people = self.people.iter().map(|contact| {
            let id = contact.id.to_string();
            let is_chosen = id == chosen;
            Choice::new(id, contact.text.name.clone()).chosen_if(is_chosen)
        });
        std::iter::once(none).chain(people).collect()
    }
}
