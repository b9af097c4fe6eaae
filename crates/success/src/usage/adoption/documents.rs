//! Adoption as programs see it.

use kit::web::NOT_FOUND;
use kit::web::api::{Limit, Listed, Operation, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::agents::AgentId;
use tandem_core::ladders::RungId;
use tandem_core::segments::SegmentId;

use super::{Adoption, FeatureCall, Filter, Mark, Sort, Use, Whose, Window};
use crate::usage::folding::FeatureId;

const PART: &str = "Usage";

/// How many days are looked at.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[schemars(rename = "FeatureWindow")]
pub enum WindowInput {
    /// Seven days.
    #[serde(rename = "7")]
    Week,
    /// Thirty days.
    #[default]
    #[serde(rename = "30")]
    Month,
    /// Ninety days.
    #[serde(rename = "90")]
    Quarter,
}

impl From<WindowInput> for Window {
    fn from(input: WindowInput) -> Self {
        match input {
            WindowInput::Week => Self::Week,
            WindowInput::Month => Self::Month,
            WindowInput::Quarter => Self::Quarter,
        }
    }
}

/// Which features, of which accounts, in which order.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeaturesQuery {
    /// How many days, ending today: `7`, `30` or `90`; 30 unless told.
    #[serde(default)]
    pub(super) window: WindowInput,
    /// Events, pages or screens; all unless told.
    pub(super) call: Option<FeatureCall>,
    /// What stands out about them.
    pub(super) mark: Option<Mark>,
    /// A part of the name.
    pub(super) q: Option<String>,
    /// The segment that the accounts are in.
    pub(super) segment: Option<SegmentId>,
    /// The tier they are on.
    pub(super) tier: Option<RungId>,
    /// Who looks after them.
    pub(super) owner: Option<AgentId>,
    /// The order; by accounts unless told.
    #[serde(default)]
    pub(super) sort: Sort,
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// How many days are looked at.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeatureQuery {
    /// How many days, ending today: `7`, `30` or `90`; 30 unless told.
    #[serde(default)]
    pub(super) window: WindowInput,
}

/// Which accounts of a feature.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UsersQuery {
    /// How many days, ending today: `7`, `30` or `90`; 30 unless told.
    #[serde(default)]
    pub(super) window: WindowInput,
    /// Those that used it, that stopped, or that never did; those that used it unless told.
    #[serde(default)]
    pub(super) whose: Whose,
    /// The segment that the accounts are in.
    pub(super) segment: Option<SegmentId>,
    /// The tier they are on.
    pub(super) tier: Option<RungId>,
    /// Who looks after them.
    pub(super) owner: Option<AgentId>,
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

impl FeaturesQuery {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            segment: self.segment,
            tier: self.tier,
            owner: self.owner,
        }
    }
}

impl UsersQuery {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            segment: self.segment,
            tier: self.tier,
            owner: self.owner,
        }
    }
}

/// `GET /api/v1/usage-features`
pub const LIST: Operation = Operation::new(
    PART,
    "List features by their adoption",
    "Events, pages and screens with how many accounts use them, of those that are active. The numbers are counted again a few \
     minutes after events come in; `counted_at` says as of when.",
)
.asks::<FeaturesQuery>()
.gives::<Listed<FeatureDocument>>()
.fails(&[&NOT_FOUND]);

/// `GET /api/v1/usage-features/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a feature's adoption",
    "Over all accounts. Where nothing was counted yet, nobody uses it.",
)
.of::<FeatureId>()
.asks::<FeatureQuery>()
.gives::<FeatureDocument>();

/// `GET /api/v1/usage-features/{id}/accounts`
pub const ACCOUNTS: Operation = Operation::new(
    PART,
    "List accounts by their use of a feature",
    "Those that use it, those that stopped, or the active ones that never did: what a month brings orders those, for readers \
     who may see money.",
)
.of::<FeatureId>()
.asks::<UsersQuery>()
.gives::<Listed<UseDocument>>();

