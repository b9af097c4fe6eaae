//! Sample mails: replies of the past with what became of them. Nothing is sent anywhere.

use std::time::Duration;

use kit::db::{DbError, Tx};
use mail::submit::{Fate, Reply};
use tandem_core::actor::Actor;
use tandem_core::correspondence::{Carried, Carrier, Hindrance, Mailing};
use tandem_core::workspaces::WorkspaceId;

use super::model::{Parcel, Step, Told};
use super::{LogLine, carrying, log, store, suppression, writing};
use crate::mailboxes;
use crate::tickets::{self, Message, Ticket};

/// Writes down that a reply went out by mail; of those with a certain `number` that it did not.
///
/// # Errors
/// [`DbError`] of the database.
pub fn bring(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (ticket, message): (&Ticket, &Message),
    number: usize,
) -> Result<(), DbError> {
    let workspace = actor.workspace;
    let Some(mailbox) = mailboxes::default_of(tx, workspace)? else {
        return Ok(());
    };
    if store::of_message(tx, workspace, message.id)?.is_some() {
        return Ok(());
    }
    let Some(mut parcel) = writing::drafted(tx, workspace, (ticket, message.id), &mailbox)? else {
        return Ok(());
    };
    let (job, now, addresses) = (tx.new_id(), tx.now(), parcel.waiting());
    parcel.hand(job, now);
    let fate = fate(number);
    let (_, steps) = parcel.settle((Some(job), &addresses), &[fate], (now, Duration::ZERO));
    store::insert(tx, workspace, &parcel)?;
    store::update(tx, workspace, &parcel)?;
    let written = LogLine {
        author: actor.signature(),
        ..LogLine::new(tx, Step::Written)
    };
    log::note(tx, workspace, parcel.mail.id, &written)?;
    for (address, step) in steps {
        let one = &parcel.recipients[0];
        let line = LogLine {
            address: address.clone(),
            code: one.code,
            enhanced: one.enhanced.clone(),
            said: one.said.clone(),
            ..LogLine::new(tx, step)
        };
        log::note(tx, workspace, parcel.mail.id, &line)?;
        if step == Step::Refused {
            let why = (one.enhanced.as_deref(), one.said.as_str());
            suppression::learn(tx, workspace, &parcel.mail, &address, why)?;
        }
    }
    if number % 41 == 23 {
        be_late(tx, workspace, &mut parcel)?;
    }
    Ok(())
}

/// A mail that a server took, and of which it says later that it goes on trying.
fn be_late(tx: &mut Tx<'_>, workspace: WorkspaceId, parcel: &mut Parcel) -> Result<(), DbError> {
    let told = Told {
        is_final: false,
        is_delivered: false,
        enhanced: Some("4.4.1".to_owned()),
        said: "Connection timed out; the mail is tried again for four days".to_owned(),
    };
    let now = tx.now();
    for address in parcel
        .recipients
        .iter()
        .map(|one| one.address.clone())
        .collect::<Vec<_>>()
    {
        if parcel.told(&address, &told, now) {
            let line = LogLine {
                address,
                enhanced: told.enhanced.clone(),
                said: told.said.clone(),
                ..LogLine::new(tx, Step::Told)
            };
            log::note(tx, workspace, parcel.mail.id, &line)?;
        }
    }
    store::update(tx, workspace, parcel)
}

/// What takes mails to sample contacts: their tickets say that they went out.
pub const CARRIER: Carrier = Carrier {
    asks: |_, _, _| Ok(None),
    carries,
    ..carrying::CARRIER
};

fn carries(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mailing: &Mailing,
) -> Result<Result<Carried, Hindrance>, DbError> {
    let Some((ticket, id)) = carrying::opened(tx, workspace, mailing)? else {
        return Ok(Err(Hindrance::NoAddress));
    };
    let actor = Actor::system(workspace, mailing.by);
    let messages = tickets::messages(tx, &actor, ticket.id, None, 1).map_err(writing::of_ticket)?;
    if let Some(message) = messages.iter().find(|message| message.id == id) {
        let number = usize::try_from(ticket.number).unwrap_or_default();
        bring(tx, &actor, (&ticket, message), number)?;
    }
    Ok(Ok(carrying::carried(&ticket, id)))
}

fn fate(number: usize) -> Fate {
    let reply = |code, enhanced: &str, said: &str| Reply {
        code,
        enhanced: Some(enhanced.to_owned()),
        said: said.to_owned(),
    };
    match number % 41 {
        7 => Fate::Refused(reply(552, "5.2.2", "The mailbox is full")),
        19 => Fate::Refused(reply(550, "5.1.1", "User unknown in virtual mailbox table")),
        31 => Fate::Unknown,
        _ => Fate::Accepted(reply(250, "2.0.0", "Ok: queued as 4DkWz05n2Tz1cF")),
    }
}
