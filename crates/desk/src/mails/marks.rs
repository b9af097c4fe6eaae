//! What is said below a message that came by mail: why it is here, and where it stands as it was sent.

use kit::db::Tx;
use kit::i18n::Text;
use tandem_core::actor::Actor;

use super::{Mail, MailId, oddities, shapes, store};
use crate::tickets::marks::{Fold, Mark};
use crate::tickets::{MessageId, Ticket, TicketError};

/// Says it of these messages of a ticket.
///
/// # Errors
/// [`TicketError::Db`]
pub fn say(
    tx: &mut Tx<'_>,
    actor: &Actor,
    t: &Text,
    _ticket: &Ticket,
    messages: &[MessageId],
) -> Result<Vec<Mark>, TicketError> {
    let mut marks = Vec::new();
    let mails = store::of_messages(tx, actor.workspace, messages)?;
    let ids: Vec<MailId> = mails.iter().map(|mail| mail.id).collect();
    let odd = oddities::of(tx, actor.workspace, &ids)?;
    let forms = shapes::of(tx, actor.workspace, &ids)?;
    for mail in mails {
        let Some(message) = mail.message else { continue };
        let why = if mail.clue.is_empty() {
            t.say("mails-why-first")
        } else {
            t.say(&format!("mails-clue-{}", mail.clue.replace('_', "-")))
        };
        let mut mark = Mark::new(message, "mail", why);
        if mail.is_stranger {
            mark.tone = "warn";
            mark.text = t.say("mails-stranger");
        }
        mark.folds = shapes::folds(t, &mail, forms.get(&mail.id).copied());
        let look = if mark.folds.iter().any(Fold::is_sheet) {
            "mails-look-more"
        } else {
            "mails-look"
        };
        mark.links.push((t.say(look), format!("/mails/{}", mail.id)));
        marks.push(mark);
        marks.extend(missed(t, &mail, message, odd.get(&mail.id)));
    }
    Ok(marks)
}

/// Says that a message is not all of its mail, and where the whole of it is.
fn missed(t: &Text, mail: &Mail, message: MessageId, codes: Option<&Vec<String>>) -> Option<Mark> {
    let missed = codes?.iter().filter(|code| oddities::is_missed(code));
    let said = oddities::sentences(t, missed);
    if said.is_empty() {
        return None;
    }
    let mut mark = Mark::new(message, "triangle-alert", said.join(" "));
    mark.tone = "warn";
    if mail.arrival.blob.is_some() {
        mark.links
            .push((t.say("mails-raw"), format!("/mails/{}/raw", mail.id)));
    }
    Some(mark)
}
