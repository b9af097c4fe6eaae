//! What the API's document says about forms.

use kit::web::api::{Listed, Operation, Precondition};

use super::WebFormId;
use super::documents::{FormDocument, FormInput};
use super::failures::ALL;

const PART: &str = "Web forms";

/// `GET /api/v1/web-forms`
pub const LIST: Operation = Operation::new(
    PART,
    "List forms",
    "Pages by which anybody opens a ticket, closed ones included. The list is whole.",
)
.gives::<Listed<FormDocument>>();

/// `POST /api/v1/web-forms`
pub const CREATE: Operation = Operation::new(
    PART,
    "Add a form",
    "Its page is open at once. What it asks beside name, address, subject and message are fields of tickets; one may depend on \
     a choice further up. Nothing is written back to whoever sends it.",
)
.takes::<FormInput>()
.makes::<FormDocument>()
.fails(ALL);

/// `GET /api/v1/web-forms/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a form",
    "Its ETag is what a change names with If-Match.",
)
.of::<WebFormId>()
.shows::<FormDocument>();

/// `PUT /api/v1/web-forms/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a form",
    "Replaces everything that people say of it, its fields included.",
)
.of::<WebFormId>()
.takes::<FormInput>()
.shows::<FormDocument>()
.held_by(Precondition::Required)
.fails(ALL);

/// `PUT /api/v1/web-forms/{id}/key`
pub const RENEW: Operation = Operation::new(
    PART,
    "Give a form another address",
    "The old one leads nowhere from now on.",
)
.of::<WebFormId>()
.shows::<FormDocument>()
.held_by(Precondition::Optional);

/// `PUT /api/v1/web-forms/{id}/closing`
pub const CLOSE: Operation = Operation::new(PART, "Close a form", "Its page says so and takes nothing.")
    .of::<WebFormId>()
    .shows::<FormDocument>()
    .held_by(Precondition::Optional);

/// `DELETE /api/v1/web-forms/{id}/closing`
pub const REOPEN: Operation = Operation::new(PART, "Open a form again", "Its address is the one it had.")
    .of::<WebFormId>()
    .shows::<FormDocument>()
    .held_by(Precondition::Optional);
