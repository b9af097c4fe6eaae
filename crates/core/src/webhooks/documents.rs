//! Webhooks and deliveries as programs see them.

use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::deliveries::{Attempt, Delivery, DeliveryId, DeliveryState};
use super::{SigningSecret, Webhook, WebhookId, WebhookText};
use crate::events::EventId;

/// A webhook: an address of another system, and what it wants to hear.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Webhook")]
pub struct WebhookDocument {
    /// Its id.
    pub(super) id: WebhookId,
    /// What people call it.
    pub(super) name: String,
    /// Where deliveries go.
    pub(super) url: String,
    /// The kinds of events it wants; an empty list means all.
    pub(super) kinds: Vec<String>,
    /// Whether deliveries are made.
    pub(super) is_on: bool,
    /// Why it was switched off: `asked`, `failing` for too long, or `gone` (410); null while it is on.
    pub(super) stopped_because: Option<String>,
    /// When it was switched off: microseconds since 1970-01-01 UTC.
    pub(super) stopped_at: Option<i64>,
    /// Since when no delivery has succeeded: microseconds since 1970-01-01 UTC; null while they do.
    pub(super) failing_since: Option<i64>,
    /// When it was set up: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// When it was last changed: microseconds since 1970-01-01 UTC.
    pub(super) changed_at: i64,
}

/// What a program says about a webhook.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookInput {
    /// What people call it.
    #[schemars(length(min = 1, max = 100))]
    pub(super) name: String,
    /// Where deliveries go: https, a public address, port 80, 443 or from 1024 on.
    #[schemars(length(max = 2000))]
    pub(super) url: String,
    /// The kinds of events it wants; none means all.
    #[serde(default)]
    pub(super) kinds: Vec<String>,
}

/// A webhook that was just set up.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NewWebhook")]
pub struct NewWebhookDocument {
    /// The webhook.
    pub(super) webhook: WebhookDocument,
    /// The secret that signs its deliveries. It is shown this once.
    pub(super) secret: String,
}

/// A webhook's new secret.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WebhookSecret")]
pub struct SecretDocument {
    /// The secret that signs from now on. It is shown this once.
    pub(super) secret: String,
    /// How many seconds the secret before signs too.
    pub(super) overlap_seconds: u64,
}

/// One event on its way to one webhook.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Delivery")]
pub struct DeliveryDocument {
    /// Its id: the `webhook-id` of every attempt.
    pub(super) id: DeliveryId,
    /// Where it goes.
    pub(super) webhook: WebhookId,
    /// The event; null for a test.
    pub(super) event: Option<EventId>,
    /// The kind of the event.
    pub(super) kind: String,
    /// `waiting`, `delivered` or `failed`.
    pub(super) state: String,
    /// How often it was tried since it was last put on its way.
    pub(super) attempts: i64,
    /// When it was put there: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// When it was delivered or failed: microseconds since 1970-01-01 UTC.
    pub(super) settled_at: Option<i64>,
}

/// A delivery with its text and every attempt at it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DeliveryLog")]
pub struct LogDocument {
    /// The delivery.
    pub(super) delivery: DeliveryDocument,
    /// What is sent, to the letter.
    pub(super) body: String,
    /// The attempts, the newest first.
    pub(super) attempts: Vec<AttemptDocument>,
}

/// An attempt at a delivery.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Attempt")]
pub struct AttemptDocument {
    /// The status of the answer; null when there was none.
    pub(super) status: Option<i64>,
    /// Why there was no answer.
    pub(super) error: Option<String>,
    /// The first characters of the answer.
    pub(super) answer: String,
    /// How long it took, in milliseconds.
    pub(super) took_ms: i64,
    /// When it was made: microseconds since 1970-01-01 UTC.
    pub(super) tried_at: i64,
}

/// Which deliveries, and where to go on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveriesQuery {
    /// Only deliveries in this state.
    pub(super) state: Option<StateName>,
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// How a delivery stands.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StateName {
    /// Another attempt will come.
    Waiting,
    /// The other side has it.
    Delivered,
    /// No attempt will come unless someone wants it.
    Failed,
}

/// From when on failed deliveries are sent again.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplayInput {
    /// Deliveries that came at this moment or later: microseconds since 1970-01-01 UTC.
    pub(super) since: i64,
}

/// What is sent again.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Replay")]
pub struct ReplayDocument {
    /// How many deliveries; a thousand at most, the oldest first.
    pub(super) deliveries: usize,
}

impl From<StateName> for DeliveryState {
    fn from(name: StateName) -> Self {
        match name {
            StateName::Waiting => Self::Waiting,
            StateName::Delivered => Self::Delivered,
            StateName::Failed => Self::Failed,
        }
    }
}

