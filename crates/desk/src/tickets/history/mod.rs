//! What was written and changed in a ticket, as it happened.

pub(super) mod store;

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::{Change, Message, MessageId, TicketError, TicketId};

/// What was written in a ticket, the newest `limit` messages, in the order in which it was written; before a message
/// where one is named.
///
/// # Errors
/// As of [`find`].
pub fn messages(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<Message>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let mut found = store::messages(tx, actor.workspace, id, before, limit)?;
    found.reverse();
    Ok(found)
}

/// What was changed in a ticket, the newest `limit`, in the order in which it was changed.
///
/// # Errors
/// As of [`find`].
pub fn changes(tx: &mut Tx<'_>, actor: &Actor, id: TicketId, limit: i64) -> Result<Vec<Change>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let mut found = store::changes(tx, actor.workspace, id, limit)?;
    found.reverse();
    Ok(found)
}
