//! What a view is: its conditions, its order, and where a ticket lies by them. No database, no HTML.

use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::id::{TypedId, Uuid};
use kit::text::fold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Forbidden;
use tandem_core::agents::AgentId;
use tandem_core::fields::Values;
use tandem_core::ladders::RungId;
use tandem_core::teams::TeamId;
use tandem_core::touchpoints::Channel;

use super::OwnViewId;
use super::asking::{self, FieldCondition};
use crate::replies::Audience;
use crate::statuses::StatusId;
use crate::tickets::listing::Cursor;
use crate::tickets::{Kind, Priority, Ticket, TicketError};

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
    /// What stands in the workspace's own fields of tickets, each of them.
    #[schemars(length(max = 20))]
    pub fields: Vec<FieldCondition>,
}

/// What is known of a ticket's account, and what stands in its own fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Its tier.
    pub tier: Option<RungId>,
    /// Who looks after it.
    pub owner: Option<AgentId>,
    /// What stands in the ticket's own fields, where a view asks for one.
    pub own: Values,
}

/// In which order a view shows its tickets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// What was written in last first.
    #[default]
    Newest,
    /// What has waited longest first.
    Oldest,
    /// What presses most first, then what has waited longest.
    Urgent,
    /// What was opened last first.
    Opened,
}

impl Order {
    /// All, in the order in which people choose.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Urgent, Self::Opened];

    /// The word in rows and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Urgent => "urgent",
            Self::Opened => "opened",
        }
    }

    /// The key of its name.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Newest => "own-views-newest",
            Self::Oldest => "own-views-oldest",
            Self::Urgent => "own-views-urgent",
            Self::Opened => "own-views-opened",
        }
    }

    /// The order of this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.as_str() == word)
    }

    /// A ticket's place: the smaller, the further above.
    pub fn key(self, ticket: &Ticket) -> i64 {
        // Later than any moment, earlier than two of them.
        const STEP: i64 = 1_000_000_000_000_000_000;
        let rank = match ticket.priority {
            Priority::Urgent => 0,
            Priority::High => 1,
            Priority::Normal => 2,
            Priority::Low => 3,
        };
        match self {
            Self::Newest => -ticket.touched_at.0,
            Self::Oldest => ticket.touched_at.0,
            Self::Urgent => rank * STEP + ticket.touched_at.0,
            Self::Opened => -ticket.opened_at.0,
        }
    }

    /// Where a list goes on after a ticket.
    pub fn cursor(self, ticket: &Ticket) -> Cursor {
        Cursor {
            at: self.key(ticket),
            id: ticket.id,
        }
    }
}

/// Where a ticket lies in a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Whose it is in a view of "mine"; zeros in others.
    pub bucket: Uuid,
    /// Its place in the order.
    pub key: i64,
    /// When it comes in; none when it is in.
    pub due: Option<Timestamp>,
}

/// What people say of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewText {
    /// What it is called.
    pub name: String,
    /// Who sees it.
    pub audience: Audience,
    /// What it asks.
    pub conditions: Conditions,
    /// In which order it shows.
    pub order: Order,
}

/// A view that somebody made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnView {
    /// Its id.
    pub id: OwnViewId,
    /// What people say of it.
    pub text: ViewText,
    /// Whether all tickets have been looked through since its conditions changed.
    pub is_counted: bool,
    /// Grows by one with every change.
    pub version: i64,
    /// When it came.
    pub created_at: Timestamp,
    /// Who made it: a signature.
    pub created_by: String,
    /// Who removed it and when, while it is removed.
    pub removal: Option<(String, Timestamp)>,
}

impl OwnView {
    /// Where a ticket lies in it at `now`; none when it does not.
    pub fn seat(&self, ticket: &Ticket, facts: &Facts, now: Timestamp) -> Option<Seat> {
        let asked = &self.text.conditions;
        if !asked.fit(ticket, facts) {
            return None;
        }
        let bucket = if asked.is_of_viewer() {
            ticket.agent?.uuid()
        } else {
            Uuid::nil()
        };
        let due = asked.quiet_hours.map(|hours| {
            let seconds = u64::try_from(hours).unwrap_or_default() * 3_600;
            ticket.touched_at.plus(Duration::from_secs(seconds))
        });
        Some(Seat {
            bucket,
            key: self.text.order.key(ticket),
            due: due.filter(|due| *due > now),
        })
    }

