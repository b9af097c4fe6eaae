//! Outgoing mails as programs see them.

use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{MailState, Parcel, Recipient};
use super::{LogLine, OutgoingId, Settings};
use crate::mailboxes::MailboxId;
use crate::sides::SideId;
use crate::tickets::{MessageId, TicketId};

/// A mail on its way to a customer.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OutgoingMail")]
pub struct MailDocument {
    /// Its id.
    pub(super) id: OutgoingId,
    /// The ticket.
    pub(super) ticket: TicketId,
    /// The message that it brings.
    pub(super) message: MessageId,
    /// The side conversation that it is in; null for what goes to the customer.
    pub(super) side_conversation: Option<SideId>,
    /// The mailbox that it is from.
    pub(super) mailbox: MailboxId,
    /// Its Message-ID, without brackets.
    pub(super) message_id: String,
    /// In one line what it is about.
    pub(super) subject: String,
    /// How it stands: `waiting`, `handing` over, `sent`, `failed`, `unknown` or `withdrawn`.
    pub(super) state: String,
    /// How often it was tried since it was last put on its way.
    pub(super) attempts: i64,
    /// What stood in the way at the last attempt; null for nothing but what recipients' servers said.
    pub(super) trouble: Option<String>,
    /// To whom, and what became of it.
    pub(super) recipients: Vec<RecipientDocument>,
    /// When it goes out or is tried again: microseconds since 1970-01-01 UTC.
    pub(super) due_at: i64,
    /// When it was written: microseconds since 1970-01-01 UTC.
    pub(super) written_at: i64,
    /// When its last recipient was settled: microseconds since 1970-01-01 UTC.
    pub(super) settled_at: Option<i64>,
}

/// Somebody who gets a mail.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MailRecipient")]
pub struct RecipientDocument {
    /// The address.
    pub(super) address: String,
    /// What became of it: `waiting`, `handing` over, `accepted`, `refused`, `unknown` or `withdrawn`.
    pub(super) state: String,
    /// The code of the last answer.
    pub(super) code: Option<i64>,
    /// Its status code (RFC 3463).
    pub(super) status: Option<String>,
    /// Its words.
    pub(super) said: String,
}

/// A mail with its log.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OutgoingMailLog")]
pub struct MailLogDocument {
    /// The mail.
    pub(super) mail: MailDocument,
    /// What happened to it, the newest first.
    pub(super) log: Vec<LineDocument>,
}

/// Something that happened to a mail.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OutgoingMailStep")]
pub struct LineDocument {
    /// What: `written`, `not_sent`, `accepted`, `deferred`, `refused`, `unknown`, `told`, `withdrawn` or `again`.
    pub(super) step: String,
    /// Which recipient; empty for all.
    pub(super) address: String,
    /// The code of the answer.
    pub(super) code: Option<i64>,
    /// Its status code (RFC 3463).
    pub(super) status: Option<String>,
    /// Its words.
    pub(super) said: String,
    /// What stood in the way.
    pub(super) trouble: Option<String>,
    /// When: microseconds since 1970-01-01 UTC.
    pub(super) at: i64,
}

/// Which mails.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailsQuery {
    /// Only those that stand so.
    pub(super) state: Option<StateName>,
    /// Where to go on: the cursor of the part before.
    pub(super) after: Option<String>,
    /// How many.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// How a mail stands.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "OutgoingMailState")]
pub enum StateName {
    /// It goes out when it is due.
    Waiting,
    /// It is being handed over.
    Handing,
    /// Every recipient was accepted.
    Sent,
    /// A recipient was refused.
    Failed,
    /// For a recipient it is not known.
    Unknown,
    /// It was taken back.
    Withdrawn,
}

impl From<StateName> for MailState {
    fn from(name: StateName) -> Self {
        match name {
            StateName::Waiting => Self::Waiting,
            StateName::Handing => Self::Handing,
            StateName::Sent => Self::Sent,
            StateName::Failed => Self::Failed,
            StateName::Unknown => Self::Unknown,
            StateName::Withdrawn => Self::Withdrawn,
        }
    }
}

