//! What imports of old mail look like for programs.

use kit::web::api::{Limit, Sample};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Choices, Line, MailImport, MailImportId, MailImportState, Outcome, Phase};
use crate::mailboxes::MailboxId;
use crate::mails::MailId;
use crate::tickets::TicketId;

/// An import of old mail.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MailImport")]
pub struct MailImportDocument {
    /// Its id.
    pub(super) id: MailImportId,
    /// The mailbox to which the mails had come.
    pub(super) mailbox: MailboxId,
    /// What the file is called.
    pub(super) file_name: String,
    /// The file's length in bytes.
    pub(super) size: i64,
    /// What is going on.
    pub(super) state: MailImportState,
    /// Which part of its work it is at.
    pub(super) phase: Phase,
    /// Why it failed; null unless it did.
    pub(super) problem: Option<String>,
    /// What was chosen.
    pub(super) choices: MailImportInput,
    /// How many mails are in the file; 0 until it was looked through.
    pub(super) mails: i64,
    /// How many conversations they make.
    pub(super) conversations: i64,
    /// When the oldest was written: microseconds since 1970-01-01 UTC.
    pub(super) first_at: Option<i64>,
    /// When the newest was written: microseconds since 1970-01-01 UTC.
    pub(super) last_at: Option<i64>,
    /// From which of our addresses how many of them were sent.
    pub(super) own: Vec<AddressCount>,
    /// To which addresses most of the others were sent.
    pub(super) to: Vec<AddressCount>,
    /// How many bytes of the file were read.
    pub(super) position: i64,
    /// How many of its mails were taken in.
    pub(super) taken: i64,
    /// Mails in a second, lately.
    pub(super) rate: i64,
    /// What became of the mails so far.
    pub(super) counts: MailImportCounts,
    /// When the file came: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// When something last changed: microseconds since 1970-01-01 UTC.
    pub(super) changed_at: i64,
}

/// An address, and how many mails.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AddressCount {
    /// The address in small letters.
    pub(super) address: String,
    /// How many mails.
    pub(super) mails: i64,
}

/// What became of the mails.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MailImportCounts {
    /// They opened a ticket.
    pub(super) opened: i64,
    /// They are further messages of tickets.
    pub(super) joined: i64,
    /// They were here already.
    pub(super) repeated: i64,
    /// They are kept and became no ticket.
    pub(super) aside: i64,
    /// They could not be taken.
    pub(super) refused: i64,
    /// Tickets that were taken back.
    pub(super) taken_back: i64,
    /// Tickets that somebody has touched since, which stay.
    pub(super) left_alone: i64,
}

/// What is chosen before an import begins.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "MailImportChoices")]
#[serde(deny_unknown_fields)]
pub struct MailImportInput {
    /// Tickets whose last message is at most so many days old stay open; the others are solved. 0 solves all of them.
    #[serde(default)]
    #[schemars(range(min = 0, max = 3650))]
    pub(super) open_days: i64,
    /// Whether newsletters, notices of absence and the like become tickets too.
    #[serde(default)]
    pub(super) takes_machines: bool,
    /// Addresses that were ours beside those of mailboxes and agents: what they sent becomes a reply.
    #[serde(default)]
    #[schemars(length(max = 200))]
    pub(super) own: Vec<String>,
}

/// What became of one mail of the file.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OldMail")]
pub struct OldMailDocument {
    /// Its number in the file.
    pub(super) number: i64,
    /// The mail; null for one that was too large to be kept, or was taken back.
    pub(super) mail: Option<MailId>,
    /// Its length in bytes.
    pub(super) size: i64,
    /// When it was written: microseconds since 1970-01-01 UTC.
    pub(super) sent_at: i64,
    /// What became of it.
    pub(super) outcome: Outcome,
    /// Why: the cause for which mail is held back, `too_large` or `unreadable`; null where nothing is to be said.
    pub(super) reason: Option<String>,
    /// Who wrote it.
    pub(super) sender: String,
    /// Its subject.
    pub(super) subject: String,
    /// The ticket where it is.
    pub(super) ticket: Option<TicketId>,
}

