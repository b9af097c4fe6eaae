//! Removing the side conversations of a ticket that is removed.

mod store;

use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;

use super::personal::shown_again;
use super::store as rows;
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
