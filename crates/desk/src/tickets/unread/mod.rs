//! What is unread: for each agent the tickets in which something came from outside since they had them before them, and those
//! of which they were told meanwhile: a note names them, somebody gave them the ticket, or they marked it themselves.
//!
//! A ticket has a row with the moment at which something last came, an agent one for each ticket that they have looked at. Lists
//! ask for the tickets of a page. Nothing is an event: streams are told by [`MOVES`], each agent of their own.

pub mod api;
pub mod operations;
mod store;
pub mod web;

use std::collections::BTreeSet;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, AgentId};
use tandem_core::live::{Moved, Moves};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{Message, MessageKind, Ticket, TicketError, TicketId, followers, store as tickets};
use crate::notices;

/// Wakes those who follow what is unread.
const WAKES: &str = "ticket_looks";

/// What streams are told of it: the topic of [`topic`].
pub const MOVES: Moves = Moves {
    wakes: WAKES,
    needs: Permission::TicketsRead,
    since,
};

/// What an agent knows of a ticket. Zero is never.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Look {
    seen_at: Timestamp,
    told_at: Timestamp,
    moved_at: Timestamp,
}

/// The topic of what is unread for an agent.
pub fn topic(agent: AgentId) -> String {
    format!("unread:{agent}")
}

/// Which of these tickets the actor has not read.
///
/// # Errors
/// [`DbError`] of the database.
pub fn among(tx: &mut Tx<'_>, actor: &Actor, tickets: &[TicketId]) -> Result<BTreeSet<TicketId>, DbError> {
    let Some(agent) = actor.agent().filter(|_| !tickets.is_empty()) else {
        return Ok(BTreeSet::new());
    };
    // What came before they did is not theirs to read.
    let since =
        agents::find(tx, actor.workspace, agent)?.map_or_else(Timestamp::default, |one| one.created_at);
    let mut found = store::arrived(tx, actor.workspace, (agent, since), tickets)?;
    found.extend(store::told(tx, actor.workspace, agent, tickets)?);
    Ok(found.into_iter().collect())
}

/// When the actor last had a ticket before them, if something has come in it since or they have been there before.
pub(super) fn seen_at(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Option<Timestamp>, DbError> {
    let Some(agent) = actor.agent() else {
        return Ok(None);
    };
    match store::find(tx, actor.workspace, (agent, id))? {
        Some(look) => Ok(Some(look.seen_at)),
        None => {
            let is_unread = among(tx, actor, &[id])?.contains(&id);
            Ok(is_unread.then(Timestamp::default))
        }
    }
}

/// The actor has a ticket before them: it is read, and what it had for them is news no more.
///
/// # Errors
/// The database's.
pub fn see(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<(), DbError> {
    followers::see(tx, actor, id)?;
    notices::see(tx, actor, id)?;
    look(tx, actor, id)
}

fn look(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<(), DbError> {
    let (Some(agent), Some(ticket)) = (actor.agent(), tickets::find(tx, actor.workspace, id)?) else {
        return Ok(());
    };
    let look = store::find(tx, actor.workspace, (agent, id))?;
    let newest = ticket.touched_at.max(look.unwrap_or_default().told_at);
    if look.is_some_and(|look| look.seen_at >= newest) {
        return Ok(());
    }
    let was_unread = among(tx, actor, &[id])?.contains(&id);
    let seen_at = tx.now().max(newest);
    let look = look.unwrap_or_default();
    let moved_at = if was_unread { tx.now() } else { look.moved_at };
    let look = Look {
        seen_at,
        moved_at,
        ..look
    };
    keep(tx, actor.workspace, (agent, id), look)
}

/// The actor marks a ticket as unread for themselves.
///
/// # Errors
/// [`TicketError::NoAgent`] for whoever is none, a missing permission, or a ticket of no or another workspace.
pub fn mark(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Ticket, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let agent = actor.agent().ok_or(TicketError::NoAgent)?;
    let ticket = tickets::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    tell(tx, actor.workspace, (agent, id))?;
    Ok(ticket)
}

/// An agent is told of a ticket: it is unread until they open it.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (agent, id): (AgentId, TicketId),
) -> Result<(), DbError> {
    let now = tx.now();
    let look = store::find(tx, workspace, (agent, id))?.unwrap_or_default();
    let look = Look {
        // Later than what they saw, however fast that was.
        told_at: now.max(Timestamp(look.seen_at.0 + 1)),
        moved_at: now,
        ..look
    };
    keep(tx, workspace, (agent, id), look)
}

/// Whoever a ticket is given to is told, unless they gave it to themselves.
pub(super) fn given(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    agent: Option<AgentId>,
) -> Result<(), DbError> {
    match agent {
        Some(agent) if actor.agent() != Some(agent) => tell(tx, actor.workspace, (agent, id)),
        _ => Ok(()),
    }
}

/// A message was written: what the customer wrote is unread for everybody but whoever wrote it down.
pub(super) fn written(tx: &mut Tx<'_>, actor: &Actor, message: &Message) -> Result<(), DbError> {
    if message.kind == MessageKind::Inbound {
        came(tx, actor.workspace, message.ticket)?;
    }
    look(tx, actor, message.ticket)
}

/// Something came from outside about a ticket.
pub(crate) fn came(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TicketId) -> Result<(), DbError> {
    let now = tx.now();
    store::arrive(tx, workspace, id, now)
}

/// Forgets what was kept of a ticket that goes away.
pub(super) fn forget(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TicketId) -> Result<(), DbError> {
    store::forget(tx, workspace, id)
}

fn keep(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    whose: (AgentId, TicketId),
    look: Look,
) -> Result<(), DbError> {
    store::put(tx, workspace, whose, &look)?;
    if look.moved_at == tx.now() {
        tx.wake(WAKES);
    }
    Ok(())
}

/// Whose tickets became read or unread since a moment, with when.
fn since(tx: &mut Tx<'_>, at: Timestamp) -> Result<Vec<Moved>, DbError> {
    store::moved(tx, at)
}
