//! What a view asks of tickets, and whether one fits at a moment. No database, no HTML.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::text::fold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::fields::Values;
use tandem_core::ladders::RungId;
use tandem_core::tags::TagId;
use tandem_core::teams::TeamId;
use tandem_core::touchpoints::Channel;

use super::ViewError;
use super::asking::{self, FieldCondition};
use crate::statuses::StatusId;
use crate::tickets::{Kind, Priority, Ticket};

/// Where tickets can lie: their status, or snoozed.
pub const SHELVES: [(&str, &str); 5] = [
    ("open", "tickets-status-open"),
    ("waiting", "tickets-status-waiting"),
    ("on_hold", "tickets-status-on-hold"),
    ("snoozed", "tickets-view-snoozed"),
    ("solved", "tickets-status-solved"),
];

/// The longest time of silence that can be asked for, in hours: a year.
pub const LONGEST: i64 = 24 * 366;
/// The longest time since something that can be asked for, in days: a year.
pub const DAYS: i64 = 366;
/// How many further conditions there are at most.
const GROUPS: usize = 10;

/// What a view asks of tickets. What is empty asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Conditions {
    /// Where they lie: `open`, `waiting`, `on_hold`, `snoozed`, `solved`.
    pub shelves: Vec<String>,
    /// Their statuses, of those that the workspace added.
    #[schemars(length(max = 100))]
    pub statuses: Vec<StatusId>,
    /// How much they press.
    pub priorities: Vec<Priority>,
    /// What sort of request they are.
    pub kinds: Vec<Kind>,
    /// Which way they came.
    pub channels: Vec<Channel>,
    /// Whose work they are: `me` for whoever looks, `nobody`, or the id of an agent.
    #[schemars(length(max = 40))]
    pub agent: String,
    /// Which team's: `none`, or the id of a team.
    #[schemars(length(max = 40))]
    pub team: String,
    /// The tier of the account: `none`, or the id of one.
    #[schemars(length(max = 40))]
    pub tier: String,
    /// Who looks after the account: `nobody`, or the id of an agent.
    #[schemars(length(max = 40))]
    pub owner: String,
    /// For how many hours nobody has written in them, at least.
    #[schemars(range(min = 1, max = 8784))]
    pub quiet_hours: Option<i64>,
    /// Words that all stand in the subject.
    #[schemars(length(max = 100))]
    pub words: String,
    /// The account that it is about: `none`, or the id of one.
    #[schemars(length(max = 40))]
    pub account: String,
    /// Who asks: `none`, or the id of a contact.
    #[schemars(length(max = 40))]
    pub contact: String,
    /// Within how many days it was opened.
    #[schemars(range(min = 1, max = 366))]
    pub opened_days: Option<i64>,
    /// Within how many days it was last solved, while it is solved.
    #[schemars(range(min = 1, max = 366))]
    pub solved_days: Option<i64>,
    /// Within how many days somebody wrote in it.
    #[schemars(range(min = 1, max = 366))]
    pub touched_days: Option<i64>,
    /// Who follows it: the id of an agent.
    #[schemars(length(max = 40))]
    pub follower: String,
    /// Whether the contact said that something went wrong.
    pub rated_low: bool,
    /// Tags, of which one is on it.
    #[schemars(length(max = 20))]
    pub tags: Vec<TagId>,
    /// Tags, of which none is on it.
    #[schemars(length(max = 20))]
    pub without_tags: Vec<TagId>,
    /// What stands in the workspace's own fields of tickets, each of them.
    #[schemars(length(max = 20))]
    pub fields: Vec<FieldCondition>,
    /// Further conditions, of which one must fit as a whole; they ask for no others in turn, and not for `me`.
    #[schemars(length(max = 10))]
    pub any: Vec<Conditions>,
}

/// What is known of a ticket beside itself, where a view asks for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Its tier.
    pub tier: Option<RungId>,
    /// Who looks after it.
    pub owner: Option<AgentId>,
    /// Who stands for whoever asks, where a view asks for them.
    pub contact: Option<ContactId>,
    /// What stands in the ticket's own fields, where a view asks for one.
    pub own: Values,
    /// Its tags, where a view asks for one.
    pub tags: Vec<TagId>,
    /// Who follows it, where a view asks for one.
    pub followers: Vec<AgentId>,
    /// Whether its contact said that something went wrong, where a view asks for it.
    pub is_low: bool,
}

impl Conditions {
    /// Whether it shows each viewer their own.
    pub fn is_of_viewer(&self) -> bool {
        self.agent == "me"
    }

