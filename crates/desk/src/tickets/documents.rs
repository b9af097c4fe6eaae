//! Tickets, messages and changes as programs see and send them.

use std::collections::BTreeMap;

use kit::clock::Timestamp;
use kit::web::api::Limit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tandem_core::accounts::AccountId;
use tandem_core::agents::AgentId;
use tandem_core::contacts::ContactId;
use tandem_core::teams::TeamId;
use tandem_core::touchpoints::Channel;

use super::beginning::{Beginning, Requester, Source};
use super::files::FileId;
use super::{
    Change, ChangeId, Field, Kind, Message, MessageId, MessageKind, NewTicket, Priority, Status, Step,
    Ticket, TicketId,
};
use crate::statuses::StatusId;

/// A request of a customer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Ticket")]
pub struct TicketDocument {
    /// Its id.
    pub(super) id: TicketId,
    /// What people call it: 1042 for `#1042`.
    pub(super) number: i64,
    /// In a line what it is about; empty after the person who asked was erased.
    pub(super) subject: String,
    /// How far it has come.
    pub(super) status: Status,
    /// The workspace's own status in that category; null where the category says it all.
    pub(super) own_status: Option<StatusId>,
    /// How much it presses.
    pub(super) priority: Priority,
    /// What sort of request it is.
    pub(super) kind: Kind,
    /// Which way it came.
    pub(super) channel: Channel,
    /// The account; null where that is not known.
    pub(super) account: Option<AccountId>,
    /// Who asks; null where that is not known.
    pub(super) contact: Option<ContactId>,
    /// Whose work it is; null for nobody's.
    pub(super) agent: Option<AgentId>,
    /// Which team's work it is; null for none's.
    pub(super) team: Option<TeamId>,
    /// Until when nobody wants to see it: microseconds since 1970-01-01 UTC; null while it is not snoozed.
    pub(super) snoozed_until: Option<i64>,
    /// How many public messages agents have written.
    pub(super) replies: i64,
    /// How many times it was solved and came back.
    pub(super) reopenings: i64,
    /// When it was opened: microseconds since 1970-01-01 UTC.
    pub(super) opened_at: i64,
    /// When somebody last wrote in it: microseconds since 1970-01-01 UTC.
    pub(super) touched_at: i64,
    /// When an agent first answered; null before.
    pub(super) replied_at: Option<i64>,
    /// When it was first solved; null before.
    pub(super) first_solved_at: Option<i64>,
    /// When it was last solved; null while it is not.
    pub(super) solved_at: Option<i64>,
    /// Its newest public message; what a reply names as `seen`.
    pub(super) last_public: Option<MessageId>,
}

impl From<Ticket> for TicketDocument {
    fn from(ticket: Ticket) -> Self {
        let at = |moment: Option<Timestamp>| moment.map(|moment| moment.0);
        Self {
            id: ticket.id,
            number: ticket.number,
            subject: ticket.subject,
            status: ticket.status,
            own_status: ticket.own,
            priority: ticket.priority,
            kind: ticket.kind,
            channel: ticket.channel,
            account: ticket.account,
            contact: ticket.contact,
            agent: ticket.agent,
            team: ticket.team,
            snoozed_until: at(ticket.snoozed_until),
            replies: ticket.replies,
            reopenings: ticket.reopenings,
            opened_at: ticket.opened_at.0,
            touched_at: ticket.touched_at.0,
            replied_at: at(ticket.replied_at),
            first_solved_at: at(ticket.first_solved_at),
            solved_at: at(ticket.solved_at),
            last_public: ticket.last_public,
        }
    }
}

/// What somebody wrote in a ticket.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TicketMessage")]
pub struct MessageDocument {
    /// Its id.
    pub(super) id: MessageId,
    /// The ticket.
    pub(super) ticket: TicketId,
    /// Who may read it, and which way it went.
    pub(super) kind: MessageKind,
    /// Who wrote it down.
    pub(super) author: String,
    /// Whose words they are, where a contact wrote; else null.
    pub(super) contact: Option<ContactId>,
    /// The words; empty after the person was erased.
    pub(super) body: String,
    /// The same with formatting, in few elements; null where the words say everything. A picture's `cid:` is the id of a file of
    /// the message.
    pub(super) html: Option<String>,
    /// When: microseconds since 1970-01-01 UTC.
    pub(super) written_at: i64,
}

