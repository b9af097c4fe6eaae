//! Beginning a side conversation, and writing in it.

use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::contacts::identities::{self, NewIdentity};
use tandem_core::permissions::Permission;

use super::model::each_once;
use super::{
    ENTRIES, Entry, EntryKind, MOST, NewEntry, NewSide, Person, SENT, Side, SideError, SideId, entry, store,
    tell,
};
use crate::mailboxes::{self, Mailbox, folded};
use crate::outbox::{self, Recipient, Sideways};
use crate::tickets::{self, MessageId, TicketError, TicketId, connections, files, followers};

/// Begins a side conversation about a ticket with its first message. Whoever begins it follows the ticket from then on.
///
/// # Errors
/// [`SideError`] for nobody to write to, too many of them, words or files that do not fit, no mailbox that sends, a missing
/// permission, or a ticket of no or another workspace.
pub fn open(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: TicketId,
    new: &NewSide,
) -> Result<(Side, Entry), SideError> {
    actor.must(Permission::TicketsWrite)?;
    let ticket = connections::survivor(tx, actor.workspace, ticket)?;
    let found = tickets::find(tx, actor, ticket)?.ok_or(TicketError::Unknown)?;
    let subject = tickets::checked_subject(&new.subject)?;
    let mailbox = outbox::mailbox_of_side(tx, actor.workspace, &found)?.ok_or(SideError::NoMailbox)?;
    let people = people(tx, actor, &new.first.to, &[])?;
    let now = tx.now();
    let side = Side {
        id: tx.new_id(),
        ticket,
        mailbox: mailbox.id,
        subject,
        is_forward: new.is_forward,
        author: actor.signature(),
        opened_at: now,
        touched_at: now,
        is_answered: false,
        closed_at: None,
    };
    store::insert(tx, actor.workspace, &side)?;
    if actor.agent().is_some() {
        followers::follow(tx, actor, ticket)?;
    }
    let entry = say(tx, actor, (&side, &people, &mailbox), &new.first)?;
    Ok((side, entry))
}

/// Writes in a side conversation; one that was closed is open again.
///
/// # Errors
/// As of [`open`]; [`SideError::Unknown`] for a side conversation of no or another workspace.
pub fn write(tx: &mut Tx<'_>, actor: &Actor, id: SideId, new: &NewEntry) -> Result<(Side, Entry), SideError> {
    actor.must(Permission::TicketsWrite)?;
    let mut side = store::find(tx, actor.workspace, id)?.ok_or(SideError::Unknown)?;
    let known = store::people(tx, actor.workspace, id)?;
    let mailbox = match outbox::sending_mailbox(tx, actor.workspace, side.mailbox)? {
        Some(mailbox) => mailbox,
        None => {
            let ticket = tickets::find(tx, actor, side.ticket)?.ok_or(TicketError::Unknown)?;
            outbox::mailbox_of_side(tx, actor.workspace, &ticket)?.ok_or(SideError::NoMailbox)?
        }
    };
    let people = if new.to.is_empty() {
        known
    } else {
        people(tx, actor, &new.to, &known)?
    };
    if people.is_empty() {
        return Err(SideError::BadAddress);
    }
    side.mailbox = mailbox.id;
    if side.closed_at.take().is_some() {
        let again = entry(tx, actor, id, EntryKind::Reopened);
        store::insert_entry(tx, actor.workspace, &again)?;
    }
    let entry = say(tx, actor, (&side, &people, &mailbox), new)?;
    (side.is_answered, side.touched_at) = (false, entry.written_at);
    store::update(tx, actor.workspace, &side)?;
    Ok((side, entry))
}

/// Keeps a message, gives it its files, and hands it to the outbox.
fn say(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (side, people, mailbox): (&Side, &[Person], &Mailbox),
    new: &NewEntry,
) -> Result<Entry, SideError> {
    let (body, quoted) = checked(&new.body, &new.quoted)?;
    let before = store::entries(tx, actor.workspace, side.id, ENTRIES)?;
    let said = Entry {
        body,
        quoted,
        ..entry(tx, actor, side.id, EntryKind::Sent)
    };
    store::insert_entry(tx, actor.workspace, &said)?;
    store::set_people(tx, actor.workspace, side.id, people)?;
    let place = (side.ticket, said.id);
    files::lend(tx, actor, place, (&new.files, &new.brought))?;
    let ids: Vec<MessageId> = before.iter().map(|entry| entry.id).collect();
    let gone = outbox::taken_back(tx, actor.workspace, &ids)?;
    let newest = before
        .iter()
        .find(|entry| entry.kind.has_words() && !gone.contains(&entry.id));
    let sideways = Sideways {
        side: side.id,
        ticket: side.ticket,
        message: said.id,
        recipients: people
            .iter()
            .map(|one| Recipient::new(&one.name, &one.address, false))
            .collect(),
        subject: &side.subject,
        words: &said.body,
        passed_on: &said.quoted,
        before: newest.map(|entry| (entry.caller(), entry.body.as_str(), entry.written_at)),
        author: &said.author,
    };
    outbox::write_to_side(tx, actor.workspace, mailbox, sideways)?;
    let ticket = tickets::touch(tx, actor.workspace, side.ticket)?;
    let now = Side {
        is_answered: false,
        ..side.clone()
    };
    tell(tx, actor, &SENT, (&now, &said, ticket.as_ref()))?;
    Ok(said)
}

/// The words as they are kept: there are some, or something is passed on.
fn checked(body: &str, quoted: &str) -> Result<(String, String), TicketError> {
    let quoted = match quoted.trim() {
        "" => String::new(),
        quoted => tickets::checked_body(quoted)?,
    };
    let body = match body.trim() {
        "" if !quoted.is_empty() => String::new(),
        body => tickets::checked_body(body)?,
    };
    Ok((body, quoted))
}

/// To whom a message goes: each address once, none of ours, with the names that are known.
fn people(tx: &mut Tx<'_>, actor: &Actor, to: &[String], known: &[Person]) -> Result<Vec<Person>, SideError> {
    let to = each_once(to.iter().map(String::as_str));
    if to.is_empty() {
        return Err(SideError::BadAddress);
    }
    if to.len() > MOST {
        return Err(SideError::TooMany);
    }
    let own = mailboxes::all(tx, actor.workspace)?;
    let mut people = Vec::new();
    for address in to {
        let identity = NewIdentity::email(&address)
            .checked()
            .map_err(|_| SideError::BadAddress)?;
        let address = folded(&identity.value);
        if mailboxes::is_at(&own, &address) {
            return Err(SideError::BadAddress);
        }
        let name = match known.iter().find(|one| folded(&one.address) == address) {
            Some(one) => one.name.clone(),
            None => name(tx, actor, &identity)?,
        };
        people.push(Person {
            name,
            address: identity.value,
        });
    }
    Ok(people)
}

/// What a contact with this address is called; empty for nobody known.
fn name(tx: &mut Tx<'_>, actor: &Actor, identity: &NewIdentity) -> Result<String, DbError> {
    let known = identities::who_is(tx, actor.workspace, identity)?;
    Ok(known.map(|contact| contact.text.name).unwrap_or_default())
}
