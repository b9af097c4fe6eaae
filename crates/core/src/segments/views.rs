//! What the templates of segments take.

use askama::Template;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::money::Money;
use kit::web::Choice;

use super::catalogue::{Catalogue, Entry, Nature, Scale, Shelf};
use super::form::{Draft, Part, Typed};
use super::line::Is;
use super::model::{DEPTH, Join, Segment, Subject};
use super::words::Said;
use super::{Member, Preview, Use};
use crate::events::Event;

/// The name in an actor's signature, without its id.
pub(super) fn by(signature: &str) -> &str {
    signature.split_once(' ').map_or(signature, |(_, name)| name)
}

#[derive(Template)]
#[template(path = "segments/views/list.html")]
pub(super) struct ListPage<'a> {
    pub(super) t: &'a Text,
    pub(super) segments: Vec<Segment>,
}

impl ListPage<'_> {
    fn by<'s>(&self, signature: &'s str) -> &'s str {
        by(signature)
    }
}

#[derive(Template)]
#[template(path = "segments/views/list_actions.html")]
pub(super) struct ListActions<'a> {
    pub(super) t: &'a Text,
}

/// A line of the history.
pub(super) struct Happened {
    pub(super) icon: &'static str,
    pub(super) text: String,
    pub(super) by: String,
    pub(super) at: Timestamp,
}

impl Happened {
    /// What an event says; none of those that say nothing of what people did.
    pub(super) fn of(event: &Event, t: &Text) -> Option<Self> {
        let (icon, text) = match event.kind.as_str() {
            "segments.added" => ("plus", t.say("segments-event-added")),
            "segments.edited" => ("pencil", t.say("segments-event-edited")),
            "segments.removed" => ("trash-2", t.say("segments-event-removed")),
            "segments.restored" => ("undo-2", t.say("segments-event-restored")),
            "segments.changed" => {
                let number = |name: &str| event.payload.get(name).and_then(|number| number.as_i64());
                let said = |name: &str| t.number(number(name).unwrap_or_default());
                let (entered, left) = (said("entered"), said("left"));
                let args = kit::args!(entered = entered.as_str(), left = left.as_str());
                ("rotate-cw", t.say_with("segments-event-changed", args))
            }
            _ => return None,
        };
        Some(Self {
            icon,
            text,
            by: by(&event.actor).to_owned(),
            at: event.created_at,
        })
    }
}

#[derive(Template)]
#[template(path = "segments/views/segment.html")]
pub(super) struct SegmentPage<'a> {
    pub(super) t: &'a Text,
    pub(super) segment: &'a Segment,
    pub(super) said: Vec<Said>,
    pub(super) members: Vec<Member>,
    pub(super) arr: Option<Money>,
    pub(super) uses: Vec<Use>,
    pub(super) history: Vec<Happened>,
}

impl SegmentPage<'_> {
    fn all(&self) -> String {
        format!("/accounts?segment={}", self.segment.id)
    }

    fn by<'s>(&self, signature: &'s str) -> &'s str {
        by(signature)
    }

    fn has_more(&self) -> bool {
        self.segment.members > self.members.len() as i64
    }
}

#[derive(Template)]
#[template(path = "segments/views/segment_actions.html")]
pub(super) struct SegmentActions<'a> {
    pub(super) t: &'a Text,
    pub(super) segment: &'a Segment,
    pub(super) may_write: bool,
}

#[derive(Template)]
#[template(path = "segments/views/panel.html")]
pub(super) struct AccountPanel<'a> {
    pub(super) t: &'a Text,
    pub(super) segments: Vec<Segment>,
}

#[derive(Template)]
#[template(path = "segments/views/builder.html")]
pub(super) struct BuilderPage<'a> {
    pub(super) t: &'a Text,
    pub(super) segment: Option<&'a Segment>,
    pub(super) draft: &'a Draft,
    pub(super) catalogue: &'a Catalogue,
    pub(super) preview: Option<Preview>,
    pub(super) conflict: Option<String>,
    pub(super) may_share: bool,
}

