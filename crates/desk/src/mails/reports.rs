//! What other systems report of mails of ours: that one did not arrive or is late, or that somebody complained of it.
//!
//! A report counts where it names a mail of ours and somebody whom that went to. Where the mail went to one address alone, the
//! report is about it whatever it names: mail that is passed on fails at an address that we never wrote to.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use mail::automatic::Nature;
use mail::bounces::{Bounce, Complaint, Failure, Lasting};
use tandem_core::workspaces::WorkspaceId;

use super::understanding::Understood;
use super::{Cause, Mail};
use crate::mailboxes::{self, Mailbox, MailboxError};
use crate::outbox::{self, OutgoingId, Parcel, Told};
use crate::tickets::TicketId;

/// Kinds of feedback that mean that somebody wants no mail of ours (RFC 5965 7.3, RFC 6430).
const UNWANTED: [&str; 5] = ["abuse", "fraud", "other", "opt-out", "opt-out-list"];

/// The Message-ID of the mail that a report is about, if it is one and names it.
pub(super) fn original(read: &Understood) -> Option<&String> {
    let complained = read.complaint.as_ref().map(|one| &one.original);
    let bounced = read.bounce.as_ref().map(|one| &one.original);
    complained.or(bounced)?.message_id.as_ref()
}

/// The mail of ours that a report came back for: it names it, or came to the address that was that mail's sender alone.
pub(super) fn reported(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: &Mail,
    read: &Understood,
) -> Result<Option<Parcel>, MailboxError> {
    if let Some(identifier) = original(read)
        && let Some(parcel) = outbox::is_ours(tx, workspace, identifier)?
    {
        return Ok(Some(parcel));
    }
    if read.bounce.is_none() && read.nature != Nature::DeliveryReport {
        return Ok(None);
    }
    let now = jiff::Timestamp::from_microsecond(tx.now().0).unwrap_or_default();
    let signer = mailboxes::signer(tx, workspace)?;
    match mail::threading::reported(&read.message, &mail.arrival.envelope_to, &signer, now) {
        Some(id) => Ok(outbox::with_id(
            tx,
            workspace,
            OutgoingId::from_uuid(Uuid::from_bytes(id)),
        )?),
        None => Ok(None),
    }
}

/// Tells a mail of ours what a report, held back for a cause, says became of it; whether it could be told. A complaint that its
/// own domain denies, or of somebody who is blocked, tells nothing: anybody can write one.
pub(super) fn told(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (mail, read): (&Mail, &Understood),
    cause: Cause,
) -> Result<bool, MailboxError> {
    if read.complaint.is_some() && (read.is_denied || cause == Cause::BlockedSender) {
        return Ok(false);
    }
    let Some(parcel) = reported(tx, workspace, mail, read)? else {
        return Ok(false);
    };
    let is_told = match (&read.complaint, &read.bounce) {
        (Some(complaint), _) => complained(tx, workspace, &parcel, complaint)?,
        (None, Some(bounce)) => failed(tx, workspace, &parcel, bounce)?,
        (None, None) => false,
    };
    Ok(is_told)
}

/// What a report is held back for that belongs to no ticket: one about a mail that names a house other than ours is about a mail
/// that somebody else wrote in our name.
pub(super) fn whose(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    read: &Understood,
    (cause, about): (Cause, Option<TicketId>),
) -> Result<Cause, DbError> {
    let is_open = cause == Cause::DeliveryFailure && about.is_none();
    let Some(identifier) = original(read).filter(|_| is_open) else {
        return Ok(cause);
    };
    let house = identifier.rsplit_once('@').map_or("", |(_, house)| house);
    let is_of = |mailbox: &Mailbox| {
        let domain = mailbox.address.rsplit_once('@').map_or("", |(_, domain)| domain);
        domain.eq_ignore_ascii_case(house)
    };
    let is_ours = mailboxes::all(tx, workspace)?.iter().any(is_of)
        || outbox::is_ours(tx, workspace, identifier)?.is_some();
    Ok(if is_ours { cause } else { Cause::Backscatter })
}

fn complained(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    parcel: &Parcel,
    complaint: &Complaint,
) -> Result<bool, DbError> {
    if !UNWANTED.contains(&complaint.kind.as_str()) {
        return Ok(false);
    }
    let Some(address) = whom(parcel, complaint.address.as_deref().unwrap_or_default()) else {
        return Ok(false);
    };
    outbox::complained(tx, workspace, (parcel, address), &complaint.kind)?;
    Ok(true)
}

fn failed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    parcel: &Parcel,
    bounce: &Bounce,
) -> Result<bool, DbError> {
    if bounce.has_arrived {
        return arrived(tx, workspace, parcel);
    }
    let mut is_told = false;
    for failure in &bounce.failures {
        let Some(address) = whom(parcel, &failure.address) else {
            continue;
        };
        let told = Told {
            is_final: failure.lasting == Lasting::Permanent,
            is_delivered: false,
            enhanced: failure.status.clone(),
            said: said(failure, address),
        };
        outbox::told(tx, workspace, (&parcel.mail.identifier, address), &told)?;
        is_told = true;
    }
    Ok(is_told)
}

/// A report that a mail arrived takes back that it is late; where it went to several, it says too little.
fn arrived(tx: &mut Tx<'_>, workspace: WorkspaceId, parcel: &Parcel) -> Result<bool, DbError> {
    if let Some(address) = whom(parcel, "") {
        let told = Told {
            is_final: true,
            is_delivered: true,
            enhanced: None,
            said: String::new(),
        };
        outbox::told(tx, workspace, (&parcel.mail.identifier, address), &told)?;
    }
    Ok(true)
}

/// The recipient whom a report is about.
fn whom<'a>(parcel: &'a Parcel, named: &str) -> Option<&'a str> {
    let mut all = parcel.recipients.iter().map(|one| one.address.as_str());
    if let Some(address) = all.find(|address| address.eq_ignore_ascii_case(named)) {
        return Some(address).filter(|address| !address.is_empty());
    }
    match &parcel.recipients[..] {
        [only] if !only.address.is_empty() => Some(&only.address),
        _ => None,
    }
}

/// What was said, after the address at which it failed where we did not write to that.
fn said(failure: &Failure, address: &str) -> String {
    let said: String = failure.said.chars().take(500).collect();
    if failure.address.eq_ignore_ascii_case(address) || failure.address.is_empty() {
        said
    } else {
        format!("{}: {said}", failure.address)
    }
}
