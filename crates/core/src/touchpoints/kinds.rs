//! What touchpoints can be. People write down those of [`BY_HAND`]; the rest follows from events, as the table in the
//! server's wiring says: a feature adds its kinds there, and none knows another.

use std::collections::BTreeMap;

use super::{Channel, Direction, Impression};

/// A kind of touchpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The word in rows, forms and documents.
    pub word: &'static str,
    /// The key of its name in the reader's language.
    pub text: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Which way it takes, unless told.
    pub channel: Channel,
}

/// A call.
pub const CALL: Kind = Kind::new("call", "touchpoints-kind-call", "phone", Channel::Phone);
/// A meeting.
pub const MEETING: Kind = Kind::new("meeting", "touchpoints-kind-meeting", "users", Channel::Video);
/// A visit, theirs or ours.
pub const VISIT: Kind = Kind::new("visit", "touchpoints-kind-visit", "handshake", Channel::InPerson);
/// A message that went another way than through the program.
pub const MESSAGE: Kind = Kind::new(
    "message",
    "touchpoints-kind-message",
    "message-square",
    Channel::Email,
);
/// Anything else that a person writes down.
pub const OTHER: Kind = Kind::new("other", "touchpoints-kind-other", "star", Channel::System);

/// An account came.
pub const ACCOUNT_ADDED: Trace = Trace {
    event: "account.added",
    kind: Kind::new(
        "account_added",
        "touchpoints-kind-account-added",
        "plus",
        Channel::System,
    ),
    direction: Direction::Both,
    impression: None,
    evidence: None,
};
/// Accounts came in a batch.
pub const ACCOUNTS_IMPORTED: Trace = Trace {
    event: "accounts.imported",
    ..ACCOUNT_ADDED
};
/// An account was closed.
pub const ACCOUNT_CLOSED: Trace = Trace {
    event: "account.closed",
    kind: Kind::new(
        "account_closed",
        "touchpoints-kind-account-closed",
        "archive",
        Channel::System,
    ),
    direction: Direction::Both,
    impression: None,
    evidence: None,
};
/// A closed account was opened again.
pub const ACCOUNT_REOPENED: Trace = Trace {
    event: "account.reopened",
    kind: Kind::new(
        "account_reopened",
        "touchpoints-kind-account-reopened",
        "undo-2",
        Channel::System,
    ),
    direction: Direction::Both,
    impression: None,
    evidence: None,
};

/// What people write down.
pub const BY_HAND: &[&Kind] = &[&CALL, &MEETING, &VISIT, &MESSAGE, &OTHER];

impl Kind {
    /// A kind of touchpoint.
    pub const fn new(word: &'static str, text: &'static str, icon: &'static str, channel: Channel) -> Self {
        Self {
            word,
            text,
            icon,
            channel,
        }
    }
}

/// What an event leaves on the timeline of the account it is about.
#[derive(Clone, Copy, Debug)]
pub struct Trace {
    /// The event's kind.
    pub event: &'static str,
    /// The kind of touchpoint.
    pub kind: Kind,
    /// Who began.
    pub direction: Direction,
    /// How it leaves the customer, and the key of the reason.
    pub impression: Option<(Impression, &'static str)>,
    /// What stands before the event's subject in the address of what proves it.
    pub evidence: Option<&'static str>,
}

/// Every kind and every trace of the program; attached to the database handle.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    by_event: BTreeMap<&'static str, &'static Trace>,
}

impl Traces {
    /// The table.
    pub fn new(traces: &[&'static Trace]) -> Self {
        Self {
            by_event: traces.iter().map(|trace| (trace.event, *trace)).collect(),
        }
    }

    /// What an event of this kind leaves.
    pub fn of(&self, event: &str) -> Option<&'static Trace> {
        self.by_event.get(event).copied()
    }

    /// The kind with this word.
    pub fn kind(&self, word: &str) -> Option<Kind> {
        let traced = self.by_event.values().map(|trace| trace.kind);
        BY_HAND
            .iter()
            .map(|kind| **kind)
            .chain(traced)
            .find(|kind| kind.word == word)
    }

    /// Every kind, those by hand first.
    pub fn kinds(&self) -> Vec<Kind> {
        let mut all: Vec<Kind> = BY_HAND.iter().map(|kind| **kind).collect();
        for trace in self.by_event.values() {
            if !all.iter().any(|kind| kind.word == trace.kind.word) {
                all.push(trace.kind);
            }
        }
        all
    }
}
