//! What somebody wrote is understood anew: the same message has better words.

use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;

use super::{EntryKind, REWORDED, store, tell};
use crate::tickets::MessageId;

/// Gives what came other words; whether they were others. What was erased stays so.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn reword(tx: &mut Tx<'_>, actor: &Actor, id: MessageId, words: &str) -> Result<bool, DbError> {
    let workspace = actor.workspace;
    let Some(mut entry) = store::find_entry(tx, workspace, id)? else {
        return Ok(false);
    };
    if entry.kind != EntryKind::Came || entry.body.is_empty() || entry.body == words {
        return Ok(false);
    }
    store::set_body(tx, workspace, id, words)?;
    words.clone_into(&mut entry.body);
    if let Some(side) = store::find(tx, workspace, entry.side)? {
        tell(tx, actor, &REWORDED, (&side, &entry, None))?;
    }
    Ok(true)
}
