//! What the API's document says about followers and mentions.

use kit::web::api::{Listed, Operation, Sample};

use super::super::TicketId;
use super::super::failures::AGENT;
use super::api::{FollowerDocument, MentionDocument};

const PART: &str = "Tickets";

/// `GET /api/v1/mentions`
pub const MENTIONS: Operation = Operation::new(
    PART,
    "List own mentions",
    "Where notes name the agent of the token after an `@`, the newest first; 100 at most.",
)
.gives::<Listed<MentionDocument>>();

/// `GET /api/v1/tickets/{id}/followers`
pub const LIST: Operation = Operation::new(
    PART,
    "List who follows a ticket",
    "Those who said so and those whom a note named, in the order in which they began.",
)
.of::<TicketId>()
.gives::<Listed<FollowerDocument>>();

/// `PUT /api/v1/tickets/{id}/following`
pub const FOLLOW: Operation = Operation::new(
    PART,
    "Follow a ticket",
    "The agent of the token follows it from then on.",
)
.of::<TicketId>()
.fails(&[&AGENT]);

/// `DELETE /api/v1/tickets/{id}/following`
pub const UNFOLLOW: Operation = Operation::new(
    PART,
    "Follow a ticket no more",
    "The agent of the token follows it no more.",
)
.of::<TicketId>()
.fails(&[&AGENT]);

impl Sample for FollowerDocument {
    fn sample() -> Self {
        Self {
            agent: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            since: 1_772_445_600_000_000,
        }
    }
}

impl Sample for MentionDocument {
    fn sample() -> Self {
        Self {
            message: "tms_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            agent: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            author: "agt_01k5x0h3m8f2rq7v9c4w6d1nbf Ada Byron".to_owned(),
            body: "@Grace Hopper, have you seen this before?".to_owned(),
            mentioned_at: 1_772_445_600_000_000,
            seen_at: None,
        }
    }
}
