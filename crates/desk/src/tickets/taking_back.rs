//! Answers that are taken back before they go out: what they did to their ticket.

use kit::db::Tx;
use tandem_core::actor::Actor;

use super::changing::{keep_undone, without};
use super::{
    Change, Field, Message, MessageId, MessageKind, Status, Ticket, TicketError, history, must_be_there,
    store,
};

/// Takes back what an answer did to its ticket, once its mail is taken back: the ticket is as far as it was, unless somebody has
/// brought it further, and the answer counts neither as one nor as the first response. What is no answer did nothing.
///
/// # Errors
/// The database's.
pub(crate) fn take_back(tx: &mut Tx<'_>, actor: &Actor, id: MessageId) -> Result<(), TicketError> {
    let workspace = actor.workspace;
    let found = history::store::find_message(tx, workspace, id)?;
    let Some(answer) = found.filter(|message| message.kind == MessageKind::Reply) else {
        return Ok(());
    };
    let Some(before) = store::find(tx, workspace, answer.ticket)? else {
        return Ok(());
    };
    let act = done_with(tx, actor, &before, &answer)?;
    let mut after = without(tx, actor, &before, &act)?;
    after.replies = (before.replies - 1).max(0);
    if before.replied_at == Some(answer.written_at) {
        // Where one of us wrote first, the second answer is the first response.
        let first = usize::from(before.is_ours);
        let left = history::store::first_answers(tx, workspace, before.id, 2)?;
        after.replied_at = left.get(first).copied();
    }
    keep_undone(tx, actor, (&before, &mut after), &act)?;
    Ok(())
}

/// How far the ticket came with an answer, as long as all of it stands and can be taken back.
fn done_with(
    tx: &mut Tx<'_>,
    actor: &Actor,
    now: &Ticket,
    answer: &Message,
) -> Result<Vec<Change>, TicketError> {
    let moment = (now.id, answer.written_at);
    let mut act = history::store::of_act(tx, actor.workspace, moment, &answer.author)?;
    act.retain(|done| matches!(done.field, Field::Status | Field::Snooze) && done.undoes.is_none());
    let stands = act.iter().all(|done| now.value(done.field) == done.after);
    if now.status == Status::Merged || now.status.is_apart() || !stands {
        return Ok(Vec::new());
    }
    let after = without(tx, actor, now, &act)?;
    match must_be_there(tx, actor, &after, Field::Status) {
        Ok(()) => Ok(act),
        Err(TicketError::Db(error)) => Err(error.into()),
        // The status from before is gone.
        Err(_) => Ok(Vec::new()),
    }
}
