//! Scheduled replies as programs see them.

use kit::clock::Timestamp;
use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::agents::AgentId;

use super::super::files::FileId;
use super::super::{MessageId, Status, TicketId};
use super::{NewScheduled, Scheduled, ScheduledId};

/// A reply that is sent later.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScheduledReply")]
pub struct ScheduledDocument {
    /// Its id.
    pub(super) id: ScheduledId,
    /// The ticket.
    pub(super) ticket: TicketId,
    /// Who wrote it, and in whose name it is sent.
    pub(super) agent: AgentId,
    /// The words.
    pub(super) body: String,
    /// The same with formatting; null where the words say everything.
    pub(super) html: Option<String>,
    /// How far the ticket has come with it; null leaves that as it follows.
    pub(super) status: Option<Status>,
    /// When it is sent: microseconds since 1970-01-01 UTC.
    pub(super) due_at: i64,
    /// Whether it is called off when the customer writes first.
    pub(super) unless_reply: bool,
    /// What became of it: `waiting`, `sent`, `cancelled`, `answered` (the customer wrote first), `taken` (into a composer) or
    /// `failed`.
    pub(super) state: String,
    /// When it was written: microseconds since 1970-01-01 UTC.
    pub(super) made_at: i64,
    /// When it was sent or called off: microseconds since 1970-01-01 UTC.
    pub(super) ended_at: Option<i64>,
    /// The message that it became.
    pub(super) message: Option<MessageId>,
}

impl From<Scheduled> for ScheduledDocument {
    fn from(one: Scheduled) -> Self {
        Self {
            id: one.id,
            ticket: one.ticket,
            agent: one.agent,
            body: one.body,
            html: one.html,
            status: one.then,
            due_at: one.due_at.0,
            unless_reply: one.unless_reply,
            state: one.state.as_str().to_owned(),
            made_at: one.made_at.0,
            ended_at: one.ended_at.map(|at| at.0),
            message: one.message,
        }
    }
}

/// Where to go on in the list of those that wait.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduledQuery {
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

const fn yes() -> bool {
    true
}

/// A reply to be sent later.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduledInput {
    /// The words; nothing where `html` says them.
    #[schemars(length(min = 1, max = 100_000))]
    pub(super) body: Option<String>,
    /// The words with formatting, in place of `body`, as in a message.
    #[serde(default)]
    #[schemars(length(min = 1, max = 1_000_000))]
    pub(super) html: Option<String>,
    /// When it is sent: microseconds since 1970-01-01 UTC, within a year.
    pub(super) due_at: i64,
    /// Whether it is called off when the customer writes first.
    #[serde(default = "yes")]
    pub(super) unless_reply: bool,
    /// How far the ticket has come with it; nothing leaves that as it follows.
    #[serde(default)]
    pub(super) status: Option<Status>,
    /// Files that were brought for it, at most 20.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(super) files: Vec<FileId>,
}

impl From<ScheduledInput> for NewScheduled {
    fn from(input: ScheduledInput) -> Self {
        Self {
            body: input.body.unwrap_or_default(),
            html: input.html,
            then: input.status,
            due_at: Timestamp(input.due_at),
            unless_reply: input.unless_reply,
            files: input.files,
        }
    }
}

/// When a reply is sent.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduledTimeInput {
    /// When it is sent: microseconds since 1970-01-01 UTC, within a year.
    pub(super) due_at: i64,
    /// Whether it is called off when the customer writes first.
    #[serde(default = "yes")]
    pub(super) unless_reply: bool,
}

impl Sample for ScheduledInput {
    fn sample() -> Self {
        Self {
            body: Some("Has the new version solved it?".to_owned()),
            html: None,
            due_at: 1_795_600_000_000_000,
            unless_reply: true,
            status: Some(Status::Waiting),
            files: Vec::new(),
        }
    }
}

impl Sample for ScheduledTimeInput {
    fn sample() -> Self {
        Self {
            due_at: 1_795_700_000_000_000,
            unless_reply: true,
        }
    }
}

impl Sample for ScheduledDocument {
    fn sample() -> Self {
        let input = ScheduledInput::sample();
        Self {
            id: "tsr_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            agent: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            body: input.body.unwrap_or_default(),
            html: input.html,
            status: input.status,
            due_at: input.due_at,
            unless_reply: true,
            state: "waiting".to_owned(),
            made_at: 1_795_000_000_000_000,
            ended_at: None,
            message: None,
        }
    }
}