impl From<Message> for MessageDocument {
    fn from(message: Message) -> Self {
        Self {
            id: message.id,
            ticket: message.ticket,
            kind: message.kind,
            author: message.author,
            contact: message.contact,
            body: message.body,
            html: message.html,
            written_at: message.written_at.0,
        }
    }
}

/// A field of a ticket that took another value.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TicketChange")]
pub struct ChangeDocument {
    /// Its id.
    pub(super) id: ChangeId,
    /// Which field.
    pub(super) field: Field,
    /// What stood there; empty for nothing.
    pub(super) before: String,
    /// What stands there since; empty for nothing.
    pub(super) after: String,
    /// Who changed it.
    pub(super) author: String,
    /// When: microseconds since 1970-01-01 UTC.
    pub(super) changed_at: i64,
    /// The change that it took back; null where it took none back.
    pub(super) undoes: Option<ChangeId>,
}

impl From<Change> for ChangeDocument {
    fn from(change: Change) -> Self {
        Self {
            id: change.id,
            field: change.field,
            before: change.before,
            after: change.after,
            author: change.author,
            changed_at: change.at.0,
            undoes: change.undoes,
        }
    }
}

/// Which part of a list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MessagesQuery {
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// A new ticket.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTicketInput {
    /// In a line what it is about.
    #[schemars(length(min = 1, max = 300))]
    pub(super) subject: String,
    /// The first message; empty for none.
    #[serde(default)]
    #[schemars(length(max = 100_000))]
    pub(super) body: String,
    /// The first message with formatting, in place of `body`.
    #[serde(default)]
    #[schemars(length(min = 1, max = 1_000_000))]
    pub(super) html: Option<String>,
    /// Whether one of us wrote it to the customer; else it is the customer's.
    #[serde(default)]
    pub(super) is_ours: bool,
    /// The account; nothing for that of the contact, where they are at one only.
    pub(super) account: Option<AccountId>,
    /// Who asks.
    pub(super) contact: Option<ContactId>,
    /// How much it presses; `normal` unless told.
    pub(super) priority: Option<Priority>,
    /// What sort of request it is; `question` unless told.
    pub(super) kind: Option<Kind>,
    /// Which way it came.
    pub(super) channel: Channel,
    /// Whose work it is.
    pub(super) agent: Option<AgentId>,
    /// Which team's work it is.
    pub(super) team: Option<TeamId>,
    /// Who asks, by address, where no `contact` is named: the contact who is known by it, or a new one.
    #[serde(default)]
    pub(super) requester: Option<RequesterInput>,
    /// Who else gets the answers by mail, at most 19.
    #[serde(default)]
    #[schemars(length(max = 19))]
    pub(super) participants: Vec<CopyInput>,
    /// The words of its tags; one that is not known yet becomes a tag.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub(super) tags: Vec<String>,
    /// What stands in the workspace's own fields, by their keys.
    #[serde(default)]
    pub(super) fields: BTreeMap<String, Value>,
    /// What it is called where it comes from. The same again gives the ticket that is there.
    #[serde(default)]
    #[schemars(length(min = 1, max = 200))]
    pub(super) external_id: Option<String>,
}

/// Who asks.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TicketRequester")]
#[serde(deny_unknown_fields)]
pub struct RequesterInput {
    /// Their address.
    #[schemars(length(min = 3, max = 254))]
    pub(super) address: String,
    /// What they are called where they are new.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(super) name: String,
}

/// Somebody who gets the answers of a new ticket too.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "NewTicketParticipant")]
#[serde(deny_unknown_fields)]
pub struct CopyInput {
    /// Their address.
    #[schemars(length(min = 3, max = 254))]
    pub(super) address: String,
    /// Whether they are only copied in.
    #[serde(default)]
    pub(super) is_copy: bool,
}

