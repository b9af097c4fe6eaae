//! What the outbox keeps of persons: for them to take along, and to be forgotten.

use kit::blob;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;

use super::{log, store, suppression};

/// Mails that went to a person.
pub const HOLDS: Holding = Holding {
    name: "outgoing_mails",
    needs: Permission::TicketsRead,
    export,
    forget,
};

fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let mut exported = Vec::new();
    for (id, _) in log::store::raws_of_contact(tx, actor.workspace, contact)? {
        let Some(parcel) = store::find(tx, actor.workspace, id)? else {
            continue;
        };
        let to = parcel
            .recipients
            .iter()
            .map(|one| json!({ "address": one.address, "state": one.state.as_str(), "said": one.said }));
        exported.push(json!({
            "message_id": parcel.mail.identifier, "subject": parcel.mail.subject, "text": parcel.mail.body,
            "written_at": parcel.mail.written_at.0, "recipients": to.collect::<Vec<_>>(),
        }));
    }
    Ok(exported)
}

/// What the mails said and to whom they went is gone; that there was one stays. What waits is taken back.
fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let mails = log::store::raws_of_contact(tx, actor.workspace, contact)?;
    for (id, raw) in &mails {
        if let Some(parcel) = store::find(tx, actor.workspace, *id)? {
            for one in &parcel.recipients {
                let folded = suppression::folded(&one.address);
                suppression::store::delete(tx, actor.workspace, &folded)?;
            }
        }
        if let Some(raw) = raw {
            blob::unlink(tx, actor.workspace.uuid(), *raw, &id.to_string())?;
        }
        log::store::forget(tx, actor.workspace, *id)?;
    }
    Ok(mails.len())
}
