//! What mails keep of persons: for them to take along, and to be forgotten.

use kit::blob;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;

use super::{Reading, store};

/// Mails that a person wrote.
pub const HOLDS: Holding = Holding {
    name: "mails",
    needs: Permission::TicketsRead,
    export,
    forget,
};

fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let mails = store::of_contact(tx, actor.workspace, contact)?;
    let exported = mails.iter().map(|mail| {
        json!({
            "message_id": mail.arrival.message_id, "arrived_at": mail.arrival.arrived_at.0, "sender": mail.reading.sender,
            "sender_name": mail.reading.sender_name, "subject": mail.reading.subject, "size": mail.arrival.size,
        })
    });
    Ok(exported.collect())
}

/// Takes away their words, their names and their raw mails; that a mail came stays.
fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let mails = store::of_contact(tx, actor.workspace, contact)?;
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
    Ok(count)
}
