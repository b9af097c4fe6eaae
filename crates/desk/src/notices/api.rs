//! For programs: the same verbs as the page.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{IfMatch, Operation, Precondition, Sample, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::Choices;

const PART: &str = "Tickets";

/// Of what whoever asks is told by mail.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TicketNotices")]
pub struct NoticesDocument {
    /// Of tickets that become theirs.
    assigned: bool,
    /// Of what customers write in their tickets.
    heard: bool,
    /// Of notes that name them.
    mentioned: bool,
    /// Of what others write in tickets that they follow.
    followed: bool,
}

/// Of what they want to be told.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TicketNoticesInput")]
#[serde(deny_unknown_fields)]
pub struct NoticesInput {
    /// Of tickets that become theirs.
    #[serde(default)]
    assigned: bool,
    /// Of what customers write in their tickets.
    #[serde(default)]
    heard: bool,
    /// Of notes that name them.
    #[serde(default)]
    mentioned: bool,
    /// Of what others write in tickets that they follow.
    #[serde(default)]
    followed: bool,
}

impl From<Choices> for NoticesDocument {
    fn from(choices: Choices) -> Self {
        Self {
            assigned: choices.assigned,
            heard: choices.heard,
            mentioned: choices.mentioned,
            followed: choices.followed,
        }
    }
}

impl Sample for NoticesDocument {
    fn sample() -> Self {
        Self {
            assigned: true,
            heard: true,
            mentioned: false,
            followed: false,
        }
    }
}

impl Sample for NoticesInput {
    fn sample() -> Self {
        Self {
            assigned: true,
            heard: true,
            mentioned: false,
            followed: false,
        }
    }
}

/// `GET /api/v1/ticket-notices`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show of what one is told by mail",
    "The choices of whoever asks; everything is off until they choose.",
)
.shows::<NoticesDocument>();

/// `PUT /api/v1/ticket-notices`
pub const CHOOSE: Operation = Operation::new(
    PART,
    "Choose of what one is told by mail",
    "Such a mail can be answered from any mail program: the answer goes to the customer, or is a note where its first line is #note or \
     the mail tells of a note. It counts only if the mail shows that it is the agent's and they may answer then.",
)
.takes::<NoticesInput>()
.shows::<NoticesDocument>()
.held_by(Precondition::Required);

/// `GET /api/v1/ticket-notices`
///
/// # Errors
/// A missing permission, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::mine(tx, &actor)).await?))
}

/// `PUT /api/v1/ticket-notices`
///
/// # Errors
/// An older state, who is no agent, a missing permission, or the database's.
pub async fn choose(
    State(db): State<Db>,
    actor: Actor,
    state: IfMatch,
    Sent(input): Sent<NoticesInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::mine(tx, &actor)?;
        state.must_hold(&single(now))?;
        let wanted = Choices {
            assigned: input.assigned,
            heard: input.heard,
            mentioned: input.mentioned,
            followed: input.followed,
            version: now.version,
        };
        Ok(single(super::choose(tx, &actor, wanted)?))
    })
    .await
}

fn single(choices: Choices) -> Single {
    Single::of(&NoticesDocument::from(choices))
}
