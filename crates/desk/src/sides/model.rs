//! What a side conversation is, and what people say to begin and continue one. No database, no HTML.

use kit::blob::Stored;
use kit::clock::Timestamp;
use kit::db::DbError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Forbidden;

use super::SideId;
use crate::mailboxes::{MailboxError, MailboxId, folded};
use crate::tickets::files::FileId;
use crate::tickets::{MessageId, TicketError, TicketId};

/// To how many addresses a side conversation goes.
pub const MOST: usize = 20;

/// A conversation with others about a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Its id.
    pub id: SideId,
    /// The ticket that it is about.
    pub ticket: TicketId,
    /// The mailbox that its mails are from.
    pub mailbox: MailboxId,
    /// In one line what it is about; empty once that was erased.
    pub subject: String,
    /// Whether it began with what the ticket says.
    pub is_forward: bool,
    /// Who began it: a signature.
    pub author: String,
    /// When.
    pub opened_at: Timestamp,
    /// When somebody last wrote in it, closed or reopened it.
    pub touched_at: Timestamp,
    /// Whether the others wrote last.
    pub is_answered: bool,
    /// When it was closed, while it is.
    pub closed_at: Option<Timestamp>,
}

/// Somebody to whom the next message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name beside the address; empty for none.
    pub name: String,
    /// The address.
    pub address: String,
}

/// What happened in a side conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "SideEntryKind")]
pub enum EntryKind {
    /// We wrote.
    Sent,
    /// Somebody else wrote.
    Came,
    /// It was closed.
    Closed,
    /// It was reopened.
    Reopened,
}

/// Something that happened in a side conversation. Its id is one of messages, so that files and mails go with it as with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: MessageId,
    /// The side conversation.
    pub side: SideId,
    /// What.
    pub kind: EntryKind,
    /// Who did or took it in: a signature.
    pub author: String,
    /// From which address it came, in small letters; empty for ours.
    pub sender: String,
    /// The name beside it.
    pub sender_name: String,
    /// The words.
    pub body: String,
    /// What of the ticket was passed on below them.
    pub quoted: String,
    /// Whether nobody wrote it by hand.
    pub is_automatic: bool,
    /// Whether whoever wrote it had no part before.
    pub is_stranger: bool,
    /// When.
    pub written_at: Timestamp,
}

/// A message to be sent.
#[derive(Clone, Debug, Default)]
pub struct NewEntry {
    /// To which addresses; of an answer none means the same as before.
    pub to: Vec<String>,
    /// The words.
    pub body: String,
    /// What of the ticket is passed on below them; empty for nothing.
    pub quoted: String,
    /// Files of the ticket that go along: sent ones as copies, waiting ones as they are.
    pub files: Vec<FileId>,
    /// Files that were brought with it: what they are called, and their bytes.
    pub brought: Vec<(String, Stored)>,
}

/// A side conversation to be begun.
#[derive(Clone, Debug, Default)]
pub struct NewSide {
    /// In one line what it is about.
    pub subject: String,
    /// Its first message.
    pub first: NewEntry,
    /// Whether it is a forward.
    pub is_forward: bool,
}

/// What came from somebody else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer<'a> {
    /// From which address, in small letters.
    pub(crate) sender: &'a str,
    /// The name beside it.
    pub(crate) sender_name: &'a str,
    /// The words.
    pub(crate) body: &'a str,
    /// Whether nobody wrote it by hand.
    pub(crate) is_automatic: bool,
    /// Whether they had no part before.
    pub(crate) is_stranger: bool,
}

/// What of a ticket is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forward {
    /// The newest message to or from the customer.
    Newest,
    /// All of them.
    All,
    /// This one.
    One(MessageId),
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SideError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such side conversation here.
    #[error("there is no such side conversation")]
    Unknown,
    /// Nobody to write to, no address, or one of our own mailboxes.
    #[error("not addresses that a mail can go to")]
    BadAddress,
    /// It goes to so many at most.
    #[error("a side conversation goes to at most 20 addresses")]
    TooMany,
    /// No mailbox sends.
    #[error("no mailbox sends mail")]
    NoMailbox,
    /// What was to be passed on is no message of the ticket that the customer wrote or got.
    #[error("there is no such message of the customer's or to them")]
    NoMessage,
    /// What is wrong with the ticket, the words or the files.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<MailboxError> for SideError {
    fn from(error: MailboxError) -> Self {
        match error {
            MailboxError::Db(error) => Self::Db(error),
            _ => Self::NoMailbox,
        }
    }
}

