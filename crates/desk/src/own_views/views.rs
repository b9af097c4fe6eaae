//! What the form of a view takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::{Choice, Failure};
use tandem_core::agents::Agent;
use tandem_core::fields::{Field, FieldKind};
use tandem_core::ladders::Rung;
use tandem_core::tags::{Tag, TagId};
use tandem_core::teams::Team;
use tandem_core::touchpoints::Channel;

use super::asking::can_be_asked;
use super::{Conditions, Order, OwnView, SHELVES, ViewText};
use crate::statuses::OwnStatus;
use crate::tickets::{Kind, Priority};

/// What can be chosen.
pub(super) struct Choices {
    pub(super) agents: Vec<Agent>,
    pub(super) teams: Vec<Team>,
    pub(super) tiers: Vec<Rung>,
    pub(super) statuses: Vec<OwnStatus>,
    pub(super) fields: Vec<Field>,
    pub(super) tags: Vec<Tag>,
}

#[derive(Template)]
#[template(path = "own_views/views/form.html")]
pub(super) struct FormPage<'a> {
    pub(super) t: &'a Text,
    pub(super) view: Option<OwnView>,
    pub(super) text: ViewText,
    pub(super) version: i64,
    pub(super) choices: Choices,
    pub(super) wrong: Option<&'a Failure>,
    pub(super) may_share: bool,
    pub(super) may_write: bool,
}

/// A choice of several words under one name.
pub(super) struct Several {
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
}

/// One of the workspace's own fields of tickets, with what the view asks of it.
pub(super) struct OwnAsked {
    id: String,
    label: String,
    /// What can be chosen; nothing of a field that takes a line.
    choices: Vec<Choice>,
    line: String,
    or_nothing: bool,
}