impl From<Webhook> for WebhookDocument {
    fn from(webhook: Webhook) -> Self {
        Self {
            id: webhook.id,
            is_on: webhook.is_on(),
            stopped_because: webhook.stop.as_ref().map(|stop| stop.reason.as_str().to_owned()),
            stopped_at: webhook.stop.as_ref().map(|stop| stop.at.0),
            name: webhook.name,
            url: webhook.url,
            kinds: webhook.kinds,
            failing_since: webhook.failing_since.map(|at| at.0),
            created_at: webhook.created_at.0,
            changed_at: webhook.changed_at.0,
        }
    }
}

impl WebhookInput {
    pub(super) fn text(self) -> WebhookText {
        WebhookText {
            name: self.name,
            url: self.url,
            kinds: self.kinds,
        }
    }
}

impl NewWebhookDocument {
    pub(super) fn of((webhook, secret): (Webhook, SigningSecret)) -> Self {
        Self {
            webhook: webhook.into(),
            secret: secret.expose(),
        }
    }
}

impl From<Delivery> for DeliveryDocument {
    fn from(delivery: Delivery) -> Self {
        Self {
            id: delivery.id,
            webhook: delivery.webhook,
            event: delivery.event,
            kind: delivery.kind,
            state: delivery.state.as_str().to_owned(),
            attempts: delivery.attempts,
            created_at: delivery.created_at.0,
            settled_at: delivery.settled_at.map(|at| at.0),
        }
    }
}

impl From<Attempt> for AttemptDocument {
    fn from(attempt: Attempt) -> Self {
        Self {
            status: attempt.status,
            error: attempt.error,
            answer: attempt.answer,
            took_ms: attempt.took_ms,
            tried_at: attempt.at.0,
        }
    }
}

impl LogDocument {
    pub(super) fn of((delivery, attempts): (Delivery, Vec<Attempt>)) -> Self {
        Self {
            body: delivery.body.clone(),
            delivery: delivery.into(),
            attempts: attempts.into_iter().map(Into::into).collect(),
        }
    }
}

impl Sample for WebhookDocument {
    fn sample() -> Self {
        Self {
            id: "whk_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            name: "Billing".to_owned(),
            url: "https://billing.example.com/hooks/tandem".to_owned(),
            kinds: vec!["account.added".to_owned(), "account.closed".to_owned()],
            is_on: true,
            stopped_because: None,
            stopped_at: None,
            failing_since: None,
            created_at: 1_772_442_000_000_000,
            changed_at: 1_772_442_000_000_000,
        }
    }
}

impl Sample for WebhookInput {
    fn sample() -> Self {
        let webhook = WebhookDocument::sample();
        Self {
            name: webhook.name,
            url: webhook.url,
            kinds: webhook.kinds,
        }
    }
}

impl Sample for NewWebhookDocument {
    fn sample() -> Self {
        Self {
            webhook: WebhookDocument::sample(),
            secret: SecretDocument::sample().secret,
        }
    }
}

impl Sample for SecretDocument {
    fn sample() -> Self {
        Self {
            secret: "whsec_bm90IGEgcmVhbCBzZWNyZXQsIG9ubHkgYSBzYW1wbGU=".to_owned(),
            overlap_seconds: super::OVERLAP.as_secs(),
        }
    }
}

impl Sample for DeliveryDocument {
    fn sample() -> Self {
        Self {
            id: "msg_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            webhook: "whk_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            event: Some("evt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            kind: "account.closed".to_owned(),
            state: "delivered".to_owned(),
            attempts: 1,
            created_at: 1_772_442_000_000_000,
            settled_at: Some(1_772_442_001_000_000),
        }
    }
}

impl Sample for LogDocument {
    fn sample() -> Self {
        Self {
            delivery: DeliveryDocument::sample(),
            body: r#"{"type":"account.closed","timestamp":"2026-03-02T09:00:00Z","data":{"subject":"acc_01k5x0h3m8f2rq7v9c4w6d1nbe"}}"#.to_owned(),
            attempts: vec![AttemptDocument {
                status: Some(204),
                error: None,
                answer: String::new(),
                took_ms: 87,
                tried_at: 1_772_442_001_000_000,
            }],
        }
    }
}

impl Sample for ReplayInput {
    fn sample() -> Self {
        Self {
            since: 1_772_442_000_000_000,
        }
    }
}

impl Sample for ReplayDocument {
    fn sample() -> Self {
        Self { deliveries: 12 }
    }
}
