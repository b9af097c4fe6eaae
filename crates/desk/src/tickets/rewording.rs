//! What somebody wrote from outside is understood anew: the same message has better words.

use kit::db::Tx;
use serde_json::json;
use tandem_core::actor::Actor;

use super::{
    MessageId, MessageKind, REWORDED, TicketError, connections, history, keep, model, record, store,
};

/// Gives what came from outside other words; whether they were others. What agents wrote, and what was erased, stays as it
/// is, and so does everything else of the ticket.
///
/// # Errors
/// [`TicketError`] for words that do not fit, or the database's.
pub(crate) fn reword(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MessageId,
    words: &str,
) -> Result<bool, TicketError> {
    let workspace = actor.workspace;
    let found = history::store::find_message(tx, workspace, id)?;
    let Some(message) = found.filter(|message| message.kind == MessageKind::Inbound) else {
        return Ok(false);
    };
    let words = model::body(words)?;
    if message.body == words || message.body.is_empty() {
        return Ok(false);
    }
    history::store::set_body(tx, workspace, id, &words)?;
    let (old, new) = (model::preview(&message.body), model::preview(&words));
    let mut showing = vec![
        message.ticket,
        connections::survivor(tx, workspace, message.ticket)?,
    ];
    showing.dedup();
    for ticket in showing {
        let Some(before) = store::find(tx, workspace, ticket)? else {
            continue;
        };
        let mut after = before.clone();
        if before.preview == old && new != old {
            after.preview.clone_from(&new);
            keep(tx, workspace, &before, &mut after)?;
        }
        record(tx, actor, &REWORDED, &after, json!({ "message": id }))?;
    }
    Ok(true)
}