impl EntryKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Sent, Self::Came, Self::Closed, Self::Reopened];

    /// The word in rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Came => "came",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
        }
    }

    /// Reads what [`Self::as_str`] wrote.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    /// Its icon.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Sent => "arrow-up-right",
            Self::Came => "corner-down-left",
            Self::Closed => "check",
            Self::Reopened => "undo-2",
        }
    }

    /// The key of what is said of it in the ticket's history.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Sent => "sides-moment-sent",
            Self::Came => "sides-moment-came",
            Self::Closed => "sides-moment-closed",
            Self::Reopened => "sides-moment-reopened",
        }
    }

    /// Whether somebody wrote.
    pub const fn has_words(self) -> bool {
        matches!(self, Self::Sent | Self::Came)
    }
}

impl Side {
    /// Whether it goes on.
    pub const fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// How it stands: a tone, an icon and the key of a word.
    pub const fn look(&self) -> (&'static str, &'static str, &'static str) {
        match (self.is_open(), self.is_answered) {
            (false, _) => ("", "check", "sides-closed"),
            (true, true) => ("info", "corner-down-left", "sides-answered"),
            (true, false) => ("", "hourglass", "sides-waits"),
        }
    }

    /// The word of how it stands, for programs and the search.
    pub const fn state(&self) -> &'static str {
        match (self.is_open(), self.is_answered) {
            (false, _) => "closed",
            (true, true) => "answered",
            (true, false) => "waiting",
        }
    }
}

impl Entry {
    /// What whoever wrote it from outside is called.
    pub fn caller(&self) -> &str {
        if self.sender_name.is_empty() {
            &self.sender
        } else {
            &self.sender_name
        }
    }
}

impl Forward {
    /// What a word means: `newest`, `all`, or the id of a message.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "newest" => Some(Self::Newest),
            "all" => Some(Self::All),
            id => id.parse().ok().map(Self::One),
        }
    }
}

/// The addresses in a line, as people write them: with commas, semicolons or blanks between.
pub(super) fn addresses(line: &str) -> Vec<String> {
    let parts = line.split([',', ';']).flat_map(|part| {
        // "Tom <tom@example.com>" is the address in it; without brackets, blanks are between addresses.
        match part.split_once('<').and_then(|(_, rest)| rest.split_once('>')) {
            Some((address, _)) => vec![address],
            None => part.split_whitespace().collect(),
        }
    });
    each_once(parts)
}

/// Addresses, each once.
pub(super) fn each_once<'a>(addresses: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for address in addresses.map(str::trim).filter(|address| !address.is_empty()) {
        if !once.iter().any(|known| folded(known) == folded(address)) {
            once.push(address.to_owned());
        }
    }
    once
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_addresses_is_read_as_people_write_it() {
        let read = addresses(
            "Tom Ray <tom@fixit.example>; mira@fixit.example, TOM@fixit.example  eve@fixit.example,",
        );
        assert_eq!(
            read,
            ["tom@fixit.example", "mira@fixit.example", "eve@fixit.example"]
        );
        assert_eq!(addresses("  "), Vec::<String>::new());
        assert_eq!(
            addresses("nobody"),
            ["nobody"],
            "what is none is refused later, by its name"
        );
    }

    #[test]
    fn what_is_passed_on_is_read_by_its_word() {
        assert_eq!(Forward::named("newest"), Some(Forward::Newest));
        assert_eq!(Forward::named("all"), Some(Forward::All));
        assert_eq!(Forward::named(""), None);
        let id = "tms_01k5x0h3m8f2rq7v9c4w6d1nbe";
        assert_eq!(Forward::named(id), Some(Forward::One(id.parse().unwrap())));
    }
}
