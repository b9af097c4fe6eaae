//! The files of a message that is understood anew: each stays what it is, and none comes twice.

use kit::db::Tx;
use tandem_core::actor::Actor;

use super::{File, MessageId, NewFile, TicketError, keep, remove, store};

/// Brings the files of a message in line with what it carries: one with the same content keeps its row and takes the name, one
/// with the same name and other content is replaced, one that was not there is added. Others stay. Whether anything changed.
///
/// # Errors
/// As of [`keep`].
pub(crate) fn renew(
    tx: &mut Tx<'_>,
    actor: &Actor,
    message: MessageId,
    carried: &[NewFile],
) -> Result<bool, TicketError> {
    let mut left = store::of_message(tx, actor.workspace, message)?;
    let mut has_changed = false;
    for new in carried {
        let name = kit::web::plain_name(&new.name);
        let same = |file: &File| file.content == new.stored.id;
        let exact = left.iter().position(|file| same(file) && file.name == name);
        if let Some(at) = exact.or_else(|| left.iter().position(same)) {
            let file = left.remove(at);
            let is_like =
                file.name == name && file.content_id == new.content_id && file.is_inline == new.is_inline;
            if !is_like && !name.is_empty() {
                store::rename(
                    tx,
                    actor.workspace,
                    file.id,
                    (&name, &new.content_id, new.is_inline),
                )?;
                has_changed = true;
            }
            continue;
        }
        if let Some(at) = left.iter().position(|file| file.name == name) {
            let file = left.remove(at);
            remove(tx, actor.workspace, &file)?;
        }
        keep(tx, actor, new)?;
        has_changed = true;
    }
    Ok(has_changed)
}
