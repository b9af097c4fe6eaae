//! What the API's document shows of API inboxes.

use kit::web::api::Sample;
use tandem_core::touchpoints::Channel;

use super::{
    AgainDocument, AnswerDocument, AuthorInput, InboxChannel, InboxDocument, InboxInput, InboxSecretDocument,
    MessageInput, NewInboxDocument, ReceiptInput, ReceiptState, TakenDocument,
};
use crate::api_inboxes::ApiInboxId;
use crate::tickets::{MessageId, TicketId};

fn inbox() -> ApiInboxId {
    "aib_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")
}

fn message() -> MessageId {
    "tms_01k5x0h3m8f2rq7v9c4w6d1nbf".parse().expect("an id")
}

fn ticket() -> TicketId {
    "tkt_01k5x0h3m8f2rq7v9c4w6d1nbg".parse().expect("an id")
}

impl Sample for InboxInput {
    fn sample() -> Self {
        Self {
            name: "Messenger".to_owned(),
            url: "https://chat.fernweh.example/tandem".to_owned(),
            channel: Some(InboxChannel::Chat),
            team: None,
        }
    }
}

impl Sample for InboxDocument {
    fn sample() -> Self {
        Self {
            id: inbox(),
            name: "Messenger".to_owned(),
            url: "https://chat.fernweh.example/tandem".to_owned(),
            channel: Channel::Chat,
            team: None,
            is_on: true,
            stopped_because: None,
            failing_since: None,
            version: 1,
            created_at: 1_757_664_000_000_000,
            closed_at: None,
        }
    }
}

impl Sample for NewInboxDocument {
    fn sample() -> Self {
        Self {
            inbox: InboxDocument::sample(),
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
        }
    }
}

impl Sample for InboxSecretDocument {
    fn sample() -> Self {
        Self {
            secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
            overlap_seconds: 86_400,
        }
    }
}

impl Sample for MessageInput {
    fn sample() -> Self {
        Self {
            conversation: "chat-4711".to_owned(),
            id: "msg-1".to_owned(),
            author: AuthorInput {
                name: "Nadia Rahman".to_owned(),
                external_id: "user-77".to_owned(),
                email: "nadia@rahman.example".to_owned(),
                phone: String::new(),
            },
            subject: String::new(),
            text: "The card reader beeps all day.".to_owned(),
            html: None,
            files: Vec::new(),
        }
    }
}

impl Sample for TakenDocument {
    fn sample() -> Self {
        Self {
            ticket: ticket(),
            ticket_number: 412,
            message: message(),
            is_repeated: false,
        }
    }
}

impl Sample for ReceiptInput {
    fn sample() -> Self {
        Self {
            message: message(),
            state: ReceiptState::Read,
            reason: String::new(),
        }
    }
}

impl Sample for AnswerDocument {
    fn sample() -> Self {
        Self {
            message: message(),
            ticket: ticket(),
            inbox: inbox(),
            conversation: "chat-4711".to_owned(),
            state: "delivered".to_owned(),
            reason: None,
            written_at: 1_757_664_000_000_000,
            settled_at: Some(1_757_664_001_000_000),
        }
    }
}

impl Sample for AgainDocument {
    fn sample() -> Self {
        Self { deliveries: 2 }
    }
}
