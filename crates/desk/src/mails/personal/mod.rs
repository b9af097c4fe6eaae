//! What mails keep of persons: for them to take along, and to be forgotten.

mod store;

use kit::blob;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::erasing::Holding;
use tandem_core::contacts::identities::{self, Kind};
use tandem_core::contacts::{ContactError, ContactId};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::placing::actor;
use super::{Mail, Reading, State, answers, old, senders, store as rows};
use crate::mailboxes::folded;
use crate::tickets::{self, TicketId};

/// Mails that a person wrote.
pub const HOLDS: Holding = Holding {
    name: "mails",
    needs: Permission::TicketsRead,
    export,
    forget,
};

fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let mails = of_person(tx, actor.workspace, contact)?;
    let exported = mails.iter().map(|mail| {
        json!({
            "message_id": mail.arrival.message_id, "arrived_at": mail.arrival.arrived_at.0, "sender": mail.reading.sender,
            "sender_name": mail.reading.sender_name, "subject": mail.reading.subject, "size": mail.arrival.size,
        })
    });
    Ok(exported.collect())
}

/// What a person wrote: with it what came from their addresses and was held back, so that it is nobody's, and what one of us sent
/// them from elsewhere, which quotes them.
fn of_person(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<Vec<Mail>, DbError> {
    let mut mails = rows::of_contact(tx, workspace, contact)?;
    let (tickets, _) = tickets::of_person(tx, workspace, contact)?;
    let asked = tickets.into_iter().filter(|(_, is_theirs)| *is_theirs);
    let asked: Vec<TicketId> = asked.map(|(id, _)| id).collect();
    mails.extend(store::sent_in(tx, workspace, &asked)?);
    for address in addresses(tx, workspace, contact)? {
        let address = folded(&address);
        mails.extend(rows::of_sender(tx, workspace, &address)?);
        let named = store::sent_naming(tx, workspace, &address)?.into_iter();
        mails.extend(named.filter(|mail| answers::words(&mail.reading.people).contains(&address)));
    }
    mails.sort_by_key(|mail| mail.id);
    mails.dedup_by_key(|mail| mail.id);
    Ok(mails)
}

/// The addresses that a person is known by, as they were written down.
pub(crate) fn addresses(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Vec<String>, DbError> {
    let known = match identities::of(tx, &actor(workspace), contact) {
        Ok(known) => known,
        Err(ContactError::Db(error)) => return Err(error),
        Err(_) => Vec::new(),
    };
    let mails = known.into_iter().filter(|one| one.kind == Kind::Email);
    Ok(mails.map(|one| one.value).collect())
}

/// Takes away their words, their names and their raw mails, what was decided about their addresses, and files of old mail in
/// which they may be; that a mail came stays.
fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let mails = of_person(tx, actor.workspace, contact)?;
    let count = mails.len();
    for mut mail in mails {
        if let Some(raw) = mail.arrival.blob.take() {
            blob::unlink(tx, actor.workspace.uuid(), raw, &mail.id.to_string())?;
        }
        mail.reading = Reading::default();
        mail.arrival.message_id.clear();
        mail.clue_text.clear();
        rows::update(tx, actor.workspace, &mail)?;
        rows::forget_arrival(tx, actor.workspace, mail.id)?;
    }
    let known = addresses(tx, actor.workspace, contact)?;
    let known: Vec<String> = known.iter().map(|address| folded(address)).collect();
    for address in &known {
        senders::forget(tx, actor.workspace, address)?;
    }
    old::forgetting::forget(tx, actor, &known)?;
    Ok(count)
}

/// Takes away what the mails of a ticket said, with their bytes: the ticket is removed. That they came stays, so that none is
/// fetched again.
pub(crate) fn forget_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<(), DbError> {
    let mut mails = rows::of_ticket(tx, workspace, ticket, i64::MAX)?;
    mails.extend(store::sent_in(tx, workspace, &[ticket])?);
    mails.sort_by_key(|mail| mail.id);
    mails.dedup_by_key(|mail| mail.id);
    for mut mail in mails {
        if let Some(raw) = mail.arrival.blob.take() {
            blob::unlink(tx, workspace.uuid(), raw, &mail.id.to_string())?;
        }
        mail.reading = Reading::default();
        mail.arrival.message_id.clear();
        mail.clue_text.clear();
        (mail.ticket, mail.message, mail.side) = (None, None, None);
        if mail.state == State::Placed {
            mail.state = State::Aside;
        }
        rows::update(tx, workspace, &mail)?;
        rows::forget_arrival(tx, workspace, mail.id)?;
    }
    Ok(())
}
