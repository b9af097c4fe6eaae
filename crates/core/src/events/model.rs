//! What an event is.

use std::fmt;

use kit::clock::Timestamp;
use kit::id::AnyId;
use serde_json::Value;

use crate::actor::Actor;
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

kit::id! {
    /// An event.
    EventId, "evt"
}

/// A place in the order of all events. 0 is before the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(pub i64);

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A kind of event; a feature declares its own as constants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// `account.closed`: the noun and what happened to it.
    pub name: &'static str,
    /// What one needs to be told of it.
    pub read: Permission,
}

impl Kind {
    /// A kind by its name and the permission to hear of it.
    pub const fn new(name: &'static str, read: Permission) -> Self {
        Self { name, read }
    }
}

/// Where in the payload the further subjects of an event stand.
const SUBJECTS: &str = "subjects";

/// An event about to be recorded.
#[derive(Clone, Debug)]
pub struct NewEvent {
    kind: &'static Kind,
    subject: String,
    topics: Vec<String>,
    payload: Value,
}

impl NewEvent {
    /// `kind` happened to `subject`.
    pub fn of(kind: &'static Kind, subject: impl Into<AnyId>) -> Self {
        let subject = subject.into().to_string();
        Self {
            kind,
            topics: vec![subject.clone()],
            subject,
            payload: Value::Null,
        }
    }

    /// It shows on `topic` too: another subject's id, or a list's name.
    #[must_use]
    pub fn topic(mut self, topic: impl fmt::Display) -> Self {
        self.topics.push(topic.to_string());
        self
    }

    /// What else there is to say: small facts, never bodies or secrets.
    #[must_use]
    pub fn payload(mut self, payload: Value) -> Self {
        self.payload = payload;
        self
    }

    /// It happened to each of these, in one go. Search and readers of the feed look at each of them; pages are told by
    /// topics alone.
    #[must_use]
    pub fn subjects<I: fmt::Display>(mut self, subjects: impl IntoIterator<Item = I>) -> Self {
        let ids = subjects.into_iter().map(|id| Value::String(id.to_string()));
        if !self.payload.is_object() {
            self.payload = Value::Object(serde_json::Map::new());
        }
        self.payload[SUBJECTS] = Value::Array(ids.collect());
        self
    }

    pub(super) fn by(self, id: EventId, actor: &Actor, now: Timestamp) -> Event {
        Event {
            workspace: actor.workspace,
            id,
            position: None,
            kind: self.kind.name.to_owned(),
            subject: self.subject,
            topics: self.topics,
            actor: actor.signature(),
            payload: self.payload,
            created_at: now,
        }
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Where it happened.
    pub workspace: WorkspaceId,
    /// Its id.
    pub id: EventId,
    /// Its place in the order; none for an instant after the commit.
    pub position: Option<Position>,
    /// The name of its kind.
    pub kind: String,
    /// What it is about: an id with its prefix.
    pub subject: String,
    /// Whom to tell: the subject and the lists that show it.
    pub topics: Vec<String>,
    /// Who did it.
    pub actor: String,
    /// Small facts.
    pub payload: Value,
    /// When it happened.
    pub created_at: Timestamp,
}

impl Event {
    /// What it happened to beside its subject, when it happened to many in one go.
    pub fn subjects(&self) -> impl Iterator<Item = &str> {
        let all = self.payload.get(SUBJECTS).and_then(Value::as_array);
        all.into_iter().flatten().filter_map(Value::as_str)
    }
}
