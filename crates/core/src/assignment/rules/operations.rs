//! What the API's document says of the addresses of rules.

use kit::web::api::{Listed, Operation, Precondition};

use super::api::{RuleDocument, RuleInput, RulePlaceInput};
use crate::assignment::RuleId;
use crate::assignment::failures::{NAME, TARGET};

const PART: &str = "Owners";

/// `GET /api/v1/assignment-rules`
pub const LIST: Operation = Operation::new(
    PART,
    "List the rules of assignment",
    "In the order in which they are asked: the first that fits a new account chooses its owner.",
)
.gives::<Listed<RuleDocument>>();

/// `POST /api/v1/assignment-rules`
pub const CREATE: Operation =
    Operation::new(PART, "Add a rule of assignment", "It is asked after the others.")
        .takes::<RuleInput>()
        .makes::<RuleDocument>()
        .fails(&[&NAME, &TARGET]);

/// `GET /api/v1/assignment-rules/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a rule of assignment",
    "Its ETag is what a change names with If-Match.",
)
.of::<RuleId>()
.shows::<RuleDocument>();

/// `PUT /api/v1/assignment-rules/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a rule of assignment",
    "Replaces all that it says; owners that it chose stay.",
)
.of::<RuleId>()
.takes::<RuleInput>()
.shows::<RuleDocument>()
.held_by(Precondition::Required)
.fails(&[&NAME, &TARGET]);

/// `PUT /api/v1/assignment-rules/{id}/place`
pub const PLACE: Operation = Operation::new(
    PART,
    "Move a rule of assignment",
    "The others keep their order. Said twice it changes nothing.",
)
.of::<RuleId>()
.takes::<RulePlaceInput>()
.shows::<RuleDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/assignment-rules/{id}`
pub const REMOVE: Operation =
    Operation::new(PART, "Remove a rule of assignment", "Owners that it chose stay.")
        .of::<RuleId>()
        .held_by(Precondition::Optional);
