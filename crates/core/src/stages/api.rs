//! Stages of accounts, for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Listed, Operation, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::failures::STAGE;
use super::{Span, StageError};
use crate::accounts::api::{AccountDocument, single};
use crate::accounts::{self, AccountId};
use crate::actor::Actor;
use crate::ladders::RungId;
use crate::touchpoints::Experience;

const PART: &str = "Stages and tiers";

/// The time that an account was on a stage, and how it fared.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "StageSpan")]
pub struct SpanDocument {
    /// The stage.
    stage: RungId,
    /// Its name.
    name: String,
    /// Who said so.
    by: String,
    /// From when: microseconds since 1970-01-01 UTC.
    since: i64,
    /// Until when: microseconds since 1970-01-01 UTC; null for the present one.
    until: Option<i64>,
    /// How the account fared there, from −2 to +2, the newer impressions counting more; null without impressions.
    experience: Option<f64>,
    /// How many impressions that rests on.
    impressions: usize,
}

impl From<(Span, Experience)> for SpanDocument {
    fn from((span, experience): (Span, Experience)) -> Self {
        Self {
            stage: span.stage.id,
            name: span.stage.text.name,
            by: span.by,
            since: span.since.0,
            until: span.until.map(|until| until.0),
            experience: experience.index,
            impressions: experience.n,
        }
    }
}

/// On which stage an account is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StageInput {
    /// The stage.
    stage: RungId,
}

/// `GET /api/v1/accounts/{id}/stages`
pub const SPANS: Operation = Operation::new(
    PART,
    "List the stages of an account",
    "On which stages it was and is, the present one first, each with how the account fared there.",
)
.of::<AccountId>()
.gives::<Listed<SpanDocument>>();

/// `PUT /api/v1/accounts/{id}/stage`
pub const SET: Operation = Operation::new(
    PART,
    "Put an account onto a stage",
    "Ends the present span and begins another. Onto the present stage it changes nothing.",
)
.of::<AccountId>()
.takes::<StageInput>()
.shows::<AccountDocument>()
.fails(&[&STAGE]);

impl Sample for StageInput {
    fn sample() -> Self {
        Self {
            stage: "rng_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
        }
    }
}

impl Sample for SpanDocument {
    fn sample() -> Self {
        Self {
            stage: "rng_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Onboarding".to_owned(),
            by: "system: stages".to_owned(),
            since: 1_772_442_000_000_000,
            until: None,
            experience: Some(0.5),
            impressions: 4,
        }
    }
}

/// `GET /api/v1/accounts/{id}/stages`
///
/// # Errors
/// No such account here, or the database's.
pub async fn spans(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
) -> Result<Listed<SpanDocument>, Failure> {
    let spans = db.read(move |tx| super::spans(tx, &actor, id)).await?;
    Ok(Listed::whole(spans.into_iter().map(Into::into).collect(), None))
}

/// `PUT /api/v1/accounts/{id}/stage`
///
/// # Errors
/// No such account or stage here, a missing permission, or the database's.
pub async fn set(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Sent(input): Sent<StageInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        super::set(tx, &actor, id, input.stage)?;
        let account = accounts::find(tx, &actor, id)?.ok_or(StageError::UnknownAccount)?;
        single(tx, &actor, account)
    })
    .await
}
