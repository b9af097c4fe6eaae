//! What counts, for programs.

use axum::extract::State;
use kit::day::Day;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{IfMatch, Operation, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::failures::{EVENT, MANY, TIMES};
use super::{Content, Counts, CountsError, Milestone};
use crate::usage::measures::history;
use crate::usage::own::Event;

const PART: &str = "Usage";

/// What of usage counts.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "UsageCounts")]
pub struct CountsDocument {
    /// What counts.
    content: Content,
    /// From which day on usage is known: the first source was there, or older events came; null without first value.
    known_from: Option<Day>,
    /// How many accounts still wait for their past to be written anew.
    waiting: i64,
    /// Grows with every change; 0 when nothing was ever set.
    version: i64,
    /// When it was set: microseconds since 1970-01-01 UTC; null while it was never set.
    set_at: Option<i64>,
}

/// What is to count.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UsageCountsInput")]
pub struct CountsInput {
    /// What counts.
    content: Content,
}

/// `GET /api/v1/usage-counts`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show what of usage counts",
    "Which events are key actions, and which event is first value. Its ETag is what a change may name with If-Match.",
)
.shows::<CountsDocument>();

/// `PUT /api/v1/usage-counts`
pub const SET: Operation = Operation::new(
    PART,
    "Say what of usage counts",
    "The past of the metrics of usage is written anew in the background: `waiting` says for how many accounts that is still to \
     be done. Without key events every event counts.",
)
.takes::<CountsInput>()
.shows::<CountsDocument>()
.held_by(Precondition::Optional)
.fails(&[&EVENT, &MANY, &TIMES]);

fn example() -> Content {
    let event = |name: &str| Event {
        call: "track".to_owned(),
        name: name.to_owned(),
    };
    Content {
        key_events: vec![event("Report opened"), event("Export made")],
        first_value: Some(Milestone {
            event: event("Export made"),
            times: 3,
        }),
    }
}

impl Sample for CountsDocument {
    fn sample() -> Self {
        Self {
            content: example(),
            known_from: Some("2026-01-12".parse().expect("a day")),
            waiting: 0,
            version: 1,
            set_at: Some(1_772_442_000_000_000),
        }
    }
}

impl Sample for CountsInput {
    fn sample() -> Self {
        Self { content: example() }
    }
}

/// `GET /api/v1/usage-counts`
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    let found = db.read(move |tx| {
        let counts = super::of(tx, &actor)?;
        single(tx, &actor, counts)
    });
    Ok(found.await?)
}

/// `PUT /api/v1/usage-counts`
///
/// # Errors
/// Another state than the one named, what can't count, a missing permission, or the database's.
pub async fn set(
    State(db): State<Db>,
    actor: Actor,
    state: IfMatch,
    Sent(input): Sent<CountsInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let before = super::of(tx, &actor)?;
        state.hold(&single(tx, &actor, before)?)?;
        let after = super::set(tx, &actor, &input.content)?;
        Ok::<_, Failure>(single(tx, &actor, after)?)
    })
    .await
}

fn single(tx: &mut Tx<'_>, actor: &Actor, counts: Counts) -> Result<Single, CountsError> {
    let progress = history::progress(tx, actor.workspace)?;
    let known_from = super::rules(tx, actor.workspace)?.watched;
    Ok(Single::of(&CountsDocument {
        content: counts.content,
        known_from,
        waiting: progress.map_or(0, |progress| progress.total - progress.done),
        version: counts.version,
        set_at: counts.set.map(|(_, at)| at.0),
    }))
}
