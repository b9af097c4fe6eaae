//! What the API's document says about drafts.

use kit::web::api::{Listed, Operation, Sample};

use super::super::failures::{AGENT, BODY};
use super::super::{MessageKind, TicketId};
use super::api::{DraftDocument, DraftInput, TakingInput};

const PART: &str = "Tickets";

/// `GET /api/v1/drafts`
pub const LIST: Operation = Operation::new(
    PART,
    "List own drafts",
    "What the agent of the token has begun to write and not sent yet, what was kept last first; 200 at most.",
)
.gives::<Listed<DraftDocument>>();

/// `GET /api/v1/tickets/{id}/draft`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show the own draft in a ticket",
    "What the agent of the token has begun to write there.",
)
.of::<TicketId>()
.shows::<DraftDocument>();

/// `PUT /api/v1/tickets/{id}/draft`
pub const SAVE: Operation = Operation::new(
    PART,
    "Keep a draft in a ticket",
    "In place of what was kept there before; the agent of the token finds it in the composer, and others see that \
     somebody writes.",
)
.of::<TicketId>()
.takes::<DraftInput>()
.shows::<DraftDocument>()
.fails(&[&BODY, &AGENT]);

/// `DELETE /api/v1/tickets/{id}/draft`
pub const DISCARD: Operation = Operation::new(
    PART,
    "Throw the own draft in a ticket away",
    "On its page that can be taken back for a day.",
)
.of::<TicketId>()
.fails(&[&AGENT]);

/// `GET /api/v1/tickets/{id}/drafts`
pub const OF_OTHERS: Operation = Operation::new(
    PART,
    "List what others have begun in a ticket",
    "Drafts of others than the agent of the token, in the order in which they began.",
)
.of::<TicketId>()
.gives::<Listed<DraftDocument>>();

/// `PUT /api/v1/tickets/{id}/draft/taking`
pub const TAKE_OVER: Operation = Operation::new(
    PART,
    "Take over a draft in a ticket",
    "What another agent has begun goes on as the draft of the token's agent, behind what they have there. Whose it was is told on the \
     ticket's page, and can have it back for a day.",
)
.of::<TicketId>()
.takes::<TakingInput>()
.shows::<DraftDocument>()
.fails(&[&BODY, &AGENT]);

impl Sample for TakingInput {
    fn sample() -> Self {
        Self {
            agent: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
        }
    }
}

impl Sample for DraftInput {
    fn sample() -> Self {
        Self {
            kind: MessageKind::Reply,
            body: Some("The limit was ours, and".to_owned()),
            html: None,
        }
    }
}

impl Sample for DraftDocument {
    fn sample() -> Self {
        let kept = DraftInput::sample();
        Self {
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            agent: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            kind: kept.kind,
            body: kept.body.unwrap_or_default(),
            html: kept.html,
            begun_at: 1_772_445_600_000_000,
            saved_at: 1_772_445_660_000_000,
        }
    }
}
