//! What the API's document says about saved replies.

use kit::web::api::{Listed, Operation, Precondition};

use super::ReplyId;
use super::documents::{ReplyDocument, ReplyInput, UseInput, UsedDocument};
use super::failures::{ALL, BROKEN, NOT_YOURS};
use crate::tickets::TicketId;

const PART: &str = "Saved replies";

/// `GET /api/v1/saved-replies`
pub const LIST: Operation = Operation::new(
    PART,
    "List saved replies",
    "Everything that the caller may use, by folder and name: for everyone, for their teams, and their own. The list is whole.",
)
.gives::<Listed<ReplyDocument>>();

/// `POST /api/v1/saved-replies`
pub const CREATE: Operation = Operation::new(
    PART,
    "Add a saved reply",
    "Texts have variables and conditions, a small part of Jinja; one that can't be read, or names a variable that there is \
     not, is refused with its place. One for others needs `inbox.write`.",
)
.takes::<ReplyInput>()
.makes::<ReplyDocument>()
.fails(ALL);

/// `GET /api/v1/saved-replies/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a saved reply",
    "Its ETag is what a change names with If-Match.",
)
.of::<ReplyId>()
.shows::<ReplyDocument>();

/// `PUT /api/v1/saved-replies/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a saved reply",
    "Replaces what it says and does; how often it was used stays.",
)
.of::<ReplyId>()
.takes::<ReplyInput>()
.shows::<ReplyDocument>()
.held_by(Precondition::Required)
.fails(ALL);

/// `PUT /api/v1/saved-replies/{id}/removal`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Remove a saved reply",
    "It can't be used any more, and can be brought back. Removing a removed one changes nothing.",
)
.of::<ReplyId>()
.shows::<ReplyDocument>()
.held_by(Precondition::Optional)
.fails(&[&NOT_YOURS]);

/// `DELETE /api/v1/saved-replies/{id}/removal`
pub const RESTORE: Operation = Operation::new(
    PART,
    "Bring a saved reply back",
    "One that is not removed stays as it is.",
)
.of::<ReplyId>()
.shows::<ReplyDocument>()
.held_by(Precondition::Optional)
.fails(&[&NOT_YOURS]);

/// `POST /api/v1/tickets/{id}/saved-replies`
pub const APPLY: Operation = Operation::new(
    PART,
    "Use a saved reply in a ticket",
    "Fills its words in and makes its changes in one act. Nothing is sent: the words are for a message. When a variable has \
     no value in this ticket, nothing is done and the answer names it.",
)
.of::<TicketId>()
.takes::<UseInput>()
.shows::<UsedDocument>()
.without_tag()
.fails(&[&BROKEN]);
