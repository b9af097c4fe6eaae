//! The versions of scorecards, for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Listed, Operation, Sample};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::actor::Actor;

use super::Version;
use crate::health::api::PART;
use crate::health::standard;
use crate::health::{Content, ScorecardId};

/// What a scorecard said in a version.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScorecardVersion")]
pub struct VersionDocument {
    /// Its number, counted from 1; scores name it.
    version: i64,
    /// What it said.
    content: Content,
    /// Who made it.
    made_by: String,
    /// When, in microseconds since 1970.
    made_at: i64,
}

/// `GET /api/v1/scorecards/{id}/versions`
pub const LIST: Operation = Operation::new(
    PART,
    "List a scorecard's versions",
    "What it said, the newest first, a hundred at most. Scores of the past name the version they were made with.",
)
.of::<ScorecardId>()
.gives::<Listed<VersionDocument>>();

impl From<Version> for VersionDocument {
    fn from(version: Version) -> Self {
        Self {
            version: version.number,
            content: version.content,
            made_by: version.by,
            made_at: version.at.0,
        }
    }
}

impl Sample for VersionDocument {
    fn sample() -> Self {
        Self {
            version: 3,
            content: standard::content(),
            made_by: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe Ada".to_owned(),
            made_at: 1_795_000_000_000_000,
        }
    }
}

/// `GET /api/v1/scorecards/{id}/versions`
///
/// # Errors
/// No such scorecard here, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ScorecardId>,
) -> Result<Listed<VersionDocument>, Failure> {
    let versions = db.read(move |tx| super::list(tx, &actor, id)).await?;
    Ok(Listed::whole(
        versions.into_iter().map(Into::into).collect(),
        None,
    ))
}
