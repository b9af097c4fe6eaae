//! What the outbox keeps of persons: for them to take along, and to be forgotten.

use kit::blob::{self, BlobId};
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use serde_json::{Value, json};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::contacts::erasing::Holding;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::suppression::folded;
use super::{OutgoingId, log, store, suppression};
use crate::mails;
use crate::tickets::TicketId;

/// Mails that went to a person.
pub const HOLDS: Holding = Holding {
    name: "outgoing_mails",
    needs: Permission::TicketsRead,
    export,
    forget,
};

fn export(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<Vec<Value>, DbError> {
    let mut exported = Vec::new();
    let own = log::store::raws_of_contact(tx, actor.workspace, contact)?;
    let known = mails::addresses(tx, actor.workspace, contact)?;
    let mut mails: Vec<OutgoingId> = own.into_iter().map(|(id, _)| id).collect();
    mails.extend(of_addresses(tx, actor.workspace, &known)?);
    mails.sort();
    mails.dedup();
    for id in mails {
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

/// The mails that went to one of these addresses, whoever they are written to.
fn of_addresses(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    known: &[String],
) -> Result<Vec<OutgoingId>, DbError> {
    let mut found = Vec::new();
    for address in known {
        found.extend(log::store::of_address(
            tx,
            workspace,
            (&folded(address), address),
        )?);
    }
    Ok(found)
}

/// What the mails said and to whom they went is gone; that there was one stays. What waits is taken back. Of mails to others
/// that went to them too, only they are gone.
fn forget(tx: &mut Tx<'_>, actor: &Actor, contact: ContactId) -> Result<usize, DbError> {
    let workspace = actor.workspace;
    let known = mails::addresses(tx, workspace, contact)?;
    let mails = log::store::raws_of_contact(tx, workspace, contact)?;
    let mut count = mails.len();
    for (id, raw) in mails {
        unlink(tx, workspace, id, raw)?;
        log::store::forget(tx, workspace, id)?;
    }
    // What went to them alone is empty by now.
    for id in of_addresses(tx, workspace, &known)? {
        count += usize::from(leave_out(tx, workspace, id, &known)?);
    }
    for address in &known {
        suppression::store::delete(tx, workspace, &folded(address))?;
    }
    Ok(count)
}

/// Takes a person out of a mail to others: their address, what servers said of it, and the bytes that hold it. Gives whether
/// they were in it.
fn leave_out(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OutgoingId,
    known: &[String],
) -> Result<bool, DbError> {
    let is_theirs = |address: &str| known.iter().any(|one| folded(one) == folded(address));
    let Some(mut parcel) = store::find(tx, workspace, id)? else {
        return Ok(false);
    };
    let places = parcel.leave_out(is_theirs, tx.now());
    for line in log::steps(tx, workspace, id)? {
        let names_them = known.iter().any(|one| folded(&line.said).contains(&folded(one)));
        if is_theirs(&line.address) || names_them {
            log::store::forget_step(tx, workspace, id, line.id)?;
        }
    }
    let raw = log::store::raw(tx, workspace, id)?;
    unlink(tx, workspace, id, raw)?;
    store::update(tx, workspace, &parcel)?;
    for place in &places {
        log::store::forget_recipient(tx, workspace, id, *place)?;
    }
    Ok(!places.is_empty())
}

pub(super) fn unlink(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OutgoingId,
    raw: Option<BlobId>,
) -> Result<(), DbError> {
    let Some(raw) = raw else { return Ok(()) };
    blob::unlink(tx, workspace.uuid(), raw, &id.to_string())?;
    log::store::no_raw(tx, workspace, id)
}

/// What the mails about a ticket said and to whom they went is gone: the ticket is removed. What waits is taken back.
pub(crate) fn forget_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<(), DbError> {
    for (id, raw) in log::store::raws_of_ticket(tx, workspace, ticket)? {
        unlink(tx, workspace, id, raw)?;
        log::store::forget(tx, workspace, id)?;
    }
    Ok(())
}
