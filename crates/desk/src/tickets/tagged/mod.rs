//! Tickets by tag: which tags are on tickets, and the tickets of one.

pub mod api;
mod store;
mod views;
pub mod web;

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::tags::{self, Tag, TagId};

use super::listing::Cursor;
use super::{Ticket, TicketError};

/// The tags that are on tickets, by name, each with on how many.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn all(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<(Tag, i64)>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let counts = store::counts(tx, actor.workspace)?;
    let vocabulary = tags::all(tx, actor.workspace)?;
    let counted = |(tag, _): (Tag, i64)| counts.get(&tag.id).map(|count| (tag, *count));
    Ok(vocabulary.into_iter().filter_map(counted).collect())
}

/// A tag of the vocabulary.
///
/// # Errors
/// [`TicketError::Unknown`] for a tag of no or another workspace; as of [`all`].
pub fn tag(tx: &mut Tx<'_>, actor: &Actor, id: TagId) -> Result<Tag, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let vocabulary = tags::all(tx, actor.workspace)?;
    let found = vocabulary.into_iter().find(|(tag, _)| tag.id == id);
    found.map(|(tag, _)| tag).ok_or(TicketError::Unknown)
}

/// A part of the tickets with a tag, what was written in last first.
///
/// # Errors
/// As of [`all`].
pub fn part(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TagId,
    from: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Ticket>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::part(tx, actor.workspace, id, from, limit)?)
}
