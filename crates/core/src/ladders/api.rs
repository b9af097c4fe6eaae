//! Ladders for programs.

use std::num::NonZeroU8;

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Operation, Posted, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::failures::{NAME, TAKEN, THRESHOLD, TOO_MANY};
use super::{Ladder, LadderError, Rung, RungId, RungText};
use crate::actor::Actor;
use crate::tags::Colour;

const PART: &str = "Stages and tiers";

/// A rung of a ladder: a stage or a tier.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Rung")]
pub struct RungDocument {
    /// Its id.
    id: RungId,
    /// Of which ladder.
    ladder: Ladder,
    /// Its name.
    name: String,
    /// Its colour.
    colour: Colour,
    /// From which revenue in a month on a tier is reached, in minor units of the reporting currency; null for by hand alone.
    threshold: Option<i64>,
    /// Grows by one with every change.
    version: i64,
    /// When it was archived: microseconds since 1970-01-01 UTC; null while it is not.
    archived_at: Option<i64>,
}

impl From<Rung> for RungDocument {
    fn from(rung: Rung) -> Self {
        Self {
            id: rung.id,
            ladder: rung.ladder,
            name: rung.text.name,
            colour: rung.text.colour,
            threshold: rung.text.threshold,
            version: rung.version,
            archived_at: rung.archiving.map(|archiving| archiving.at.0),
        }
    }
}

/// Of which ladder.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RungsQuery {
    /// The ladder.
    ladder: Ladder,
}

/// What a program says about a new rung.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRungInput {
    /// Onto which ladder.
    ladder: Ladder,
    /// Its name.
    #[schemars(length(min = 1, max = 60))]
    name: String,
    /// Its colour; grey unless told.
    #[serde(default)]
    colour: Colour,
    /// From which revenue in a month on a tier is reached, in minor units of the reporting currency.
    #[serde(default)]
    threshold: Option<i64>,
}

/// What a program says about a rung.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RungInput {
    /// Its name.
    #[schemars(length(min = 1, max = 60))]
    name: String,
    /// Its colour; grey unless told.
    #[serde(default)]
    colour: Colour,
    /// From which revenue in a month on a tier is reached, in minor units of the reporting currency.
    #[serde(default)]
    threshold: Option<i64>,
}

/// `GET /api/v1/rungs`
pub const LIST: Operation = Operation::new(
    PART,
    "List stages or tiers",
    "The rungs of a ladder from the first to the last, archived ones included.",
)
.asks::<RungsQuery>()
.gives::<Listed<RungDocument>>();

/// `POST /api/v1/rungs`
pub const CREATE: Operation = Operation::new(PART, "Add a stage or a tier", "It stands above the others.")
    .takes::<NewRungInput>()
    .makes::<RungDocument>()
    .fails(&[&NAME, &TAKEN, &THRESHOLD, &TOO_MANY]);

/// `GET /api/v1/rungs/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a stage or a tier",
    "Its ETag is what a change names with If-Match.",
)
.of::<RungId>()
.shows::<RungDocument>();

/// `PUT /api/v1/rungs/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a stage or a tier",
    "Replaces name, colour and threshold.",
)
.of::<RungId>()
.takes::<RungInput>()
.shows::<RungDocument>()
.held_by(Precondition::Required)
.fails(&[&NAME, &TAKEN, &THRESHOLD]);

/// Where a rung shall stand.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceInput {
    /// Which of those in use it shall be, counted from one; beyond the end it is the last.
    place: NonZeroU8,
}

/// `PUT /api/v1/rungs/{id}/place`
pub const PLACE: Operation = Operation::new(
    PART,
    "Move a stage or a tier",
    "The others keep their order. Said twice it changes nothing.",
)
.of::<RungId>()
.takes::<PlaceInput>()
.shows::<RungDocument>()
.held_by(Precondition::Optional);

/// `PUT /api/v1/rungs/{id}/archiving`
pub const ARCHIVE: Operation = Operation::new(
    PART,
    "Archive a stage or a tier",
    "No account comes onto it any more; those that are on it stay.",
)
.of::<RungId>()
.shows::<RungDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/rungs/{id}/archiving`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Take a stage or a tier out of the archive",
    "It is in use again, where it stood.",
)
.of::<RungId>()
.shows::<RungDocument>()
.held_by(Precondition::Optional);

impl Sample for PlaceInput {
    fn sample() -> Self {
        Self {
            place: NonZeroU8::MIN,
        }
    }
}

impl Sample for NewRungInput {
    fn sample() -> Self {
        Self {
            ladder: Ladder::Tiers,
            name: "Premium".to_owned(),
            colour: Colour::Violet,
            threshold: Some(100_000),
        }
    }
}

impl Sample for RungInput {
    fn sample() -> Self {
        Self {
            name: "Premium".to_owned(),
            colour: Colour::Violet,
            threshold: Some(100_000),
        }
    }
}

impl Sample for RungDocument {
    fn sample() -> Self {
        Self {
            id: "rng_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            ladder: Ladder::Tiers,
            name: "Premium".to_owned(),
            colour: Colour::Violet,
            threshold: Some(100_000),
            version: 1,
            archived_at: None,
        }
    }
}

/// `GET /api/v1/rungs`
///
/// # Errors
/// The database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<RungsQuery>,
) -> Result<Listed<RungDocument>, Failure> {
    let rungs = db
        .read(move |tx| super::all(tx, actor.workspace, query.ladder))
        .await?;
    Ok(Listed::whole(rungs.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/rungs`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<NewRungInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let text = RungText {
            name: input.name.clone(),
            colour: input.colour,
            threshold: input.threshold,
        };
        let rung = super::add(tx, &actor, input.ladder, &text)?;
        let location = format!("/api/v1/rungs/{}", rung.id);
        Ok(Single::made(&RungDocument::from(rung), location))
    })
    .await
}

/// `GET /api/v1/rungs/{id}`
///
/// # Errors
/// No such rung here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<RungId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| rung(tx, &actor, id)).await?))
}

/// `PUT /api/v1/rungs/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such rung here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RungId>,
    state: IfMatch,
    Sent(input): Sent<RungInput>,
) -> Result<Single, Failure> {
    let text = RungText {
        name: input.name,
        colour: input.colour,
        threshold: input.threshold,
    };
    db.write(move |tx| {
        let now = rung(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `PUT /api/v1/rungs/{id}/place`
///
/// # Errors
/// Another state than the one named, no such rung here, a missing permission, or the database's.
pub async fn place(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RungId>,
    state: IfMatch,
    Sent(input): Sent<PlaceInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(rung(tx, &actor, id)?))?;
        Ok(single(super::place(
            tx,
            &actor,
            id,
            usize::from(input.place.get()),
        )?))
    })
    .await
}

/// `PUT /api/v1/rungs/{id}/archiving`
///
/// # Errors
/// Another state than the one named, no such rung here, a missing permission, or the database's.
pub async fn archive(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RungId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(rung(tx, &actor, id)?))?;
        Ok(single(super::archive(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/rungs/{id}/archiving`
///
/// # Errors
/// As of [`archive`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<RungId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(rung(tx, &actor, id)?))?;
        Ok(single(super::restore(tx, &actor, id)?))
    })
    .await
}

fn rung(tx: &mut Tx<'_>, actor: &Actor, id: RungId) -> Result<Rung, LadderError> {
    super::store::find(tx, actor.workspace, id)?.ok_or(LadderError::Unknown)
}

fn single(rung: Rung) -> Single {
    Single::of(&RungDocument::from(rung))
}
