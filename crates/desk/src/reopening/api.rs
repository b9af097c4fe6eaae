//! For programs: the same verbs as the page.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{IfMatch, Operation, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::Reopening;
use super::failures::DAYS;

const PART: &str = "Tickets";

/// For how long answers by mail open solved tickets again.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TicketReopening")]
pub struct ReopeningDocument {
    /// For how many days after its solving an answer opens a ticket again; null for ever. Later ones become tickets of their own.
    days: Option<i64>,
}

/// What a program says of it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TicketReopeningInput")]
#[serde(deny_unknown_fields)]
pub struct ReopeningInput {
    /// For how many days; null for ever, 0 for never.
    #[schemars(range(min = 0, max = 3650))]
    days: Option<i64>,
}

impl From<Reopening> for ReopeningDocument {
    fn from(reopening: Reopening) -> Self {
        Self { days: reopening.days }
    }
}

impl Sample for ReopeningDocument {
    fn sample() -> Self {
        Self { days: Some(30) }
    }
}

impl Sample for ReopeningInput {
    fn sample() -> Self {
        Self { days: Some(30) }
    }
}

/// `GET /api/v1/ticket-reopening`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show when answers open tickets again",
    "For how many days after its solving an answer by mail opens a ticket again.",
)
.shows::<ReopeningDocument>();

/// `PUT /api/v1/ticket-reopening`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change when answers open tickets again",
    "Answers that come later become tickets of their own, related to the old one. What came before stays where it is.",
)
.takes::<ReopeningInput>()
.shows::<ReopeningDocument>()
.held_by(Precondition::Required)
.fails(&[&DAYS]);

/// `GET /api/v1/ticket-reopening`
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::find(tx, actor.workspace)).await?))
}

/// `PUT /api/v1/ticket-reopening`
///
/// # Errors
/// An older state, days that are none, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    state: IfMatch,
    Sent(input): Sent<ReopeningInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::find(tx, actor.workspace)?;
        state.must_hold(&single(now))?;
        let wanted = Reopening {
            days: input.days,
            ..now
        };
        Ok(single(super::change(tx, &actor, wanted)?))
    })
    .await
}

fn single(reopening: Reopening) -> Single {
    Single::of(&ReopeningDocument::from(reopening))
}
