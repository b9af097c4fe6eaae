//! Mail that a list or a group passes on under its own address. Whoever is named behind it wrote it, where we have a reason to
//! believe the list: its domain vouches for the mail, and the address is one of ours or somebody trusts it. Anybody can name
//! somebody in a field, so nothing vouches for whom the list names, and of other lists the address in From stays the sender.

use std::borrow::Cow;

use kit::db::{DbError, Tx};
use mail::understand::Address;
use tandem_core::workspaces::WorkspaceId;

use super::understanding::Understood;
use super::{Reading, answers, senders, suspicion};
use crate::mailboxes::{self, folded};

/// What a mail says, with whoever wrote it as its sender.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn attributed<'r>(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    read: &'r Understood,
) -> Result<Cow<'r, Understood>, DbError> {
    let named = read.message.behind_list();
    let Some(author) = named.filter(|_| read.reading.is_confirmed()) else {
        return Ok(Cow::Borrowed(read));
    };
    let list = &read.reading.sender;
    let is_believed = mailboxes::is_at(&mailboxes::all(tx, workspace)?, list)
        || suspicion::is_trusted(senders::verdict(tx, workspace, list)?, read);
    if !is_believed {
        return Ok(Cow::Borrowed(read));
    }
    let mut read = read.clone();
    name(&mut read.reading, &author);
    Ok(Cow::Owned(read))
}

/// Makes somebody the sender; that they wrote it is a claim.
fn name(reading: &mut Reading, author: &Address) {
    let sender = folded(&author.address);
    let list = std::mem::replace(&mut reading.sender, sender.clone());
    let name = author.name.chars().filter(|c| !c.is_control());
    reading.sender_name = name.take(200).collect();
    "unknown".clone_into(&mut reading.identity);
    let mut answers = answers::words(&reading.reply_to);
    answers.retain(|one| *one != list);
    if answers.is_empty() {
        answers.push(sender.clone());
    }
    reading.reply_to = answers.join(" ");
    let mut people = answers::words(&reading.people);
    if !people.contains(&sender) {
        people.insert(0, sender);
    }
    reading.people = people.join(" ");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_a_list_names_is_the_sender_and_is_not_vouched_for() {
        let mut reading = Reading {
            sender: "users@list.example".to_owned(),
            sender_name: "Leyla via Users".to_owned(),
            identity: "authenticated".to_owned(),
            reply_to: "users@list.example".to_owned(),
            people: "users@list.example pal@example.com".to_owned(),
            ..Reading::default()
        };
        let author = Address {
            name: "Leyla".to_owned(),
            address: "Leyla@example.com".to_owned(),
        };
        name(&mut reading, &author);
        assert_eq!(
            (reading.sender.as_str(), reading.sender_name.as_str()),
            ("leyla@example.com", "Leyla")
        );
        assert!(!reading.is_confirmed());
        assert_eq!(reading.reply_to, "leyla@example.com");
        assert_eq!(
            reading.people,
            "leyla@example.com users@list.example pal@example.com"
        );
    }
}
