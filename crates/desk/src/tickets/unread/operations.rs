//! What the API's document says about what is unread.

use kit::web::api::Operation;

use super::super::TicketId;
use super::super::failures::AGENT;

const PART: &str = "Tickets";

/// `PUT /api/v1/tickets/{id}/unread`
pub const MARK: Operation = Operation::new(
    PART,
    "Mark a ticket as unread",
    "For the agent of the token, until they open it.",
)
.of::<TicketId>()
.fails(&[&AGENT]);

/// `DELETE /api/v1/tickets/{id}/unread`
pub const SEE: Operation = Operation::new(
    PART,
    "Mark a ticket as read",
    "For the agent of the token, until something comes in it from outside, or they are told of it.",
)
.of::<TicketId>()
.fails(&[&AGENT]);
