//! What a form holds is written once, however often it is sent.

use kit::db::Tx;
use tandem_core::actor::Actor;

use super::{Entry, Side, SideError, store};
use crate::outbox;
use crate::tickets::sending::{self, FormId};
use crate::tickets::{Message, MessageKind};

/// Writes what a form holds. The same form sent again gives what it became, unless that was taken back: then it is written anew.
///
/// # Errors
/// As of `write`.
pub(super) fn once(
    tx: &mut Tx<'_>,
    actor: &Actor,
    form: Option<FormId>,
    write: impl FnOnce(&mut Tx<'_>) -> Result<(Side, Entry), SideError>,
) -> Result<(Side, Entry), SideError> {
    let Some(form) = form else {
        return write(tx);
    };
    if let Some(known) = sending::kept(tx, actor, form)?
        && outbox::taken_back(tx, actor.workspace, &[known])?.is_empty()
    {
        let entry = store::find_entry(tx, actor.workspace, known)?.ok_or(SideError::Unknown)?;
        let side = store::find(tx, actor.workspace, entry.side)?.ok_or(SideError::Unknown)?;
        return Ok((side, entry));
    }
    let (side, entry) = write(tx)?;
    // Forms are kept with what stands for a message.
    let stands_for = Message {
        id: entry.id,
        ticket: side.ticket,
        kind: MessageKind::Note,
        author: entry.author.clone(),
        contact: None,
        body: String::new(),
        written_at: entry.written_at,
    };
    sending::keep(tx, actor.workspace, form, &stands_for)?;
    Ok((side, entry))
}
