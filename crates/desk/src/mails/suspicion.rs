//! What holds a mail back: what it says of itself, who sent it, how many like it came.

use std::time::Duration;

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use mail::automatic::Nature;
use tandem_core::workspaces::WorkspaceId;

use super::understanding::Understood;
use super::{Cause, Mail, State, Verdict, reports, senders, store};
use crate::mailboxes::{self, MailboxError};
use crate::outbox;
use crate::tickets::TicketId;

/// How many new tickets one sender opens within [`WHILE`].
const MOST: i64 = 30;
/// Within which time they are counted.
const WHILE: Duration = Duration::from_secs(3_600);

/// The mail that has its place already and is the same: one identifier and one content, or without an identifier the very
/// same bytes.
pub(super) fn before(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: &Mail) -> Result<Option<Mail>, DbError> {
    let (identifier, content) = (&mail.arrival.message_id, mail.reading.content);
    let same = match mail.arrival.blob {
        _ if !identifier.is_empty() => {
            let mut known = store::identified(tx, workspace, mail.mailbox, identifier)?;
            known.retain(|other| other.reading.content == content);
            known
        }
        // In a folder, two equal mails at two places are two.
        Some(blob) if mail.arrival.folder.is_empty() => store::of_blob(tx, workspace, mail.mailbox, blob)?,
        _ => Vec::new(),
    };
    // One that came later and was placed first counts too: this one may have been read again.
    let is_first = |other: &Mail| other.id < mail.id || other.state == State::Placed;
    let mut same = same.into_iter();
    Ok(same.find(|other| other.id != mail.id && is_first(other) && counts(other)))
}

/// Whether a mail is one that others repeat. What waits in an import of old mail is none yet: the import finds the other when
/// its turn comes. Nor is what is itself a copy or was put aside: two copies must not each stand for the other.
fn counts(mail: &Mail) -> bool {
    !matches!(
        mail.state,
        State::Failed | State::Old | State::Repeated | State::Aside
    )
}

/// What holds a mail back whatever it answers.
pub(super) fn of_itself(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: &Mail,
    read: &Understood,
) -> Result<Option<Cause>, DbError> {
    let sender = &mail.reading.sender;
    if read.message.field(outbox::STAMP).is_some() || is_own(tx, workspace, sender)? {
        return Ok(Some(Cause::Loop));
    }
    of_kind(tx, workspace, sender, read)
}

/// What holds back a mail of somebody else, whatever it answers.
pub(super) fn of_kind(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    sender: &str,
    read: &Understood,
) -> Result<Option<Cause>, DbError> {
    let verdict = senders::verdict(tx, workspace, sender)?;
    if verdict == Some(Verdict::Blocked) {
        return Ok(Some(Cause::BlockedSender));
    }
    if read.bounce.is_some() || read.nature == Nature::DeliveryReport {
        return Ok(Some(Cause::DeliveryFailure));
    }
    let cause = match read.nature {
        Nature::Complaint => Some(Cause::Complaint),
        _ if read.is_denied => Some(Cause::Denied),
        _ if is_trusted(verdict, read) => None,
        _ if is_spam(read) => Some(Cause::Spam),
        _ => None,
    };
    Ok(cause)
}

/// Whether somebody trusts the sender of a mail, and it shows that it is theirs: a name in From is anybody's to write.
pub(super) fn is_trusted(verdict: Option<Verdict>, read: &Understood) -> bool {
    matches!(verdict, Some(Verdict::Trusted | Verdict::Excused)) && read.reading.is_confirmed()
}

/// What holds back a mail that belongs to no ticket.
pub(super) fn of_a_first(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: &Mail,
    read: &Understood,
) -> Result<Option<Cause>, DbError> {
    let sender = &mail.reading.sender;
    if is_trusted(senders::verdict(tx, workspace, sender)?, read) {
        return Ok(None);
    }
    let cause = of_nature(read);
    if cause.is_some() || sender.is_empty() {
        return Ok(cause);
    }
    let since = tx.now().minus(WHILE);
    let count = store::count_of_sender(tx, workspace, sender, since)?;
    Ok((count >= MOST).then_some(Cause::TooMany))
}

/// What holds back a mail that nobody wrote by hand, or in which nothing is, where it belongs to no ticket.
pub(super) fn of_nature(read: &Understood) -> Option<Cause> {
    match read.nature {
        Nature::OutOfOffice => Some(Cause::Vacation),
        Nature::AutoReply | Nature::ReadReceipt | Nature::Challenge => Some(Cause::Automatic),
        Nature::Bulk => Some(Cause::Bulk),
        _ if is_blank(read) => Some(Cause::Blank),
        _ => None,
    }
}

/// The ticket that a report of a failed delivery, or a complaint, is about.
pub(super) fn about(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: &Mail,
    read: &Understood,
) -> Result<Option<TicketId>, MailboxError> {
    let parcel = reports::reported(tx, workspace, mail, read)?;
    if let Some(parcel) = parcel.filter(|_| reports::original(read).is_none()) {
        return Ok(Some(parcel.mail.ticket));
    }
    let Some(identifier) = reports::original(read) else {
        return Ok(None);
    };
    let now = jiff::Timestamp::from_microsecond(tx.now().0).unwrap_or_default();
    let signer = mailboxes::signer(tx, workspace)?;
    if let Some(Ok(token)) = signer.read_identifier(identifier, now) {
        // The message may have been split off since it was signed.
        let moved = outbox::is_ours(tx, workspace, identifier)?.map(|parcel| parcel.mail.ticket);
        let signed = TicketId::from_uuid(Uuid::from_bytes(token.conversation));
        return Ok(Some(moved.unwrap_or(signed)));
    }
    let known = store::identified(tx, workspace, mail.mailbox, identifier)?;
    Ok(known.iter().find_map(|mail| mail.ticket))
}

/// Whether an address is one of ours, reply addresses included.
fn is_own(tx: &mut Tx<'_>, workspace: WorkspaceId, address: &str) -> Result<bool, DbError> {
    Ok(mailboxes::is_at(&mailboxes::all(tx, workspace)?, address))
}

/// What the server that took it in says of it.
fn is_spam(read: &Understood) -> bool {
    let says = |name: &str| {
        let value = read.message.field(name).unwrap_or_default().trim_start();
        value
            .get(..3)
            .is_some_and(|word| word.eq_ignore_ascii_case("yes"))
    };
    says("X-Spam-Flag") || says("X-Spam-Status") || says("X-Spam")
}

fn is_blank(read: &Understood) -> bool {
    read.text.trim().is_empty()
        && read.message.attachments.is_empty()
        && read.message.subject.trim().is_empty()
}
