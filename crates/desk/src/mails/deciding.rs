//! What people decide about mails that are held back or could not be read.

use kit::db::Tx;
use kit::jobs::Queue;
use tandem_core::actor::Actor;
use tandem_core::events::{self, NewEvent};
use tandem_core::permissions::Permission;

use super::jobs::Read;
use super::{Cause, DECIDED, LIST, Mail, MailError, MailId, State, Verdict, held, senders, store};

/// Lets a mail through that was held back; with `and_ever` every mail of its sender from now on. It becomes a message as
/// if nothing had held it.
///
/// # Errors
/// [`MailError::Decided`] for a mail that is not held back; [`MailError::Unknown`] for one of no or another workspace.
pub fn release(tx: &mut Tx<'_>, actor: &Actor, id: MailId, and_ever: bool) -> Result<Mail, MailError> {
    let mut mail = waiting(tx, actor, id)?;
    if mail.arrival.blob.is_none() {
        return Err(MailError::NotKept);
    }
    if and_ever {
        // Trust holds for mail that shows whose it is; this one would be held back again.
        let verdict = if mail.cause == Some(Cause::Unverified) {
            Verdict::Excused
        } else {
            Verdict::Trusted
        };
        senders::teach(tx, actor, &mail, verdict)?;
    }
    mail.is_released = true;
    again(tx, actor, mail)
}

/// Puts a mail that was held back aside for good; with `and_ever` every mail of its sender is held back from now on.
///
/// # Errors
/// As of [`release`].
pub fn block(tx: &mut Tx<'_>, actor: &Actor, id: MailId, and_ever: bool) -> Result<Mail, MailError> {
    let mut mail = waiting(tx, actor, id)?;
    if and_ever {
        senders::teach(tx, actor, &mail, Verdict::Blocked)?;
    }
    mail.state = State::Blocked;
    store::update(tx, actor.workspace, &mail)?;
    tell(tx, actor, &mail)?;
    Ok(mail)
}

/// Throws a mail away that is held back, could not be read or was put aside. It can be taken back for [`held::KEPT`], then its
/// bytes go.
///
/// # Errors
/// As of [`release`].
pub fn delete(tx: &mut Tx<'_>, actor: &Actor, id: MailId) -> Result<Mail, MailError> {
    actor.must(Permission::MailsWrite)?;
    let mut mail = store::find(tx, actor.workspace, id)?.ok_or(MailError::Unknown)?;
    if !mail.waits_for_somebody() && mail.state != State::Blocked {
        return Err(MailError::Decided);
    }
    mail.state = State::Deleted;
    store::update(tx, actor.workspace, &mail)?;
    let now = tx.now();
    held::store::set_deleted(tx, actor.workspace, id, Some(now))?;
    tell(tx, actor, &mail)?;
    Ok(mail)
}

/// Takes [`block`] or [`delete`] back: the mail is held again.
///
/// # Errors
/// [`MailError::Decided`] for a mail that nobody has blocked or thrown away, and for one whose bytes are gone; as of [`release`].
pub fn unblock(tx: &mut Tx<'_>, actor: &Actor, id: MailId) -> Result<Mail, MailError> {
    actor.must(Permission::MailsWrite)?;
    let mut mail = store::find(tx, actor.workspace, id)?.ok_or(MailError::Unknown)?;
    if !mail.can_be_taken_back() {
        return Err(MailError::Decided);
    }
    mail.state = State::Suspended;
    store::update(tx, actor.workspace, &mail)?;
    held::store::set_deleted(tx, actor.workspace, id, None)?;
    tell(tx, actor, &mail)?;
    Ok(mail)
}

/// Has a mail read again that could not be read, or is held back: the program may have learnt since.
///
/// # Errors
/// As of [`release`].
pub fn reread(tx: &mut Tx<'_>, actor: &Actor, id: MailId) -> Result<Mail, MailError> {
    let mail = waiting(tx, actor, id)?;
    if mail.arrival.blob.is_none() {
        return Err(MailError::NotKept);
    }
    again(tx, actor, mail)
}

/// A mail about which somebody has to decide.
fn waiting(tx: &mut Tx<'_>, actor: &Actor, id: MailId) -> Result<Mail, MailError> {
    actor.must(Permission::MailsWrite)?;
    let mail = store::find(tx, actor.workspace, id)?.ok_or(MailError::Unknown)?;
    if mail.waits_for_somebody() {
        Ok(mail)
    } else {
        Err(MailError::Decided)
    }
}

/// Has a mail read as if it had just come.
pub(super) fn again(tx: &mut Tx<'_>, actor: &Actor, mut mail: Mail) -> Result<Mail, MailError> {
    mail.state = State::Stored;
    store::update(tx, actor.workspace, &mail)?;
    let job = Read {
        mailbox: mail.mailbox,
    };
    Queue::new(&job)
        .workspace(actor.workspace)
        .key(format!("mails {}", mail.mailbox))
        .put(tx)?;
    tell(tx, actor, &mail)?;
    Ok(mail)
}

/// Says that somebody decided about a mail.
///
/// # Errors
/// The database's.
pub(super) fn tell(tx: &mut Tx<'_>, actor: &Actor, mail: &Mail) -> Result<(), MailError> {
    let payload = serde_json::json!({ "state": mail.state });
    let event = NewEvent::of(&DECIDED, mail.id).topic(LIST).payload(payload);
    events::record(tx, actor, event)?;
    Ok(())
}
