//! What a rule is, what it asks, and what people can look after.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::DbError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RuleId;
use crate::accounts::{AccountError, AccountKind};
use crate::actor::Forbidden;
use crate::agents::AgentId;
use crate::ladders::RungId;
use crate::tags::TagId;
use crate::teams::TeamId;
use crate::tiers::service::{Service, TouchModel};

/// What a rule asks of an account; what it does not ask, fits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conditions {
    /// A company or a person.
    pub kind: Option<AccountKind>,
    /// On this tier.
    pub tier: Option<RungId>,
    /// On a tier with this touch model.
    pub touch: Option<TouchModel>,
    /// On this stage.
    pub stage: Option<RungId>,
    /// With this tag.
    pub tag: Option<TagId>,
    /// Bringing at least this in a month, in minor units of the reporting currency.
    pub mrr_from: Option<i64>,
    /// Bringing less than this in a month.
    pub mrr_below: Option<i64>,
}

/// What is known of an account for rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fits {
    /// A company or a person.
    pub kind: AccountKind,
    /// Its tier.
    pub tier: Option<RungId>,
    /// What its tier gives, where that is said.
    pub service: Option<Service>,
    /// Its stage.
    pub stage: Option<RungId>,
    /// Its tags.
    pub tags: Vec<TagId>,
    /// What it brings in a month.
    pub mrr: i64,
}

impl Conditions {
    /// Whether an account fits.
    pub fn hold(&self, of: &Fits) -> bool {
        self.kind.is_none_or(|kind| kind == of.kind)
            && self.tier.is_none_or(|tier| Some(tier) == of.tier)
            && self
                .touch
                .is_none_or(|touch| of.service.as_ref().is_some_and(|service| service.model == touch))
            && self.stage.is_none_or(|stage| Some(stage) == of.stage)
            && self.tag.is_none_or(|tag| of.tags.contains(&tag))
            && self.mrr_from.is_none_or(|from| of.mrr >= from)
            && self.mrr_below.is_none_or(|below| of.mrr < below)
    }
}

impl Fits {
    /// Whether the account gets a person of its own: unless its tier says that it does not.
    pub fn gets_owner(&self) -> bool {
        self.service.as_ref().is_none_or(|service| service.has_owner)
    }
}

/// Whom a rule chooses from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// This agent.
    Agent(AgentId),
    /// The members of this team.
    Team(TeamId),
}

/// How a rule chooses among several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AssignmentMethod")]
pub enum Method {
    /// Who has the most room.
    #[default]
    LeastLoaded,
    /// One after the other.
    RoundRobin,
}

impl Method {
    /// Both.
    pub const ALL: [Self; 2] = [Self::LeastLoaded, Self::RoundRobin];

    /// The word in tables and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LeastLoaded => "least_loaded",
            Self::RoundRobin => "round_robin",
        }
    }

    /// The method with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == word)
    }

    /// The key of its name.
    pub const fn text(self) -> &'static str {
        match self {
            Self::LeastLoaded => "assignment-least-loaded",
            Self::RoundRobin => "assignment-round-robin",
        }
    }
}

/// A rule of assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// What people call it.
    pub name: String,
    /// What it asks.
    pub conditions: Conditions,
    /// Whom it chooses from.
    pub target: Target,
    /// How it chooses.
    pub method: Method,
    /// Whom it chose last, one after the other.
    pub last: Option<AgentId>,
    /// Where it stands among the others.
    pub place: i64,
    /// Grows by one with every change.
    pub version: i64,
}

/// What people say about a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// What people call it.
    pub name: String,
    /// What it asks.
    pub conditions: Conditions,
    /// Whom it chooses from.
    pub target: Option<Target>,
    /// How it chooses.
    pub method: Method,
}

/// How much somebody can look after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capacity {
    /// How many accounts; none for no limit.
    pub accounts: Option<i64>,
    /// How much revenue in a month, in minor units of the reporting currency; none for no limit.
    pub mrr: Option<i64>,
    /// The last day on which they are away.
    pub away_until: Option<Day>,
}

/// What somebody looks after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub agent: AgentId,
    /// Their name.
    pub name: String,
    /// The teams they are in.
    pub teams: Vec<TeamId>,
    /// How many open accounts they look after.
    pub accounts: i64,
    /// What those bring in a month.
    pub mrr: i64,
    /// How many of those are on which tier, where a tier has a limit.
    pub on_tiers: BTreeMap<RungId, i64>,
    /// How much they can look after.
    pub capacity: Capacity,
    /// Whether they are away today.
    pub is_away: bool,
}

impl Load {
    /// Whether such an account fits, too: by what they can look after, and by what its tier allows one person.
    pub fn has_room(&self, of: &Fits) -> bool {
        let accounts = self.capacity.accounts.is_none_or(|most| self.accounts < most);
        let money = self
            .capacity
            .mrr
            .is_none_or(|most| self.mrr.saturating_add(of.mrr) <= most);
        let held = of.tier.and_then(|tier| self.on_tiers.get(&tier).copied());
        let most = of.service.as_ref().and_then(|service| service.most);
        let tier = most.is_none_or(|most| held.unwrap_or(0) < most);
        !self.is_away && accounts && money && tier
    }
}

/// Why an account has its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Why {
    /// Somebody said so.
    ByHand,
    /// A rule chose.
    Rule {
        /// What the rule was called.
        rule: String,
        /// How it chose.
        method: Method,
        /// Among whom, each with how many accounts they had and could have.
        among: Vec<(String, i64, Option<i64>)>,
    },
}

/// The time in which somebody looked after an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Who.
    pub agent: AgentId,
    /// Their name.
    pub name: String,
    /// Why.
    pub why: Why,
    /// The signature of who said so.
    pub by: String,
    /// From when.
    pub since: Timestamp,
    /// Until when; none for the present one.
    pub until: Option<Timestamp>,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssignmentError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such account here.
    #[error("there is no such account")]
    UnknownAccount,
    /// The agent is none of this workspace, or may not sign in.
    #[error("there is no such agent")]
    UnknownAgent,
    /// The name is empty or longer than 80 characters.
    #[error("a rule's name has 1 to 80 characters")]
    BadName,
    /// The rule names neither an agent nor a team of this workspace.
    #[error("a rule names an agent or a team of this workspace")]
    BadTarget,
    /// An amount is below zero.
    #[error("amounts and numbers are from zero on")]
    BadCapacity,
    /// There is no such rule here.
    #[error("there is no such rule")]
    UnknownRule,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<AccountError> for AssignmentError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Forbidden(missing) => missing.into(),
            AccountError::Db(error) => error.into(),
            _ => Self::UnknownAccount,
        }
    }
}