/// Choices under a heading.
pub(super) struct Section {
    pub(super) title: String,
    pub(super) choices: Vec<Choice>,
}

/// Which inputs a test takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    Text,
    Choices,
    Number,
    Days,
    Day,
    NumberAndDays,
    Nothing,
}

/// A group or a condition as the form shows it.
pub(super) struct Row<'a> {
    t: &'a Text,
    draft: &'a Draft,
    catalogue: &'a Catalogue,
    pub(super) number: usize,
    pub(super) depth: usize,
    group: Option<Join>,
    line: Option<&'a Typed>,
    entry: Option<&'a Entry>,
}

impl<'a> Row<'a> {
    pub(super) fn is_group(&self) -> bool {
        self.group.is_some()
    }

    pub(super) fn is_first(&self) -> bool {
        self.number == 0
    }

    pub(super) fn is_newest(&self) -> bool {
        self.draft.newest == Some(self.number)
    }

    pub(super) fn may_have_groups(&self) -> bool {
        self.depth < DEPTH
    }

    pub(super) fn field(&self, name: &str) -> String {
        format!("{name}.{}", self.number)
    }

    pub(super) fn error(&self, name: &str) -> &'a str {
        self.draft.error(&self.field(name))
    }

    pub(super) fn joins(&self) -> Vec<Choice> {
        let choice = |join: Join| {
            Choice::new(join.as_str(), self.t.say(join.text())).chosen_if(self.group == Some(join))
        };
        Join::ALL.into_iter().map(choice).collect()
    }

    fn typed(&self) -> Typed {
        self.line.cloned().unwrap_or_default()
    }

    pub(super) fn subjects(&self) -> Vec<Section> {
        let now = self.typed().about;
        let section = |shelf: Shelf| {
            let entries = self.catalogue.entries.iter();
            let entries = entries.filter(|entry| entry.shelf == shelf);
            let mut choices: Vec<Choice> = entries
                .filter(|entry| entry.is_offered || entry.subject.word() == now)
                .map(|entry| {
                    let word = entry.subject.word();
                    let is_now = word == now;
                    Choice::new(word, entry.called.said(self.t)).chosen_if(is_now)
                })
                .collect();
            if shelf != Shelf::Account {
                choices.sort_by(|one, other| one.text.cmp(&other.text));
            }
            Section {
                title: self.t.say(shelf.text()),
                choices,
            }
        };
        let sections = Shelf::ALL.into_iter().map(section);
        sections.filter(|section| !section.choices.is_empty()).collect()
    }

    /// What the form says where the subject is none that there is.
    pub(super) fn stranger(&self) -> Option<String> {
        self.entry.is_none().then(|| self.typed().about)
    }

    pub(super) fn tests(&self) -> Vec<Choice> {
        let now = self.typed().is;
        let tests = self.entry.map(Entry::tests).unwrap_or_default();
        let choice = |is: Is| Choice::new(is.as_str(), self.t.say(text(is))).chosen_if(is.as_str() == now);
        tests.into_iter().map(choice).collect()
    }

    pub(super) fn input(&self) -> Input {
        let Some(is) = Is::named(&self.typed().is).filter(|_| self.entry.is_some()) else {
            return Input::Nothing;
        };
        match is {
            Is::Contains | Is::Lacks | Is::Equals => Input::Text,
            Is::OneOf | Is::NoneOf => Input::Choices,
            Is::Above | Is::AtLeast | Is::Below | Is::AtMost | Is::EqualTo => Input::Number,
            Is::RoseBy | Is::FellBy => Input::NumberAndDays,
            Is::Before | Is::After => Input::Day,
            Is::Next | Is::Last => Input::Days,
            Is::Past | Is::Known | Is::Unknown => Input::Nothing,
        }
    }

    pub(super) fn takes(&self, word: &str) -> bool {
        let input = self.input();
        match word {
            "text" => input == Input::Text,
            "choices" => input == Input::Choices,
            "number" => matches!(input, Input::Number | Input::NumberAndDays),
            "days" => matches!(input, Input::Days | Input::NumberAndDays),
            _ => input == Input::Day,
        }
    }

    pub(super) fn word(&self) -> String {
        self.typed().words.into_iter().next().unwrap_or_default()
    }

    pub(super) fn choices(&self) -> Vec<Choice> {
        let now = self.typed().words;
        let known = self
            .entry
            .map(|entry| entry.choices.as_slice())
            .unwrap_or_default();
        let choice = |(word, called): &(String, super::catalogue::Called)| {
            Choice::new(word, called.said(self.t)).chosen_if(now.contains(word))
        };
        let mut choices: Vec<Choice> = known.iter().map(choice).collect();
        // What is gone stays chosen until somebody takes it out.
        let gone = now
            .iter()
            .filter(|word| !known.iter().any(|(known, _)| known == *word));
        choices.extend(gone.map(|word| Choice::new(word, self.t.say("segments-gone")).chosen_if(true)));
        choices
    }

    pub(super) fn amount(&self) -> String {
        self.typed().number
    }

    pub(super) fn days(&self) -> String {
        self.typed().days
    }

    pub(super) fn day(&self) -> String {
        self.typed().day
    }

    /// What the number is counted in.
    pub(super) fn unit(&self) -> String {
        match self.entry.map(|entry| entry.nature) {
            Some(Nature::Number(Scale::Money)) => self.catalogue.currency.to_string(),
            Some(Nature::Number(Scale::Share)) => "%".to_owned(),
            Some(Nature::Number(Scale::Days)) => self.t.say("segments-unit-days"),
            _ => String::new(),
        }
    }
}

