//! The usage of an account as programs see it.

use kit::web::api::{Operation, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;

use super::{Taken, Usage};
use crate::usage::adoption::{FeatureCall, WindowInput};
use crate::usage::folding::FeatureId;

/// `GET /api/v1/accounts/{id}/usage`
pub const SHOW: Operation = Operation::new(
    "Usage",
    "Show an account's usage",
    "Who was active, what they used and when they were last seen, from the events that came in. A day is one of the \
     workspace's time zone; windows end today.",
)
.of::<AccountId>()
.asks::<UsageQuery>()
.gives::<UsageDocument>();

/// Over how many days features are told.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UsageQuery {
    /// How many days, ending today, the features are of: `7`, `30` or `90`; 30 unless told.
    #[serde(default)]
    pub(super) window: WindowInput,
}

/// What an account does with the product.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountUsage")]
pub struct UsageDocument {
    /// Different people in the last seven days who did a key action, or anything where nobody said which those are.
    active_people_7d: i64,
    /// The same in the last thirty days.
    active_people_30d: i64,
    /// Events in the last thirty days.
    events_30d: i64,
    /// When anybody was last seen: microseconds since 1970-01-01 UTC; null for never.
    last_seen_at: Option<i64>,
    /// The same in each of the last thirteen weeks, the oldest first.
    weeks: Vec<i64>,
    /// Which way they go; null where fewer than six whole weeks are known.
    trend: Option<TrendDocument>,
    /// Seats that are paid for; null where none are known. Those used are the active people of thirty days.
    seats: Option<i64>,
    /// What was used in the window or in as many days before, by most people first: fifty at most.
    features: Vec<FeatureDocument>,
    /// Who was there in the last thirty days, the last seen first: twenty at most.
    people: Vec<PersonUseDocument>,
}

/// How many more active people there are each week, by the thirteen weeks: the slope of Theil and Sen.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageTrend")]
pub struct TrendDocument {
    /// How many more; fewer below zero.
    people_a_week: f64,
    /// Between which that lies, with 95 %: the lower end.
    low: f64,
    /// The upper end. Where 0 lies between both, they may as well stand still.
    high: f64,
}

/// What was used.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsedFeature")]
pub struct FeatureDocument {
    /// The feature.
    id: FeatureId,
    /// Whether it is an event, a page or a screen.
    call: FeatureCall,
    /// Its name; empty for a page without one.
    name: String,
    /// How many different people used it in the window.
    people: i64,
    /// Of the people who did anything in the window, the share that used it.
    share: f64,
    /// How often.
    events: i64,
    /// How often in as many days before.
    events_before: i64,
    /// How often in each of the last thirteen weeks, the oldest first.
    weeks: Vec<i64>,
    /// When first: microseconds since 1970-01-01 UTC.
    first_at: i64,
    /// When last: microseconds since 1970-01-01 UTC.
    last_at: i64,
    /// Whether it was first used here within the last thirty days.
    is_new: bool,
    /// Whether it fell by more than half against as many days before.
    is_dropped: bool,
}

/// Who was there.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsagePerson")]
pub struct PersonUseDocument {
    /// The contact that they are; null when nobody is known by that id.
    contact: Option<ContactId>,
    /// What they are called.
    name: String,
    /// How often they did something.
    events: i64,
    /// When they were last seen: microseconds since 1970-01-01 UTC.
    last_at: i64,
}

impl From<Taken> for FeatureDocument {
    fn from(one: Taken) -> Self {
        Self {
            id: one.feature.id,
            call: one.feature.call,
            is_dropped: one.is_dropped(),
            name: one.feature.name,
            people: one.people,
            share: one.share,
            events: one.events,
            events_before: one.before,
            weeks: one.weeks,
            first_at: one.first.0,
            last_at: one.last.0,
            is_new: one.is_new,
        }
    }
}

impl From<(Usage, Vec<Taken>)> for UsageDocument {
    fn from((usage, taken): (Usage, Vec<Taken>)) -> Self {
        let people = usage.people.into_iter().map(|person| PersonUseDocument {
            contact: person.contact,
            name: person.name,
            events: person.events,
            last_at: person.last.0,
        });
        Self {
            active_people_7d: usage.active_7,
            active_people_30d: usage.active_30,
            events_30d: usage.events_30,
            last_seen_at: usage.last.map(|at| at.0),
            weeks: usage.weeks,
            trend: usage.trend.map(|trend| TrendDocument {
                people_a_week: trend.slope,
                low: trend.low,
                high: trend.high,
            }),
            seats: Some(usage.seats).filter(|seats| *seats > 0),
            features: taken.into_iter().map(Into::into).collect(),
            people: people.collect(),
        }
    }
}

impl Sample for UsageDocument {
    fn sample() -> Self {
        Self {
            active_people_7d: 4,
            active_people_30d: 9,
            events_30d: 312,
            last_seen_at: Some(1_772_442_000_000_000),
            weeks: vec![3, 4, 4, 5, 5, 6, 6, 6, 5, 5, 4, 4, 4],
            trend: Some(TrendDocument {
                people_a_week: 0.0,
                low: -0.25,
                high: 0.25,
            }),
            seats: Some(20),
            features: vec![FeatureDocument {
                id: "ftr_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
                call: FeatureCall::Track,
                name: "Report opened".to_owned(),
                people: 7,
                share: 0.78,
                events: 120,
                events_before: 96,
                weeks: vec![20, 22, 24, 24, 25, 26, 26, 28, 30, 29, 30, 31, 30],
                first_at: 1_740_906_000_000_000,
                last_at: 1_772_442_000_000_000,
                is_new: false,
                is_dropped: false,
            }],
            people: vec![PersonUseDocument {
                contact: None,
                name: "Leyla Quliyeva".to_owned(),
                events: 80,
                last_at: 1_772_442_000_000_000,
            }],
        }
    }
}
