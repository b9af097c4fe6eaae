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
    /// What single events of the kind may need beside that.
    pub also: &'static [Permission],
}

impl Kind {
    /// A kind by its name and the permission to hear of it.
    pub const fn new(name: &'static str, read: Permission) -> Self {
        Self {
            name,
            read,
            also: &[],
        }
    }

    /// The same, where single events may need these permissions too ([`NewEvent::needs`]).
    #[must_use]
    pub const fn at_times(self, also: &'static [Permission]) -> Self {
        Self { also, ..self }
    }
}

/// Where in the payload the further subjects of an event stand.
const SUBJECTS: &str = "subjects";
/// Where in the payload stands what one needs to be told of this very event.
const NEEDS: &str = "needs";

/// An event about to be recorded.
#[derive(Clone, Debug)]
pub struct NewEvent {
    kind: &'static Kind,
    subject: String,
    topics: Vec<String>,
    payload: Value,
    needs: Vec<Permission>,
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
            needs: Vec::new(),
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
        self.put(SUBJECTS, ids.collect());
        self
    }

    /// Only those are told who have these permissions beside the one of its kind: it tells what is known by them.
    #[must_use]
    pub fn needs(mut self, needs: impl IntoIterator<Item = Permission>) -> Self {
        self.needs.extend(needs);
        self
    }

    fn put(&mut self, name: &str, values: Vec<Value>) {
        if !self.payload.is_object() {
            self.payload = Value::Object(serde_json::Map::new());
        }
        self.payload[name] = Value::Array(values);
    }

    pub(super) fn by(mut self, id: EventId, actor: &Actor, now: Timestamp) -> Event {
        if !self.needs.is_empty() {
            let words = self.needs.iter().map(|need| Value::from(need.as_str()));
            let words: Vec<Value> = words.collect();
            self.put(NEEDS, words);
        }
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

    /// Whether somebody has what this very event needs; what its kind needs is asked beside it.
    pub fn is_for(&self, actor: &Actor) -> bool {
        self.is_met_by(|need| actor.may(need))
    }

    /// Whether everything that this very event needs is there.
    pub(super) fn is_met_by(&self, has: impl Fn(Permission) -> bool) -> bool {
        let all = self.payload.get(NEEDS).and_then(Value::as_array);
        let mut words = all.into_iter().flatten().filter_map(Value::as_str);
        words.all(|word| word.parse::<Permission>().is_ok_and(&has))
    }
}
