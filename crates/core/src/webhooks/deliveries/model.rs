//! What a delivery is, and what it says.

use kit::clock::Timestamp;
use serde_json::{Value, json};

use super::super::WebhookId;
use super::super::lines::Handed;
use super::TEST;
use crate::events::{Event, EventId};

kit::id! {
    /// A delivery: the message's id for the other side.
    DeliveryId, "msg"
}

kit::id! {
    /// An attempt at a delivery.
    AttemptId, "att"
}

/// One event on its way to one webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its id: `webhook-id`, the same at every attempt.
    pub id: DeliveryId,
    /// Where it goes.
    pub webhook: WebhookId,
    /// The event; none for a test.
    pub event: Option<EventId>,
    /// The kind of the event.
    pub kind: String,
    /// What is sent, to the letter: it is what is signed.
    pub body: String,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was tried since it was last put on its way.
    pub attempts: i64,
    /// When it was put there.
    pub created_at: Timestamp,
    /// When it was delivered or failed.
    pub settled_at: Option<Timestamp>,
}

/// How a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// Another attempt will come.
    Waiting,
    /// The other side has it.
    Delivered,
    /// No attempt will come unless someone wants it.
    Failed,
}

impl DeliveryState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Delivered, Self::Failed];

    /// The word in the table and for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// Reads what [`DeliveryState::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// One attempt at a delivery, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// The status of the answer.
    pub status: Option<i64>,
    /// Why there was no answer.
    pub error: Option<String>,
    /// The first bytes of the answer, as text.
    pub answer: String,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
    /// When it was made.
    pub at: Timestamp,
}

impl Attempt {
    /// Whether the other side has taken it: a status from 200 to 299.
    pub fn is_good(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }

    /// Whether the other side said that it is gone for good (410).
    pub(super) fn is_gone(&self) -> bool {
        self.status == Some(410)
    }
}

impl Delivery {
    pub(super) fn of(id: DeliveryId, webhook: WebhookId, event: &Event, now: Timestamp) -> Self {
        let data = json!({
            "id": event.id,
            "subject": event.subject,
            "actor": event.actor,
            "created_at": event.created_at.0,
            "data": event.payload,
        });
        Self::new(
            id,
            webhook,
            (Some(event.id), &event.kind),
            (event.created_at, data),
            now,
        )
    }

    pub(super) fn test(id: DeliveryId, webhook: WebhookId, actor: &str, now: Timestamp) -> Self {
        Self::new(id, webhook, (None, TEST), (now, json!({ "actor": actor })), now)
    }

    pub(super) fn handed(id: DeliveryId, line: WebhookId, handed: Handed, now: Timestamp) -> Self {
        Self::new(
            id,
            line,
            (Some(handed.event), handed.kind),
            (handed.at, handed.data),
            now,
        )
    }

    fn new(
        id: DeliveryId,
        webhook: WebhookId,
        (event, kind): (Option<EventId>, &str),
        (at, data): (Timestamp, Value),
        now: Timestamp,
    ) -> Self {
        let timestamp = at.calendar().map(|at| at.to_string());
        let body = json!({ "type": kind, "timestamp": timestamp, "data": data });
        Self {
            id,
            webhook,
            event,
            kind: kind.to_owned(),
            body: body.to_string(),
            state: DeliveryState::Waiting,
            attempts: 0,
            created_at: now,
            settled_at: None,
        }
    }
}
