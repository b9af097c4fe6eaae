//! What comes back in a side conversation.

use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;

use super::{Answer, CAME, Entry, EntryKind, Side, entry, store, tell};
use crate::tickets::{self, MessageId};

/// Keeps what somebody else wrote, opens the side conversation again if it was closed, and says so to whoever follows its ticket.
/// What a machine wrote is kept and changes nothing.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn take_in(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Side,
    new: &Answer<'_>,
) -> Result<MessageId, DbError> {
    let mut side = before.clone();
    let came = Entry {
        sender: new.sender.to_owned(),
        sender_name: new.sender_name.chars().take(200).collect(),
        body: new.body.to_owned(),
        is_automatic: new.is_automatic,
        is_stranger: new.is_stranger,
        ..entry(tx, actor, side.id, EntryKind::Came)
    };
    store::insert_entry(tx, actor.workspace, &came)?;
    side.touched_at = came.written_at;
    if !new.is_automatic {
        side.is_answered = true;
        if side.closed_at.take().is_some() {
            let again = entry(tx, actor, side.id, EntryKind::Reopened);
            store::insert_entry(tx, actor.workspace, &again)?;
        }
    }
    store::update(tx, actor.workspace, &side)?;
    let ticket = if new.is_automatic {
        tickets::with_id(tx, actor.workspace, side.ticket)?
    } else {
        tickets::touch(tx, actor.workspace, side.ticket)?
    };
    if let Some(ticket) = ticket.as_ref().filter(|_| !new.is_automatic) {
        tickets::unread::came(tx, actor.workspace, ticket.id)?;
    }
    tell(tx, actor, &CAME, (&side, &came, ticket.as_ref()))?;
    Ok(came.id)
}
