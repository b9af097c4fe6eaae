//! Connections as programs see and send them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::{MessageId, TicketId};
use super::{Connection, Joint, TicketConnectionId};

/// What joins two tickets.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TicketConnection")]
pub struct ConnectionDocument {
    /// Its id.
    pub(super) id: TicketConnectionId,
    /// How: the ticket is `merged` into the other, was `split` off it, is a `part` or a `duplicate` of it, or `related` to it.
    pub(super) kind: Joint,
    /// The ticket.
    pub(super) ticket: TicketId,
    /// The other.
    pub(super) other: TicketId,
    /// The message with which what was split off began; else null.
    pub(super) message: Option<MessageId>,
    /// Who made it.
    pub(super) author: String,
    /// When: microseconds since 1970-01-01 UTC.
    pub(super) made_at: i64,
    /// When it ended; null while it stands.
    pub(super) ended_at: Option<i64>,
}

impl From<Connection> for ConnectionDocument {
    fn from(one: Connection) -> Self {
        Self {
            id: one.id,
            kind: one.joint,
            ticket: one.ticket,
            other: one.other,
            message: one.message,
            author: one.author,
            made_at: one.made_at.0,
            ended_at: one.ended.map(|(_, at)| at.0),
        }
    }
}

/// With what a ticket is joined.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConnectionInput {
    /// `merged`, `part`, `duplicate` or `related`.
    pub(super) kind: Joint,
    /// The other ticket.
    pub(super) other: TicketId,
}

/// What is split off a ticket.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SplitInput {
    /// The first message that goes; everything after it goes too.
    pub(super) message: MessageId,
    /// What the new ticket is about; nothing for the same.
    #[serde(default)]
    #[schemars(length(max = 300))]
    pub(super) subject: String,
}
