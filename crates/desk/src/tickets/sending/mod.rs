//! Sending what a composer holds, once: a form has an id of its own, and the message that it became is found by it.

mod store;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{Message, MessageId, NewMessage, Ticket, TicketError, TicketId, drafts, history, writing};

kit::id! {
    /// A composer as it was shown once.
    FormId, "tfm"
}

/// Writes what a form holds, and ends the draft of it. The same form sent twice writes once: the second time gives the
/// ticket and the message as they are. What was taken back meanwhile is written anew.
///
/// # Errors
/// As of [`writing::write`].
pub fn send(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, form): (TicketId, Option<FormId>),
    new: &NewMessage,
) -> Result<(Ticket, Message), TicketError> {
    actor.must(Permission::TicketsWrite)?;
    if let Some(form) = form
        && let Some(message) = store::message(tx, actor.workspace, form, &actor.signature())?
        && !history::store::taken_back(tx, actor.workspace, id, message)?.contains(&message)
    {
        let message = history::store::find_message(tx, actor.workspace, message)?;
        let message = message.filter(|message| message.ticket == id);
        let ticket = super::store::find(tx, actor.workspace, id)?;
        return ticket.zip(message).ok_or(TicketError::Unknown);
    }
    let (ticket, message) = writing::write(tx, actor, id, new)?;
    if let Some(form) = form {
        store::insert(tx, actor.workspace, form, &message)?;
    }
    drafts::end(tx, actor, id)?;
    Ok((ticket, message))
}

/// Notes that a form became this message, or what stands for one.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    form: FormId,
    message: &Message,
) -> Result<(), DbError> {
    store::insert(tx, workspace, form, message)
}

/// What the actor's form became: a message, or what stands for one.
pub(crate) fn kept(tx: &mut Tx<'_>, actor: &Actor, form: FormId) -> Result<Option<MessageId>, DbError> {
    store::message(tx, actor.workspace, form, &actor.signature())
}

/// Whether a form was sent.
pub(super) fn was_sent(tx: &mut Tx<'_>, actor: &Actor, form: FormId) -> Result<bool, DbError> {
    Ok(kept(tx, actor, form)?.is_some())
}

/// Forgets forms that were sent before a moment, in all workspaces.
pub(super) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), DbError> {
    store::forget(tx, before)
}
