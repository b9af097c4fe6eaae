//! The usage of an account as programs see it.

use kit::web::api::{Operation, Sample};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;

use super::Usage;

/// `GET /api/v1/accounts/{id}/usage`
pub const SHOW: Operation = Operation::new(
    "Usage",
    "Show an account's usage",
    "Who was active, what they used and when they were last seen, from the events that came in. A day is one of the \
     workspace's time zone; windows end today.",
)
.of::<AccountId>()
.gives::<UsageDocument>();

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
    /// What was used in the last thirty days, by most people first: twenty at most.
    features: Vec<FeatureDocument>,
    /// Who was there in the last thirty days, the last seen first: twenty at most.
    people: Vec<PersonUseDocument>,
}

/// What was used.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsedFeature")]
pub struct FeatureDocument {
    /// `track`, `page` or `screen`.
    call: String,
    /// Its name; empty for a page without one.
    name: String,
    /// How many different people used it.
    people: i64,
    /// How often.
    events: i64,
    /// When last: microseconds since 1970-01-01 UTC.
    last_at: i64,
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

impl From<Usage> for UsageDocument {
    fn from(usage: Usage) -> Self {
        let features = usage.features.into_iter().map(|feature| FeatureDocument {
            call: feature.call,
            name: feature.name,
            people: feature.people,
            events: feature.events,
            last_at: feature.last.0,
        });
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
            features: features.collect(),
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
            features: vec![FeatureDocument {
                call: "track".to_owned(),
                name: "Report opened".to_owned(),
                people: 7,
                events: 120,
                last_at: 1_772_442_000_000_000,
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
