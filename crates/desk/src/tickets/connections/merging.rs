//! What a merge does to the two tickets, and what is left when it is taken back.

use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;

use super::super::changing::{keep_quietly, settle};
use super::super::{Field, Status, Ticket, TicketError, drafts, history, model, store as tickets};
use super::{Connection, survivor};

/// The ticket lies on no shelf any more, and the survivor shows the newest of both; it is open again where somebody waits
/// for an answer in the merged one.
pub(super) fn merge(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: Ticket,
    target: Ticket,
) -> Result<(), TicketError> {
    let now = tx.now();
    let mut merged = ticket.clone();
    merged.status = Status::Merged;
    merged.snoozed_until = None;
    keep_quietly(tx, actor, &ticket, &mut merged)?;
    drafts::carry(tx, actor.workspace, (ticket.id, target.id))?;
    let mut after = target.clone();
    if ticket.touched_at > target.touched_at {
        after.preview.clone_from(&ticket.preview);
    }
    after.last_public = target.last_public.max(ticket.last_public);
    after.touched_at = now;
    if ticket.status == Status::Open && target.status != Status::Open {
        after.set(Field::Status, Status::Open.as_str(), now)?;
        after.snoozed_until = None;
    }
    settle(tx, actor, &target, &mut after)?;
    Ok(())
}

/// The ticket is as far as it was, and the survivor shows what is left to it.
pub(super) fn unmerge(tx: &mut Tx<'_>, actor: &Actor, connection: &Connection) -> Result<(), TicketError> {
    let now = tx.now();
    let before = tickets::find(tx, actor.workspace, connection.ticket)?.ok_or(TicketError::Unknown)?;
    let mut after = before.clone();
    after.status = connection.status;
    after.snoozed_until = connection.snoozed_until.filter(|until| *until > now);
    after.touched_at = now;
    keep_quietly(tx, actor, &before, &mut after)?;
    let id = survivor(tx, actor.workspace, connection.other)?;
    let before = tickets::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    let mut after = before.clone();
    look_again(tx, actor, &mut after)?;
    after.touched_at = now;
    settle(tx, actor, &before, &mut after)?;
    Ok(())
}

/// What a ticket shows of its newest messages, read from what is left in it.
pub(super) fn look_again(tx: &mut Tx<'_>, actor: &Actor, ticket: &mut Ticket) -> Result<(), DbError> {
    let newest = history::newest(tx, actor.workspace, ticket.id, 1)?;
    ticket.preview = newest
        .first()
        .map_or_else(String::new, |message| model::preview(&message.body));
    ticket.last_public = history::newest_public(tx, actor.workspace, ticket.id)?;
    Ok(())
}