impl From<NewTicketInput> for Beginning {
    fn from(input: NewTicketInput) -> Self {
        let seat = |one: CopyInput| (one.address, one.is_copy);
        Self {
            requester: input.requester.clone().map(|one| Requester {
                address: one.address,
                name: one.name,
            }),
            participants: input.participants.iter().cloned().map(seat).collect(),
            tags: input.tags.clone(),
            source: input.external_id.clone().map(Source::External),
            ticket: input.into(),
            ..Self::default()
        }
    }
}

impl From<NewTicketInput> for NewTicket {
    fn from(input: NewTicketInput) -> Self {
        Self {
            subject: input.subject,
            body: input.body,
            html: input.html,
            is_ours: input.is_ours,
            account: input.account,
            contact: input.contact,
            priority: input.priority.unwrap_or(Priority::Normal),
            kind: input.kind.unwrap_or(Kind::Question),
            channel: input.channel,
            agent: input.agent,
            team: input.team,
        }
    }
}

/// What is known of a ticket, as a whole.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TicketInput {
    /// In a line what it is about.
    #[schemars(length(min = 1, max = 300))]
    pub(super) subject: String,
    /// How far it has come.
    pub(super) status: Status,
    /// The workspace's own status in that category; nothing leaves what is there, and in another category gives its default.
    #[serde(default)]
    pub(super) own_status: Option<StatusId>,
    /// How much it presses.
    pub(super) priority: Priority,
    /// What sort of request it is.
    pub(super) kind: Kind,
    /// The account.
    pub(super) account: Option<AccountId>,
    /// Who asks.
    pub(super) contact: Option<ContactId>,
    /// Whose work it is.
    pub(super) agent: Option<AgentId>,
    /// Which team's work it is.
    pub(super) team: Option<TeamId>,
    /// Until when nobody wants to see it: microseconds since 1970-01-01 UTC, a moment to come.
    pub(super) snoozed_until: Option<i64>,
}

impl TicketInput {
    /// The values of a ticket that is `now`.
    pub(super) fn values(&self, now: &Ticket) -> Vec<(Field, String)> {
        let id = |id: Option<String>| id.unwrap_or_default();
        let kept = now.own.filter(|_| now.status == self.status);
        let step = Step {
            status: self.status,
            own: self.own_status.or(kept),
        };
        vec![
            (Field::Subject, self.subject.clone()),
            (Field::Status, step.to_string()),
            (Field::Priority, self.priority.as_str().to_owned()),
            (Field::Kind, self.kind.as_str().to_owned()),
            (Field::Account, id(self.account.map(|id| id.to_string()))),
            (Field::Contact, id(self.contact.map(|id| id.to_string()))),
            (Field::Agent, id(self.agent.map(|id| id.to_string()))),
            (Field::Team, id(self.team.map(|id| id.to_string()))),
            (Field::Snooze, id(self.snoozed_until.map(|at| at.to_string()))),
        ]
    }
}

/// What a program writes in a ticket.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageInput {
    /// `inbound` for the customer's words, `reply` for ours to them, `note` for agents alone.
    pub(super) kind: MessageKind,
    /// The words; nothing where `html` says them.
    #[schemars(length(min = 1, max = 100_000))]
    pub(super) body: Option<String>,
    /// The words with formatting, in place of `body`: paragraphs, lists, quotes, code, links, bold, italic, underlined, struck
    /// through, and pictures (`cid:` and the id of one of `files`). Other elements and all attributes go, and their words stay.
    #[serde(default)]
    #[schemars(length(min = 1, max = 1_000_000))]
    pub(super) html: Option<String>,
    /// How far the ticket has come with it; nothing leaves that as it follows.
    pub(super) status: Option<Status>,
    /// The workspace's own status in that category.
    #[serde(default)]
    pub(super) own_status: Option<StatusId>,
    /// The newest public message that the writer had seen; nothing for none. A reply is refused when somebody else has written
    /// another.
    pub(super) seen: Option<MessageId>,
    /// Whether a reply is written whatever came.
    #[serde(default)]
    pub(super) force: bool,
    /// Files that were brought for it, at most 20.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(super) files: Vec<FileId>,
}
