//! Fields that take another value, and taking that back.

use kit::clock::Timestamp;
use kit::db::Tx;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::events;
use tandem_core::permissions::Permission;

use super::{
    CHANGED, Change, ChangeId, Field, REOPENED, SOLVED, Status, Ticket, TicketError, TicketId, history, keep,
    must_be_there, record, store,
};

/// Gives fields of a ticket other values, written as [`Ticket::value`] writes them; those that stand there already leave
/// no change. Gives the ticket and the changes.
///
/// # Errors
/// [`TicketError`] for a missing permission, a value that does not fit, or a ticket, account, contact, agent or team of
/// no or another workspace.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    values: &[(Field, String)],
) -> Result<(Ticket, Vec<Change>), TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let before = store::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    let (mut after, now) = (before.clone(), tx.now());
    for (field, value) in values {
        after.set(*field, value, now)?;
        if *field == Field::Snooze && after.snoozed_until.is_some_and(|until| until <= now) {
            return Err(TicketError::BadSnooze);
        }
        if after.value(*field) != before.value(*field) {
            must_be_there(tx, actor, &after, *field)?;
        }
    }
    let changes = settle(tx, actor, &before, &mut after)?;
    Ok((after, changes))
}

/// Takes a change back: the field has its old value again. Gives the ticket and the change that did it.
///
/// # Errors
/// [`TicketError::ChangedMeanwhile`] when the field has another value by now; as of [`change`].
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: ChangeId) -> Result<(Ticket, Vec<Change>), TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let done = history::store::find_change(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    let before = store::find(tx, actor.workspace, done.ticket)?.ok_or(TicketError::Unknown)?;
    if before.value(done.field) != done.after {
        return Err(TicketError::ChangedMeanwhile);
    }
    let (mut after, now) = (before.clone(), tx.now());
    after.set(done.field, &done.before, now)?;
    if done.field == Field::Status {
        unsolve(&mut after, &done, now);
    }
    if after.snoozed_until.is_some_and(|until| until <= now) {
        after.snoozed_until = None;
    }
    let changes = settle(tx, actor, &before, &mut after)?;
    Ok((after, changes))
}

/// A solving that is taken back was none: it does not count as coming back, nor as the first time.
fn unsolve(ticket: &mut Ticket, done: &Change, now: Timestamp) {
    if done.after == Status::Solved.as_str() {
        ticket.reopenings -= 1;
        if ticket.first_solved_at == Some(done.at) {
            ticket.first_solved_at = None;
        }
    } else if done.before == Status::Solved.as_str() {
        // A coming back that is taken back was none either.
        ticket.reopenings = (ticket.reopenings - 1).max(0);
        ticket.solved_at = ticket.first_solved_at.or(Some(now));
    }
}

/// Stores what is different between two states of a ticket, with a change for each field, and tells of it.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Ticket,
    after: &mut Ticket,
) -> Result<Vec<Change>, TicketError> {
    let now = tx.now();
    let mut changes = Vec::new();
    for field in Field::ALL {
        let (old, new) = (before.value(*field), after.value(*field));
        if old == new {
            continue;
        }
        changes.push(Change {
            id: tx.new_id(),
            ticket: after.id,
            field: *field,
            before: old,
            after: new,
            author: actor.signature(),
            at: now,
        });
    }
    if before == after {
        return Ok(changes);
    }
    keep(tx, actor.workspace, before, after)?;
    for change in &changes {
        history::store::insert_change(tx, actor.workspace, change)?;
        // A subject is words of a person, who may be erased; events are not.
        let payload = match change.field {
            Field::Subject => json!({ "field": change.field }),
            field => json!({ "field": field, "before": change.before, "after": change.after }),
        };
        record(tx, actor, &CHANGED, after, payload)?;
    }
    if let Some(kind) = turning(before, after) {
        record(tx, actor, kind, after, json!({}))?;
    }
    Ok(changes)
}

/// The event of a ticket that was solved or came back.
fn turning(before: &Ticket, after: &Ticket) -> Option<&'static events::Kind> {
    match (before.status == Status::Solved, after.status == Status::Solved) {
        (false, true) => Some(&SOLVED),
        (true, false) => Some(&REOPENED),
        _ => None,
    }
}
