//! What the API's document says about rules of tickets' fields.

use kit::web::api::{Listed, Operation, Precondition};
use tandem_core::fields::FieldId;

use super::documents::{RuleDocument, RuleInput};
use super::failures::CONDITION;

const PART: &str = "Fields";

/// `GET /api/v1/ticket-fields`
pub const LIST: Operation = Operation::new(
    PART,
    "List which tickets have which fields",
    "Of every field of tickets in use: for which kinds of ticket it is, on what it depends, and whether agents fill it in before \
     solving. The list is whole.",
)
.gives::<Listed<RuleDocument>>();

/// `GET /api/v1/ticket-fields/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show which tickets have a field",
    "Its ETag is what a change names with If-Match.",
)
.of::<FieldId>()
.shows::<RuleDocument>();

/// `PUT /api/v1/ticket-fields/{id}`
pub const SET: Operation = Operation::new(
    PART,
    "Say which tickets have a field",
    "What a ticket does not have any more keeps what stands in it and is not shown. Whoever solves a ticket, here too, is refused \
     while a field that is filled in before solving is empty; what is solved by itself is not.",
)
.of::<FieldId>()
.takes::<RuleInput>()
.shows::<RuleDocument>()
.held_by(Precondition::Required)
.fails(&[&CONDITION]);
