//! Connections: what joins two tickets. One is *merged* into another, which shows its messages in their order from then on
//! and gets what answers it; it was *split* off another with a message and what follows; it is a *part* of a larger one, a
//! *duplicate* of another, or *related* to it.
//!
//! Nothing is rewritten by a merge: the merged ticket keeps its messages and only lies on no shelf of the inbox. Taking it
//! back ends the connection, and both are what they were, with what came since where it was written.

pub mod api;
mod documents;
mod merging;
mod model;
pub mod operations;
mod splitting;
mod store;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::events::{self, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub(super) use merging::look_again;
pub use model::{Connection, Joint, Side};
pub use splitting::split;
pub(super) use views::Lines;

use super::{LIST, Status, Ticket, TicketError, TicketId, store as tickets};

kit::id! {
    /// What joins two tickets.
    TicketConnectionId, "tcn"
}

/// Two tickets were joined.
pub const CONNECTED: events::Kind = events::Kind::new("ticket.connected", Permission::TicketsRead);
/// What joined two tickets has ended.
pub const DISCONNECTED: events::Kind = events::Kind::new("ticket.disconnected", Permission::TicketsRead);

/// How far up or down connections are followed.
const DEPTH: usize = 50;

/// Joins a ticket with another. What stands already is given back as it is.
///
/// # Errors
/// [`TicketError::SameTicket`]; [`TicketError::Merged`] where one of them is merged into a third; [`TicketError::Circle`]
/// where a ticket would be a part of itself; [`TicketError::HasWhole`] for a part of another ticket; a missing
/// permission, or tickets of no or another workspace.
pub fn connect(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, other): (TicketId, TicketId),
    joint: Joint,
) -> Result<Connection, TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let ticket = tickets::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    let target = tickets::find(tx, actor.workspace, other)?.ok_or(TicketError::NoTicket)?;
    if id == other || joint == Joint::Split {
        return Err(TicketError::SameTicket);
    }
    let standing = store::standing(tx, actor.workspace, id)?;
    let is_it = |one: &&Connection| one.joint == joint && one.joins(id, other);
    if let Some(there) = standing.iter().find(is_it) {
        return Ok(there.clone());
    }
    must_stand(tx, actor.workspace, &ticket)?;
    must_stand(tx, actor.workspace, &target)?;
    if joint == Joint::Part {
        let has_whole = |one: &Connection| one.joint == Joint::Part && one.ticket == id;
        if standing.iter().any(has_whole) {
            return Err(TicketError::HasWhole);
        }
        if wholes(tx, actor.workspace, other)?.contains(&id) {
            return Err(TicketError::Circle);
        }
    }
    let connection = Connection {
        id: tx.new_id(),
        joint,
        ticket: id,
        other,
        message: None,
        status: ticket.status,
        snoozed_until: ticket.snoozed_until,
        author: actor.signature(),
        made_at: tx.now(),
        ended: None,
    };
    store::insert(tx, actor.workspace, &connection)?;
    if joint == Joint::Merged {
        merging::merge(tx, actor, ticket, target)?;
    }
    tell(tx, actor, &CONNECTED, &connection)?;
    Ok(connection)
}

/// Ends what joins two tickets: a merge is taken back, and what was split off is merged back where it came from. Twice is no
/// harm. Gives the connection that stands or ended last.
///
/// # Errors
/// [`TicketError::Unknown`] for no connection of this workspace; as of [`connect`].
pub fn end(tx: &mut Tx<'_>, actor: &Actor, id: TicketConnectionId) -> Result<Connection, TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let mut connection = store::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    if connection.ended.is_some() {
        return Ok(connection);
    }
    if connection.joint == Joint::Split {
        return connect(tx, actor, (connection.ticket, connection.other), Joint::Merged);
    }
    connection.ended = Some((actor.signature(), tx.now()));
    store::end(tx, actor.workspace, &connection)?;
    if connection.joint == Joint::Merged {
        merging::unmerge(tx, actor, &connection)?;
    }
    tell(tx, actor, &DISCONNECTED, &connection)?;
    Ok(connection)
}

/// Joins again what was ended.
///
/// # Errors
/// As of [`end`] and [`connect`].
pub fn again(tx: &mut Tx<'_>, actor: &Actor, id: TicketConnectionId) -> Result<Connection, TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let ended = store::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    connect(tx, actor, (ended.ticket, ended.other), ended.joint)
}

