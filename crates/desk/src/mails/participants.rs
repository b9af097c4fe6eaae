//! What the decision where a mail belongs asks of the rows.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use mail::threading::{Inbox, Participation};
use tandem_core::actor::Actor;
use tandem_core::contacts::identities;

use super::{Mail, State, answers, store};
use crate::mailboxes::MailboxId;
use crate::participants;
use crate::sides;
use crate::tickets::{self, TicketId, connections};

/// Mails of a ticket that are asked for who takes part in it.
const MOST: i64 = 200;

/// The rows, asked in the order of the evidence. A failure of the database is kept and ends the asking.
pub(super) struct Rows<'r, 't> {
    pub(super) tx: &'r mut Tx<'t>,
    pub(super) actor: &'r Actor,
    pub(super) mailbox: MailboxId,
    pub(super) failure: Option<DbError>,
}

impl Rows<'_, '_> {
    fn kept<T>(&mut self, result: Result<T, DbError>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.failure.get_or_insert(error);
                None
            }
        }
    }

    fn takes_part(&mut self, ticket: TicketId, address: &str) -> Result<bool, DbError> {
        let workspace = self.actor.workspace;
        for mail in super::of_whole(self.tx, workspace, ticket, MOST)? {
            let is_in = answers::brings(&mail, address);
            // A stranger does not bring others in.
            if is_in && !mail.is_stranger && mail.state == State::Placed {
                return Ok(true);
            }
        }
        let added = participants::standing(self.tx, workspace, ticket)?;
        if added
            .iter()
            .any(|one| crate::mailboxes::folded(&one.address) == address)
        {
            return Ok(true);
        }
        for part in connections::parts(self.tx, workspace, ticket)? {
            let Some(contact) = contact_of(self.tx, self.actor, part)? else {
                continue;
            };
            let known = identities::of(self.tx, self.actor, contact).unwrap_or_default();
            let is_it = |value: &str| crate::mailboxes::folded(value) == address;
            if known.iter().any(|identity| is_it(&identity.value)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn contact_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: TicketId,
) -> Result<Option<tandem_core::contacts::ContactId>, DbError> {
    match tickets::find(tx, actor, ticket) {
        Ok(ticket) => Ok(ticket.and_then(|ticket| ticket.contact)),
        Err(tickets::TicketError::Db(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

impl Inbox for Rows<'_, '_> {
    fn by_message_id(&mut self, identifier: &str) -> Option<[u8; 16]> {
        if self.failure.is_some() {
            return None;
        }
        let found = store::identified(self.tx, self.actor.workspace, self.mailbox, identifier);
        let mails = self.kept(found)?;
        let side = |mail: &Mail| mail.side.map(|side| *side.uuid().as_bytes());
        let ticket = |mail: &Mail| mail.ticket.map(|ticket| *ticket.uuid().as_bytes());
        mails.iter().find_map(|mail| side(mail).or_else(|| ticket(mail)))
    }

    fn standing(&mut self, conversation: [u8; 16]) -> Option<[u8; 16]> {
        if self.failure.is_some() {
            return None;
        }
        let side = sides::named(self.tx, self.actor.workspace, conversation);
        if self.kept(side)?.is_some() {
            return Some(conversation);
        }
        let id = TicketId::from_uuid(Uuid::from_bytes(conversation));
        let found = match tickets::find(self.tx, self.actor, id) {
            Err(tickets::TicketError::Db(error)) => Err(error),
            Err(_) => Ok(None),
            Ok(ticket) => Ok(ticket),
        };
        self.kept(found)??;
        // What answers a merged ticket belongs where that one is shown.
        let survivor = connections::survivor(self.tx, self.actor.workspace, id);
        self.kept(survivor).map(|id| *id.uuid().as_bytes())
    }

    fn participation(&mut self, conversation: [u8; 16], address: &str) -> Participation {
        let id = TicketId::from_uuid(Uuid::from_bytes(conversation));
        let address = crate::mailboxes::folded(address);
        let found = match sides::named(self.tx, self.actor.workspace, conversation) {
            Ok(Some(side)) => sides::takes_part(self.tx, self.actor.workspace, side.id, &address),
            Ok(None) => self.takes_part(id, &address),
            Err(error) => Err(error),
        };
        match self.kept(found) {
            Some(true) => Participation::Participant,
            _ => Participation::Stranger,
        }
    }
}
