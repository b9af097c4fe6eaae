//! What is said in a conversation: by which form its first message came, and that nobody has verified the address.

use kit::db::Tx;
use kit::i18n::Text;
use tandem_core::actor::Actor;
use tandem_core::touchpoints::Channel;

use super::store;
use crate::tickets::marks::Mark;
use crate::tickets::{MessageId, Ticket, TicketError};

/// Says it below the message that came by a form.
///
/// # Errors
/// [`TicketError::Db`]
pub fn say(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    ticket: &Ticket,
    messages: &[MessageId],
) -> Result<Vec<Mark>, TicketError> {
    if ticket.channel != Channel::Web {
        return Ok(Vec::new());
    }
    let Some((form, Some(message))) = store::of_ticket(tx, actor.workspace, ticket.id)? else {
        return Ok(Vec::new());
    };
    let Some(form) = store::find(tx, actor.workspace, form)?.filter(|_| messages.contains(&message)) else {
        return Ok(Vec::new());
    };
    let said = t.say_with("forms-mark", kit::args!(name = form.text.title.as_str()));
    Ok(vec![Mark::new(message, "globe", said)])
}
