//! Sources as programs see them.

use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Source, SourceId, WriteKey};

/// A source of usage events.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageSource")]
pub struct SourceDocument {
    /// Its id.
    id: SourceId,
    /// What people call it.
    name: String,
    /// Whether events are taken.
    is_on: bool,
    /// The keys that are taken, the present one first.
    keys: Vec<WriteKeyDocument>,
    /// When it was set up: microseconds since 1970-01-01 UTC.
    created_at: i64,
    /// When it was last changed: microseconds since 1970-01-01 UTC.
    changed_at: i64,
}

/// What lets events in.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WriteKey")]
pub struct WriteKeyDocument {
    /// The key, for the SDK's `writeKey`.
    key: String,
    /// Until when it is taken: microseconds since 1970-01-01 UTC; null for the present one.
    expires_at: Option<i64>,
}

/// What a program says about a source.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UsageSourceInput")]
pub struct SourceInput {
    /// What people call it.
    #[schemars(length(min = 1, max = 100))]
    pub(super) name: String,
}

impl From<Source> for SourceDocument {
    fn from(source: Source) -> Self {
        Self {
            id: source.id,
            is_on: source.is_on(),
            keys: source.keys.into_iter().map(Into::into).collect(),
            name: source.name,
            created_at: source.created_at.0,
            changed_at: source.changed_at.0,
        }
    }
}

impl From<WriteKey> for WriteKeyDocument {
    fn from(key: WriteKey) -> Self {
        Self {
            key: key.text,
            expires_at: key.expires_at.map(|at| at.0),
        }
    }
}

impl Sample for SourceDocument {
    fn sample() -> Self {
        Self {
            id: "src_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Web app".to_owned(),
            is_on: true,
            keys: vec![WriteKeyDocument {
                key: "5f0c1d6a3b7e4928a1c0d9e8f7b6a5c4".to_owned(),
                expires_at: None,
            }],
            created_at: 1_772_442_000_000_000,
            changed_at: 1_772_442_000_000_000,
        }
    }
}

impl Sample for SourceInput {
    fn sample() -> Self {
        Self {
            name: "Web app".to_owned(),
        }
    }
}
