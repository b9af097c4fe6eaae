//! Where answers to a mail go. A name in From is anybody's to write: only a mail that shows that it is its sender's leads answers
//! away from the addresses that are known to be theirs.

use kit::db::{DbError, Tx};
use tandem_core::workspaces::WorkspaceId;

use super::{Mail, personal};
use crate::mailboxes::folded;

/// The addresses that a mail asks for, in two parts: those that answers go to, and those that it may not lead them to.
pub(super) fn of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    mail: &Mail,
) -> Result<(Vec<String>, Vec<String>), DbError> {
    let asked = words(&mail.reading.reply_to);
    if mail.reading.is_confirmed() {
        return Ok((asked, Vec::new()));
    }
    let mut known = vec![mail.reading.sender.clone()];
    if let Some(contact) = mail.contact {
        let theirs = personal::addresses(tx, workspace, contact)?;
        known.extend(theirs.iter().map(|address| folded(address)));
    }
    let (mut kept, withheld): (Vec<String>, Vec<String>) = asked
        .into_iter()
        .partition(|address| known.contains(&folded(address)));
    if kept.is_empty() && !mail.reading.sender.is_empty() {
        kept.push(mail.reading.sender.clone());
    }
    Ok((kept, withheld))
}

/// Whether a mail brings an address into its conversation: whoever wrote it, and where it shows that it is theirs, everybody
/// to whom it went.
pub(super) fn brings(mail: &Mail, address: &str) -> bool {
    let is_named = || words(&mail.reading.people).iter().any(|known| known == address);
    !address.is_empty() && (mail.reading.sender == address || (mail.reading.is_confirmed() && is_named()))
}

pub(super) fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mailboxes::MailboxId;
    use crate::mails::{Arrival, MailId};
    use kit::clock::Timestamp;
    use kit::id::{TypedId, Uuid};

    #[test]
    fn only_a_mail_that_shows_whose_it_is_brings_others_in() {
        let arrival = Arrival {
            folder: String::new(),
            place: None,
            blob: None,
            size: 0,
            arrived_at: Timestamp(0),
            stored_at: Timestamp(0),
            envelope_from: String::new(),
            envelope_to: Vec::new(),
            peer: String::new(),
            hello: String::new(),
            message_id: String::new(),
        };
        let (id, mailbox) = (MailId::from_uuid(Uuid::nil()), MailboxId::from_uuid(Uuid::nil()));
        let mut mail = Mail::of(id, mailbox, arrival);
        mail.reading.sender = "leyla@example.com".to_owned();
        mail.reading.people = "leyla@example.com mal@evil.example".to_owned();
        for (identity, is_in) in [("unknown", false), ("denied", false), ("authenticated", true)] {
            identity.clone_into(&mut mail.reading.identity);
            assert!(brings(&mail, "leyla@example.com"), "{identity}");
            assert_eq!(brings(&mail, "mal@evil.example"), is_in, "{identity}");
        }
    }
}
