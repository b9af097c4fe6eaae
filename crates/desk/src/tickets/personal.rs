//! What tickets keep of persons: for them to take along, and to be forgotten.

use kit::db::{DbError, Tx};
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;

use super::{FORGOTTEN, Message, Ticket, files, history, record, store};

/// Tickets and what was written in them.
pub const HOLDS: Holding = Holding {
    name: "tickets",
    needs: Permission::TicketsRead,
    export,
    forget,
};

/// How many messages of one ticket an export has.
const MESSAGES: i64 = 10_000;

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
            "messages": messages.iter().filter(|message| message.kind.is_public()).map(said).collect::<Vec<_>>(),
            "files": files.iter().map(|file| json!({
                "name": file.name, "media_type": file.media_type, "size": file.size,
            })).collect::<Vec<_>>(),
        }));
    }
    Ok(exported)
}

fn said(message: &Message) -> Value {
    json!({ "kind": message.kind, "at": message.written_at.0, "body": message.body })
}

/// Forgets a person's name, words and files, and tells of each ticket that changed.
fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let touched = store::of_person(tx, actor.workspace, contact)?;
    for file in files::store::of_contact(tx, actor.workspace, contact)? {
        files::remove(tx, actor.workspace, &file)?;
    }
    store::forget_contact(tx, actor.workspace, contact)?;
    for id in &touched {
        let ticket: Option<Ticket> = store::find(tx, actor.workspace, *id)?;
        if let Some(ticket) = ticket {
            record(tx, actor, &FORGOTTEN, &ticket, json!({}))?;
        }
    }
    Ok(touched.len())
}
