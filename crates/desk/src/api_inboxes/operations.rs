//! What the API's document says about API inboxes.

use kit::web::api::{Listed, Operation, Precondition};
use tandem_core::webhooks::{DELIVERED, IS_STOPPED};

use super::ApiInboxId;
use super::documents::{
    AgainDocument, AnswerDocument, AnswersQuery, InboxDocument, InboxInput, InboxSecretDocument,
    MessageInput, NewInboxDocument, ReceiptInput, TakenDocument,
};
use super::failures::{ALL, BROUGHT, CLOSED};
use crate::tickets::MessageId;

const PART: &str = "API inboxes";

/// `GET /api/v1/api-inboxes`
pub const LIST: Operation = Operation::new(
    PART,
    "List API inboxes",
    "Inboxes that programs of the company's own connect, closed ones included. The list is whole. Secrets are never shown again.",
)
.gives::<Listed<InboxDocument>>();

/// `POST /api/v1/api-inboxes`
pub const CREATE: Operation = Operation::new(
    PART,
    "Set an API inbox up",
    "Answers are sent to its address by Standard Webhooks 1.0, with the type `answer.written`: headers `webhook-id`, \
     `webhook-timestamp` and `webhook-signature`, signed with the secret in the answer. An answer is tried ten times over three \
     days, until a status from 200 to 299 takes it; it is never sent again after that. 410 switches the way back off, and so do \
     five days without a success.",
)
.takes::<InboxInput>()
.makes::<NewInboxDocument>()
.without_tag()
.fails(ALL);

/// `GET /api/v1/api-inboxes/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an API inbox",
    "Its ETag is what a change names with If-Match.",
)
.of::<ApiInboxId>()
.shows::<InboxDocument>();

/// `PUT /api/v1/api-inboxes/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change an API inbox",
    "Replaces name, address, channel and team.",
)
.of::<ApiInboxId>()
.takes::<InboxInput>()
.shows::<InboxDocument>()
.held_by(Precondition::Required)
.fails(ALL);

/// `POST /api/v1/api-inboxes/{id}/secrets`
pub const ROTATE: Operation = Operation::new(
    PART,
    "Rotate the secret of an API inbox",
    "The new secret signs from now on. The one before signs too for a day: each answer then has two signatures.",
)
.of::<ApiInboxId>()
.gives::<InboxSecretDocument>();

/// `PUT /api/v1/api-inboxes/{id}/closing`
pub const CLOSE: Operation = Operation::new(
    PART,
    "Close an API inbox",
    "It takes no messages, and what agents answer meanwhile waits for somebody to send it again.",
)
.of::<ApiInboxId>()
.shows::<InboxDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/api-inboxes/{id}/closing`
pub const REOPEN: Operation = Operation::new(
    PART,
    "Open an API inbox again",
    "Its address and its secret are those it had.",
)
.of::<ApiInboxId>()
.shows::<InboxDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/api-inboxes/{id}/stop`
pub const START: Operation = Operation::new(
    PART,
    "Switch answers on again",
    "Where they were switched off because nobody took them for days. What failed is sent again on demand.",
)
.of::<ApiInboxId>()
.shows::<InboxDocument>()
.fails(&[&CLOSED]);

/// `POST /api/v1/api-inboxes/{id}/test`
pub const TEST: Operation = Operation::new(
    PART,
    "Send a test to the program",
    "Sends something of the type `webhook.test`, signed like an answer.",
)
.of::<ApiInboxId>()
.gives::<InboxDocument>()
.begins()
.fails(&[&IS_STOPPED]);

/// `POST /api/v1/api-inboxes/{id}/replay`
pub const REPLAY: Operation = Operation::new(
    PART,
    "Send failed answers again",
    "Those of the last thirty days that nobody took, with their ids and texts, the oldest first: a thousand at most.",
)
.of::<ApiInboxId>()
.gives::<AgainDocument>()
.begins()
.fails(&[&IS_STOPPED]);

/// `GET /api/v1/api-inboxes/{id}/answers`
pub const ANSWERS: Operation = Operation::new(
    PART,
    "List answers",
    "What agents answered by this inbox and how it stands, the newest first.",
)
.of::<ApiInboxId>()
.asks::<AnswersQuery>()
.gives::<Listed<AnswerDocument>>();

/// `POST /api/v1/api-inboxes/{id}/messages`
pub const BRING: Operation = Operation::new(
    PART,
    "Bring a message of a customer",
    "The first message of a conversation opens a ticket, later ones continue it; one of the same `id` is taken once and answered \
     the same way again, with `is_repeated`. Who wrote it is the contact known by the external id, the address or the phone number, \
     or a new one. Twenty files at most go along.",
)
.of::<ApiInboxId>()
.takes::<MessageInput>()
.makes::<TakenDocument>()
.without_tag()
.fails(BROUGHT);

/// `POST /api/v1/api-inboxes/{id}/receipts`
pub const TELL: Operation = Operation::new(
    PART,
    "Tell what became of an answer",
    "That the customer got it or read it, or that it can't be brought to them. What comes twice or too late changes nothing.",
)
.of::<ApiInboxId>()
.takes::<ReceiptInput>()
.gives::<AnswerDocument>();

/// `POST /api/v1/api-answers/{id}/replay`
pub const AGAIN: Operation = Operation::new(
    PART,
    "Send an answer again",
    "One that nobody took, or that waits for a later attempt; named by its message.",
)
.of::<MessageId>()
.gives::<AnswerDocument>()
.begins()
.fails(&[&IS_STOPPED, &DELIVERED]);
