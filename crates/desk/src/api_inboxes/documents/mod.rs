//! API inboxes as programs see and send them.

mod samples;

use kit::web::api::Limit;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::teams::TeamId;
use tandem_core::touchpoints::Channel;
use tandem_core::webhooks::Webhook;

use super::taking::{Author, Taken};
use super::{Answer, ApiInbox, ApiInboxError, ApiInboxId, CHANNELS, InboxText, Told};
use crate::tickets::{MessageId, TicketId};

/// An inbox of a program of the company's own.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ApiInbox")]
pub struct InboxDocument {
    /// Its id.
    id: ApiInboxId,
    /// What people call it.
    name: String,
    /// Where answers go; for who may not change it only the host, since a path may hold a key.
    url: String,
    /// Which way its tickets came.
    channel: Channel,
    /// Which team's work they are; null for none's.
    team: Option<TeamId>,
    /// Whether answers are sent: neither closed nor switched off.
    is_on: bool,
    /// Why nothing is sent: `asked`, `failing` for too long, or `gone` (410); null while answers are sent.
    stopped_because: Option<String>,
    /// Since when no attempt has succeeded: microseconds since 1970-01-01 UTC; null while they do.
    failing_since: Option<i64>,
    /// Grows by one with every change.
    version: i64,
    /// When it was set up: microseconds since 1970-01-01 UTC.
    created_at: i64,
    /// When it was closed: microseconds since 1970-01-01 UTC; null while it is open.
    closed_at: Option<i64>,
}

impl From<(ApiInbox, Webhook)> for InboxDocument {
    fn from((inbox, line): (ApiInbox, Webhook)) -> Self {
        Self {
            id: inbox.id,
            name: inbox.text.name,
            url: inbox.text.url,
            channel: inbox.text.channel,
            team: inbox.text.team,
            is_on: line.is_on(),
            stopped_because: line.stop.map(|stop| stop.reason.as_str().to_owned()),
            failing_since: line.failing_since.map(|at| at.0),
            version: inbox.version,
            created_at: inbox.created_at.0,
            closed_at: inbox.closing.map(|closing| closing.at.0),
        }
    }
}

impl InboxDocument {
    /// As this one may see it.
    pub(super) fn seen_by(actor: &Actor, (inbox, line): (ApiInbox, Webhook)) -> Self {
        let host = line.host().to_owned();
        let mut document = Self::from((inbox, line));
        if !actor.may(Permission::InboxWrite) {
            document.url = host;
        }
        document
    }
}

/// What a program says of an inbox.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ApiInboxInput")]
#[serde(deny_unknown_fields)]
pub struct InboxInput {
    /// What people call it.
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// Where answers go: https, a public address, port 80, 443 or from 1024 on.
    #[schemars(length(max = 2000))]
    url: String,
    /// Which way its tickets came; `chat` unless told.
    channel: Option<InboxChannel>,
    /// Which team's work they are.
    team: Option<TeamId>,
}

/// Which way an inbox stands for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ApiInboxChannel")]
#[serde(rename_all = "snake_case")]
pub enum InboxChannel {
    /// A chat or messenger.
    Chat,
    /// The telephone.
    Phone,
    /// The company's product.
    Product,
    /// A page on the web.
    Web,
}

impl From<InboxInput> for InboxText {
    fn from(input: InboxInput) -> Self {
        let [chat, phone, product, web] = CHANNELS;
        Self {
            name: input.name,
            url: input.url,
            channel: match input.channel {
                None | Some(InboxChannel::Chat) => chat,
                Some(InboxChannel::Phone) => phone,
                Some(InboxChannel::Product) => product,
                Some(InboxChannel::Web) => web,
            },
            team: input.team,
        }
    }
}

/// An inbox that was just set up.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "NewApiInbox")]
pub struct NewInboxDocument {
    /// The inbox.
    pub(super) inbox: InboxDocument,
    /// The secret that signs what it sends. It is shown this once.
    pub(super) secret: String,
}

/// An inbox's new secret.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ApiInboxSecret")]
pub struct InboxSecretDocument {
    /// The secret that signs from now on. It is shown this once.
    pub(super) secret: String,
    /// How many seconds the secret before signs too.
    pub(super) overlap_seconds: u64,
}

/// A message that a customer wrote to the program.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ApiMessageInput")]
#[serde(deny_unknown_fields)]
pub struct MessageInput {
    /// What the program calls the conversation. The first message of one opens a ticket.
    #[schemars(length(min = 1, max = 200))]
    pub(super) conversation: String,
    /// What the program calls the message. One of the same name is taken once, however often it is sent.
    #[schemars(length(min = 1, max = 200))]
    pub(super) id: String,
    /// Who wrote it.
    pub(super) author: AuthorInput,
    /// In a line what it is about, for a new ticket; the first words unless told.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(super) subject: String,
    /// The words.
    #[serde(default)]
    pub(super) text: String,
    /// The same with formatting; then `text` follows from it. What is no formatting, such as scripts and styles, is left out.
    pub(super) html: Option<String>,
    /// What goes along.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(super) files: Vec<FileInput>,
}

