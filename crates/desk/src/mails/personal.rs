//! What mails keep of persons: for them to take along, and to be forgotten.

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
use super::{Mail, Reading, old, senders, store};
use crate::mailboxes::folded;

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

/// What a person wrote: with it what came from their addresses and was held back, so that it is nobody's.
fn of_person(tx: &mut Tx<'_>, workspace: WorkspaceId, contact: ContactId) -> Result<Vec<Mail>, DbError> {
    let mut mails = store::of_contact(tx, workspace, contact)?;
    for address in addresses(tx, workspace, contact)? {
        mails.extend(store::of_sender(tx, workspace, &folded(&address))?);
    }
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
        store::update(tx, actor.workspace, &mail)?;
        store::forget_arrival(tx, actor.workspace, mail.id)?;
    }
    let known = addresses(tx, actor.workspace, contact)?;
    let known: Vec<String> = known.iter().map(|address| folded(address)).collect();
    for address in &known {
        senders::forget(tx, actor.workspace, address)?;
    }
    old::forgetting::forget(tx, actor, &known)?;
    Ok(count)
}
