//! For how long events are kept, for programs.

use axum::extract::State;
use kit::day::Day;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, IfMatch, Operation, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::failures::DAYS;
use super::{DEFAULT, Going, Keeping};

const PART: &str = "Usage";

/// For how long events are kept.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageKeeping")]
pub struct KeepingDocument {
    /// For how many days events are kept as they came; what was counted of them is kept for ever.
    days: i64,
    /// When it was set: microseconds since 1970-01-01 UTC; null while it was never changed.
    set_at: Option<i64>,
}

/// For how long events are to be kept.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UsageKeepingInput")]
pub struct KeepingInput {
    /// For how many days; what is older goes at night.
    #[schemars(range(min = 7, max = 3650))]
    days: i64,
}

/// With how many days.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepingQuery {
    /// For how many days; as it is set unless told.
    days: Option<i64>,
}

/// What would go.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageKeepingPreview")]
pub struct GoingDocument {
    /// For how many days events would be kept.
    days: i64,
    /// What came before this day would go.
    before: Day,
    /// How many events that is.
    events: i64,
    /// How many would stay.
    stay: i64,
}

/// `GET /api/v1/usage-keeping`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show for how long events are kept",
    "Its ETag is what a change may name with If-Match.",
)
.shows::<KeepingDocument>();

/// `PUT /api/v1/usage-keeping`
pub const SET: Operation = Operation::new(
    PART,
    "Set for how long events are kept",
    "What is older goes at night; until then it can be set back. What was counted of events is kept for ever.",
)
.takes::<KeepingInput>()
.shows::<KeepingDocument>()
.held_by(Precondition::Optional)
.fails(&[&DAYS]);

/// `GET /api/v1/usage-keeping/preview`
pub const PREVIEW: Operation = Operation::new(
    PART,
    "Say how many events would go",
    "If they were kept for so many days.",
)
.asks::<KeepingQuery>()
.gives::<GoingDocument>()
.fails(&[&DAYS]);

impl Sample for KeepingDocument {
    fn sample() -> Self {
        Self {
            days: DEFAULT,
            set_at: None,
        }
    }
}

impl Sample for KeepingInput {
    fn sample() -> Self {
        Self { days: DEFAULT }
    }
}

impl Sample for GoingDocument {
    fn sample() -> Self {
        Self {
            days: 90,
            before: "2026-08-24".parse().expect("a day"),
            events: 120_000,
            stay: 64_000,
        }
    }
}

impl From<Keeping> for KeepingDocument {
    fn from(keeping: Keeping) -> Self {
        Self {
            days: keeping.days,
            set_at: keeping.set.map(|(_, at)| at.0),
        }
    }
}

impl From<Going> for GoingDocument {
    fn from(going: Going) -> Self {
        Self {
            days: going.days,
            before: going.before,
            events: going.events,
            stay: going.stay,
        }
    }
}

/// `GET /api/v1/usage-keeping`
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::of(tx, &actor)).await?))
}

/// `PUT /api/v1/usage-keeping`
///
/// # Errors
/// Another state than the one named, days that can't be, a missing permission, or the database's.
pub async fn set(
    State(db): State<Db>,
    actor: Actor,
    state: IfMatch,
    Sent(input): Sent<KeepingInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(super::of(tx, &actor)?))?;
        Ok::<_, Failure>(single(super::set(tx, &actor, input.days)?))
    })
    .await
}

/// `GET /api/v1/usage-keeping/preview`
///
/// # Errors
/// Days that can't be, or the database's.
pub async fn preview(
    State(db): State<Db>,
    actor: Actor,
    Asked(query): Asked<KeepingQuery>,
) -> Result<Single, Failure> {
    let going = db
        .report(move |tx| {
            let days = match query.days {
                Some(days) => days,
                None => super::of(tx, &actor)?.days,
            };
            super::going(tx, &actor, days)
        })
        .await?;
    Ok(Single::of(&GoingDocument::from(going)))
}

fn single(keeping: Keeping) -> Single {
    Single::of(&KeepingDocument::from(keeping))
}