/// Who wrote a message: an external id, an address or a phone number is there.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ApiAuthorInput")]
#[serde(deny_unknown_fields)]
pub struct AuthorInput {
    /// What they are called.
    #[serde(default)]
    #[schemars(length(max = 200))]
    name: String,
    /// Their number with the program.
    #[serde(default)]
    #[schemars(length(max = 200))]
    external_id: String,
    /// Their address.
    #[serde(default)]
    #[schemars(length(max = 254))]
    email: String,
    /// Their phone number.
    #[serde(default)]
    #[schemars(length(max = 40))]
    phone: String,
}

impl From<AuthorInput> for Author {
    fn from(input: AuthorInput) -> Self {
        Self {
            name: input.name,
            external_id: input.external_id,
            email: input.email,
            phone: input.phone,
        }
    }
}

/// A file of a message.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ApiFileInput")]
#[serde(deny_unknown_fields)]
pub struct FileInput {
    /// What it is called; folders in it are cut off.
    #[schemars(length(min = 1))]
    pub(super) name: String,
    /// What kind of content it is; told by the name unless told.
    #[serde(default)]
    pub(super) media_type: String,
    /// Its bytes as base64 with padding (RFC 4648, section 4).
    pub(super) content: String,
}

/// Where a message went.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ApiMessageTaken")]
pub struct TakenDocument {
    /// The ticket that it is in.
    ticket: TicketId,
    /// The ticket's number.
    ticket_number: i64,
    /// The message there.
    message: MessageId,
    /// Whether it was taken before: nothing was done this time.
    is_repeated: bool,
}

impl From<&Taken> for TakenDocument {
    fn from(taken: &Taken) -> Self {
        Self {
            ticket: taken.ticket.id,
            ticket_number: taken.ticket.number,
            message: taken.message,
            is_repeated: taken.is_repeated,
        }
    }
}

/// What the program tells of an answer.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ApiReceiptInput")]
#[serde(deny_unknown_fields)]
pub struct ReceiptInput {
    /// The answer: its `message`.
    pub(super) message: MessageId,
    /// What became of it.
    pub(super) state: ReceiptState,
    /// Why it could not be brought on; for `failed` alone.
    #[serde(default)]
    #[schemars(length(max = 500))]
    pub(super) reason: String,
}

/// What became of an answer on its way from the program to the customer.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ApiReceiptState")]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    /// The customer got it.
    Delivered,
    /// The customer read it.
    Read,
    /// It can't be brought to the customer.
    Failed,
}

impl From<ReceiptInput> for Told {
    fn from(input: ReceiptInput) -> Self {
        match input.state {
            ReceiptState::Delivered => Self::Arrived,
            ReceiptState::Read => Self::Read,
            ReceiptState::Failed => Self::Refused(input.reason),
        }
    }
}

/// An answer and how it stands.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ApiAnswer")]
pub struct AnswerDocument {
    /// The message.
    message: MessageId,
    /// Its ticket.
    ticket: TicketId,
    /// The inbox that it leaves by.
    inbox: ApiInboxId,
    /// What the program calls the conversation.
    conversation: String,
    /// `waiting` for an attempt, `delivered` to the program, `arrived` at the customer, `read` by them, `failed` since nobody took
    /// it, or `refused`: the program could not bring it on.
    state: String,
    /// Why the program could not bring it on; null unless it says so.
    reason: Option<String>,
    /// When it was written: microseconds since 1970-01-01 UTC.
    written_at: i64,
    /// When the program took it, or it was given up: microseconds since 1970-01-01 UTC.
    settled_at: Option<i64>,
}

impl From<Answer> for AnswerDocument {
    fn from(answer: Answer) -> Self {
        Self {
            message: answer.message,
            ticket: answer.ticket,
            inbox: answer.inbox,
            state: answer.standing().as_str().to_owned(),
            conversation: answer.conversation,
            reason: answer.receipt.refused.map(|(_, why)| why),
            written_at: answer.written_at.0,
            settled_at: answer.settled_at.map(|at| at.0),
        }
    }
}

/// How many were sent again.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ApiAnswersAgain")]
pub struct AgainDocument {
    /// How many.
    pub(super) deliveries: usize,
}

/// Which answers, and where to go on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswersQuery {
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// The bytes of files that came as base64, each with its name and kind.
pub(super) fn contents(files: &[FileInput]) -> Result<Vec<(String, String, Vec<u8>)>, ApiInboxError> {
    let mut read = Vec::with_capacity(files.len());
    for file in files {
        let bytes = kit::text::from_base64(&file.content).ok_or(ApiInboxError::BadFile)?;
        read.push((file.name.clone(), file.media_type.clone(), bytes));
    }
    Ok(read)
}
