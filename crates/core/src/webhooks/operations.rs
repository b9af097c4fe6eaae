//! What the API's document says about webhooks.

use kit::web::api::{Listed, Operation, Precondition};

use super::WebhookId;
use super::deliveries::DeliveryId;
use super::documents::{
    DeliveriesQuery, DeliveryDocument, LogDocument, NewWebhookDocument, ReplayDocument, ReplayInput,
    SecretDocument, WebhookDocument, WebhookInput,
};
use super::failures::{DELIVERED, IS_STOPPED, KIND, NAME, TOO_MANY, URL};

const PART: &str = "Webhooks";

/// `GET /api/v1/webhooks`
pub const LIST: Operation = Operation::new(
    PART,
    "List webhooks",
    "All webhooks of the workspace, the oldest first. Secrets are never shown again.",
)
.gives::<Listed<WebhookDocument>>();

/// `POST /api/v1/webhooks`
pub const CREATE: Operation = Operation::new(
    PART,
    "Set a webhook up",
    "Deliveries follow Standard Webhooks 1.0: headers `webhook-id`, `webhook-timestamp` and `webhook-signature`, signed \
     with the secret in the answer. A delivery is tried ten times: at once and after 5 seconds, 5 and 30 minutes, 2, 5, \
     10, 14, 20 and 24 hours. Any status from 200 to 299 takes it; 410 switches the webhook off, and so do five days \
     without a success. The same delivery may come twice and may overtake another: `webhook-id` tells.",
)
.takes::<WebhookInput>()
.makes::<NewWebhookDocument>()
.without_tag()
.fails(&[&NAME, &URL, &KIND, &TOO_MANY]);

/// `GET /api/v1/webhooks/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a webhook",
    "Its ETag is what a change names with If-Match.",
)
.of::<WebhookId>()
.shows::<WebhookDocument>();

/// `PUT /api/v1/webhooks/{id}`
pub const CHANGE: Operation = Operation::new(PART, "Change a webhook", "Replaces name, address and kinds.")
    .of::<WebhookId>()
    .takes::<WebhookInput>()
    .shows::<WebhookDocument>()
    .held_by(Precondition::Required)
    .fails(&[&NAME, &URL, &KIND]);

/// `DELETE /api/v1/webhooks/{id}`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Remove a webhook",
    "Takes it away with its secrets and its log. What is on its way is not sent.",
)
.of::<WebhookId>();

/// `PUT /api/v1/webhooks/{id}/stop`
pub const STOP: Operation = Operation::new(
    PART,
    "Switch a webhook off",
    "Events of that time are not sent later; deliveries on their way fail and can be sent again.",
)
.of::<WebhookId>()
.shows::<WebhookDocument>();

/// `DELETE /api/v1/webhooks/{id}/stop`
pub const START: Operation = Operation::new(
    PART,
    "Switch a webhook on again",
    "It hears what happens from now on.",
)
.of::<WebhookId>()
.shows::<WebhookDocument>();

/// `POST /api/v1/webhooks/{id}/secrets`
pub const ROTATE: Operation = Operation::new(
    PART,
    "Rotate the secret",
    "The new secret signs from now on. The one before signs too for a day: each delivery then has two signatures.",
)
.of::<WebhookId>()
.gives::<SecretDocument>();

/// `POST /api/v1/webhooks/{id}/test`
pub const TEST: Operation = Operation::new(
    PART,
    "Send a test",
    "Sends a delivery of the kind `webhook.test`.",
)
.of::<WebhookId>()
.gives::<DeliveryDocument>()
.begins()
.fails(&[&IS_STOPPED]);

/// `POST /api/v1/webhooks/{id}/replay`
pub const REPLAY_FAILED: Operation = Operation::new(
    PART,
    "Send failed deliveries again",
    "Sends those again that failed and came since a moment, with their ids and texts.",
)
.of::<WebhookId>()
.takes::<ReplayInput>()
.gives::<ReplayDocument>()
.begins()
.fails(&[&IS_STOPPED]);

/// `GET /api/v1/webhooks/{id}/deliveries`
pub const LOG: Operation = Operation::new(
    PART,
    "List deliveries",
    "The deliveries of the last thirty days, the newest first.",
)
.of::<WebhookId>()
.asks::<DeliveriesQuery>()
.gives::<Listed<DeliveryDocument>>();

/// `GET /api/v1/deliveries/{id}`
pub const DELIVERY: Operation = Operation::new(
    PART,
    "Show a delivery",
    "What is sent, and what came of each attempt.",
)
.of::<DeliveryId>()
.shows::<LogDocument>();

/// `POST /api/v1/deliveries/{id}/replay`
pub const REPLAY: Operation = Operation::new(
    PART,
    "Send a delivery again",
    "With its id and its text, whatever became of it; an answer of an API inbox only where nobody took it.",
)
.of::<DeliveryId>()
.gives::<DeliveryDocument>()
.begins()
.fails(&[&IS_STOPPED, &DELIVERED]);