/// The key of what a test is called.
fn text(is: Is) -> &'static str {
    match is {
        Is::Contains => "segments-is-contains",
        Is::Lacks => "segments-is-lacks",
        Is::Equals => "segments-is-equals",
        Is::OneOf => "segments-is-one-of",
        Is::NoneOf => "segments-is-none-of",
        Is::Above => "segments-is-above",
        Is::AtLeast => "segments-is-at-least",
        Is::Below => "segments-is-below",
        Is::AtMost => "segments-is-at-most",
        Is::EqualTo => "segments-is-equal-to",
        Is::RoseBy => "segments-is-rose-by",
        Is::FellBy => "segments-is-fell-by",
        Is::Before => "segments-is-before",
        Is::After => "segments-is-after",
        Is::Next => "segments-is-next",
        Is::Last => "segments-is-last",
        Is::Past => "segments-is-past",
        Is::Known => "segments-is-known",
        Is::Unknown => "segments-is-unknown",
    }
}

impl BuilderPage<'_> {
    fn action(&self) -> String {
        match self.segment {
            Some(segment) => format!("/segments/{}", segment.id),
            None => "/segments".to_owned(),
        }
    }

    fn back(&self) -> String {
        self.action()
    }

    fn take(&self) -> String {
        format!("{}/edit", self.action())
    }

    fn rows(&self) -> Vec<Row<'_>> {
        let nodes = self.draft.nodes.iter().enumerate();
        nodes
            .map(|(number, node)| {
                let (group, line) = match &node.part {
                    Part::Group(join) => (Some(*join), None),
                    Part::Line(typed) => (None, Some(typed)),
                };
                let subject = line.and_then(|typed| Subject::of_word(&typed.about));
                Row {
                    t: self.t,
                    draft: self.draft,
                    catalogue: self.catalogue,
                    number,
                    depth: node.depth,
                    group,
                    line,
                    entry: subject.and_then(|subject| self.catalogue.find(&subject)),
                }
            })
            .collect()
    }

    fn audiences(&self) -> Vec<Choice> {
        let choice =
            |word: &str, key: &str| Choice::new(word, self.t.say(key)).chosen_if(self.draft.audience == word);
        let mut choices = vec![choice("own", "segments-audience-own")];
        if self.may_share || self.draft.audience == "everyone" {
            choices.push(choice("everyone", "segments-audience-everyone"));
        }
        choices
    }
}