/// Where to go on in the list, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailImportsQuery {
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// Which mails of the file, where to go on, and how far.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OldMailsQuery {
    /// Those of one outcome alone.
    pub(super) outcome: Option<Outcome>,
    /// The cursor of the part before: its `next`.
    pub(super) after: Option<String>,
    /// How many at most; 50 unless told.
    #[serde(default)]
    pub(super) limit: Limit,
}

/// What the file is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailFileQuery {
    /// The mailbox to which the mails had come.
    pub(super) mailbox: MailboxId,
    /// What it is called.
    #[serde(default)]
    pub(super) file_name: String,
}

impl From<MailImportInput> for Choices {
    fn from(input: MailImportInput) -> Self {
        Self {
            open_days: input.open_days,
            takes_machines: input.takes_machines,
            own: input.own,
        }
    }
}

fn counted(all: Vec<(String, i64)>) -> Vec<AddressCount> {
    let one = |(address, mails)| AddressCount { address, mails };
    all.into_iter().map(one).collect()
}

impl From<MailImport> for MailImportDocument {
    fn from(import: MailImport) -> Self {
        let counts = import.counts;
        Self {
            id: import.id,
            mailbox: import.mailbox,
            file_name: import.file_name,
            size: import.size,
            state: import.state,
            phase: import.phase,
            problem: Some(import.problem).filter(|problem| !problem.is_empty()),
            choices: MailImportInput {
                open_days: import.choices.open_days,
                takes_machines: import.choices.takes_machines,
                own: import.choices.own,
            },
            mails: import.found.mails,
            conversations: import.found.threads,
            first_at: import.found.first_at,
            last_at: import.found.last_at,
            own: counted(import.found.own),
            to: counted(import.found.to),
            position: import.position,
            taken: import.taken,
            rate: import.rate,
            counts: MailImportCounts {
                opened: counts.opened,
                joined: counts.joined,
                repeated: counts.repeated,
                aside: counts.aside,
                refused: counts.refused,
                taken_back: counts.taken_back,
                left_alone: counts.left_alone,
            },
            created_at: import.created_at.0,
            changed_at: import.changed_at.0,
        }
    }
}

impl From<Line> for OldMailDocument {
    fn from(line: Line) -> Self {
        Self {
            number: line.number,
            mail: line.mail,
            size: line.size,
            sent_at: line.sent_at.0,
            outcome: line.outcome,
            reason: Some(line.reason).filter(|reason| !reason.is_empty()),
            sender: line.sender,
            subject: line.subject,
            ticket: line.ticket,
        }
    }
}

impl Sample for MailImportDocument {
    fn sample() -> Self {
        Self {
            id: "mim_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            mailbox: "mbx_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            file_name: "support-2019-2025.mbox".to_owned(),
            size: 812_450_120,
            state: MailImportState::Done,
            phase: Phase::Placing,
            problem: None,
            choices: MailImportInput::sample(),
            mails: 41_208,
            conversations: 12_377,
            first_at: Some(1_548_979_200_000_000),
            last_at: Some(1_767_139_200_000_000),
            own: vec![AddressCount {
                address: "support@acme.example".to_owned(),
                mails: 18_022,
            }],
            to: Vec::new(),
            position: 812_450_120,
            taken: 41_208,
            rate: 210,
            counts: MailImportCounts {
                opened: 11_900,
                joined: 27_800,
                repeated: 300,
                aside: 1_206,
                refused: 2,
                taken_back: 0,
                left_alone: 0,
            },
            created_at: 1_767_225_600_000_000,
            changed_at: 1_767_225_900_000_000,
        }
    }
}

impl Sample for MailImportInput {
    fn sample() -> Self {
        Self {
            open_days: 14,
            takes_machines: false,
            own: vec!["info@acme.example".to_owned()],
        }
    }
}

impl Sample for OldMailDocument {
    fn sample() -> Self {
        Self {
            number: 17,
            mail: Some("mal_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
            size: 4_210,
            sent_at: 1_548_979_200_000_000,
            outcome: Outcome::Opened,
            reason: None,
            sender: "leyla@example.com".to_owned(),
            subject: "Exports stop".to_owned(),
            ticket: Some("tkt_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id")),
        }
    }
}
