//! Scorecards, for programs.

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Operation, Posted, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::actor::Actor;
use tandem_core::ladders::RungId;

use crate::health::api::PART;
use crate::health::book::WhatIf;
use crate::health::failures::{
    BANDS, CIRCULAR, CURVE, DOUBLE, FLOOR, GENERAL, GROUP, GROUP_WEIGHT, GROUPS, HALF_LIFE, IN_GROUP,
    MEASURES, METRIC, NAME, RUNG, TAKEN, WEIGHT,
};
use crate::health::{Band, Content, Scorecard, ScorecardId, ScorecardText, standard};

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

/// How a changed scorecard would move the book.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScorecardWhatIf")]
pub struct WhatIfDocument {
    /// How many accounts are in each band, the worst first.
    bands: Vec<BandDocument>,
    /// How many accounts would be in another band.
    moved: usize,
    /// The first of them.
    first: Vec<MovedDocument>,
}

/// How many accounts are in a band.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScorecardWhatIfBand")]
struct BandDocument {
    /// The band.
    band: Band,
    /// As it is.
    now: i64,
    /// As it would be.
    then: i64,
}

/// An account that would be in another band.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScorecardWhatIfAccount")]
struct MovedDocument {
    /// The account.
    account: AccountId,
    /// Its name.
    name: String,
    /// The band it is in.
    now: Band,
    /// Its score; null where it is not known.
    score: Option<f64>,
    /// The band it would be in.
    then: Band,
    /// The score it would have.
    score_then: Option<f64>,
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

impl From<WhatIf> for WhatIfDocument {
    fn from(found: WhatIf) -> Self {
        let bands = found.bands.into_iter();
        let first = found.moved.into_iter();
        Self {
            bands: bands
                .map(|(band, now, then)| BandDocument { band, now, then })
                .collect(),
            moved: found.count,
            first: first
                .map(
                    |(account, name, (now, score), (then, score_then))| MovedDocument {
                        account,
                        name,
                        now,
                        score,
                        then,
                        score_then,
                    },
                )
                .collect(),
        }
    }
}

impl Sample for WhatIfDocument {
    fn sample() -> Self {
        Self {
            bands: vec![BandDocument {
                band: Band::Red,
                now: 4,
                then: 6,
            }],
            moved: 2,
            first: vec![MovedDocument {
                account: "acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
                name: "Baltic Harvest".to_owned(),
                now: Band::Amber,
                score: Some(56.0),
                then: Band::Red,
                score_then: Some(48.5),
            }],
        }
    }
}
