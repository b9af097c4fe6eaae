//! What the template of participants takes.

use askama::Template;
use kit::i18n::Text;
use kit::web::Filled;

use super::Participant;
use crate::mailboxes::folded;
use crate::outbox::Recipient;
use crate::tickets::TicketId;

/// Everything that is shown: who takes part, whom an answer goes to, who else could, and by which API inbox it leaves instead.
type Read = (Vec<Participant>, Vec<Recipient>, Vec<String>, Option<String>);

#[derive(Template)]
#[template(path = "participants/views/recipients.html")]
pub(super) struct RecipientsPage<'a> {
    t: &'a Text,
    id: TicketId,
    participants: Vec<Participant>,
    recipients: Vec<Recipient>,
    others: Vec<String>,
    by: Option<String>,
    withheld: String,
    filled: &'a Filled,
    may_write: bool,
}

impl<'a> RecipientsPage<'a> {
    /// `withheld` is where the newest mail asks answers to go that do not go there.
    pub(super) fn new(
        t: &'a Text,
        id: TicketId,
        (read, withheld): (Read, Vec<String>),
        filled: &'a Filled,
        may_write: bool,
    ) -> Self {
        let (participants, recipients, others, by) = read;
        Self {
            t,
            id,
            participants,
            recipients,
            others,
            by,
            withheld: withheld.join(", "),
            filled,
            may_write,
        }
    }

    fn line(&self, is_copy: &bool) -> Vec<&Recipient> {
        let fits = |one: &&Recipient| one.is_copy == *is_copy;
        self.recipients.iter().filter(fits).collect()
    }

    /// Who can be taken off again.
    fn participant(&self, one: &Recipient) -> Option<&Participant> {
        let is_it = |there: &&Participant| folded(&there.address) == folded(&one.address);
        self.participants.iter().find(is_it).filter(|_| self.may_write)
    }

    fn called<'r>(&self, one: &'r Recipient) -> &'r str {
        if one.name.is_empty() {
            &one.address
        } else {
            &one.name
        }
    }
}
