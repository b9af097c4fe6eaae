//! What side conversations keep of persons: for them to take along, and to be forgotten.
//!
//! Who takes part in one is known by their addresses. Of whoever asked in a ticket it holds what was passed on of their words; that
//! it was asked about at all is ours alone, as notes are.

use std::collections::BTreeMap;

use kit::blob::BlobId;
use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;

use super::{Entry, EntryKind, FORGOTTEN, Person, Side, SideId, entry, store, tell};
use crate::mailboxes::folded;
use crate::tickets::{self, MessageId, TicketId, connections, files};
use crate::{mails, outbox};

/// Side conversations in which a person takes part, or that pass their words on. Before those of tickets and mails, which say
/// whose they are.
pub const HOLDS: Holding = Holding {
    name: "side_conversations",
    needs: Permission::TicketsRead,
    export,
    forget,
};

/// What they wrote, and what was written to them. Where that is nothing, they have no part in it.
fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let mut exported = Vec::new();
    for (side, known) in of_person(tx, actor, contact)? {
        let entries = store::entries(tx, actor.workspace, side.id, i64::MAX)?;
        let ids: Vec<MessageId> = entries.iter().map(|entry| entry.id).collect();
        let got = outbox::went_to(tx, actor.workspace, &ids, &known)?;
        let is_theirs = |entry: &&Entry| got.contains(&entry.id) || known.contains(&entry.sender);
        let said = entries.iter().rev().filter(|entry| entry.kind.has_words());
        let said = said
            .filter(is_theirs)
            .map(|entry| json!({ "kind": entry.kind, "at": entry.written_at.0, "body": entry.body }));
        let said: Vec<Value> = said.collect();
        if !said.is_empty() {
            exported.push(json!({
                "subject": side.subject, "opened_at": side.opened_at.0, "messages": said,
            }));
        }
    }
    Ok(exported)
}

/// The side conversations in which a person takes part, each with their folded addresses.
fn of_person(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: ContactId,
) -> Result<Vec<(Side, Vec<String>)>, DbError> {
    let known = mails::addresses(tx, actor.workspace, contact)?;
    let known: Vec<String> = known.iter().map(|address| folded(address)).collect();
    let mut ids: Vec<SideId> = Vec::new();
    for address in &known {
        ids.extend(store::of_address(tx, actor.workspace, address)?);
    }
    ids.sort();
    ids.dedup();
    let mut found = Vec::new();
    for id in ids {
        if let Some(side) = store::find(tx, actor.workspace, id)? {
            found.push((side, known.clone()));
        }
    }
    Ok(found)
}

/// Takes them out of side conversations with what they wrote there, and takes back what was passed on of their words.
fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let mut count = 0;
    for (side, known) in of_person(tx, actor, contact)? {
        leave(tx, actor, &side, &known)?;
        shown_again(tx, actor, &side)?;
        count += 1;
    }
    let (asked, files) = tickets::of_person(tx, actor.workspace, contact)?;
    let contents: Vec<BlobId> = files.iter().map(|file| file.content).collect();
    // Where a ticket is or was merged into another, or split off it, its words may be passed on there.
    let mut around: BTreeMap<TicketId, bool> = BTreeMap::new();
    for (ticket, is_theirs) in asked {
        for shown in connections::ever_in(tx, actor.workspace, ticket)? {
            *around.entry(shown).or_default() |= is_theirs && shown == ticket;
        }
    }
    for (ticket, is_theirs) in around {
        for side in store::of_ticket(tx, actor.workspace, ticket)? {
            if take_back(tx, actor, side, (&contents, is_theirs))? {
                count += 1;
            }
        }
    }
    Ok(count)
}

/// Takes a person out of one, with what they wrote and its files.
fn leave(tx: &mut Tx<'_>, actor: &Actor, side: &Side, known: &[String]) -> Result<(), DbError> {
    let workspace = actor.workspace;
    let mut people: Vec<Person> = store::people(tx, workspace, side.id)?;
    people.retain(|one| !known.contains(&folded(&one.address)));
    store::set_people(tx, workspace, side.id, &people)?;
    let mut has_written = false;
    for entry in store::entries(tx, workspace, side.id, i64::MAX)?.iter().rev() {
        if known.contains(&entry.sender) {
            has_written = true;
            store::forget_entry(tx, workspace, entry.id)?;
            files::forget_lent(tx, workspace, entry.id, None)?;
        } else if has_written && entry.kind == EntryKind::Sent {
            // What we wrote after it may quote it.
            outbox::forget_message(tx, workspace, entry.id)?;
        }
    }
    Ok(())
}

/// Takes back what one passes on of somebody's words and files; whether there was anything.
fn take_back(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mut side: Side,
    (contents, is_theirs): (&[BlobId], bool),
) -> Result<bool, DbError> {
    let workspace = actor.workspace;
    let mut has_changed = false;
    for entry in store::entries(tx, workspace, side.id, i64::MAX)? {
        let has_lost = files::forget_lent(tx, workspace, entry.id, Some(contents))?;
        if has_lost || !entry.quoted.is_empty() {
            store::forget_quoted(tx, workspace, entry.id)?;
            outbox::forget_message(tx, workspace, entry.id)?;
            has_changed = true;
        } else if is_theirs && entry.kind == EntryKind::Sent {
            outbox::forget_subject(tx, workspace, entry.id)?;
        }
    }
    // What it is called may be what they called their ticket.
    if is_theirs && !side.subject.is_empty() {
        side.subject.clear();
        store::update(tx, workspace, &side)?;
        has_changed = true;
    }
    if has_changed {
        shown_again(tx, actor, &side)?;
    }
    Ok(has_changed)
}

/// Tells pages and the search to look again.
pub(super) fn shown_again(tx: &mut Tx<'_>, actor: &Actor, side: &Side) -> Result<(), DbError> {
    // Of no moment in it: the entry is none that is kept.
    let nothing = entry(tx, actor, side.id, EntryKind::Closed);
    tell(tx, actor, &FORGOTTEN, (side, &nothing, None))
}
