//! What the API's document says about participants.

use kit::web::api::{Listed, Operation, Sample};

use super::ParticipantId;
use super::api::{ParticipantDocument, ParticipantInput};
use super::failures::{ADDRESS, TOO_MANY};
use crate::tickets::TicketId;

const PART: &str = "Tickets";

/// `GET /api/v1/tickets/{id}/participants`
pub const LIST: Operation = Operation::new(
    PART,
    "List who gets a ticket's answers too",
    "Beside the one who asked, in the order in which they were added.",
)
.of::<TicketId>()
.gives::<Listed<ParticipantDocument>>();

/// `POST /api/v1/tickets/{id}/participants`
pub const ADD: Operation = Operation::new(
    PART,
    "Send a ticket's answers to an address too",
    "As a recipient or as a copy; an address that is there already is as it is said now.",
)
.of::<TicketId>()
.takes::<ParticipantInput>()
.makes::<ParticipantDocument>()
.fails(&[&ADDRESS, &TOO_MANY]);

/// `DELETE /api/v1/ticket-participants/{id}`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Send a ticket's answers to somebody no more",
    "On the ticket's page that can be taken back.",
)
.of::<ParticipantId>();

impl Sample for ParticipantInput {
    fn sample() -> Self {
        Self {
            address: "grace@example.com".to_owned(),
            is_copy: true,
        }
    }
}

impl Sample for ParticipantDocument {
    fn sample() -> Self {
        let added = ParticipantInput::sample();
        Self {
            id: "tpt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            contact: Some("con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            name: "Grace Hopper".to_owned(),
            address: added.address,
            is_copy: added.is_copy,
            added_at: 1_772_445_600_000_000,
        }
    }
}
