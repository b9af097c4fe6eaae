//! What a conversation shows in its order: messages, changes between them, what joined the ticket with others, and what happened
//! in side conversations.

use kit::clock::Timestamp;
use kit::i18n::Text;
use tandem_core::fields::{self, FieldValue};

use super::connections::Connection;
use super::details::DetailChange;
use super::names;
use super::{Change, Message, Ticket, TicketId};
use crate::sides::{self, EntryKind, Side, SideId};

/// Something in a conversation, in the order in which it came.
pub(super) enum Entry {
    Message(Message),
    Changes(Vec<Change>),
    Joined(Box<Joining>),
    Detail(Box<Detail>),
    Beside(Box<Beside>),
}

/// A value of a field of the workspace's own that became another, in words.
pub(super) struct Detail {
    pub(super) icon: &'static str,
    pub(super) label: String,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) author: String,
    pub(super) is_undo: bool,
    pub(super) at: Timestamp,
}

/// That a ticket was joined with another, or that this ended.
pub(super) struct Joining {
    pub(super) icon: &'static str,
    pub(super) author: String,
    pub(super) words: String,
    pub(super) other: Ticket,
    pub(super) at: Timestamp,
}

/// Something in a side conversation about the ticket.
pub(super) struct Beside {
    pub(super) icon: &'static str,
    /// Who, in the reader's language.
    pub(super) who: String,
    /// What they did: the key of its words.
    pub(super) words: &'static str,
    pub(super) side: SideId,
    pub(super) subject: String,
    pub(super) at: Timestamp,
}

impl Entry {
    fn at(&self) -> Timestamp {
        match self {
            Self::Message(message) => message.written_at,
            Self::Changes(changes) => changes[0].at,
            Self::Joined(joining) => joining.at,
            Self::Detail(detail) => detail.at,
            Self::Beside(beside) => beside.at,
        }
    }
}

/// Those of some entries that lie between two moments, where these are given.
pub(super) fn between(
    mut entries: Vec<Entry>,
    (begin, end): (Option<Timestamp>, Option<Timestamp>),
) -> Vec<Entry> {
    entries.retain(|entry| {
        let at = entry.at();
        begin.is_none_or(|begin| at >= begin) && end.is_none_or(|end| at <= end)
    });
    entries
}

/// Entries with what joined the ticket with others among them.
pub(super) fn with_joinings(
    t: &Text,
    id: TicketId,
    mut entries: Vec<Entry>,
    history: Vec<(Connection, Ticket)>,
) -> Vec<Entry> {
    for (one, other) in history {
        let begun = Joining {
            icon: one.joint.icon(),
            author: one.author.clone(),
            words: t.say(one.joint.text(one.side(id))),
            other: other.clone(),
            at: one.made_at,
        };
        let ended = one.ended.map(|(author, at)| Joining {
            icon: "undo-2",
            author,
            words: t.say(one.joint.ended()),
            other,
            at,
        });
        for joining in std::iter::once(begun).chain(ended) {
            let place = entries.partition_point(|entry| entry.at() <= joining.at);
            entries.insert(place, Entry::Joined(Box::new(joining)));
        }
    }
    entries
}

/// Entries with what became of the ticket's own fields among them.
pub(super) fn with_details(
    t: &Text,
    mut entries: Vec<Entry>,
    details: Vec<(DetailChange, fields::Field)>,
) -> Vec<Entry> {
    for (change, field) in details {
        let words = |value: &serde_json::Value| {
            let value = FieldValue::read(&field, value).ok().flatten();
            value.map_or_else(|| "–".to_owned(), |value| fields::form::shown(t, &value))
        };
        let detail = Detail {
            icon: field.kind.icon(),
            before: words(&change.before),
            after: words(&change.after),
            label: field.text.label.clone(),
            author: change.author,
            is_undo: change.undoes.is_some(),
            at: change.at,
        };
        let place = entries.partition_point(|entry| entry.at() <= detail.at);
        entries.insert(place, Entry::Detail(Box::new(detail)));
    }
    entries
}

/// Messages and what was changed between them; changes of one moment and author stand together.
pub(super) fn in_order(messages: Vec<Message>, changes: Vec<Change>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut changes = changes.into_iter().peekable();
    let mut until = |entries: &mut Vec<Entry>, at: Option<Timestamp>| {
        while let Some(change) = changes.next_if(|change| at.is_none_or(|at| change.at < at)) {
            match entries.last_mut() {
                Some(Entry::Changes(group))
                    if group[0].author == change.author && group[0].at == change.at =>
                {
                    group.push(change);
                }
                _ => entries.push(Entry::Changes(vec![change])),
            }
        }
    };
    for message in messages {
        until(&mut entries, Some(message.written_at));
        entries.push(Entry::Message(message));
    }
    until(&mut entries, None);
    entries
}

/// Entries with what happened in side conversations among them.
pub(super) fn with_sides(t: &Text, mut entries: Vec<Entry>, sides: Vec<(Side, sides::Entry)>) -> Vec<Entry> {
    for (side, one) in sides {
        let who = match one.caller() {
            "" if one.kind == EntryKind::Came => t.say("tickets-erased"),
            "" => names::signed(t, &one.author),
            caller => caller.to_owned(),
        };
        let beside = Beside {
            icon: one.kind.icon(),
            who,
            words: one.kind.text(),
            side: side.id,
            subject: match side.subject.as_str() {
                "" => t.say("tickets-erased"),
                subject => subject.to_owned(),
            },
            at: one.written_at,
        };
        let place = entries.partition_point(|entry| entry.at() <= beside.at);
        entries.insert(place, Entry::Beside(Box::new(beside)));
    }
    entries
}
