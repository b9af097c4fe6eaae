//! Mails as programs see them.

use std::collections::HashMap;

use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Cause, Mail, MailId, State};
use crate::mailboxes::MailboxId;
use crate::sides::SideId;
use crate::tickets::{MessageId, TicketId};

/// A mail that came, and what became of it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Mail")]
pub struct MailDocument {
    /// Its id.
    pub(super) id: MailId,
    /// Where it came.
    pub(super) mailbox: MailboxId,
    /// The folder it was read from; empty for what was handed over.
    pub(super) folder: String,
    /// What became of it.
    pub(super) state: State,
    /// Why it is held back; null while it is not.
    pub(super) cause: Option<Cause>,
    /// Why it could not be read, in English; empty for one that could.
    pub(super) trouble: String,
    /// What was odd about it when it was read, such as `body-too-long` or `no-date`; the raw mail has everything.
    pub(super) oddities: Vec<String>,
    /// Who wrote it: an address in small letters.
    pub(super) sender: String,
    /// Their name, as they write it.
    pub(super) sender_name: String,
    /// Its subject.
    pub(super) subject: String,
    /// Its Message-ID without brackets.
    pub(super) message_id: String,
    /// Who wrote it: `person`, `auto_reply`, `out_of_office`, `bulk`, `list`, `delivery_report`, `read_receipt`, `calendar`,
    /// `challenge`, `complaint` or `machine`; empty until it was read.
    pub(super) nature: String,
    /// What is known of its sender, such as `spf=pass dkim=pass`.
    pub(super) checks: String,
    /// What follows from that: `authenticated`, `denied` or `unknown`; empty until it was read.
    pub(super) identity: String,
    /// The ticket that it belongs to, or is about.
    pub(super) ticket: Option<TicketId>,
    /// The message that it is.
    pub(super) message: Option<MessageId>,
    /// The side conversation that it is in; null for what is the ticket's own.
    pub(super) side_conversation: Option<SideId>,
    /// What led to the ticket: `reply_address`, `own_in_reply_to`, `own_reference`, `known_in_reply_to`, `known_reference` or
    /// `subject_tag`; `apart` for a stranger's, which opened one of its own beside it; empty for a ticket of its own.
    pub(super) clue: String,
    /// Whether its sender had no part in that ticket before.
    pub(super) is_stranger: bool,
    /// How many bytes it has.
    pub(super) size: i64,
    /// When its server got it: microseconds since 1970-01-01 UTC.
    pub(super) arrived_at: i64,
    /// When it was stored here: microseconds since 1970-01-01 UTC.
    pub(super) stored_at: i64,
}

/// Which mails, and where to go on.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailsQuery {
    /// Only mails in this state.
    pub(super) state: Option<State>,
    /// Only mails that are held back for this; with a state, those of it that were.
    pub(super) cause: Option<Cause>,
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// What is decided about a mail.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionInput {
    /// Whether it holds for every mail of its sender from now on; what is let through, for mail that shows that it is theirs, or
    /// where it was held back as `unverified` for mail that fails the checks too.
    #[serde(default)]
    pub(super) is_for_sender: bool,
}

impl MailDocument {
    pub(super) fn of(mail: Mail, oddities: &HashMap<MailId, Vec<String>>) -> Self {
        Self {
            oddities: oddities.get(&mail.id).cloned().unwrap_or_default(),
            id: mail.id,
            mailbox: mail.mailbox,
            folder: mail.arrival.folder,
            state: mail.state,
            cause: mail.cause,
            trouble: mail.trouble,
            sender: mail.reading.sender,
            sender_name: mail.reading.sender_name,
            subject: mail.reading.subject,
            message_id: mail.arrival.message_id,
            nature: mail.reading.nature,
            checks: mail.reading.checks,
            identity: mail.reading.identity,
            ticket: mail.ticket,
            message: mail.message,
            side_conversation: mail.side,
            clue: mail.clue,
            is_stranger: mail.is_stranger,
            size: mail.arrival.size,
            arrived_at: mail.arrival.arrived_at.0,
            stored_at: mail.arrival.stored_at.0,
        }
    }
}

impl Sample for DecisionInput {
    fn sample() -> Self {
        Self { is_for_sender: false }
    }
}

impl Sample for MailDocument {
    fn sample() -> Self {
        Self {
            id: "mal_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            mailbox: "mbx_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            folder: "INBOX".to_owned(),
            state: State::Placed,
            cause: None,
            trouble: String::new(),
            oddities: Vec::new(),
            sender: "nadia@morgenrot.example".to_owned(),
            sender_name: "Nadia Petrova".to_owned(),
            subject: "Our logo is missing".to_owned(),
            message_id: "one@morgenrot.example".to_owned(),
            nature: "person".to_owned(),
            checks: "spf=pass dkim=pass dmarc=pass".to_owned(),
            identity: "authenticated".to_owned(),
            ticket: Some("tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            message: Some("tms_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            side_conversation: None,
            clue: "known_in_reply_to".to_owned(),
            is_stranger: false,
            size: 2_114,
            arrived_at: 1_772_442_000_000_000,
            stored_at: 1_772_442_001_000_000,
        }
    }
}
