//! Metrics of people's own as programs see and send them.

use kit::day::Day;
use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::metrics::own::OwnMetricId;

use super::{Content, Defined, Event, Filter, Measure, OwnText, Preview, Test};

/// A metric that people define.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OwnMetric")]
pub struct OwnMetricDocument {
    /// Its id.
    id: OwnMetricId,
    /// What segments, scorecards, rules and an account's metrics call it.
    metric: String,
    /// What people call it.
    name: String,
    /// What it is for.
    about: String,
    /// What its values are: `count` or `number`.
    unit: String,
    /// What it counts.
    content: Content,
    /// Grows whenever it counts something else.
    content_version: i64,
    /// `counting` while events of the past are counted, `history` while it is written how it went, then `done`.
    state: String,
    /// How many batches of events, then accounts, were looked at.
    looked: i64,
    /// How many there are.
    total: i64,
    /// From which day on anything is counted.
    since: Day,
    /// From which day on the number is exact: nothing of its window can be missing.
    exact_from: Day,
    /// Grows with every change.
    version: i64,
    /// When it was made: microseconds since 1970-01-01 UTC.
    created_at: i64,
    /// When it was last changed: microseconds since 1970-01-01 UTC.
    changed_at: i64,
    /// When it was removed: microseconds since 1970-01-01 UTC; null when it was not.
    removed_at: Option<i64>,
}

/// What a program says of a metric.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OwnMetricInput")]
pub struct OwnMetricInput {
    /// What people call it.
    #[schemars(length(min = 1, max = 80))]
    name: String,
    /// What it is for; nothing unless told.
    #[serde(default)]
    #[schemars(length(max = 500))]
    about: String,
    /// What it counts.
    content: Content,
}

/// What a definition would say of some accounts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OwnMetricPreview")]
pub struct OwnPreviewDocument {
    /// The accounts that use the product most.
    accounts: Vec<OwnPreviewLine>,
    /// How many events were read for it; 0 where they need not be.
    read: usize,
    /// Whether the window has more events than were read.
    is_part: bool,
}

/// What a definition would say of an account.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OwnMetricPreviewLine")]
pub struct OwnPreviewLine {
    /// The account.
    account: AccountId,
    /// What it is called.
    name: String,
    /// The value today.
    value: f64,
}

impl OwnMetricInput {
    pub(super) fn text(self) -> OwnText {
        OwnText {
            title: self.name,
            about: self.about,
            content: self.content,
        }
    }
}

impl From<Defined> for OwnMetricDocument {
    fn from(one: Defined) -> Self {
        let Defined { metric, definition } = one;
        Self {
            id: metric.id,
            metric: metric.name(),
            name: metric.title,
            about: metric.about,
            unit: metric.unit.as_str().to_owned(),
            content: definition.content,
            content_version: definition.version,
            state: definition.state.as_str().to_owned(),
            looked: definition.looked,
            total: definition.total,
            since: definition.since,
            exact_from: definition.exact_from,
            version: metric.version,
            created_at: metric.created_at.0,
            changed_at: metric.changed_at.0,
            removed_at: metric.removal.map(|(_, at)| at.0),
        }
    }
}

impl From<Preview> for OwnPreviewDocument {
    fn from(preview: Preview) -> Self {
        let accounts = preview.accounts.into_iter();
        let line = |(account, name, value)| OwnPreviewLine { account, name, value };
        Self {
            accounts: accounts.map(line).collect(),
            read: preview.read,
            is_part: preview.is_part,
        }
    }
}

fn content() -> Content {
    Content {
        event: Some(Event {
            call: "track".to_owned(),
            name: "Report exported".to_owned(),
        }),
        filters: vec![Filter {
            property: "format".to_owned(),
            test: Test::Is,
            value: "pdf".to_owned(),
        }],
        measure: Measure::People,
        property: String::new(),
        window: 30,
    }
}

impl Sample for OwnMetricInput {
    fn sample() -> Self {
        Self {
            name: "People who export reports".to_owned(),
            about: String::new(),
            content: content(),
        }
    }
}

impl Sample for OwnMetricDocument {
    fn sample() -> Self {
        let day = "2026-11-22".parse().expect("a day");
        Self {
            id: "omt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            metric: "own.omt_01k5x0h3m8f2rq7v9c4w6d1nbe".to_owned(),
            name: "People who export reports".to_owned(),
            about: String::new(),
            unit: "count".to_owned(),
            content: content(),
            content_version: 1,
            state: "done".to_owned(),
            looked: 120,
            total: 120,
            since: day,
            exact_from: day,
            version: 1,
            created_at: 1_772_442_000_000_000,
            changed_at: 1_772_442_000_000_000,
            removed_at: None,
        }
    }
}

impl Sample for OwnPreviewDocument {
    fn sample() -> Self {
        Self {
            accounts: vec![OwnPreviewLine {
                account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
                name: "Acme".to_owned(),
                value: 12.0,
            }],
            read: 4_200,
            is_part: false,
        }
    }
}
