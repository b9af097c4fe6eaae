//! Sample side conversations: a supplier and another department were asked about tickets, and some have answered. Nothing is sent
//! anywhere.

use kit::db::Tx;
use tandem_core::actor::Actor;

use super::{Answer, Entry, EntryKind, Person, SENT, Side, SideError, SideId, entry, store, take_in, tell};
use crate::mailboxes;
use crate::tickets::listing::{self, View};
use crate::tickets::{self, Ticket};

/// What was asked: whom, their address, about what, the words, and the answer if there is one.
const ASKED: &[(&str, &str, &str, &str, Option<&str>)] = &[
    (
        "Fixit Service",
        "service@fixit.example",
        "Replacement for a card reader",
        "The reader of this customer restarts by itself three times a day. Do you know this of the batch from May, and can you \
         send a replacement?",
        Some(
            "Yes, the power supplies of that batch are too weak. A new one leaves our house tomorrow, the parcel number follows.",
        ),
    ),
    (
        "Hosting on call",
        "oncall@hosting.example",
        "Slow answers since the maintenance",
        "One of our customers measures twice the time since your maintenance on Sunday. Is something left over on your side?",
        None,
    ),
    (
        "Bookkeeping",
        "books@northwind-finance.example",
        "A payment that we can't find",
        "The customer says that the invoice was paid on the third. Can you look for it under another reference?",
        Some("Found: they wrote the number of the order in place of the invoice. It is booked now."),
    ),
];

/// Makes them about tickets that wait for somebody else or for the customer, one each.
///
/// # Errors
/// The database's.
pub fn fill(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), SideError> {
    let most = i64::try_from(ASKED.len()).unwrap_or_default();
    let mut about: Vec<Ticket> = listing::view(tx, actor, View::OnHold, None, most)?;
    about.extend(listing::view(tx, actor, View::Waiting, None, most)?);
    let Some(mailbox) = mailboxes::default_of(tx, actor.workspace)? else {
        return Ok(());
    };
    for (ticket, (name, address, subject, words, answer)) in about.iter().zip(ASKED) {
        let now = tx.now();
        let side = Side {
            id: tx.new_id::<SideId>(),
            ticket: ticket.id,
            mailbox: mailbox.id,
            subject: (*subject).to_owned(),
            is_forward: false,
            author: actor.signature(),
            opened_at: now,
            touched_at: now,
            is_answered: false,
            closed_at: None,
        };
        store::insert(tx, actor.workspace, &side)?;
        let person = Person {
            name: (*name).to_owned(),
            address: (*address).to_owned(),
        };
        store::set_people(tx, actor.workspace, side.id, &[person])?;
        let said = Entry {
            body: (*words).to_owned(),
            ..entry(tx, actor, side.id, EntryKind::Sent)
        };
        store::insert_entry(tx, actor.workspace, &said)?;
        tell(tx, actor, &SENT, (&side, &said, Some(ticket)))?;
        tickets::touch(tx, actor.workspace, ticket.id)?;
        if let Some(body) = answer {
            let answer = Answer {
                sender: address,
                sender_name: name,
                body,
                is_automatic: false,
                is_stranger: false,
            };
            take_in(tx, &Actor::system(actor.workspace, "mail"), &side, &answer)?;
        }
    }
    Ok(())
}