impl FormPage<'_> {
    fn action(&self) -> String {
        match &self.view {
            Some(view) => format!("/inbox/views/{}", view.id),
            None => "/inbox/views".to_owned(),
        }
    }

    fn error(&self, name: &str) -> String {
        let wrong = self.wrong.map(|failure| failure.field_text(name, self.t));
        wrong.unwrap_or_default()
    }

    /// What is wrong with no field: somebody was faster.
    fn whole(&self) -> Option<String> {
        let whole = self.wrong.filter(|failure| failure.fields.is_empty());
        whole.map(|failure| self.t.say(failure.code.text))
    }

    fn several(&self) -> Vec<Several> {
        let asked = &self.text.conditions;
        let choice = |word: &str, text: &str, has: bool| Choice::new(word, self.t.say(text)).chosen_if(has);
        let shelves = SHELVES
            .iter()
            .map(|(word, text)| choice(word, text, asked.shelves.iter().any(|shelf| shelf == word)));
        let priorities = Priority::ALL
            .iter()
            .map(|one| choice(one.as_str(), one.text(), asked.priorities.contains(one)));
        let kinds = Kind::ALL
            .iter()
            .map(|one| choice(one.as_str(), one.text(), asked.kinds.contains(one)));
        let channels = Channel::ALL
            .iter()
            .map(|one| choice(one.as_str(), one.text(), asked.channels.contains(one)));
        let several = |name, label, choices| Several { name, label, choices };
        let statuses = self
            .choices
            .statuses
            .iter()
            .filter(|own| own.archiving.is_none() || asked.statuses.contains(&own.id));
        let statuses = statuses.map(|own| {
            Choice::new(own.id.to_string(), &own.text.name).chosen_if(asked.statuses.contains(&own.id))
        });
        let mut all = vec![
            several("shelves", "tickets-status", shelves.collect()),
            several("priorities", "tickets-priority", priorities.collect()),
            several("kinds", "tickets-kind", kinds.collect()),
            several("channels", "tickets-channel", channels.collect()),
        ];
        if !self.choices.statuses.is_empty() {
            all.insert(1, several("statuses", "statuses-title", statuses.collect()));
        }
        all
    }

    /// The workspace's own fields of tickets that can be asked for; archived ones only where the view does.
    fn own(&self) -> Vec<OwnAsked> {
        let asked = &self.text.conditions.fields;
        let fields = self.choices.fields.iter().filter(|field| {
            let is_asked = asked.iter().any(|one| one.field == field.id);
            can_be_asked(field.kind) && (field.archiving.is_none() || is_asked)
        });
        fields.map(|field| self.own_asked(field)).collect()
    }

    fn own_asked(&self, field: &Field) -> OwnAsked {
        let asked = self
            .text
            .conditions
            .fields
            .iter()
            .find(|one| one.field == field.id);
        let has = |value: &str| asked.is_some_and(|one| one.values.iter().any(|known| known == value));
        let choices = match field.kind {
            FieldKind::YesNo => [("yes", "own-views-yes"), ("no", "own-views-no")]
                .iter()
                .map(|(word, text)| Choice::new(*word, self.t.say(text)).chosen_if(has(word)))
                .collect(),
            _ => field
                .text
                .choices
                .iter()
                .map(|word| Choice::new(word.clone(), word.clone()).chosen_if(has(word)))
                .collect(),
        };
        OwnAsked {
            id: field.id.to_string(),
            label: field.text.label.clone(),
            choices,
            line: asked
                .and_then(|one| one.values.first().cloned())
                .unwrap_or_default(),
            or_nothing: asked.is_some_and(|one| one.or_nothing),
        }
    }

    /// The tags that are asked for, or asked not to be on it; every one can be.
    fn tags(&self, asked: &[TagId]) -> Vec<Choice> {
        let tags = self.choices.tags.iter();
        tags.map(|tag| Choice::new(tag.id.to_string(), &tag.name).chosen_if(asked.contains(&tag.id)))
            .collect()
    }

    fn followers(&self) -> Vec<Choice> {
        let now = self.text.conditions.follower.as_str();
        let mut choices = vec![self.any(now)];
        choices.extend(self.people(now));
        choices
    }

    /// What was asked within so many days, as it is typed.
    fn days(&self) -> [(&'static str, &'static str, String); 3] {
        let asked = &self.text.conditions;
        let typed = |days: Option<i64>| days.map(|days| days.to_string()).unwrap_or_default();
        [
            ("opened_days", "own-views-opened-days", typed(asked.opened_days)),
            (
                "touched_days",
                "own-views-touched-days",
                typed(asked.touched_days),
            ),
            ("solved_days", "own-views-solved-days", typed(asked.solved_days)),
        ]
    }

    /// What one of must fit: simple conditions to choose from, and those of the view that are not simple.
    fn alternatives(&self) -> Vec<Choice> {
        let asked = &self.text.conditions.any;
        let mut simple: Vec<(Conditions, String)> = Vec::new();
        let named = |label: &str, name: &str| format!("{}: {name}", self.t.say(label));
        let of = |change: &dyn Fn(&mut Conditions)| {
            let mut one = Conditions::default();
            change(&mut one);
            one
        };
        for one in Priority::ALL {
            let name = named("tickets-priority", &self.t.say(one.text()));
            simple.push((of(&|asked| asked.priorities.push(*one)), name));
        }
        for one in Kind::ALL {
            let name = named("tickets-kind", &self.t.say(one.text()));
            simple.push((of(&|asked| asked.kinds.push(*one)), name));
        }
        for one in self
            .choices
            .agents
            .iter()
            .filter(|one| one.is_active && !one.is_machine)
        {
            let id = one.id.to_string();
            simple.push((
                of(&|asked| asked.agent.clone_from(&id)),
                named("tickets-agent", &one.name),
            ));
        }
        for one in self.choices.teams.iter().filter(|one| one.archiving.is_none()) {
            let id = one.id.to_string();
            simple.push((
                of(&|asked| asked.team.clone_from(&id)),
                named("tickets-team", &one.name),
            ));
        }
        for one in &self.choices.tags {
            simple.push((
                of(&|asked| asked.tags.push(one.id)),
                named("tags-name", &one.name),
            ));
        }
        simple.push((
            of(&|asked| asked.rated_low = true),
            self.t.say("own-views-rated-low"),
        ));
        let known: Vec<Conditions> = simple.iter().map(|(one, _)| one.clone()).collect();
        for one in asked.iter().filter(|one| !known.contains(one)) {
            simple.push((one.clone(), self.t.say("own-views-any-several")));
        }
        let choice = |(one, name): (Conditions, String)| {
            let is_chosen = asked.contains(&one);
            let value = serde_json::to_string(&one).expect("words and numbers are always JSON");
            Choice::new(value, name).chosen_if(is_chosen)
        };
        simple.into_iter().map(choice).collect()
    }

    fn any(&self, now: &str) -> Choice {
        Choice::new("", self.t.say("own-views-any")).chosen_if(now.is_empty())
    }

    fn word(&self, word: &str, text: &str, now: &str) -> Choice {
        Choice::new(word, self.t.say(text)).chosen_if(word == now)
    }

    fn people(&self, now: &str) -> Vec<Choice> {
        let open = self
            .choices
            .agents
            .iter()
            .filter(|agent| !agent.is_machine && (agent.is_active || agent.id.to_string() == now));
        open.map(|agent| named(agent.id.to_string(), &agent.name, now))
            .collect()
    }

    fn agents(&self) -> Vec<Choice> {
        let now = self.text.conditions.agent.as_str();
        let mut choices = vec![
            self.any(now),
            self.word("me", "own-views-me", now),
            self.word("nobody", "tickets-nobody", now),
        ];
        choices.extend(self.people(now));
        choices
    }

    fn owners(&self) -> Vec<Choice> {
        let now = self.text.conditions.owner.as_str();
        let mut choices = vec![self.any(now), self.word("nobody", "tickets-nobody", now)];
        choices.extend(self.people(now));
        choices
    }

    fn teams(&self) -> Vec<Choice> {
        let now = self.text.conditions.team.as_str();
        let mut choices = vec![self.any(now), self.word("none", "tickets-no-team", now)];
        let open = self
            .choices
            .teams
            .iter()
            .filter(|team| team.archiving.is_none() || team.id.to_string() == now);
        choices.extend(open.map(|team| named(team.id.to_string(), &team.name, now)));
        choices
    }

    fn tiers(&self) -> Vec<Choice> {
        let now = self.text.conditions.tier.as_str();
        let mut choices = vec![self.any(now), self.word("none", "own-views-no-tier", now)];
        let tiers = self.choices.tiers.iter();
        choices.extend(tiers.map(|tier| named(tier.id.to_string(), &tier.text.name, now)));
        choices
    }

    fn audiences(&self) -> Vec<Choice> {
        let now = self.text.audience.to_string();
        let mut choices = vec![self.word("own", "replies-audience-own", &now)];
        if self.may_share {
            choices.push(self.word("everyone", "replies-audience-everyone", &now));
            let open = self
                .choices
                .teams
                .iter()
                .filter(|team| team.archiving.is_none() || team.id.to_string() == now);
            choices.extend(open.map(|team| named(team.id.to_string(), &team.name, &now)));
        }
        choices
    }

    fn orders(&self) -> Vec<Choice> {
        let now = self.text.order.as_str();
        let orders = Order::ALL.iter();
        orders
            .map(|order| self.word(order.as_str(), order.text(), now))
            .collect()
    }

    /// The time of silence as it is typed: whole days where it is that.
    fn quiet(&self) -> (String, bool) {
        match self.text.conditions.quiet_hours {
            None => (String::new(), false),
            Some(hours) if hours > 0 && hours % 24 == 0 => ((hours / 24).to_string(), true),
            Some(hours) => (hours.to_string(), false),
        }
    }
}

fn named(id: String, name: &str, now: &str) -> Choice {
    let is_chosen = id == now;
    Choice::new(id, name).chosen_if(is_chosen)
}
