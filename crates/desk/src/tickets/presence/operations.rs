//! What the API's document says about presence.

use kit::web::api::{Listed, Operation, Sample};

use super::super::TicketId;
use super::Doing;
use super::api::PresenceDocument;

/// `GET /api/v1/tickets/{id}/presence`
pub const LIST: Operation = Operation::new(
    "Tickets",
    "List who has a ticket open",
    "Those whose browser said so within the last forty seconds, and what they do there.",
)
.of::<TicketId>()
.gives::<Listed<PresenceDocument>>();

impl Sample for PresenceDocument {
    fn sample() -> Self {
        Self {
            agent: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            doing: Doing::Replying,
            since: 1_772_445_600_000_000,
        }
    }
}
