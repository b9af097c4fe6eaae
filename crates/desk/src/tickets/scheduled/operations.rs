//! What the API's document says about scheduled replies.

use kit::web::api::{Listed, Operation, Precondition};

use super::super::TicketId;
use super::super::failures::{AGENT, BODY, FILE, LARGE_FILE};
use super::ScheduledId;
use super::documents::{ScheduledDocument, ScheduledInput, ScheduledQuery, ScheduledTimeInput};
use super::failures::{MOMENT, OTHER_CONTACT, OVER, TOO_MANY};

const PART: &str = "Tickets";

/// `GET /api/v1/scheduled-replies`
pub const LIST: Operation = Operation::new(
    PART,
    "List scheduled replies",
    "All that wait in the workspace, in the order in which they are due.",
)
.asks::<ScheduledQuery>()
.gives::<Listed<ScheduledDocument>>();

/// `GET /api/v1/tickets/{id}/scheduled-replies`
pub const OF_TICKET: Operation = Operation::new(
    PART,
    "List the scheduled replies of a ticket",
    "What waits, and what was called off by itself in the last two weeks, in the order in which it is due.",
)
.of::<TicketId>()
.gives::<Listed<ScheduledDocument>>();

/// `POST /api/v1/tickets/{id}/scheduled-replies`
pub const SCHEDULE: Operation = Operation::new(
    PART,
    "Schedule a reply",
    "It becomes a message when it is due, in the name of the agent of the token, and is called off when the customer \
     writes first, unless that is not wanted.",
)
.of::<TicketId>()
.takes::<ScheduledInput>()
.makes::<ScheduledDocument>()
.fails(&[&BODY, &MOMENT, &TOO_MANY, &AGENT, &FILE, &LARGE_FILE]);

/// `GET /api/v1/scheduled-replies/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a scheduled reply",
    "Its words, when it is due, and what became of it.",
)
.of::<ScheduledId>()
.shows::<ScheduledDocument>();

/// `PUT /api/v1/scheduled-replies/{id}/time`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Send a scheduled reply at another time",
    "Only while it waits.",
)
.of::<ScheduledId>()
.takes::<ScheduledTimeInput>()
.shows::<ScheduledDocument>()
.fails(&[&MOMENT, &OVER]);

/// `PUT /api/v1/scheduled-replies/{id}/cancellation`
pub const CANCEL: Operation = Operation::new(
    PART,
    "Call a scheduled reply off",
    "Its words are kept. Calling it off twice changes nothing.",
)
.of::<ScheduledId>()
.shows::<ScheduledDocument>()
.held_by(Precondition::Optional)
.fails(&[&OVER]);

/// `DELETE /api/v1/scheduled-replies/{id}/cancellation`
pub const RESUME: Operation = Operation::new(
    PART,
    "Put a scheduled reply back",
    "One that was called off, by somebody or because the customer wrote first, waits again. Its moment must be to come.",
)
.of::<ScheduledId>()
.shows::<ScheduledDocument>()
.held_by(Precondition::Optional)
.fails(&[&MOMENT, &OVER, &TOO_MANY, &OTHER_CONTACT]);

/// `POST /api/v1/scheduled-replies/{id}/sending`
pub const SEND: Operation = Operation::new(
    PART,
    "Send a scheduled reply now",
    "In the name of whoever wrote it. From then on it is as every reply, and its mail can be taken back as one.",
)
.of::<ScheduledId>()
.gives::<ScheduledDocument>()
.begins()
.fails(&[&OVER, &OTHER_CONTACT]);
