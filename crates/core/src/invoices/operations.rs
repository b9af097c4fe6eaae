//! What the API's document says about invoices.

use kit::web::Code;
use kit::web::api::{Listed, Operation, Precondition};

use super::documents::{InvoiceDocument, InvoiceInput, InvoicesQuery, PaymentInput};
use super::failures::{AMOUNT, CURRENCY, DUE, NUMBER, TAKEN, TOTAL, VOID};
use super::{InvoiceId, PaymentId};
use crate::accounts::AccountId;

const PART: &str = "Money";
const FAILURES: &[&Code] = &[&NUMBER, &TAKEN, &TOTAL, &DUE, &CURRENCY];

/// `GET /api/v1/invoices`
pub const LIST: Operation = Operation::new(
    PART,
    "List invoices",
    "Invoices of the workspace, those issued last first; with `number`, the one that the bookkeeping calls so.",
)
.asks::<InvoicesQuery>()
.gives::<Listed<InvoiceDocument>>();

/// `POST /api/v1/accounts/{id}/invoices`
pub const CREATE: Operation = Operation::new(
    PART,
    "Note an invoice",
    "How it stands follows from what is paid. Numbers differ, so a request sent twice is refused the second time unless it has an Idempotency-Key.",
)
.of::<AccountId>()
.takes::<InvoiceInput>()
.makes::<InvoiceDocument>()
.fails(FAILURES);

/// `GET /api/v1/invoices/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show an invoice",
    "Its ETag is what a change names with If-Match.",
)
.of::<InvoiceId>()
.shows::<InvoiceDocument>();

/// `PUT /api/v1/invoices/{id}`
pub const CHANGE: Operation =
    Operation::new(PART, "Change an invoice", "Its account stays, and what was paid.")
        .of::<InvoiceId>()
        .takes::<InvoiceInput>()
        .shows::<InvoiceDocument>()
        .held_by(Precondition::Required)
        .fails(FAILURES);

/// `PUT /api/v1/invoices/{id}/void`
pub const VOIDED: Operation = Operation::new(
    PART,
    "Void an invoice",
    "It stays, and nobody owes it. Voiding twice is no harm.",
)
.of::<InvoiceId>()
.shows::<InvoiceDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/invoices/{id}/void`
pub const RESTORE: Operation = Operation::new(PART, "Let a void invoice hold again", "As it was.")
    .of::<InvoiceId>()
    .shows::<InvoiceDocument>()
    .held_by(Precondition::Optional);

/// `POST /api/v1/invoices/{id}/payments`
pub const PAY: Operation = Operation::new(
    PART,
    "Note a payment",
    "Send an Idempotency-Key, so that a request sent twice pays once. What it gives is the invoice.",
)
.of::<InvoiceId>()
.takes::<PaymentInput>()
.shows::<InvoiceDocument>()
.fails(&[&AMOUNT, &VOID]);

/// `DELETE /api/v1/payments/{id}`
pub const TAKE_BACK: Operation = Operation::new(
    PART,
    "Take a payment back",
    "For one that was noted by mistake. What it gives is the invoice.",
)
.of::<PaymentId>()
.shows::<InvoiceDocument>();
