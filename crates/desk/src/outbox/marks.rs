//! What is said under a reply: when it goes out, that it is out, why it is not.

use kit::db::{DbError, Tx};
use kit::i18n::Text;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::model::{MailState, Parcel};
use super::wording::{ADDRESS, Look, sentence};
use super::{OutgoingId, store, suppression, unsent};
use crate::tickets::marks::Mark;
use crate::tickets::{MessageId, Ticket, TicketError};

/// Says how the mails of these messages stand, and what can be done about them; and why there is none of the newest answer.
///
/// # Errors
/// The database's.
pub fn say(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    ticket: &Ticket,
    messages: &[MessageId],
) -> Result<Vec<Mark>, TicketError> {
    let parcels = store::of_messages(tx, actor.workspace, messages)?;
    let may_write = actor.may(Permission::TicketsWrite);
    let mut marks: Vec<Mark> = parcels.iter().map(|parcel| mark(t, parcel, may_write)).collect();
    let ids: Vec<OutgoingId> = parcels.iter().map(|parcel| parcel.mail.id).collect();
    let complained = suppression::complained_of(tx, actor.workspace, &ids)?;
    for parcel in parcels
        .iter()
        .filter(|parcel| complained.contains(&parcel.mail.id))
    {
        let mut mark = Mark::new(parcel.mail.message, "frown", t.say("outbox-mark-complained"));
        mark.tone = "warn";
        marks.push(mark);
    }
    let without_mail = |id| messages.contains(&id) && parcels.iter().all(|parcel| parcel.mail.message != id);
    marks.extend(unsent::say(tx, actor, t, ticket, without_mail)?);
    Ok(marks)
}

/// Says how the mails of these messages stand, and what can be done about them.
///
/// # Errors
/// The database's.
pub(crate) fn say_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    messages: &[MessageId],
) -> Result<Vec<Mark>, DbError> {
    let parcels = store::of_messages(tx, actor.workspace, messages)?;
    let may_write = actor.may(Permission::TicketsWrite);
    Ok(parcels.iter().map(|parcel| mark(t, parcel, may_write)).collect())
}

fn mark(t: &Text, parcel: &Parcel, may_write: bool) -> Mark {
    let look = Look::of(parcel);
    let mail = &parcel.mail;
    let act = |word: &str, what: &str| (t.say(word), format!("{ADDRESS}/{}/{what}", mail.id));
    let mut mark = Mark::new(mail.message, look.icon, sentence(t, parcel));
    mark.tone = look.tone;
    if may_write && parcel.may_withdraw() {
        mark.acts.push(act("outbox-undo", "withdrawal"));
    }
    let is_late = mail.state == MailState::Waiting && mail.attempts > 0;
    if may_write && is_late {
        mark.acts.push(act("outbox-try-now", "again"));
    }
    if may_write && matches!(mail.state, MailState::Failed | MailState::Unknown) {
        mark.acts.push(act("outbox-send-again", "again"));
    }
    if may_write && mail.side.is_none() && mail.state == MailState::Withdrawn {
        let address = format!("/tickets/{}?words={}#composer", mail.ticket, mail.message);
        mark.links.push((t.say("outbox-write-again"), address));
    }
    mark.links
        .push((t.say("outbox-details"), format!("{ADDRESS}/{}", mail.id)));
    mark
}