    /// The tally of those that are in.
    pub fn tally(&self, bucket: Uuid) -> String {
        if bucket.is_nil() {
            format!("views.{}", self.id)
        } else {
            format!("views.{}.{}", self.id, AgentId::from_uuid(bucket))
        }
    }
}

impl Conditions {
    /// Whether it shows each viewer their own.
    pub fn is_of_viewer(&self) -> bool {
        self.agent == "me"
    }

    /// Whether it asks something of the account.
    pub fn asks_account(&self) -> bool {
        !self.tier.is_empty() || !self.owner.is_empty()
    }

    fn fit(&self, ticket: &Ticket, facts: &Facts) -> bool {
        let id = |id: Option<String>, none: &str| id.unwrap_or_else(|| none.to_owned());
        let agent = id(ticket.agent.map(|id| id.to_string()), "nobody");
        let team = id(ticket.team.map(|id| id.to_string()), "none");
        let tier = id(facts.tier.map(|id| id.to_string()), "none");
        let owner = id(facts.owner.map(|id| id.to_string()), "nobody");
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
            && self.words_fit(&ticket.subject)
            && self.fields.iter().all(|one| one.fits(&facts.own))
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

    /// In the form in which they are stored.
    fn checked(&self) -> Result<Self, ViewError> {
        let id = |word: &str, named: &[&str], is_id: bool| word.is_empty() || named.contains(&word) || is_id;
        let mut own = self.clone();
        own.words = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
        own.shelves.sort();
        own.shelves.dedup();
        own.statuses = each_once(&self.statuses);
        own.priorities = each_once(&self.priorities);
        own.kinds = each_once(&self.kinds);
        own.channels = each_once(&self.channels);
        let is_shelf = |shelf: &String| SHELVES.iter().any(|(word, _)| word == shelf);
        let wrong = [
            (own.shelves.iter().all(is_shelf), "shelves"),
            (
                id(
                    &own.agent,
                    &["me", "nobody"],
                    own.agent.parse::<AgentId>().is_ok(),
                ),
                "agent",
            ),
            (
                id(&own.team, &["none"], own.team.parse::<TeamId>().is_ok()),
                "team",
            ),
            (
                id(&own.tier, &["none"], own.tier.parse::<RungId>().is_ok()),
                "tier",
            ),
            (
                id(&own.owner, &["nobody"], own.owner.parse::<AgentId>().is_ok()),
                "owner",
            ),
            (
                own.quiet_hours.is_none_or(|hours| (1..=LONGEST).contains(&hours)),
                "quiet_hours",
            ),
            (own.words.chars().count() <= 100, "words"),
            (
                own.fields.len() <= asking::MOST && own.fields.iter().all(FieldCondition::is_whole),
                "fields",
            ),
        ];
        match wrong.into_iter().find(|(is_right, _)| !is_right) {
            Some((_, field)) => Err(ViewError::Bad(field)),
            None => Ok(own),
        }
    }
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

impl ViewText {
    pub(super) fn checked(&self) -> Result<Self, ViewError> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
            return Err(ViewError::BadName);
        }
        Ok(Self {
            name,
            conditions: self.conditions.checked()?,
            ..self.clone()
        })
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ViewError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or too long.
    #[error("a name has 1 to 60 characters")]
    BadName,
    /// A condition that can't be asked.
    #[error("{0} can't be asked like that")]
    Bad(&'static str),
    /// For whom it is: no such team here.
    #[error("for everyone, own, or a team of this workspace")]
    BadAudience,
    /// It is others' too, and the actor does not set up the inbox.
    #[error("it is shared: only who sets up the inbox changes it")]
    NotYours,
    /// As many as there can be.
    #[error("a workspace has up to 500 views, and each agent up to 30 of their own")]
    TooMany,
    /// There is no such view here.
    #[error("there is no such view")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed it meanwhile")]
    Stale(Box<OwnView>),
    /// Its tickets could not be read.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}
