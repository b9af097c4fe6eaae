//! Mails: everything that came to a mailbox, kept as it came, and what became of it.
//!
//! Raw bytes are on disk, and their row with the place they were read from is committed, before anything else is done with
//! a mail (`intake`). Reading it is a job that can be done again over the same bytes (`reading`); where it belongs is decided
//! in the order of evidence and kept with its words (`placing`). The same mail twice is one message. What should not become a
//! ticket at once is *held back* with a named cause until somebody decides; what can't be read is a row that says so. Nothing
//! is dropped.

pub mod alarm;
mod answers;
pub mod api;
mod asked;
mod beside;
mod by_agents;
mod carrying;
pub mod deciding;
pub mod demo;
mod documents;
mod failures;
pub mod fetching;
mod guarding;
pub mod health;
pub mod held;
mod intake;
pub mod jobs;
pub mod large;
pub mod listing;
mod look;
pub mod marks;
mod model;
mod oddities;
pub mod old;
mod opening;
pub mod operations;
mod participants;
mod passing;
mod personal;
pub mod pictures;
mod placing;
mod reading;
pub mod receiving;
pub mod reconciling;
mod remote;
pub mod replaying;
mod reports;
mod rhythm;
pub mod senders;
mod sent;
pub mod shapes;
mod store;
mod suspicion;
mod understanding;
mod views;
pub mod warning;
pub mod watching;
pub mod web;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;
use tandem_core::events::Kind;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use intake::IntakeError;
pub use listing::{counts, list};
pub use model::{Arrival, Cause, Mail, MailError, Newest, Reading, State, Verdict};
pub use personal::HOLDS;
pub(crate) use personal::{addresses, forget_ticket};
pub use remote::Pictures;
pub use understanding::MailChecker;

use crate::mailboxes::MailboxId;
use crate::sides::SideId;
use crate::tickets::{MessageId, TicketId, connections};

kit::id! {
    /// A mail that came.
    MailId, "mal"
}

/// Mail came to a mailbox.
pub const CAME: Kind = Kind::new("mail.came", Permission::MailboxesRead);
/// A mail is held back or could not be read.
pub const HELD: Kind = Kind::new("mail.held", Permission::MailboxesRead);
/// Somebody decided about a mail that was held back, or had it read again.
pub const DECIDED: Kind = Kind::new("mail.decided", Permission::MailboxesRead);

/// The name of all lists of mails, for pages that show them and in cursors.
pub const LIST: &str = "mails";

/// The mail with this id in the actor's workspace.
///
/// # Errors
/// [`MailError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: MailId) -> Result<Option<Mail>, MailError> {
    actor.must(Permission::MailboxesRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// A mail that the actor may see: whoever sees tickets sees what became of them.
fn seen(tx: &mut Tx<'_>, actor: &Actor, id: MailId) -> Result<Mail, MailError> {
    let found = store::find(tx, actor.workspace, id)?;
    let may_see = |mail: &Mail| {
        let is_message = mail.message.is_some() && actor.may(Permission::TicketsRead);
        is_message || actor.may(Permission::MailboxesRead)
    };
    found.filter(may_see).ok_or(MailError::Unknown)
}

/// The mailbox that the newest mail of a ticket came to.
///
/// # Errors
/// [`DbError`] of the database.
pub fn mailbox_of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<MailboxId>, DbError> {
    let newest = of_whole(tx, workspace, ticket, 1)?;
    Ok(newest.first().map(|mail| mail.mailbox))
}

/// What a reply has to know of the newest mail of a ticket. A stranger's is none: it does not say where answers go.
///
/// # Errors
/// [`DbError`] of the database.
pub fn newest_of_ticket(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<Newest>, DbError> {
    let newest = of_whole(tx, workspace, ticket, 20)?;
    let is_heard = |mail: &Mail| mail.state == State::Placed && !mail.is_stranger && !mail.is_ours();
    let newest = newest.into_iter().find(is_heard);
    newest.map(|mail| heard(tx, workspace, mail)).transpose()
}

/// Whether a message is an answer that one of us sent from another mail program.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn is_sent_elsewhere(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
) -> Result<bool, DbError> {
    let mails = store::of_messages(tx, workspace, &[message])?;
    Ok(mails.iter().any(by_agents::is_out))
}

/// Which of these messages are mails of somebody who had no part in their ticket.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn by_strangers(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    messages: &[MessageId],
) -> Result<Vec<MessageId>, DbError> {
    let mails = store::of_messages(tx, workspace, messages)?.into_iter();
    Ok(mails
        .filter(|mail| mail.is_stranger)
        .filter_map(|mail| mail.message)
        .collect())
}

