//! What the API's document says about statuses.

use kit::web::api::{Listed, Operation, Precondition, Sample};

use super::StatusId;
use super::api::{NewStatusInput, StatusDocument, StatusInput};
use super::failures::{ARCHIVED, CATEGORY, NAME, TAKEN, TOO_MANY};
use crate::tickets::Status;

const PART: &str = "Ticket statuses";

/// `GET /api/v1/ticket-statuses`
pub const LIST: Operation = Operation::new(
    PART,
    "List statuses",
    "The statuses that the workspace added, by category and in their order, archived ones included. The list is whole.",
)
.gives::<Listed<StatusDocument>>();

/// `POST /api/v1/ticket-statuses`
pub const CREATE: Operation = Operation::new(
    PART,
    "Add a status",
    "A name of the workspace's own inside one of the four categories. What follows from a status is what follows from its \
     category.",
)
.takes::<NewStatusInput>()
.makes::<StatusDocument>()
.fails(&[&NAME, &TAKEN, &CATEGORY, &TOO_MANY]);

/// `GET /api/v1/ticket-statuses/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a status",
    "Its ETag is what a change names with If-Match.",
)
.of::<StatusId>()
.shows::<StatusDocument>();

/// `PUT /api/v1/ticket-statuses/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a status",
    "Replaces its name and whether it stands for its category.",
)
.of::<StatusId>()
.takes::<StatusInput>()
.shows::<StatusDocument>()
.held_by(Precondition::Required)
.fails(&[&NAME, &TAKEN, &ARCHIVED]);

/// `PUT /api/v1/ticket-statuses/{id}/archiving`
pub const ARCHIVE: Operation = Operation::new(
    PART,
    "Archive a status",
    "Tickets that have it keep it; nobody chooses it any more.",
)
.of::<StatusId>()
.shows::<StatusDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/ticket-statuses/{id}/archiving`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Take a status out of the archive",
    "It can be chosen again.",
)
.of::<StatusId>()
.shows::<StatusDocument>()
.held_by(Precondition::Optional);

impl Sample for NewStatusInput {
    fn sample() -> Self {
        Self {
            category: Status::Waiting,
            name: "Waiting for parts".to_owned(),
            is_default: false,
        }
    }
}

impl Sample for StatusInput {
    fn sample() -> Self {
        Self {
            name: "Waiting for parts".to_owned(),
            is_default: false,
        }
    }
}

impl Sample for StatusDocument {
    fn sample() -> Self {
        Self {
            id: "tst_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            category: Status::Waiting,
            name: "Waiting for parts".to_owned(),
            is_default: false,
            version: 1,
            archived_at: None,
        }
    }
}
