//! Mails that belong to a side conversation: what others answer about a ticket, which its customer never sees.

mod store;

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use mail::threading::{Decision, Participation};
use tandem_core::actor::Actor;
use tandem_core::contacts::identities::{self, NewIdentity};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::placing::{Unplaced, actor, body, is_by_hand, learn, ticket_of};
use super::understanding::Understood;
use super::{Mail, State, carrying};
use crate::sides::{self, Answer, Side};
use crate::tickets::{self, Ticket, TicketId};

pub(super) use store::of_side;

/// The side conversation that a decision leads to.
pub(super) fn led(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    decision: &Decision,
) -> Result<Option<Side>, DbError> {
    match decision.conversation {
        Some(conversation) => sides::named(tx, workspace, conversation),
        None => Ok(None),
    }
}

/// A message in a side conversation. Whoever wrote it becomes no contact by it.
pub(super) fn joined(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mut mail: Mail,
    read: &Understood,
    (side, decision): (&Side, &Decision),
) -> Result<Mail, Unplaced> {
    let actor = actor(workspace);
    let body = body(read);
    let answer = Answer {
        sender: &mail.reading.sender,
        sender_name: &mail.reading.sender_name,
        body: &body,
        is_automatic: !is_by_hand(read.nature),
        is_stranger: decision.writer == Participation::Stranger,
    };
    let message = sides::take_in(tx, &actor, side, &answer)?;
    carrying::keep(tx, &actor, (side.ticket, message), &read.carried)?;
    if let Ok(identity) = NewIdentity::email(&mail.reading.sender).checked() {
        let known = identities::who_is(tx, workspace, &identity)?;
        mail.contact = known.map(|contact| contact.root);
    }
    mail.state = State::Placed;
    (mail.side, mail.message) = (Some(side.id), Some(message));
    learn(&mut mail, decision);
    Ok(mail)
}

/// The ticket that a decision leads to, not to a side conversation: old mail belongs to tickets alone.
pub(super) fn to_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    decision: &Decision,
) -> Result<Option<TicketId>, DbError> {
    let is_aside = led(tx, workspace, decision)?.is_some();
    Ok(decision.conversation.filter(|_| !is_aside).map(ticket_of))
}

/// The ticket that a mail belongs to or that its side conversation is about, for where its page stands.
pub(super) fn of_mail(tx: &mut Tx<'_>, actor: &Actor, mail: &Mail) -> Result<Option<Ticket>, DbError> {
    if !actor.may(Permission::TicketsRead) {
        return Ok(None);
    }
    let ticket = match (mail.ticket, mail.side) {
        (Some(ticket), _) => Some(ticket),
        (None, Some(side)) => {
            let side = sides::named(tx, actor.workspace, *side.uuid().as_bytes())?;
            side.map(|side| side.ticket)
        }
        (None, None) => None,
    };
    match ticket {
        Some(ticket) => tickets::with_id(tx, actor.workspace, ticket),
        None => Ok(None),
    }
}
