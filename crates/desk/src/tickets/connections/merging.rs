//! What a merge does to the two tickets, and what is left when it is taken back.

use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;

use super::super::changing::{keep_quietly, keep_undone, settle, without};
use super::super::{
    Change, Field, Status, Step, Ticket, TicketError, drafts, files, followers, history, model, scheduled,
    store as tickets,
};
use super::{Connection, survivor};
use crate::statuses::StatusId;

/// How many changes of a merged ticket are looked through for the one that merged it.
const CHANGES: i64 = 100;

/// The ticket lies on no shelf any more, and the survivor shows the newest of both; it is open again where somebody waits
/// for an answer in the merged one. Who follows the one follows the other, and what is begun in it goes on there.
pub(super) fn merge(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: Ticket,
    target: Ticket,
) -> Result<(), TicketError> {
    let now = tx.now();
    let mut merged = ticket.clone();
    (merged.status, merged.own) = (Status::Merged, None);
    merged.snoozed_until = None;
    keep_quietly(tx, actor, &ticket, &mut merged)?;
    let pair = (ticket.id, target.id);
    drafts::carry(tx, actor.workspace, pair)?;
    files::carry(tx, actor.workspace, pair)?;
    scheduled::carry(tx, actor.workspace, pair)?;
    followers::carry(tx, actor.workspace, pair)?;
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

/// The ticket is as far as it was, and so is the survivor, unless somebody wrote to or from the customer since or brought it
/// further; it shows what is left to it.
pub(super) fn unmerge(tx: &mut Tx<'_>, actor: &Actor, connection: &Connection) -> Result<(), TicketError> {
    let now = tx.now();
    let before = tickets::find(tx, actor.workspace, connection.ticket)?.ok_or(TicketError::Unknown)?;
    let mut after = before.clone();
    (after.status, after.own) = (connection.status, own_before(tx, actor, connection)?);
    after.snoozed_until = connection.snoozed_until.filter(|until| *until > now);
    after.touched_at = now;
    keep_quietly(tx, actor, &before, &mut after)?;
    followers::give_back(tx, actor.workspace, (connection.ticket, connection.other))?;
    scheduled::give_back(tx, actor.workspace, connection.ticket)?;
    let id = survivor(tx, actor.workspace, connection.other)?;
    let before = tickets::find(tx, actor.workspace, id)?.ok_or(TicketError::Unknown)?;
    let act = done_by(tx, actor, connection, &before)?;
    let mut after = without(tx, actor, &before, &act)?;
    look_again(tx, actor, &mut after)?;
    after.touched_at = now;
    keep_undone(tx, actor, (&before, &mut after), &act)?;
    Ok(())
}

/// The workspace's own status that the ticket had before the merge.
fn own_before(tx: &mut Tx<'_>, actor: &Actor, connection: &Connection) -> Result<Option<StatusId>, DbError> {
    let changes = history::store::changes(tx, actor.workspace, connection.ticket, CHANGES)?;
    let merging = changes
        .into_iter()
        .find(|change| change.field == Field::Status && change.after == Status::Merged.as_str());
    let step = merging.and_then(|change| change.before.parse::<Step>().ok());
    let step = step.filter(|step| step.status == connection.status);
    Ok(step.and_then(|step| step.own))
}

/// What a merge changed in the survivor and can be taken back: nothing public came since, and all of it stands.
fn done_by(
    tx: &mut Tx<'_>,
    actor: &Actor,
    connection: &Connection,
    now: &Ticket,
) -> Result<Vec<Change>, DbError> {
    let newest = match now.last_public {
        Some(id) => history::store::find_message(tx, actor.workspace, id)?,
        None => None,
    };
    let is_older = newest.is_none_or(|message| message.written_at <= connection.made_at);
    if now.id != connection.other || !is_older {
        return Ok(Vec::new());
    }
    let moment = (now.id, connection.made_at);
    let act = history::store::of_act(tx, actor.workspace, moment, &connection.author)?;
    let stands = act.iter().all(|done| now.value(done.field) == done.after);
    Ok(if stands { act } else { Vec::new() })
}

/// What a ticket shows of its newest messages, read from what is left in it.
pub(in super::super) fn look_again(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: &mut Ticket,
) -> Result<(), DbError> {
    let newest = history::newest(tx, actor.workspace, ticket.id, 1)?;
    ticket.preview = newest
        .first()
        .map_or_else(String::new, |message| model::preview(&message.body));
    ticket.last_public = history::newest_public(tx, actor.workspace, ticket.id)?;
    Ok(())
}
