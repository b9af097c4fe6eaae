//! What the API's document says about tickets.

use std::collections::BTreeMap;

use kit::web::api::{Listed, Operation, Precondition, Sample};
use tandem_core::fields::VALUES;
use tandem_core::tags::TAG;
use tandem_core::touchpoints::Channel;

use super::beginning::{COPIES, EXTERNAL, REQUESTER};
use super::documents::{
    ChangeDocument, CopyInput, MessageDocument, MessageInput, MessagesQuery, NewTicketInput, RequesterInput,
    TicketDocument, TicketInput,
};
use super::failures::{
    ACCOUNT, AGENT, BODY, CONTACT, FILE, OVERTAKEN, SNOOZE, SUBJECT, TEAM, UNANSWERED, WORD,
};
use super::sifting::TicketsQuery;
use super::{Field, Kind, MessageKind, Priority, Status, TicketId};

const PART: &str = "Tickets";

/// `GET /api/v1/tickets`
pub const LIST: Operation = Operation::new(
    PART,
    "List tickets",
    "Of a view, an account or a contact, or narrowed by what stands in them; those in which somebody wrote last come first.",
)
.asks::<TicketsQuery>()
.gives::<Listed<TicketDocument>>()
.fails(&[&WORD]);

/// `POST /api/v1/tickets`
pub const OPEN: Operation = Operation::new(
    PART,
    "Open a ticket",
    "With its first message, the customer's or ours, or without; with who asks, who else gets the answers, its tags and what stands \
     in the workspace's own fields. The same `external_id` again gives the ticket that is there.",
)
.takes::<NewTicketInput>()
.makes::<TicketDocument>()
.fails(&[
    &SUBJECT, &BODY, &ACCOUNT, &CONTACT, &AGENT, &TEAM, &REQUESTER, &COPIES, &EXTERNAL, &VALUES, &TAG,
]);

/// `GET /api/v1/tickets/{id}`
pub const SHOW: Operation = Operation::new(
    PART,
    "Show a ticket",
    "Its ETag is what a change names with If-Match.",
)
.of::<TicketId>()
.shows::<TicketDocument>();

/// `PUT /api/v1/tickets/{id}`
pub const CHANGE: Operation = Operation::new(
    PART,
    "Change a ticket",
    "Replaces what is known of it; what is left out is taken away. Each field with another value leaves a change.",
)
.of::<TicketId>()
.takes::<TicketInput>()
.shows::<TicketDocument>()
.held_by(Precondition::Required)
.fails(&[&SUBJECT, &WORD, &SNOOZE, &ACCOUNT, &CONTACT, &AGENT, &TEAM, &UNANSWERED]);

/// `GET /api/v1/tickets/{id}/messages`
pub const MESSAGES: Operation = Operation::new(
    PART,
    "List a ticket's messages",
    "What was written in it, the newest first, with the notes among agents.",
)
.of::<TicketId>()
.asks::<MessagesQuery>()
.gives::<Listed<MessageDocument>>();

/// `POST /api/v1/tickets/{id}/messages`
pub const WRITE: Operation = Operation::new(
    PART,
    "Write in a ticket",
    "The customer's words, an answer to them, or a note. A customer's message opens the ticket again. An answer is refused where \
     somebody else has written a public message after the one that its writer has `seen`, unless it is to be written by `force`.",
)
.of::<TicketId>()
.takes::<MessageInput>()
.makes::<MessageDocument>()
.fails(&[&BODY, &WORD, &FILE, &OVERTAKEN, &UNANSWERED]);

/// `GET /api/v1/tickets/{id}/changes`
pub const CHANGES: Operation = Operation::new(
    PART,
    "List a ticket's changes",
    "Every field that took another value: who, when, before and after. The newest thousand, in their order.",
)
.of::<TicketId>()
.gives::<Listed<ChangeDocument>>();

impl Sample for NewTicketInput {
    fn sample() -> Self {
        Self {
            subject: "Exports stop at 10,000 rows".to_owned(),
            body: "Since Monday every export ends after 10,000 rows. We need all of them.".to_owned(),
            html: None,
            is_ours: false,
            account: None,
            contact: None,
            priority: Some(Priority::High),
            kind: Some(Kind::Problem),
            channel: Channel::Email,
            agent: None,
            team: None,
            requester: Some(RequesterInput {
                address: "leyla@acme.example".to_owned(),
                name: "Leyla Aliyeva".to_owned(),
            }),
            participants: vec![CopyInput {
                address: "books@acme.example".to_owned(),
                is_copy: true,
            }],
            tags: vec!["exports".to_owned()],
            fields: BTreeMap::new(),
            external_id: Some("SUP-1042".to_owned()),
        }
    }
}

impl Sample for TicketInput {
    fn sample() -> Self {
        let new = NewTicketInput::sample();
        Self {
            subject: new.subject,
            status: Status::Waiting,
            own_status: None,
            priority: Priority::Urgent,
            kind: Kind::Problem,
            account: None,
            contact: None,
            agent: None,
            team: None,
            snoozed_until: None,
        }
    }
}

impl Sample for TicketDocument {
    fn sample() -> Self {
        let new = NewTicketInput::sample();
        Self {
            id: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            number: 1_042,
            subject: new.subject,
            status: Status::Open,
            own_status: None,
            priority: Priority::High,
            kind: Kind::Problem,
            channel: new.channel,
            account: Some("acc_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            contact: Some("con_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            agent: None,
            team: None,
            snoozed_until: None,
            replies: 0,
            reopenings: 0,
            opened_at: 1_772_442_000_000_000,
            touched_at: 1_772_442_000_000_000,
            replied_at: None,
            first_solved_at: None,
            solved_at: None,
            last_public: Some("tms_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
        }
    }
}

impl Sample for MessageInput {
    fn sample() -> Self {
        Self {
            kind: MessageKind::Reply,
            body: Some("The limit was ours, and it is gone. Would you try again?".to_owned()),
            html: None,
            status: Some(Status::Waiting),
            own_status: None,
            seen: "tms_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().ok(),
            force: false,
            files: Vec::new(),
        }
    }
}

impl Sample for MessageDocument {
    fn sample() -> Self {
        let said = MessageInput::sample();
        Self {
            id: "tms_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            kind: said.kind,
            author: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe Ada Byron".to_owned(),
            contact: None,
            body: said.body.unwrap_or_default(),
            html: said.html,
            written_at: 1_772_445_600_000_000,
        }
    }
}

impl Sample for ChangeDocument {
    fn sample() -> Self {
        Self {
            id: "tcg_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            field: Field::Priority,
            before: "high".to_owned(),
            after: "urgent".to_owned(),
            author: "agt_01k5x0h3m8f2rq7v9c4w6d1nbe Ada Byron".to_owned(),
            changed_at: 1_772_445_000_000_000,
            undoes: None,
        }
    }
}
