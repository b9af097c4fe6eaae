//! Sending again what was rejected: an event, or a body of which nothing could be taken.

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::DebugError;
use crate::usage::log::refusals::{self, Refusal, RefusalId};
use crate::usage::log::{self, Batch, Entry};
use crate::usage::protocol::taking::take_again;
use crate::usage::protocol::{Call, Reason, Refused, again, read, said};

/// What became of what was sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replayed {
    /// So many events were taken, and that is all of them.
    Taken(usize),
    /// One with its id is in the log already: nothing was added.
    Known,
    /// So many events of a body were taken, and so many stand by themselves among the rejected now.
    Part(usize, usize),
}

/// Sends something rejected again, as it is written now: it is taken as if it had come now, with the times it has.
///
/// # Errors
/// [`DebugError::Refused`] with what is wrong with it now; [`DebugError::Settled`] when it was sent again before.
pub fn replay(tx: &mut Tx<'_>, actor: &Actor, id: RefusalId, text: &str) -> Result<Replayed, DebugError> {
    actor.must(Permission::UsageWrite)?;
    let refusal = super::find(tx, actor, id)?;
    if refusal.settled.is_some() {
        return Err(DebugError::Settled);
    }
    let by = actor.signature();
    send(tx, (actor.workspace, by.as_str()), &refusal, text)
}

/// The same in somebody's name.
pub(super) fn send(
    tx: &mut Tx<'_>,
    (workspace, by): (WorkspaceId, &str),
    refusal: &Refusal,
    text: &str,
) -> Result<Replayed, DebugError> {
    if refusal.reason.is_of_body()
        && let Some((items, sent)) = again(text).map_err(|reason| DebugError::Refused(whole(reason, text)))?
    {
        settle(tx, (workspace, by), refusal.id)?;
        let place = (workspace, refusal.source);
        let outcome = take_again(tx, place, &items, (refusal.received, sent.or(refusal.sent)))?;
        return Ok(match (outcome.accepted, outcome.refused.len()) {
            (0, 0) => Replayed::Known,
            (taken, 0) => Replayed::Taken(taken),
            (taken, refused) => Replayed::Part(taken, refused),
        });
    }
    let call = call_of(refusal, text);
    let event = read(text, 0, call, (refusal.received, refusal.sent)).map_err(DebugError::Refused)?;
    settle(tx, (workspace, by), refusal.id)?;
    let entry = Entry::of(tx.ids(), &event, text);
    let batch = Batch::of(tx.now(), vec![entry]);
    match log::append(tx, workspace, refusal.source, &batch)? {
        0 => Ok(Replayed::Known),
        taken => Ok(Replayed::Taken(taken)),
    }
}

fn settle(tx: &mut Tx<'_>, (workspace, by): (WorkspaceId, &str), id: RefusalId) -> Result<(), DebugError> {
    match refusals::settle(tx, workspace, id, by)? {
        true => Ok(()),
        false => Err(DebugError::Settled),
    }
}

/// The call that a rejected event is by its address, unless somebody wrote another into it; none where it says so itself.
fn call_of(refusal: &Refusal, text: &str) -> Option<Call> {
    match said(text) {
        now @ Some(_) if now != said(&refusal.body) => now,
        now => Call::named(&refusal.call).or(now),
    }
}

/// Why a body can't be taken still.
fn whole(reason: Reason, text: &str) -> Box<Refused> {
    Box::new(Refused {
        index: 0,
        call: String::new(),
        message: None,
        reason,
        about: String::new(),
        body: text.to_owned(),
    })
}
