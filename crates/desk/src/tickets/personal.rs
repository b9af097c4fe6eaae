//! What tickets keep of persons: for them to take along, and to be forgotten.

use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{
    FORGOTTEN, Field, Message, TicketId, connections, details, files, history, keep, record, scheduled, store,
};

/// Tickets and what was written in them.
pub const HOLDS: Holding = Holding {
    name: "tickets",
    needs: Permission::TicketsRead,
    export,
    forget,
};

/// How many messages of one ticket an export has.
const MESSAGES: i64 = 10_000;
/// How many changes of one ticket are looked through for what it was called.
const CHANGES: i64 = 1_000;

/// Tickets of a person, each with whether they asked, and the files that they sent.
type Theirs = (Vec<(TicketId, bool)>, Vec<files::File>);

/// The tickets in which a person asked or wrote.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn of_person(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    contact: ContactId,
) -> Result<Theirs, DbError> {
    let mut found = Vec::new();
    for id in store::of_person(tx, workspace, contact)? {
        let ticket = store::find(tx, workspace, id)?;
        found.push((id, ticket.is_some_and(|ticket| ticket.contact == Some(contact))));
    }
    Ok((found, files::store::of_contact(tx, workspace, contact)?))
}

/// The tickets in which a person asked or wrote, with what they wrote and what we answered; notes are ours alone.
fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let mut exported = Vec::new();
    for id in store::of_person(tx, actor.workspace, contact)? {
        let Some(ticket) = store::find(tx, actor.workspace, id)? else {
            continue;
        };
        let mut messages = history::store::messages(tx, actor.workspace, id, None, MESSAGES)?;
        messages.reverse();
        let files = files::store::of_contact(tx, actor.workspace, contact)?;
        let files: Vec<_> = files.iter().filter(|file| file.ticket == id).collect();
        exported.push(json!({
            "number": ticket.number, "subject": ticket.subject, "status": ticket.status, "opened_at": ticket.opened_at.0,
            "fields": details::export(tx, actor.workspace, id)?,
            "messages": messages.iter().filter(|message| message.kind.is_public()).map(said).collect::<Vec<_>>(),
            "files": files.iter().map(|file| json!({
                "name": file.name, "media_type": file.media_type, "size": file.size,
            })).collect::<Vec<_>>(),
        }));
    }
    Ok(exported)
}

fn said(message: &Message) -> Value {
    json!({ "kind": message.kind, "at": message.written_at.0, "body": message.body, "html": message.html })
}

/// Forgets a person's name, words and files, and tells of each ticket that changed; also what others show of their words.
fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let workspace = actor.workspace;
    let touched = store::of_person(tx, workspace, contact)?;
    let named = named_alike(tx, actor, contact, &touched)?;
    for file in files::store::of_contact(tx, workspace, contact)? {
        files::remove(tx, workspace, &file)?;
    }
    for id in &touched {
        let ticket = store::find(tx, workspace, *id)?;
        if ticket.is_some_and(|ticket| ticket.contact == Some(contact)) {
            details::forget(tx, workspace, *id)?;
        }
    }
    scheduled::forget(tx, workspace, contact)?;
    store::forget_contact(tx, workspace, contact)?;
    let mut told = touched.clone();
    for id in &named {
        store::forget_subject(tx, workspace, *id)?;
        told.push(*id);
    }
    for id in &touched {
        told.push(connections::survivor(tx, workspace, *id)?);
    }
    told.sort();
    told.dedup();
    for id in told {
        show_again(tx, actor, id)?;
    }
    Ok(touched.len())
}

/// A ticket that may show a person's words in lists shows what is left, and is told of.
fn show_again(tx: &mut Tx<'_>, actor: &Actor, id: TicketId) -> Result<(), DbError> {
    let Some(before) = store::find(tx, actor.workspace, id)? else {
        return Ok(());
    };
    let mut after = before.clone();
    if !before.preview.is_empty() {
        connections::look_again(tx, actor, &mut after)?;
    }
    if after != before {
        keep(tx, actor.workspace, &before, &mut after)?;
    }
    record(tx, actor, &FORGOTTEN, &after, json!({}))
}

/// The tickets that were split off a person's and are called as it is or was: in their words.
fn named_alike(
    tx: &mut Tx<'_>,
    actor: &Actor,
    contact: ContactId,
    touched: &[TicketId],
) -> Result<Vec<TicketId>, DbError> {
    let mut named = Vec::new();
    for id in touched {
        let ticket = store::find(tx, actor.workspace, *id)?;
        let Some(ticket) = ticket.filter(|ticket| ticket.contact == Some(contact)) else {
            continue;
        };
        let mut subjects = vec![ticket.subject];
        for change in history::store::changes(tx, actor.workspace, *id, CHANGES)? {
            if change.field == Field::Subject {
                subjects.extend([change.before, change.after]);
            }
        }
        let mut from = vec![*id];
        while let Some(id) = from.pop() {
            for one in connections::split_off(tx, actor.workspace, id)? {
                let split = store::find(tx, actor.workspace, one)?;
                let is_alike = split.is_some_and(|split| subjects.contains(&split.subject));
                if is_alike && !named.contains(&one) {
                    named.push(one);
                    from.push(one);
                }
            }
        }
    }
    Ok(named)
}
