//! What of a ticket is passed on: messages as quoted text, and their files.

use kit::db::Tx;
use tandem_core::actor::Actor;
use tandem_core::contacts;
use tandem_core::permissions::Permission;

use super::{Forward, SideError};
use crate::outbox;
use crate::tickets::files::{self, File};
use crate::tickets::{self, LONGEST, Message, MessageId, TicketError, TicketId};

/// How many messages of a ticket are passed on at most, the newest.
const MESSAGES: i64 = 200;

/// The messages of a ticket that are passed on, and their files. Notes are ours alone, and what was taken back went to nobody: none
/// is.
///
/// # Errors
/// [`SideError::NoMessage`] for one that is not there or a note; a ticket of no or another workspace, a missing permission.
pub fn forwarded(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TicketId,
    which: Forward,
) -> Result<(Vec<Message>, Vec<File>), SideError> {
    actor.must(Permission::TicketsRead)?;
    tickets::find(tx, actor, id)?.ok_or(TicketError::Unknown)?;
    let mut messages = tickets::messages(tx, actor, id, None, MESSAGES)?;
    let ids: Vec<MessageId> = messages.iter().map(|message| message.id).collect();
    let gone = outbox::taken_back(tx, actor.workspace, &ids)?;
    messages.retain(|message| {
        message.kind.is_public() && !message.body.is_empty() && !gone.contains(&message.id)
    });
    match which {
        Forward::All => {}
        Forward::Newest => {
            let before = messages.len().saturating_sub(1);
            messages.drain(..before);
        }
        Forward::One(one) => messages.retain(|message| message.id == one),
    }
    if messages.is_empty() {
        return Err(SideError::NoMessage);
    }
    let is_passed_on = |file: &File| messages.iter().any(|message| file.message == Some(message.id));
    let mut files = files::of_ticket(tx, actor, id)?;
    files.retain(is_passed_on);
    Ok((messages, files))
}

/// Messages as quoted text, each below whose it is and when it was written, in the workspace's language.
///
/// # Errors
/// The database's.
pub fn quoted(tx: &mut Tx<'_>, actor: &Actor, messages: &[Message]) -> Result<String, SideError> {
    let t = contacts::reader(tx, actor.workspace, None)?;
    let mut parts = Vec::new();
    for message in messages {
        let line = outbox::whose_line(tx, actor.workspace, &t, message)?;
        parts.push(format!("{line}\n{}", message.body.trim_end()));
    }
    Ok(parts.join("\n\n").chars().take(LONGEST).collect())
}
