//! What the API's document says about connections.

use kit::web::api::{Listed, Operation, Sample};

use super::super::TicketId;
use super::super::documents::TicketDocument;
use super::super::failures::{CIRCLE, JOINT, MERGED, NO_TICKET, NOTHING_LEFT, SAME_TICKET, SUBJECT, WHOLE};
use super::documents::{ConnectionDocument, ConnectionInput, SplitInput};
use super::{Joint, TicketConnectionId};

const PART: &str = "Tickets";

/// `GET /api/v1/tickets/{id}/connections`
pub const LIST: Operation = Operation::new(
    PART,
    "List what joins a ticket with others",
    "Merges, what was split off, parts, duplicates and related tickets, oldest first, with those that have ended.",
)
.of::<TicketId>()
.gives::<Listed<ConnectionDocument>>();

/// `POST /api/v1/tickets/{id}/connections`
pub const CONNECT: Operation = Operation::new(
    PART,
    "Join a ticket with another",
    "`merged` merges it into the other, which shows its messages in their order and gets what answers it; nothing can be \
     written into it until that is taken back.",
)
.of::<TicketId>()
.takes::<ConnectionInput>()
.makes::<ConnectionDocument>()
.fails(&[&JOINT, &NO_TICKET, &SAME_TICKET, &MERGED, &CIRCLE, &WHOLE]);

/// `DELETE /api/v1/ticket-connections/{id}`
pub const END: Operation = Operation::new(
    PART,
    "End what joins two tickets",
    "A merge is taken back; what was split off is merged back.",
)
.of::<TicketConnectionId>()
.fails(&[&MERGED]);

/// `POST /api/v1/tickets/{id}/split`
pub const SPLIT: Operation = Operation::new(
    PART,
    "Split a ticket",
    "A message and everything after it become a ticket of their own, with their files and mails.",
)
.of::<TicketId>()
.takes::<SplitInput>()
.makes::<TicketDocument>()
.fails(&[&SUBJECT, &NOTHING_LEFT, &MERGED]);

impl Sample for ConnectionInput {
    fn sample() -> Self {
        Self {
            kind: Joint::Merged,
            other: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbf".parse().expect("an id"),
        }
    }
}

impl Sample for SplitInput {
    fn sample() -> Self {
        Self {
            message: "tms_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            subject: "And the invoice is wrong too".to_owned(),
        }
    }
}

impl Sample for ConnectionDocument {
    fn sample() -> Self {
        let made = ConnectionInput::sample();
        Self {
            id: "tcn_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            kind: made.kind,
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            other: made.other,
            message: None,
            author: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe Ada Byron".to_owned(),
            made_at: 1_772_445_600_000_000,
            ended_at: None,
        }
    }
}
