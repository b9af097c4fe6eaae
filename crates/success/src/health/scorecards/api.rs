//! Scorecards, for programs.

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Operation, Posted, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::ladders::RungId;

use super::documents::WhatIfDocument;
use crate::health::api::PART;
use crate::health::failures::{
    BANDS, CIRCULAR, CURVE, DOUBLE, FLOOR, GENERAL, GROUP, GROUP_WEIGHT, GROUPS, HALF_LIFE, IN_GROUP,
    MEASURES, METRIC, NAME, RUNG, TAKEN, WEIGHT,
};
use crate::health::{Content, Scorecard, ScorecardId, ScorecardText, standard};

/// A scorecard in the version that is in force.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Scorecard")]
pub struct ScorecardDocument {
    /// Its id.
    id: ScorecardId,
    /// Its name; empty for the one that every workspace begins with.
    name: String,
    /// The stage it is for; null for any.
    stage: Option<RungId>,
    /// The tier it is for; null for any.
    tier: Option<RungId>,
    /// What it says.
    content: Content,
    /// Grows with every change.
    version: i64,
}

/// What a scorecard is to say.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScorecardInput {
    /// Its name.
    #[schemars(length(max = 80))]
    name: String,
    /// The stage it is for; null for any.
    #[serde(default)]
    stage: Option<RungId>,
    /// The tier it is for; null for any.
    #[serde(default)]
    tier: Option<RungId>,
    /// What it says.
    content: Content,
}

/// `GET /api/v1/scorecards`
pub const LIST: Operation = Operation::new(
    PART,
    "List scorecards",
    "Those in force, the first made first; none before the first account was scored.",
)
.gives::<Listed<ScorecardDocument>>();

/// `POST /api/v1/scorecards`
pub const ADD: Operation = Operation::new(
    PART,
    "Add a scorecard",
    "For a stage, a tier, or both; its accounts are scored again in the background.",
)
.takes::<ScorecardInput>()
.makes::<ScorecardDocument>()
.fails(FAILURES);

/// `GET /api/v1/scorecards/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a scorecard",
    "Its ETag is what a change names with If-Match.",
)
.of::<ScorecardId>()
.shows::<ScorecardDocument>();

/// `PUT /api/v1/scorecards/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a scorecard",
    "Makes a new version; scores of the past keep theirs.",
)
.of::<ScorecardId>()
.takes::<ScorecardInput>()
.shows::<ScorecardDocument>()
.held_by(Precondition::Required)
.fails(FAILURES);

/// `DELETE /api/v1/scorecards/{id}`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Remove a scorecard",
    "Its accounts follow the next that fits. The general one stays.",
)
.of::<ScorecardId>()
.held_by(Precondition::Optional)
.fails(&[&GENERAL]);

/// `DELETE /api/v1/scorecards/{id}/removal`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Bring a scorecard back",
    "Its accounts follow it again. One that is in force stays as it is.",
)
.of::<ScorecardId>()
.shows::<ScorecardDocument>()
.fails(&[&TAKEN]);

/// `PUT /api/v1/scorecards/{id}/what-if`
pub const WHAT_IF: Operation = Operation::new(
    PART,
    "Try a scorecard out",
    "What the bands of all accounts would be if it said this. Nothing is changed.",
)
.of::<ScorecardId>()
.takes::<ScorecardInput>()
.shows::<WhatIfDocument>()
.fails(FAILURES);

const FAILURES: &[&kit::web::Code] = &[
    &NAME,
    &TAKEN,
    &GENERAL,
    &RUNG,
    &MEASURES,
    &METRIC,
    &CIRCULAR,
    &DOUBLE,
    &WEIGHT,
    &HALF_LIFE,
    &CURVE,
    &GROUPS,
    &GROUP,
    &GROUP_WEIGHT,
    &IN_GROUP,
    &FLOOR,
    &BANDS,
];

impl Sample for ScorecardInput {
    fn sample() -> Self {
        Self {
            name: "Enterprise".to_owned(),
            stage: None,
            tier: Some("rng_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            content: standard::content(),
        }
    }
}

impl Sample for ScorecardDocument {
    fn sample() -> Self {
        let ScorecardInput {
            name,
            stage,
            tier,
            content,
        } = ScorecardInput::sample();
        Self {
            id: "scc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name,
            stage,
            tier,
            content,
            version: 1,
        }
    }
}

impl From<Scorecard> for ScorecardDocument {
    fn from(card: Scorecard) -> Self {
        Self {
            id: card.id,
            name: card.name,
            stage: card.stage,
            tier: card.tier,
            content: card.content,
            version: card.version,
        }
    }
}

impl From<ScorecardInput> for ScorecardText {
    fn from(input: ScorecardInput) -> Self {
        Self {
            name: input.name,
            stage: input.stage,
            tier: input.tier,
            content: input.content,
        }
    }
}

fn single(card: Scorecard) -> Single {
    Single::of(&ScorecardDocument::from(card))
}

/// `GET /api/v1/scorecards`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<ScorecardDocument>, Failure> {
    let cards = db.read(move |tx| super::list(tx, &actor)).await?;
    Ok(Listed::whole(cards.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/scorecards`
///
/// # Errors
/// What can't be, a missing permission, or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<ScorecardInput>,
) -> Result<Response, Failure> {
    let (text, owner) = (ScorecardText::from(input), (&actor).into());
    once.run(&db, owner, move |tx| {
        let card = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/scorecards/{}", card.id);
        Ok(Single::made(&ScorecardDocument::from(card), location))
    })
    .await
}

/// `GET /api/v1/scorecards/{id}`
///
/// # Errors
/// No such scorecard here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<ScorecardId>) -> Result<Single, Failure> {
    let card = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(card))
}

/// `PUT /api/v1/scorecards/{id}`
///
/// # Errors
/// No such scorecard here, another state than the one named, what can't be, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ScorecardId>,
    held: IfMatch,
    Sent(input): Sent<ScorecardInput>,
) -> Result<Single, Failure> {
    let text = ScorecardText::from(input);
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?;
        held.must_hold(&single(now.clone()))?;
        Ok::<_, Failure>(single(super::change(tx, &actor, id, now.version, &text)?))
    })
    .await
}

/// `DELETE /api/v1/scorecards/{id}`
///
/// # Errors
/// No such scorecard here, the general one, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ScorecardId>,
    held: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?;
        held.hold(&single(now))?;
        super::remove(tx, &actor, id)?;
        Ok::<_, Failure>(Single::nothing())
    })
    .await
}

/// `DELETE /api/v1/scorecards/{id}/removal`
///
/// # Errors
/// No such scorecard here, another in its place, a missing permission, or the database's.
pub async fn restore(State(db): State<Db>, actor: Actor, At(id): At<ScorecardId>) -> Result<Single, Failure> {
    let card = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(single(card))
}

/// `PUT /api/v1/scorecards/{id}/what-if`
///
/// # Errors
/// No such scorecard here, what can't be, a missing permission, or the database's.
pub async fn what_if(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ScorecardId>,
    Sent(input): Sent<ScorecardInput>,
) -> Result<Single, Failure> {
    let text = ScorecardText::from(input);
    let found = db.report(move |tx| super::try_out(tx, &actor, id, &text)).await?;
    Ok(Single::of(&WhatIfDocument::from(found)))
}