/// How answers go out.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OutboxSettings")]
pub struct SettingsDocument {
    /// How many seconds an answer can be taken back.
    pub(super) undo_seconds: i64,
    /// Whether an answer quotes the message before it.
    pub(super) quotes_history: bool,
}

/// What a program says of how answers go out.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsInput {
    /// How many seconds an answer can be taken back.
    #[schemars(range(min = 0, max = 3600))]
    pub(super) undo_seconds: i64,
    /// Whether an answer quotes the message before it.
    pub(super) quotes_history: bool,
}

impl From<Settings> for SettingsDocument {
    fn from(settings: Settings) -> Self {
        Self {
            undo_seconds: settings.undo_seconds,
            quotes_history: settings.quotes_history,
        }
    }
}

impl From<Recipient> for RecipientDocument {
    fn from(one: Recipient) -> Self {
        Self {
            address: one.address,
            state: one.state.as_str().to_owned(),
            code: one.code,
            status: one.enhanced,
            said: one.said,
        }
    }
}

impl From<Parcel> for MailDocument {
    fn from(parcel: Parcel) -> Self {
        let mail = parcel.mail;
        Self {
            id: mail.id,
            ticket: mail.ticket,
            message: mail.message,
            side_conversation: mail.side,
            mailbox: mail.mailbox,
            message_id: mail.identifier,
            subject: mail.subject,
            state: mail.state.as_str().to_owned(),
            attempts: mail.attempts,
            trouble: mail.trouble,
            recipients: parcel.recipients.into_iter().map(Into::into).collect(),
            due_at: mail.due_at.0,
            written_at: mail.written_at.0,
            settled_at: mail.settled_at.map(|at| at.0),
        }
    }
}

impl From<LogLine> for LineDocument {
    fn from(line: LogLine) -> Self {
        Self {
            step: line.step.as_str().to_owned(),
            address: line.address,
            code: line.code,
            status: line.enhanced,
            said: line.said,
            trouble: line.trouble,
            at: line.at.0,
        }
    }
}

impl From<(Parcel, Vec<LogLine>)> for MailLogDocument {
    fn from((parcel, log): (Parcel, Vec<LogLine>)) -> Self {
        Self {
            mail: parcel.into(),
            log: log.into_iter().map(Into::into).collect(),
        }
    }
}

impl Sample for MailDocument {
    fn sample() -> Self {
        Self {
            id: "oml_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            message: "tms_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            side_conversation: None,
            mailbox: "mbx_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            message_id: "ka.9@desk.example".to_owned(),
            subject: "Re: Exports stop".to_owned(),
            state: "sent".to_owned(),
            attempts: 1,
            trouble: None,
            recipients: vec![RecipientDocument {
                address: "leyla@acme.example".to_owned(),
                state: "accepted".to_owned(),
                code: Some(250),
                status: Some("2.0.0".to_owned()),
                said: "Ok: queued".to_owned(),
            }],
            due_at: 1_795_000_010_000_000,
            written_at: 1_795_000_000_000_000,
            settled_at: Some(1_795_000_010_000_000),
        }
    }
}

impl Sample for MailLogDocument {
    fn sample() -> Self {
        Self {
            mail: MailDocument::sample(),
            log: vec![LineDocument {
                step: "accepted".to_owned(),
                address: "leyla@acme.example".to_owned(),
                code: Some(250),
                status: Some("2.0.0".to_owned()),
                said: "Ok: queued".to_owned(),
                trouble: None,
                at: 1_795_000_010_000_000,
            }],
        }
    }
}

impl Sample for SettingsDocument {
    fn sample() -> Self {
        Settings::default().into()
    }
}

impl Sample for SettingsInput {
    fn sample() -> Self {
        Self {
            undo_seconds: 20,
            quotes_history: false,
        }
    }
}
