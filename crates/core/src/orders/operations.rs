//! What the API's document says about orders.

use kit::web::Code;
use kit::web::api::{Listed, Operation, Precondition};

use super::OrderId;
use super::documents::{OrderDocument, OrderInput, OrdersQuery};
use super::failures::{LINES, NUMBER, PRODUCT, TAKEN};
use crate::accounts::AccountId;

const PART: &str = "Money";
const FAILURES: &[&Code] = &[&NUMBER, &TAKEN, &LINES, &PRODUCT];

/// `GET /api/v1/orders`
pub const LIST: Operation = Operation::new(
    PART,
    "List orders",
    "Orders of the workspace, the newest day first; with `number`, the one that the shop calls so.",
)
.asks::<OrdersQuery>()
.gives::<Listed<OrderDocument>>();

/// `POST /api/v1/accounts/{id}/orders`
pub const CREATE: Operation = Operation::new(
    PART,
    "Note an order",
    "Numbers differ, so a request sent twice is refused the second time unless it has an Idempotency-Key.",
)
.of::<AccountId>()
.takes::<OrderInput>()
.makes::<OrderDocument>()
.fails(FAILURES);

/// `GET /api/v1/orders/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an order",
    "Its ETag is what a change names with If-Match.",
)
.of::<OrderId>()
.shows::<OrderDocument>();

/// `PUT /api/v1/orders/{id}`
pub const CHANGE: Operation = Operation::new(PART, "Change an order", "Its account stays.")
    .of::<OrderId>()
    .takes::<OrderInput>()
    .shows::<OrderDocument>()
    .held_by(Precondition::Required)
    .fails(FAILURES);

/// `PUT /api/v1/orders/{id}/cancellation`
pub const CANCEL: Operation = Operation::new(
    PART,
    "Cancel an order",
    "It stays, and counts for nothing. Cancelling twice is no harm.",
)
.of::<OrderId>()
.shows::<OrderDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/orders/{id}/cancellation`
pub const RESTORE: Operation = Operation::new(PART, "Let a cancelled order hold again", "As it was.")
    .of::<OrderId>()
    .shows::<OrderDocument>()
    .held_by(Precondition::Optional);
