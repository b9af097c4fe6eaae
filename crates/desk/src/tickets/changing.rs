//! Fields that take another value, and taking that back.

use kit::db::Tx;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::events;
use tandem_core::permissions::Permission;

use super::connections::must_stand;
use super::details::rules;
use super::{
    CHANGED, Change, ChangeId, Field, REOPENED, SOLVED, Status, Ticket, TicketError, TicketId, bins, history,
    keep, must_be_there, record, store, unread,
};
use crate::{numbers, statuses};

/// Gives fields of a ticket other values, written as [`Ticket::value`] writes them; those that stand there already leave
/// no change. A status of [`bins`] alone puts it there or takes it out. Gives the ticket and the changes.
///
/// # Errors
/// [`TicketError`] for a missing permission, a value that does not fit, or a ticket, account, contact, agent or team of
/// no or another workspace; [`TicketError::Unanswered`] when an agent solves it with fields empty that are filled in before.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    values: &[(Field, String)],
) -> Result<(Ticket, Vec<Change>), TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let before = store::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    if let Some(wish) = bins::Wish::of(&before, values) {
        return bins::done(tx, actor, before, wish);
    }
    must_stand(tx, actor.workspace, &before)?;
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
    let is_new = after.own != before.own;
    if !statuses::is_there(tx, actor.workspace, after.step(), is_new)? {
        return Err(TicketError::BadStatus);
    }
    if turning(&before, &after) == Some(&SOLVED) {
        rules::must_be_answered(tx, actor, &after)?;
    }
    let changes = settle(tx, actor, &before, &mut after)?;
    Ok((after, changes))
}

/// Takes a change back, with what else was changed in the same act: the fields have their old values again. What is
/// taken back never counted: not as solved, nor as having come back. Gives the ticket and the changes that did it.
///
/// # Errors
/// [`TicketError::ChangedMeanwhile`] when one of the fields has another value by now; as of [`change`], also for an agent,
/// team, account or contact who stood there and is gone.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: ChangeId) -> Result<(Ticket, Vec<Change>), TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let one = history::store::find_change(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    let before = store::find(tx, actor.workspace, one.ticket)?.ok_or(TicketError::Unknown)?;
    if let Some(wish) = bins::Wish::back(&before, &one)? {
        return bins::done(tx, actor, before, wish);
    }
    must_stand(tx, actor.workspace, &before)?;
    let act = history::store::of_act(tx, actor.workspace, (one.ticket, one.at), &one.author)?;
    if act.iter().any(|done| before.value(done.field) != done.after) {
        return Err(TicketError::ChangedMeanwhile);
    }
    let mut after = without(tx, actor, &before, &act)?;
    for done in &act {
        if after.value(done.field) != before.value(done.field) {
            must_be_there(tx, actor, &after, done.field)?;
        }
    }
    let changes = keep_undone(tx, actor, (&before, &mut after), &act)?;
    Ok((after, changes))
}

/// A ticket as it would be without an act: its fields have the values from before.
pub(super) fn without(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Ticket,
    act: &[Change],
) -> Result<Ticket, TicketError> {
    let (mut after, now) = (before.clone(), tx.now());
    for done in act {
        after.set(done.field, &done.before, now)?;
        if done.field == Field::Status {
            let solving = history::store::last_solving(tx, actor.workspace, before.id)?;
            after.unsolve(done, solving, now);
        }
    }
    if after.snoozed_until.is_some_and(|until| until <= now) {
        after.snoozed_until = None;
    }
    Ok(after)
}

/// Stores a ticket [`without`] an act; each change names the one that it takes back.
pub(super) fn keep_undone(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (before, after): (&Ticket, &mut Ticket),
    act: &[Change],
) -> Result<Vec<Change>, TicketError> {
    let mut changes = differences(tx, actor, before, after);
    for change in &mut changes {
        change.undoes = act
            .iter()
            .find(|done| done.field == change.field)
            .map(|done| done.id);
    }
    keep_changes(tx, actor, before, after, &changes)?;
    Ok(changes)
}

/// Stores what is different between two states of a ticket, with a change for each field, and tells of it.
pub(super) fn settle(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Ticket,
    after: &mut Ticket,
) -> Result<Vec<Change>, TicketError> {
    statuses::stand_for(tx, actor.workspace, Some(before), after)?;
    let changes = differences(tx, actor, before, after);
    keep_changes(tx, actor, before, after, &changes)?;
    if let Some(kind) = turning(before, after) {
        record(tx, actor, kind, after, json!({}))?;
    }
    Ok(changes)
}

/// The same without telling that it was solved or came back: it was neither.
pub(super) fn keep_quietly(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Ticket,
    after: &mut Ticket,
) -> Result<(), TicketError> {
    let changes = differences(tx, actor, before, after);
    keep_changes(tx, actor, before, after, &changes)
}

pub(super) fn differences(tx: &Tx<'_>, actor: &Actor, before: &Ticket, after: &Ticket) -> Vec<Change> {
    let mut changes = Vec::new();
    for field in Field::ALL {
        let (old, new) = (before.value(*field), after.value(*field));
        if old != new {
            changes.push(Change {
                id: tx.new_id(),
                ticket: after.id,
                field: *field,
                before: old,
                after: new,
                author: actor.signature(),
                at: tx.now(),
                undoes: None,
            });
        }
    }
    changes
}

pub(super) fn keep_changes(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: &Ticket,
    after: &mut Ticket,
    changes: &[Change],
) -> Result<(), TicketError> {
    if before == after {
        return Ok(());
    }
    keep(tx, actor.workspace, before, after)?;
    for change in changes {
        history::store::insert_change(tx, actor.workspace, change)?;
        if change.field == Field::Agent {
            unread::given(tx, actor, after.id, after.agent)?;
        }
        record(tx, actor, &CHANGED, after, facts(change))?;
    }
    // It looks at the changes too, so it comes after them.
    numbers::follow(tx, actor.workspace, after)?;
    Ok(())
}

/// What is told of a change. A subject is words of a person, who may be erased; events are not.
pub(super) fn facts(change: &Change) -> serde_json::Value {
    match change.field {
        Field::Subject => json!({ "field": change.field }),
        field => json!({ "field": field, "before": change.before, "after": change.after }),
    }
}

/// The event of a ticket that was solved or came back.
pub(super) fn turning(before: &Ticket, after: &Ticket) -> Option<&'static events::Kind> {
    match (before.status == Status::Solved, after.status == Status::Solved) {
        (false, true) => Some(&SOLVED),
        (true, false) => Some(&REOPENED),
        _ => None,
    }
}
