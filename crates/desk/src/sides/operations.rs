//! What the API's document says about side conversations.

use kit::web::api::{Listed, Operation, Precondition};

use super::SideId;
use super::documents::{SideDocument, SideEntryDocument, SideEntryInput, SideInput, WholeSideDocument};
use super::failures::{ADDRESS, MESSAGE, NO_MAILBOX, TOO_MANY};
use crate::tickets::{BODY, FILE, LARGE_FILE, SUBJECT, TicketId};

const PART: &str = "Tickets";

/// `GET /api/v1/tickets/{id}/side-conversations`
pub const OF_TICKET: Operation = Operation::new(
    PART,
    "List the side conversations of a ticket",
    "With what is merged into it, in the order in which they began.",
)
.of::<TicketId>()
.gives::<Listed<SideDocument>>();

/// `POST /api/v1/tickets/{id}/side-conversations`
pub const OPEN: Operation = Operation::new(
    PART,
    "Begin a side conversation",
    "Writes to others about a ticket by mail. The customer never sees it, and what is answered comes back in it.",
)
.of::<TicketId>()
.takes::<SideInput>()
.makes::<SideDocument>()
.fails(&[&ADDRESS, &TOO_MANY, &MESSAGE, &NO_MAILBOX, &SUBJECT, &BODY, &FILE, &LARGE_FILE]);

/// `GET /api/v1/side-conversations/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a side conversation",
    "With everything that was written in it.",
)
.of::<SideId>()
.shows::<WholeSideDocument>();

/// `POST /api/v1/side-conversations/{id}/messages`
pub const WRITE: Operation = Operation::new(
    PART,
    "Write in a side conversation",
    "By mail, to the same people as before or to others. One that was closed is open again.",
)
.of::<SideId>()
.takes::<SideEntryInput>()
.makes::<SideEntryDocument>()
.fails(&[&ADDRESS, &TOO_MANY, &NO_MAILBOX, &BODY, &FILE, &LARGE_FILE]);

/// `PUT /api/v1/side-conversations/{id}/closure`
pub const CLOSE: Operation = Operation::new(
    PART,
    "Close a side conversation",
    "Nothing more is expected in it. What comes nevertheless opens it again.",
)
.of::<SideId>()
.shows::<SideDocument>()
.held_by(Precondition::Optional);

/// `DELETE /api/v1/side-conversations/{id}/closure`
pub const REOPEN: Operation =
    Operation::new(PART, "Reopen a side conversation", "One that was closed goes on.")
        .of::<SideId>()
        .shows::<SideDocument>()
        .held_by(Precondition::Optional);