/// What joins a ticket with others, oldest first, each with the other ticket; and what is merged into those merged into it.
///
/// # Errors
/// [`TicketError::Unknown`] for a ticket of no or another workspace, a missing permission, or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<Vec<(Connection, Ticket)>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    tickets::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    let mut found = Vec::new();
    for part in parts(tx, actor.workspace, id)? {
        for one in store::standing(tx, actor.workspace, part)? {
            // Of those merged into it only what is merged into them: the rest is theirs.
            let is_inner = part == id || (one.joint == Joint::Merged && one.other == part);
            let other = if one.ticket == part { one.other } else { one.ticket };
            if let Some(ticket) = tickets::find(tx, actor.workspace, other)?.filter(|_| is_inner) {
                found.push((one, ticket));
            }
        }
    }
    found.sort_by_key(|(one, _)| one.id);
    Ok(found)
}

/// Everything that ever joined a ticket with others, ended or not, oldest first, each with the other ticket.
///
/// # Errors
/// A missing permission, or the database's.
pub fn history(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
) -> Result<Vec<(Connection, Ticket)>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let mut found = Vec::new();
    for one in store::ever(tx, actor.workspace, id)? {
        let other = if one.ticket == id { one.other } else { one.ticket };
        // One look-up by key for each of a few.
        if let Some(ticket) = tickets::find(tx, actor.workspace, other)? {
            found.push((one, ticket));
        }
    }
    Ok(found)
}

/// The ticket that shows what is written in this one: itself, unless it is merged.
///
/// # Errors
/// [`DbError`] of the database.
pub fn survivor(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TicketId) -> Result<TicketId, DbError> {
    let mut id = id;
    for _ in 0..DEPTH {
        match store::merged_into(tx, workspace, id)? {
            Some(into) => id = into,
            None => break,
        }
    }
    Ok(id)
}

/// A ticket and everything that is merged into it, itself first.
///
/// # Errors
/// [`DbError`] of the database.
pub fn parts(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TicketId) -> Result<Vec<TicketId>, DbError> {
    let mut parts = vec![id];
    let mut place = 0;
    while place < parts.len() {
        // One look-up by key for each of a few.
        for merged in store::merged(tx, workspace, parts[place])? {
            if !parts.contains(&merged) {
                parts.push(merged);
            }
        }
        place += 1;
    }
    Ok(parts)
}

/// A ticket with everything that it was ever merged into or split off: where its words are or were shown.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn ever_in(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TicketId,
) -> Result<Vec<TicketId>, DbError> {
    let mut found = vec![id];
    let mut place = 0;
    while place < found.len() {
        let below = found[place];
        // One look-up by key for each of a few.
        for one in store::ever(tx, workspace, below)? {
            let is_above = matches!(one.joint, Joint::Merged | Joint::Split) && one.ticket == below;
            if is_above && !found.contains(&one.other) {
                found.push(one.other);
            }
        }
        place += 1;
    }
    Ok(found)
}

/// What was ever split off a ticket.
pub(super) fn split_off(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TicketId,
) -> Result<Vec<TicketId>, DbError> {
    let ever = store::ever(tx, workspace, id)?.into_iter();
    let split = ever.filter(|one| one.joint == Joint::Split && one.other == id);
    Ok(split.map(|one| one.ticket).collect())
}

/// Stops what would be written into a ticket that is merged into another, or lies apart.
pub(super) fn must_stand(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: &Ticket,
) -> Result<(), TicketError> {
    if ticket.status.is_apart() {
        return Err(TicketError::Apart(ticket.number));
    }
    if ticket.status != Status::Merged {
        return Ok(());
    }
    let into = survivor(tx, workspace, ticket.id)?;
    let into = tickets::find(tx, workspace, into)?.ok_or(TicketError::Unknown)?;
    Err(TicketError::Merged(ticket.number, into.number))
}

/// A ticket and what it is a part of, upwards.
fn wholes(tx: &mut Tx<'_>, workspace: WorkspaceId, id: TicketId) -> Result<Vec<TicketId>, DbError> {
    let mut wholes = vec![id];
    while let Some(last) = wholes.last().copied()
        && wholes.len() < DEPTH
    {
        let standing = store::standing(tx, workspace, last)?;
        let above = standing
            .iter()
            .find(|one| one.joint == Joint::Part && one.ticket == last);
        match above {
            Some(one) if !wholes.contains(&one.other) => wholes.push(one.other),
            _ => break,
        }
    }
    Ok(wholes)
}

fn tell(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static events::Kind,
    connection: &Connection,
) -> Result<(), DbError> {
    let payload = json!({ "connection": connection.id, "kind": connection.joint, "other": connection.other });
    let event = NewEvent::of(kind, connection.ticket)
        .topic(connection.other)
        .topic(LIST);
    events::record(tx, actor, event.payload(payload))?;
    Ok(())
}