/// A feature and how far it is taken up.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AdoptedFeature")]
pub struct FeatureDocument {
    /// Its id.
    id: FeatureId,
    /// What it is.
    call: FeatureCall,
    /// Its name; empty for a page without one.
    name: String,
    /// Accounts that use it in the window.
    accounts: i64,
    /// Accounts that did anything in the window.
    active_accounts: i64,
    /// Different people who use it, counted at each account.
    people: i64,
    /// How often.
    events: i64,
    /// How often in as many days before.
    events_before: i64,
    /// Accounts that used it in each of the last thirteen weeks, the oldest first; empty where none ever did.
    weeks: Vec<i64>,
    /// When it was first used: microseconds since 1970-01-01 UTC; null for never by an account.
    first_at: Option<i64>,
    /// When last: microseconds since 1970-01-01 UTC; null for never by an account.
    last_at: Option<i64>,
    /// Whether it was first seen within the last thirty days.
    is_new: bool,
    /// Whether it fell by more than half against as many days before.
    is_dropped: bool,
    /// As of when this was counted: microseconds since 1970-01-01 UTC; null while nothing was.
    counted_at: Option<i64>,
}

/// What an account does with a feature.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FeatureUse")]
pub struct UseDocument {
    /// The account.
    account: AccountId,
    /// Its name.
    name: String,
    /// Who looks after it.
    owner: Option<String>,
    /// Different people who used it in the window; of an account that never did, who did anything.
    people: i64,
    /// How often.
    events: i64,
    /// How often in as many days before.
    events_before: i64,
    /// When last: microseconds since 1970-01-01 UTC; null for never.
    last_at: Option<i64>,
    /// What it brings in a month, in minor units of the reporting currency; null for readers who may not see money, or where
    /// it is not known.
    mrr: Option<i64>,
}

/// A feature among how many active accounts, and as of when.
pub(super) struct Shown {
    pub(super) one: Adoption,
    pub(super) active: i64,
    pub(super) counted_at: Option<i64>,
}

impl From<Shown> for FeatureDocument {
    fn from(shown: Shown) -> Self {
        let (figures, one) = (shown.one.figures, shown.one);
        Self {
            id: one.feature.id,
            call: one.feature.call,
            name: one.feature.name,
            accounts: figures.accounts,
            active_accounts: shown.active,
            people: figures.people,
            events: figures.events,
            events_before: figures.before,
            weeks: one.weeks,
            first_at: one.first.map(|at| at.0),
            last_at: one.last.map(|at| at.0),
            is_new: one.is_new,
            is_dropped: figures.is_dropped(),
            counted_at: shown.counted_at,
        }
    }
}

impl From<Use> for UseDocument {
    fn from(one: Use) -> Self {
        Self {
            account: one.account,
            name: one.name,
            owner: one.owner,
            people: one.people,
            events: one.events,
            events_before: one.before,
            last_at: one.last.map(|at| at.0),
            mrr: one.mrr,
        }
    }
}

impl Sample for FeatureDocument {
    fn sample() -> Self {
        Self {
            id: "ftr_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            call: FeatureCall::Track,
            name: "Report opened".to_owned(),
            accounts: 41,
            active_accounts: 60,
            people: 180,
            events: 2_410,
            events_before: 2_102,
            weeks: vec![30, 31, 33, 33, 34, 36, 36, 38, 39, 40, 40, 41, 41],
            first_at: Some(1_740_906_000_000_000),
            last_at: Some(1_772_442_000_000_000),
            is_new: false,
            is_dropped: false,
            counted_at: Some(1_772_442_300_000_000),
        }
    }
}

impl Sample for UseDocument {
    fn sample() -> Self {
        Self {
            account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Acme".to_owned(),
            owner: Some("Ada Nowak".to_owned()),
            people: 7,
            events: 120,
            events_before: 96,
            last_at: Some(1_772_442_000_000_000),
            mrr: Some(120_000),
        }
    }
}
