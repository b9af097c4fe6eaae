//! Side conversations as programs see them.

use kit::web::api::Sample;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Entry, EntryKind, NewEntry, Person, Side, SideId, Whole};
use crate::tickets::files::FileId;
use crate::tickets::{MessageId, TicketId};

/// A conversation with others about a ticket, which its customer never sees.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SideConversation")]
pub struct SideDocument {
    /// Its id.
    pub(super) id: SideId,
    /// The ticket that it is about.
    pub(super) ticket: TicketId,
    /// In one line what it is about.
    pub(super) subject: String,
    /// To whom the next message goes.
    pub(super) people: Vec<SidePersonDocument>,
    /// Whether it began with what the ticket says.
    pub(super) is_forward: bool,
    /// How it stands: `waiting` for an answer, `answered` or `closed`.
    pub(super) state: String,
    /// When it began: microseconds since 1970-01-01 UTC.
    pub(super) opened_at: i64,
    /// When somebody last wrote in it, closed or reopened it: microseconds since 1970-01-01 UTC.
    pub(super) touched_at: i64,
    /// When it was closed, while it is: microseconds since 1970-01-01 UTC.
    pub(super) closed_at: Option<i64>,
}

/// Somebody to whom messages of a side conversation go.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SidePerson")]
pub struct SidePersonDocument {
    /// The name beside the address; empty for none.
    pub(super) name: String,
    /// The address.
    pub(super) address: String,
}

/// Something that happened in a side conversation.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "SideEntry")]
pub struct SideEntryDocument {
    /// Its id, by which its files and its mail name it.
    pub(super) id: MessageId,
    /// What: we `sent` a message, one `came`, it was `closed` or `reopened`.
    pub(super) kind: EntryKind,
    /// Who did it or took it in: an id and a name.
    pub(super) author: String,
    /// From which address it came; empty for ours.
    pub(super) sender: String,
    /// The name beside it.
    pub(super) sender_name: String,
    /// The words.
    pub(super) body: String,
    /// What of the ticket was passed on below them.
    pub(super) quoted: String,
    /// Whether nobody wrote it by hand.
    pub(super) is_automatic: bool,
    /// Whether whoever wrote it had no part before.
    pub(super) is_stranger: bool,
    /// When: microseconds since 1970-01-01 UTC.
    pub(super) written_at: i64,
}

/// A side conversation with everything in it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WholeSideConversation")]
pub struct WholeSideDocument {
    /// The side conversation.
    pub(super) conversation: SideDocument,
    /// What happened in it, in its order: the newest 300.
    pub(super) entries: Vec<SideEntryDocument>,
}

/// A side conversation to be begun.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SideInput {
    /// To which addresses.
    #[schemars(length(min = 1, max = 20))]
    pub(super) to: Vec<String>,
    /// In one line what it is about.
    #[schemars(length(min = 1, max = 300))]
    pub(super) subject: String,
    /// The words; may be empty where something is passed on.
    #[serde(default)]
    #[schemars(length(max = 100_000))]
    pub(super) body: String,
    /// Messages of the ticket that are passed on below the words, with their files: the customer's, and what they got.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(super) forwards: Vec<MessageId>,
    /// Further files of the ticket that go along: sent ones, or brought and waiting ones.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(super) files: Vec<FileId>,
}

/// A message to be sent in a side conversation.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SideEntryInput {
    /// The words.
    #[schemars(length(min = 1, max = 100_000))]
    pub(super) body: String,
    /// To which addresses from now on; none for the same as before.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(super) to: Vec<String>,
    /// Files of the ticket that go along: sent ones, or brought and waiting ones.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub(super) files: Vec<FileId>,
}

impl From<SideEntryInput> for NewEntry {
    fn from(input: SideEntryInput) -> Self {
        Self {
            to: input.to,
            body: input.body,
            quoted: String::new(),
            files: input.files,
            brought: Vec::new(),
        }
    }
}

impl From<(Side, Vec<Person>)> for SideDocument {
    fn from((side, people): (Side, Vec<Person>)) -> Self {
        Self {
            id: side.id,
            ticket: side.ticket,
            state: side.state().to_owned(),
            subject: side.subject,
            people: people
                .into_iter()
                .map(|one| SidePersonDocument {
                    name: one.name,
                    address: one.address,
                })
                .collect(),
            is_forward: side.is_forward,
            opened_at: side.opened_at.0,
            touched_at: side.touched_at.0,
            closed_at: side.closed_at.map(|at| at.0),
        }
    }
}

impl From<Entry> for SideEntryDocument {
    fn from(entry: Entry) -> Self {
        Self {
            id: entry.id,
            kind: entry.kind,
            author: entry.author,
            sender: entry.sender,
            sender_name: entry.sender_name,
            body: entry.body,
            quoted: entry.quoted,
            is_automatic: entry.is_automatic,
            is_stranger: entry.is_stranger,
            written_at: entry.written_at.0,
        }
    }
}

impl From<Whole> for WholeSideDocument {
    fn from(whole: Whole) -> Self {
        Self {
            conversation: (whole.side, whole.people).into(),
            entries: whole.entries.into_iter().map(Into::into).collect(),
        }
    }
}

impl Sample for SideInput {
    fn sample() -> Self {
        Self {
            to: vec!["service@fixit.example".to_owned()],
            subject: "Card reader of Morgenrot".to_owned(),
            body: "Can you send a replacement this week?".to_owned(),
            forwards: Vec::new(),
            files: Vec::new(),
        }
    }
}

impl Sample for SideEntryInput {
    fn sample() -> Self {
        Self {
            body: "Thank you. When will it arrive?".to_owned(),
            to: Vec::new(),
            files: Vec::new(),
        }
    }
}

impl Sample for SideDocument {
    fn sample() -> Self {
        let begun = SideInput::sample();
        Self {
            id: "scv_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            ticket: "tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            subject: begun.subject,
            people: vec![SidePersonDocument {
                name: "Fixit".to_owned(),
                address: "service@fixit.example".to_owned(),
            }],
            is_forward: false,
            state: "answered".to_owned(),
            opened_at: 1_772_442_000_000_000,
            touched_at: 1_772_445_600_000_000,
            closed_at: None,
        }
    }
}

impl Sample for SideEntryDocument {
    fn sample() -> Self {
        Self {
            id: "tms_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            kind: EntryKind::Came,
            author: "system: mail".to_owned(),
            sender: "service@fixit.example".to_owned(),
            sender_name: "Fixit".to_owned(),
            body: "It leaves our house tomorrow.".to_owned(),
            quoted: String::new(),
            is_automatic: false,
            is_stranger: false,
            written_at: 1_772_445_600_000_000,
        }
    }
}

impl Sample for WholeSideDocument {
    fn sample() -> Self {
        Self {
            conversation: SideDocument::sample(),
            entries: vec![SideEntryDocument::sample()],
        }
    }
}
