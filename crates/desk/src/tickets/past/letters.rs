//! What old mail brings: messages of the past in new tickets and in those that were there, and taking both away again.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::workspaces::WorkspaceId;
use tandem_core::{events, metrics, tags, tallies, touchpoints};

use super::{Story, message, model, numbers, store, telling, told};
use crate::own_views;
use crate::tickets::nouns::NOUN;
use crate::tickets::{
    Message, MessageId, MessageKind, Ticket, TicketError, details, files, followers, history, keep, unread,
};

/// A message of the past.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    /// Who has written it down.
    pub(crate) actor: Actor,
    /// When it was written.
    pub(crate) at: Timestamp,
    /// Which way it went.
    pub(crate) kind: MessageKind,
    /// The words.
    pub(crate) body: String,
    /// Whose they are, where a contact wrote.
    pub(crate) contact: Option<ContactId>,
    /// Whether nobody wrote it by hand: then the ticket stays as it stands.
    pub(crate) is_automatic: bool,
}

impl Letter {
    fn message(&self, tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Message, TicketError> {
        let body = model::body(&self.body)?;
        Ok(tx.as_of(self.at, |tx| Message {
            contact: self.contact.filter(|_| self.kind == MessageKind::Inbound),
            ..message(tx, &self.actor, ticket, (self.kind, body))
        }))
    }

    /// What it does to a ticket.
    fn heard(&self, ticket: &Ticket, message: &Message) -> Ticket {
        let mut after = ticket.clone();
        if self.is_automatic {
            after.touched_at = message.written_at;
            after.last_public = Some(message.id);
        } else {
            after.hear(message);
        }
        after
    }
}

impl Story {
    /// The message that it was opened with.
    pub(crate) fn first_message(&self) -> Option<MessageId> {
        self.messages.first().map(|message| message.id)
    }

    /// A letter of the past came in it.
    ///
    /// # Errors
    /// [`TicketError`] for words that do not fit.
    pub(crate) fn take_in(&mut self, tx: &mut Tx<'_>, letter: &Letter) -> Result<MessageId, TicketError> {
        let message = letter.message(tx, &self.ticket)?;
        let after = letter.heard(&self.ticket, &message);
        let id = message.id;
        tx.as_of(letter.at, |tx| self.settle(tx, &letter.actor, after));
        let written = told(telling(letter.kind), &self.ticket, json!({ "message": id }));
        self.tell(&letter.actor, letter.at, written);
        self.messages.push(message);
        Ok(id)
    }
}

/// Puts letters of the past into a ticket that is there. Its status stays: whoever has solved or opened it since knew more.
/// Gives the ticket as it is then, and the messages.
///
/// # Errors
/// [`TicketError`] for words that do not fit.
pub(crate) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: &Ticket,
    letters: &[Letter],
) -> Result<(Ticket, Vec<MessageId>), TicketError> {
    let (mut after, mut messages, mut past) = (before.clone(), Vec::new(), Vec::new());
    for letter in letters {
        let message = letter.message(tx, before)?;
        if letter.kind == MessageKind::Reply {
            after.replies += 1;
        }
        if letter.at >= after.touched_at {
            let heard = letter.heard(&after, &message);
            (after.touched_at, after.preview, after.last_public) =
                (heard.touched_at, heard.preview, heard.last_public);
        }
        let event = told(telling(letter.kind), before, json!({ "message": message.id }));
        past.push((letter.actor.clone(), letter.at, event));
        messages.push(message);
    }
    let all: Vec<&Message> = messages.iter().collect();
    store::insert_messages(tx, workspace, &all)?;
    keep(tx, workspace, before, &mut after)?;
    numbers::follow(tx, workspace, &after)?;
    events::record_past(tx, past)?;
    look(tx, workspace, &after)?;
    Ok((after, messages.iter().map(|message| message.id).collect()))
}

/// Takes letters out of a ticket that was there before them, and was last touched then; where one of them has touched it last, it
/// was touched when it had been.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn take_out(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    before: &Ticket,
    (letters, touched_at): (&[MessageId], Option<Timestamp>),
) -> Result<(), DbError> {
    let (mut after, mut is_touched_by_them) = (before.clone(), false);
    for id in letters {
        let found = history::store::find_message(tx, workspace, *id)?;
        let Some(message) = found.filter(|message| message.ticket == before.id) else {
            continue;
        };
        files::remove_held(tx, workspace, *id)?;
        store::delete_message(tx, workspace, *id)?;
        after.replies -= i64::from(message.kind == MessageKind::Reply);
        is_touched_by_them |= message.written_at == before.touched_at;
    }
    if after.last_public.is_some_and(|last| letters.contains(&last)) {
        after.last_public = history::store::newest_public(tx, workspace, before.id)?;
        if let Some(last) = after.last_public
            && let Some(message) = history::store::find_message(tx, workspace, last)?
        {
            let was = touched_at.unwrap_or(message.written_at);
            after.touched_at = if is_touched_by_them {
                was
            } else {
                before.touched_at
            };
            after.preview = model::preview(&message.body);
        }
    } else if let Some(was) = touched_at.filter(|_| is_touched_by_them) {
        after.touched_at = was;
    }
    keep(tx, workspace, before, &mut after)?;
    numbers::follow(tx, workspace, &after)?;
    look(tx, workspace, &after)
}

/// The numbers of a ticket's account are others now: nobody hears of the past who would find them.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn look(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: &Ticket) -> Result<(), DbError> {
    match ticket.account {
        Some(account) => metrics::jobs::look(tx, workspace, account),
        None => Ok(()),
    }
}

/// Whether nobody has done anything with a ticket since it was brought and stood at `version`.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn is_untouched(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
    version: i64,
) -> Result<bool, DbError> {
    let id = ticket.id;
    Ok(ticket.version == version
        && followers::ids(tx, workspace, id)?.is_empty()
        && tags::of(tx, workspace, &NOUN, id.uuid())?.is_empty()
        && !details::says_something(tx, workspace, id)?)
}

/// Takes a ticket away as if it had never been brought.
///
/// # Errors
/// [`DbError::ForeignKey`] where something else stands on it; other failures of the database.
pub(crate) fn take_away(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: &Ticket) -> Result<(), DbError> {
    let id = ticket.id;
    for file in files::all_of(tx, workspace, id)? {
        files::remove(tx, workspace, &file)?;
    }
    own_views::forget(tx, workspace, id)?;
    numbers::past::forget(tx, workspace, id)?;
    for name in ticket.tallies() {
        tallies::add(tx, workspace, &name, -1)?;
    }
    if let Some(account) = ticket.account {
        touchpoints::forget_traces(tx, workspace, account, &format!("/tickets/{id}"))?;
    }
    unread::forget(tx, workspace, id)?;
    store::delete(tx, workspace, id)?;
    look(tx, workspace, ticket)
}
