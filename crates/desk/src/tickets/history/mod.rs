//! What was written and changed in a ticket, as it happened.

mod changed;
pub(super) mod store;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{Change, Message, MessageId, TicketError, TicketId, connections};

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
    let mut found = of_whole(tx, actor.workspace, (id, before), limit)?;
    found.reverse();
    Ok(found)
}

/// The newest messages of a ticket and of what is merged into it, the newest first.
pub(super) fn newest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TicketId,
    limit: i64,
) -> Result<Vec<Message>, DbError> {
    of_whole(tx, workspace, (id, None), limit)
}

/// The ids of the messages before one, the newest `limit`, the newest first.
pub(super) fn ids_before(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (id, before): (TicketId, MessageId),
    limit: i64,
) -> Result<Vec<MessageId>, DbError> {
    let mut found = Vec::new();
    for part in connections::parts(tx, workspace, id)? {
        found.extend(store::ids_before(tx, workspace, (part, before), limit)?);
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(found)
}

/// A message and what comes after it, up to `limit`, in the order in which it was written.
pub(super) fn from_on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (id, begin): (TicketId, MessageId),
    limit: i64,
) -> Result<Vec<Message>, DbError> {
    let mut found = Vec::new();
    for part in connections::parts(tx, workspace, id)? {
        found.extend(store::from_on(tx, workspace, (part, begin), limit)?);
    }
    found.sort_by_key(|message| message.id);
    found.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(found)
}

/// What was changed in a ticket from a moment on, the newest `limit`, in the order in which it was changed.
pub(super) fn changes_since(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (id, since): (TicketId, Timestamp),
    limit: i64,
) -> Result<Vec<Change>, DbError> {
    let mut found = store::changes_since(tx, workspace, (id, since), limit)?;
    found.reverse();
    Ok(found)
}

/// The newest public message of a ticket and of what is merged into it.
pub(super) fn newest_public(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: TicketId,
) -> Result<Option<MessageId>, DbError> {
    let mut newest = None;
    for part in connections::parts(tx, workspace, id)? {
        newest = newest.max(store::newest_public(tx, workspace, part)?);
    }
    Ok(newest)
}

fn of_whole(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (id, before): (TicketId, Option<MessageId>),
    limit: i64,
) -> Result<Vec<Message>, DbError> {
    let mut found = Vec::new();
    for part in connections::parts(tx, workspace, id)? {
        found.extend(store::messages(tx, workspace, part, before, limit)?);
    }
    found.sort_by_key(|message| std::cmp::Reverse(message.id));
    found.truncate(usize::try_from(limit).unwrap_or_default());
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