    /// It and the further ones.
    pub fn each(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.any)
    }

    /// Whether it asks something of the account.
    pub fn asks_account(&self) -> bool {
        self.each()
            .any(|one| !one.tier.is_empty() || !one.owner.is_empty() || !one.account.is_empty())
    }

    /// Whether it asks who asks.
    pub fn asks_contact(&self) -> bool {
        self.each().any(|one| !one.contact.is_empty())
    }

    /// Whether it asks for own fields.
    pub fn asks_fields(&self) -> bool {
        self.each().any(|one| !one.fields.is_empty())
    }

    /// Whether it asks for tags.
    pub fn asks_tags(&self) -> bool {
        let asks = |one: &Self| !one.tags.is_empty() || !one.without_tags.is_empty();
        self.each().any(asks)
    }

    /// Whether it asks who follows.
    pub fn asks_followers(&self) -> bool {
        self.each().any(|one| !one.follower.is_empty())
    }

    /// Whether it asks what contacts said.
    pub fn asks_ratings(&self) -> bool {
        self.each().any(|one| one.rated_low)
    }

    /// Whether a ticket is in at a moment, if it stays as it is.
    pub(super) fn fits_at(&self, ticket: &Ticket, facts: &Facts, at: Timestamp) -> bool {
        let fits = |one: &Self| one.fit(ticket, facts) && one.is_time(ticket, at);
        fits(self) && (self.any.is_empty() || self.any.iter().any(fits))
    }

    /// When it may come in or go out by the clock alone, in their order.
    pub(super) fn moments(&self, ticket: &Ticket) -> Vec<Timestamp> {
        let each = self.each().flat_map(|one| {
            let ends = one.spans(ticket).into_iter().flatten();
            ends.chain(one.quiet_from(ticket)).collect::<Vec<_>>()
        });
        let mut moments: Vec<Timestamp> = each.collect();
        moments.sort_unstable();
        moments.dedup();
        moments
    }

    /// Until when what was asked to be recent is: opened, solved, written in.
    fn spans(&self, ticket: &Ticket) -> [Option<Timestamp>; 3] {
        let end = |at: Option<Timestamp>, days: Option<i64>| Some(later(at?, days? * 24));
        [
            end(Some(ticket.opened_at), self.opened_days),
            end(ticket.solved_at, self.solved_days),
            end(Some(ticket.touched_at), self.touched_days),
        ]
    }

    /// From when on it has been quiet for long enough.
    fn quiet_from(&self, ticket: &Ticket) -> Option<Timestamp> {
        self.quiet_hours.map(|hours| later(ticket.touched_at, hours))
    }

    fn is_time(&self, ticket: &Ticket, at: Timestamp) -> bool {
        let is_recent = self.spans(ticket).into_iter().flatten().all(|end| at < end);
        let is_unsolved = self.solved_days.is_some() && ticket.solved_at.is_none();
        is_recent && !is_unsolved && self.quiet_from(ticket).is_none_or(|from| from <= at)
    }

    fn fit(&self, ticket: &Ticket, facts: &Facts) -> bool {
        let id = |id: Option<String>, none: &str| id.unwrap_or_else(|| none.to_owned());
        let agent = id(ticket.agent.map(|id| id.to_string()), "nobody");
        let team = id(ticket.team.map(|id| id.to_string()), "none");
        let tier = id(facts.tier.map(|id| id.to_string()), "none");
        let owner = id(facts.owner.map(|id| id.to_string()), "nobody");
        let account = id(ticket.account.map(|id| id.to_string()), "none");
        let contact = facts.contact.or(ticket.contact);
        let contact = id(contact.map(|id| id.to_string()), "none");
        let is_one = |list: bool, has: bool| !list || has;
        let is_word = |asked: &str, word: &str| asked.is_empty() || asked == word;
        is_one(
            !self.shelves.is_empty(),
            self.shelves.iter().any(|shelf| shelf == ticket.shelf()),
        ) && is_one(
            !self.statuses.is_empty(),
            ticket.own.is_some_and(|own| self.statuses.contains(&own)),
        ) && is_one(
            !self.priorities.is_empty(),
            self.priorities.contains(&ticket.priority),
        ) && is_one(!self.kinds.is_empty(), self.kinds.contains(&ticket.kind))
            && is_one(!self.channels.is_empty(), self.channels.contains(&ticket.channel))
            && (self.is_of_viewer() || is_word(&self.agent, &agent))
            && is_word(&self.team, &team)
            && is_word(&self.tier, &tier)
            && is_word(&self.owner, &owner)
            && is_word(&self.account, &account)
            && is_word(&self.contact, &contact)
            && self.fits_around(facts)
            && self.words_fit(&ticket.subject)
            && self.fields.iter().all(|one| one.fits(&facts.own))
    }

    /// Whether its tags, followers and rating are what is asked for.
    fn fits_around(&self, facts: &Facts) -> bool {
        let is_on = |tag: &TagId| facts.tags.contains(tag);
        let follows = |agent: &AgentId| agent.to_string() == self.follower;
        (self.tags.is_empty() || self.tags.iter().any(is_on))
            && !self.without_tags.iter().any(is_on)
            && (self.follower.is_empty() || facts.followers.iter().any(follows))
            && (!self.rated_low || facts.is_low)
    }

    fn words_fit(&self, subject: &str) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let subject = fold(subject);
        fold(&self.words)
            .split_whitespace()
            .all(|word| subject.contains(word))
    }

    /// Puts the tags that there are now in the place of those asked for; whether that is something else.
    pub(super) fn follow_tags(&mut self, now: &impl Fn(TagId) -> TagId) -> bool {
        let before = self.clone();
        let follow = |tags: &[TagId]| each_once(&tags.iter().map(|id| now(*id)).collect::<Vec<_>>());
        self.tags = follow(&self.tags);
        self.without_tags = follow(&self.without_tags);
        for one in &mut self.any {
            one.tags = follow(&one.tags);
            one.without_tags = follow(&one.without_tags);
        }
        *self != before
    }

    /// In the form in which they are stored.
    pub(super) fn checked(&self) -> Result<Self, ViewError> {
        let mut own = self.cleaned()?;
        let is_plain = |one: &Self| one.any.is_empty() && !one.is_of_viewer() && *one != Self::default();
        if self.any.len() > GROUPS || !self.any.iter().all(is_plain) {
            return Err(ViewError::Bad("any"));
        }
        own.any = self.any.iter().map(Self::cleaned).collect::<Result<_, _>>()?;
        Ok(own)
    }

    fn cleaned(&self) -> Result<Self, ViewError> {
        let mut own = self.clone();
        own.words = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
        own.shelves.sort();
        own.shelves.dedup();
        own.statuses = each_once(&self.statuses);
        own.priorities = each_once(&self.priorities);
        own.kinds = each_once(&self.kinds);
        own.channels = each_once(&self.channels);
        own.tags = each_once(&self.tags);
        own.without_tags = each_once(&self.without_tags);
        let wrong = own.wrong_word().or_else(|| own.wrong_list());
        wrong.map_or(Ok(own), |field| Err(ViewError::Bad(field)))
    }

    /// The field whose word or number can't be asked for.
    fn wrong_word(&self) -> Option<&'static str> {
        let id = |word: &str, named: &[&str], is_id: bool| word.is_empty() || named.contains(&word) || is_id;
        let is_agent = |word: &str| word.parse::<AgentId>().is_ok();
        let is_days = |days: Option<i64>| days.is_none_or(|days| (1..=DAYS).contains(&days));
        let (team, tier) = (self.team.parse::<TeamId>(), self.tier.parse::<RungId>());
        let (account, contact) = (
            self.account.parse::<AccountId>(),
            self.contact.parse::<ContactId>(),
        );
        let hours = self.quiet_hours;
        let all = [
            (id(&self.agent, &["me", "nobody"], is_agent(&self.agent)), "agent"),
            (id(&self.team, &["none"], team.is_ok()), "team"),
            (id(&self.tier, &["none"], tier.is_ok()), "tier"),
            (id(&self.owner, &["nobody"], is_agent(&self.owner)), "owner"),
            (id(&self.account, &["none"], account.is_ok()), "account"),
            (id(&self.contact, &["none"], contact.is_ok()), "contact"),
            (id(&self.follower, &[], is_agent(&self.follower)), "follower"),
            (
                hours.is_none_or(|hours| (1..=LONGEST).contains(&hours)),
                "quiet_hours",
            ),
            (is_days(self.opened_days), "opened_days"),
            (is_days(self.solved_days), "solved_days"),
            (is_days(self.touched_days), "touched_days"),
        ];
        all.into_iter()
            .find(|(is_right, _)| !is_right)
            .map(|(_, field)| field)
    }

    /// The field whose list or words can't be asked for.
    fn wrong_list(&self) -> Option<&'static str> {
        let is_shelf = |shelf: &String| SHELVES.iter().any(|(word, _)| word == shelf);
        let are_fields =
            self.fields.len() <= asking::MOST && self.fields.iter().all(FieldCondition::is_whole);
        let all = [
            (self.shelves.iter().all(is_shelf), "shelves"),
            (self.words.chars().count() <= 100, "words"),
            (self.tags.len() <= asking::MOST, "tags"),
            (self.without_tags.len() <= asking::MOST, "without_tags"),
            (are_fields, "fields"),
        ];
        all.into_iter()
            .find(|(is_right, _)| !is_right)
            .map(|(_, field)| field)
    }
}

/// A moment that many hours later.
fn later(at: Timestamp, hours: i64) -> Timestamp {
    at.plus(Duration::from_secs(
        u64::try_from(hours).unwrap_or_default() * 3_600,
    ))
}

/// What is asked for, each once.
fn each_once<T: Copy + PartialEq>(asked: &[T]) -> Vec<T> {
    let mut once = Vec::new();
    for one in asked {
        if !once.contains(one) {
            once.push(*one);
        }
    }
    once
}
