//! What the API's document says about billing.

use kit::web::api::{Listed, Operation, Precondition};

use super::ConnectionId;
use super::documents::{
    BillingSecretInput, ConnectionDocument, ConnectionInput, CustomerInput, EventsQuery, MappingDocument,
    NewConnectionInput, PriceInput, ReceiptDocument, ReplayInput,
};
use super::failures::{ACCOUNT, CODE, NAME, PRODUCT, SECRET};

const PART: &str = "Billing";

/// `GET /api/v1/billing`
pub const LIST: Operation = Operation::new(
    PART,
    "List connections with billing systems",
    "All of the workspace. Secrets are never shown.",
)
.gives::<Listed<ConnectionDocument>>();

/// `POST /api/v1/billing`
pub const CREATE: Operation = Operation::new(
    PART,
    "Connect a billing system",
    "The answer names the address to which it has to send its events, signed with the secret.",
)
.takes::<NewConnectionInput>()
.makes::<ConnectionDocument>()
.fails(&[&NAME, &SECRET]);

/// `GET /api/v1/billing/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a connection",
    "Its ETag is what a change names with If-Match.",
)
.of::<ConnectionId>()
.shows::<ConnectionDocument>();

/// `PUT /api/v1/billing/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a connection",
    "Replaces its name, and whether customers whom nobody knows become accounts.",
)
.of::<ConnectionId>()
.takes::<ConnectionInput>()
.shows::<ConnectionDocument>()
.held_by(Precondition::Required)
.fails(&[&NAME]);

/// `DELETE /api/v1/billing/{id}`
pub const REMOVE: Operation = Operation::new(
    PART,
    "End a connection",
    "Its log and what it mapped go; the subscriptions and invoices that it made stay.",
)
.of::<ConnectionId>();

/// `POST /api/v1/billing/{id}/secrets`
pub const ADD_SECRET: Operation = Operation::new(
    PART,
    "Bring another signing secret",
    "The one before holds for a day more.",
)
.of::<ConnectionId>()
.takes::<BillingSecretInput>()
.shows::<ConnectionDocument>()
.fails(&[&SECRET]);

/// `GET /api/v1/billing/{id}/mapping`
pub const MAPPING: Operation = Operation::new(
    PART,
    "Show what a connection maps",
    "With the queue of customers and prices for which events wait.",
)
.of::<ConnectionId>()
.shows::<MappingDocument>();

/// `PUT /api/v1/billing/{id}/customers`
pub const MAP_CUSTOMER: Operation = Operation::new(
    PART,
    "Say which account a customer is",
    "What waits for that is taken over.",
)
.of::<ConnectionId>()
.takes::<CustomerInput>()
.shows::<MappingDocument>()
.fails(&[&CODE, &ACCOUNT]);

/// `PUT /api/v1/billing/{id}/prices`
pub const MAP_PRICE: Operation = Operation::new(
    PART,
    "Say which product a price is",
    "What waits for that is taken over; subscriptions of the price become such of the product.",
)
.of::<ConnectionId>()
.takes::<PriceInput>()
.shows::<MappingDocument>()
.fails(&[&CODE, &PRODUCT]);

/// `POST /api/v1/billing/{id}/replay`
pub const REPLAY: Operation = Operation::new(
    PART,
    "Take over again what waits or failed",
    "Or what one object says. Events that were taken over change nothing when they are again.",
)
.of::<ConnectionId>()
.takes::<ReplayInput>()
.shows::<ConnectionDocument>()
.fails(&[&CODE]);

/// `GET /api/v1/billing/{id}/events`
pub const EVENTS: Operation = Operation::new(
    PART,
    "List the events of a connection",
    "What arrived and what became of it, the newest first.",
)
.of::<ConnectionId>()
.asks::<EventsQuery>()
.gives::<Listed<ReceiptDocument>>();
