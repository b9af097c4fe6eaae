//! Removing the side conversations of a ticket that is removed.

mod store;

use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;

use super::personal::shown_again;
use super::{CHANGED, EntryKind, entry, store as rows, tell};
use crate::tickets::{TicketId, files};

/// Removes the side conversations of a ticket that is removed, with their files.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget_ticket(tx: &mut Tx<'_>, actor: &Actor, ticket: TicketId) -> Result<(), DbError> {
    let workspace = actor.workspace;
    for side in rows::of_ticket(tx, workspace, ticket)? {
        for entry in rows::entries(tx, workspace, side.id, i64::MAX)? {
            files::forget_lent(tx, workspace, entry.id, None)?;
        }
        store::delete(tx, workspace, side.id)?;
        shown_again(tx, actor, &side)?;
    }
    Ok(())
}

/// A ticket lies apart from now on, or does not any more: its side conversations are found no more, or again.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn look_again(tx: &mut Tx<'_>, actor: &Actor, ticket: TicketId) -> Result<(), DbError> {
    for side in rows::of_ticket(tx, actor.workspace, ticket)? {
        // Of no moment in it: the entry is none that is kept.
        let nothing = entry(tx, actor, side.id, EntryKind::Closed);
        tell(tx, actor, &CHANGED, (&side, &nothing, None))?;
    }
    Ok(())
}
