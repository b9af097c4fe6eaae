//! The bell: what an agent has not read, and streams that are told when that changes.

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::live::{Moved, Moves};
use tandem_core::permissions::Permission;

use super::{NoticeId, store};
use crate::tickets::{TicketError, TicketId};

/// Wakes those who follow notices.
pub(super) const WAKES: &str = "agent_notices";

/// What streams are told of them: the topic of [`topic`].
pub const MOVES: Moves = Moves {
    wakes: WAKES,
    needs: Permission::TicketsRead,
    since: |tx, at| {
        let moved = store::moved(tx, at)?.into_iter();
        let told = moved.map(|(workspace, agent, at)| Moved {
            workspace,
            topic: topic(agent),
            at,
        });
        Ok(told.collect())
    },
};

/// The topic of an agent's notices.
pub fn topic(agent: AgentId) -> String {
    format!("notices:{agent}")
}

/// How many of an agent's notices are unread, as far as the bell counts.
///
/// # Errors
/// A missing permission, or the database's.
pub fn unread(tx: &mut Tx<'_>, actor: &Actor, most: i64) -> Result<i64, TicketError> {
    actor.must(Permission::TicketsRead)?;
    match actor.agent() {
        Some(agent) => Ok(store::unread(tx, actor.workspace, agent, most)?),
        None => Ok(0),
    }
}

/// Marks the actor's notices as read, or as unread again; all of them where none are named. What is another's stays. Gives
/// those that changed.
///
/// # Errors
/// [`TicketError::NoAgent`] for whoever is none, a missing permission, or the database's.
pub fn read(
    tx: &mut Tx<'_>,
    actor: &Actor,
    named: &[NoticeId],
    is_read: bool,
) -> Result<Vec<NoticeId>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let agent = actor.agent().ok_or(TicketError::NoAgent)?;
    let whose = (actor.workspace, agent);
    let mut found = match (named, is_read) {
        ([], true) => store::all_unread(tx, whose)?,
        _ => store::own(tx, whose, named)?,
    };
    found.retain(|(_, read_at)| read_at.is_some() != is_read);
    let ids: Vec<NoticeId> = found.into_iter().map(|(id, _)| id).collect();
    set(tx, whose.0, &ids, is_read)?;
    Ok(ids)
}

/// Takes back that the actor's notices were marked as read at a moment, however many they were. Gives those that changed.
///
/// # Errors
/// As of [`read`].
pub fn unread_again(tx: &mut Tx<'_>, actor: &Actor, at: Timestamp) -> Result<Vec<NoticeId>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let agent = actor.agent().ok_or(TicketError::NoAgent)?;
    let ids = store::read_at(tx, (actor.workspace, agent), at)?;
    set(tx, actor.workspace, &ids, false)?;
    Ok(ids)
}

/// The actor has a ticket before them: what they were told of it is read.
///
/// # Errors
/// The database's.
pub fn see(tx: &mut Tx<'_>, actor: &Actor, ticket: TicketId) -> Result<(), DbError> {
    let Some(agent) = actor.agent() else {
        return Ok(());
    };
    let ids = store::unread_of(tx, actor.workspace, (agent, ticket))?;
    set(tx, actor.workspace, &ids, true)
}

fn set(
    tx: &mut Tx<'_>,
    workspace: tandem_core::workspaces::WorkspaceId,
    ids: &[NoticeId],
    is_read: bool,
) -> Result<(), DbError> {
    if ids.is_empty() {
        return Ok(());
    }
    store::set_read(tx, workspace, ids, is_read)?;
    tx.wake(WAKES);
    Ok(())
}
