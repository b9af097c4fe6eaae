//! Which part of a conversation a page shows: the newest messages, or those from one on, so that none is out of reach.

use kit::clock::Timestamp;
use kit::db::Tx;
use tandem_core::actor::Actor;

use super::history;
use super::{Change, Message, MessageId, TicketError, TicketId};

/// How many messages a page shows at first, the newest, and how many more each time.
const MESSAGES: i64 = 60;
/// How many stand before one that a link names.
const BEFORE: i64 = 10;
/// The most that a page shows at once.
const MOST: i64 = 600;
/// The most changes, the newest.
const CHANGES: i64 = 1_000;

/// What somebody wants to see of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The newest messages.
    Newest,
    /// Those from one on.
    Since(MessageId),
    /// A part in which one stands.
    With(MessageId),
}

/// A part of a conversation.
pub(super) struct Window {
    pub(super) messages: Vec<Message>,
    pub(super) changes: Vec<Change>,
    /// Where a longer part begins; none where this one begins with the first message.
    pub(super) earlier: Option<MessageId>,
    /// Whether there are newer messages than the part has.
    pub(super) has_later: bool,
}

impl Window {
    pub(super) fn read(
        tx: &mut Tx<'_>,
        actor: &Actor,
        id: TicketId,
        wanted: Wanted,
    ) -> Result<Self, TicketError> {
        let newest = super::messages(tx, actor, id, None, MESSAGES)?;
        let is_before = |one: &MessageId| newest.first().is_some_and(|first| *one < first.id);
        let begin = match wanted {
            Wanted::Newest => None,
            Wanted::Since(one) => Some(one).filter(is_before),
            Wanted::With(one) if is_before(&one) => {
                let before = history::ids_before(tx, actor.workspace, (id, one), BEFORE)?;
                Some(before.last().copied().unwrap_or(one))
            }
            Wanted::With(_) => None,
        };
        let mut messages = match begin {
            Some(begin) => history::from_on(tx, actor.workspace, (id, begin), MOST + 1)?,
            None => newest,
        };
        let most = usize::try_from(MOST).expect("a page is small");
        let has_later = messages.len() > most;
        messages.truncate(most);
        let earlier = match messages.first() {
            Some(first) => history::ids_before(tx, actor.workspace, (id, first.id), MESSAGES)?
                .last()
                .copied(),
            None => None,
        };
        let mut window = Self {
            messages,
            changes: Vec::new(),
            earlier,
            has_later,
        };
        let (begin, end) = (window.begins(), window.ends());
        let mut changes =
            history::changes_since(tx, actor.workspace, (id, begin.unwrap_or_default()), CHANGES)?;
        // What was changed after the last message that is shown would stand in no place.
        changes.retain(|change| end.is_none_or(|end| change.at <= end));
        window.changes = changes;
        Ok(window)
    }

    /// The moment before which it shows nothing; none where it shows the beginning.
    pub(super) fn begins(&self) -> Option<Timestamp> {
        let first = self.messages.first().filter(|_| self.earlier.is_some());
        first.map(|first| first.written_at)
    }

    /// The moment after which it shows nothing; none where it shows the newest.
    pub(super) fn ends(&self) -> Option<Timestamp> {
        let last = self.messages.last().filter(|_| self.has_later);
        last.map(|last| last.written_at)
    }
}
