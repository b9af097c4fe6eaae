//! What joins two tickets.

use kit::clock::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::{MessageId, Status, TicketError, TicketId};
use super::TicketConnectionId;

/// How two tickets are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Joint {
    /// The ticket is merged into the other.
    Merged,
    /// The ticket was split off the other.
    Split,
    /// The ticket is a part of the other.
    Part,
    /// The ticket says the same as the other.
    Duplicate,
    /// They have to do with each other.
    Related,
}

/// From which of the two a connection is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From the ticket.
    Ticket,
    /// From the other.
    Other,
}

impl Joint {
    /// Those that people make, in the order in which they choose.
    pub const CHOICES: [Self; 4] = [Self::Merged, Self::Part, Self::Duplicate, Self::Related];

    /// The word in rows and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Merged => "merged",
            Self::Split => "split",
            Self::Part => "part",
            Self::Duplicate => "duplicate",
            Self::Related => "related",
        }
    }

    /// The key of what is said of the other ticket, seen from one side.
    pub const fn text(self, side: Side) -> &'static str {
        match (self, side) {
            (Self::Merged, Side::Ticket) => "connections-merged-into",
            (Self::Merged, Side::Other) => "connections-merged-here",
            (Self::Split, Side::Ticket) => "connections-split-off",
            (Self::Split, Side::Other) => "connections-split-from-here",
            (Self::Part, Side::Ticket) => "connections-part-of",
            (Self::Part, Side::Other) => "connections-has-part",
            (Self::Duplicate, Side::Ticket) => "connections-duplicate-of",
            (Self::Duplicate, Side::Other) => "connections-has-duplicate",
            (Self::Related, _) => "connections-related",
        }
    }

    /// The key of what is said when it ended.
    pub const fn ended(self) -> &'static str {
        match self {
            Self::Merged => "connections-was-unmerged",
            _ => "connections-was-ended",
        }
    }

    /// The key of what making it does.
    pub const fn act(self) -> &'static str {
        match self {
            Self::Merged | Self::Split => "connections-act-merged",
            Self::Part => "connections-act-part",
            Self::Duplicate => "connections-act-duplicate",
            Self::Related => "connections-act-related",
        }
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Merged => "git-merge",
            Self::Split => "workflow",
            Self::Part => "list-checks",
            Self::Duplicate => "copy",
            Self::Related => "link",
        }
    }
}

impl std::str::FromStr for Joint {
    type Err = TicketError;
    fn from_str(word: &str) -> Result<Self, TicketError> {
        let all = [
            Self::Merged,
            Self::Split,
            Self::Part,
            Self::Duplicate,
            Self::Related,
        ];
        let found = all.into_iter().find(|one| one.as_str() == word);
        found.ok_or(TicketError::BadJoint)
    }
}

/// What joins two tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Its id.
    pub id: TicketConnectionId,
    /// How.
    pub joint: Joint,
    /// The ticket.
    pub ticket: TicketId,
    /// The other.
    pub other: TicketId,
    /// The message with which what was split off began.
    pub message: Option<MessageId>,
    /// How far the ticket had come before.
    pub status: Status,
    /// Until when it was snoozed before.
    pub snoozed_until: Option<Timestamp>,
    /// Who made it: a signature.
    pub author: String,
    /// When.
    pub made_at: Timestamp,
    /// Who ended it, and when.
    pub ended: Option<(String, Timestamp)>,
}

impl Connection {
    /// Whether it joins these two; where it makes a difference which is which, in this order.
    pub fn joins(&self, ticket: TicketId, other: TicketId) -> bool {
        let is_it = (self.ticket, self.other) == (ticket, other);
        is_it || (self.joint == Joint::Related && (self.other, self.ticket) == (ticket, other))
    }

    /// From which side a ticket sees it.
    pub fn side(&self, ticket: TicketId) -> Side {
        if self.ticket == ticket {
            Side::Ticket
        } else {
            Side::Other
        }
    }
}
