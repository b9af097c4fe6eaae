//! Taking a draft over: what somebody has begun goes on as another's. Whose it was is told, and can have their words back for a day.

use kit::clock::Timestamp;
use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::permissions::Permission;

use super::super::{LONGEST, TicketError, TicketId, formatted};
use super::{Draft, both, joined, must_stand, place, store, tell};

/// Moves what another agent has begun in a ticket behind what the actor has begun there.
///
/// # Errors
/// [`TicketError::Unknown`] where they have begun nothing, or the actor would take their own; [`TicketError::BadBody`] where both are
/// too much together; as of [`super::save`].
pub fn take_over(tx: &mut Tx<'_>, actor: &Actor, id: TicketId, from: AgentId) -> Result<Draft, TicketError> {
    let (ticket, agent) = place(tx, actor, id)?;
    must_stand(tx, actor.workspace, &ticket)?;
    let standing = |draft: &Draft| draft.discarded_at.is_none();
    let theirs = store::find(tx, actor.workspace, id, from)?.filter(standing);
    let theirs = theirs.filter(|_| from != agent).ok_or(TicketError::Unknown)?;
    let mine = store::find(tx, actor.workspace, id, agent)?.filter(standing);
    let now = tx.now();
    let mut draft = Draft {
        agent,
        saved_at: now,
        ..theirs.clone()
    };
    if let Some(mine) = mine {
        draft.html = formatted::joined(both(&mine), both(&theirs));
        (draft.kind, draft.body) = joined(&mine, theirs.kind, &theirs.body);
        draft.begun_at = mine.begun_at;
    }
    if draft.body.chars().count() > LONGEST {
        return Err(TicketError::BadBody);
    }
    store::put(tx, actor.workspace, &draft)?;
    let gone = Draft {
        discarded_at: Some(now),
        taken_by: Some(actor.signature()),
        ..theirs
    };
    store::put(tx, actor.workspace, &gone)?;
    tell(tx, actor, &ticket)?;
    Ok(draft)
}

/// Who took over what the actor had begun in a ticket, and when, as long as they can have it back and have not begun anew.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn taken(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
) -> Result<Option<(String, Timestamp)>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let Some(agent) = actor.agent() else {
        return Ok(None);
    };
    let found = store::find(tx, actor.workspace, id, agent)?;
    Ok(found.and_then(|draft| Some((draft.taken_by?, draft.discarded_at?))))
}
