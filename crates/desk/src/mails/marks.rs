//! What is said below a message that came by mail: why it is here, and where it stands as it was sent.

use kit::db::Tx;
use kit::i18n::Text;
use tandem_core::actor::Actor;

use super::store;
use crate::tickets::marks::Mark;
use crate::tickets::{MessageId, Ticket, TicketError};

/// Says it of these messages of a ticket.
///
/// # Errors
/// [`TicketError::Db`]
pub fn say(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    _ticket: &Ticket,
    messages: &[MessageId],
) -> Result<Vec<Mark>, TicketError> {
    let mut marks = Vec::new();
    for mail in store::of_messages(tx, actor.workspace, messages)? {
        let Some(message) = mail.message else { continue };
        let why = if mail.clue.is_empty() {
            t.say("mails-why-first")
        } else {
            t.say(&format!("mails-clue-{}", mail.clue.replace('_', "-")))
        };
        let mut mark = Mark::new(message, "mail", why);
        if mail.is_stranger {
            mark.tone = "warn";
            mark.text = t.say("mails-stranger");
        }
        mark.links
            .push((t.say("mails-look"), format!("/mails/{}", mail.id)));
        marks.push(mark);
    }
    Ok(marks)
}