/// The same of the newest mail of a side conversation.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn newest_of_side(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    side: SideId,
) -> Result<Option<Newest>, DbError> {
    let newest = beside::of_side(tx, workspace, side, 20)?;
    let is_heard = |mail: &Mail| mail.state == State::Placed && !mail.is_stranger;
    let newest = newest.into_iter().find(is_heard);
    newest.map(|mail| heard(tx, workspace, mail)).transpose()
}

fn heard(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: Mail) -> Result<Newest, DbError> {
    let (reply_to, withheld) = answers::of(tx, workspace, &mail)?;
    Ok(Newest {
        contact: mail.contact,
        mailbox: mail.mailbox,
        references: answers::words(&mail.reading.references),
        reply_to,
        withheld,
        people: answers::words(&mail.reading.people),
        message_id: mail.arrival.message_id,
        subject: mail.reading.subject,
        thread_index: mail.reading.thread_index,
    })
}

/// Whether machines alone wrote the mails of a ticket; not where it has none.
///
/// # Errors
/// [`DbError`] of the database.
pub fn is_by_machine(tx: &mut Tx<'_>, workspace: WorkspaceId, ticket: TicketId) -> Result<bool, DbError> {
    let mails = of_whole(tx, workspace, ticket, 20)?;
    let mut theirs = mails.iter().filter(|mail| !mail.is_ours()).peekable();
    let by_hand = |mail: &Mail| matches!(mail.reading.nature.as_str(), "person" | "calendar");
    Ok(theirs.peek().is_some() && !theirs.any(by_hand))
}

/// Whether one of these contacts has written to a ticket by a mail that shows whose it is.
///
/// # Errors
/// [`DbError`] of the database.
pub fn is_written_by(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    contacts: &[ContactId],
) -> Result<bool, DbError> {
    let is_theirs = |mail: &Mail| mail.contact.is_some_and(|contact| contacts.contains(&contact));
    let mails = of_whole(tx, workspace, ticket, 20)?;
    Ok(mails
        .iter()
        .any(|mail| mail.reading.identity == "authenticated" && !mail.is_stranger && is_theirs(mail)))
}

/// Blocks whoever wrote the first mail of a ticket; whether there is one whom that can be said of.
///
/// # Errors
/// A missing permission, or the database's.
pub(crate) fn block_writer(tx: &mut Tx<'_>, actor: &Actor, ticket: TicketId) -> Result<bool, MailError> {
    actor.must(Permission::MailsWrite)?;
    let Some(writer) = writer(tx, actor.workspace, ticket)? else {
        return Ok(false);
    };
    senders::decide(tx, actor, &writer, Verdict::Blocked)?;
    Ok(true)
}

/// Takes back that a ticket's writer was blocked, where the same person did so at this moment and may still; whether that was so.
///
/// # Errors
/// The database's.
pub(crate) fn unblock_writer(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: TicketId,
    (by, at): (&str, Timestamp),
) -> Result<bool, MailError> {
    let Some(writer) = writer(tx, actor.workspace, ticket)? else {
        return Ok(false);
    };
    let taught = senders::taught(tx, actor.workspace, &writer)?;
    let is_it = |one: &senders::Taught| one.verdict == Verdict::Blocked && one.by == by && one.at == at;
    let is_there = taught.is_some_and(|one| is_it(&one)) && actor.may(Permission::MailsWrite);
    if is_there {
        senders::take_back(tx, actor, &writer)?;
    }
    Ok(is_there)
}

/// The address from which the first mail of a ticket came.
///
/// # Errors
/// The database's.
pub(crate) fn writer(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Option<String>, DbError> {
    let mails = of_whole(tx, workspace, ticket, 200)?;
    let is_theirs = |mail: &&Mail| mail.state == State::Placed && !mail.is_stranger && !mail.is_ours();
    let first = mails.iter().rev().find(is_theirs);
    let address = first.map(|mail| mail.reading.sender.clone());
    Ok(address.filter(|address| !address.is_empty()))
}

/// The newest mails of a ticket and of what is merged into it, the newest first.
fn of_whole(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
    limit: i64,
) -> Result<Vec<Mail>, DbError> {
    let mut found = Vec::new();
    for part in connections::parts(tx, workspace, ticket)? {
        found.extend(store::of_ticket(tx, workspace, part, limit)?);
    }
    found.sort_by_key(|mail| std::cmp::Reverse(mail.id));
    Ok(found)
}
