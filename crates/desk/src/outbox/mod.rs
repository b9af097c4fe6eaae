//! The outbox: answers on their way to customers by mail.
//!
//! A reply of an agent to somebody with a mail address becomes an *outgoing mail* in the transaction that stores the reply:
//! its Message-ID is fixed then and for ever. After the *undo window* an errand hands it to the mailbox's server. What
//! became of it is known for each recipient.
//!
//! Invariants:
//! - a message becomes one mail at most, and a mail is handed over by one job at a time;
//! - that a mail is being handed over is stored before the end of its content is sent, and after its beginning was: whoever
//!   is killed before has sent nothing, and only who is killed after leaves it *unknown*;
//! - what is unknown, refused or accepted is never sent again but by a person;
//! - the bytes are stored before the first try and are the same at every one (decision 33).

mod answering;
pub mod api;
mod asking;
mod budgets;
mod carrying;
pub mod demo;
mod documents;
mod failures;
pub mod jobs;
mod letters;
pub mod log;
mod marks;
mod model;
pub mod operations;
mod parcel;
mod personal;
mod quoting;
mod raw;
mod rewritten;
mod sending;
mod settings;
mod siding;
mod store;
pub mod suppression;
mod trouble;
mod unsent;
mod views;
pub mod web;
mod wording;
mod writing;

use kit::db::{DbError, Tx};
use kit::jobs::Queue;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::panels::{Panel, Place};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub(crate) use asking::{Asking, ask, way_to_ask};
pub use carrying::CARRIER;
pub(crate) use letters::escaped as html_escaped;
pub use log::{LogLine, StepId};
pub use marks::say;
pub(crate) use marks::say_of;
pub use model::{Mail, MailState, OutboxError, Parcel, Recipient, RecipientState, Step, Told};
pub use parcel::{SCHEDULE, SILENCE};
pub use personal::HOLDS;
pub(crate) use personal::forget_ticket;
pub(crate) use quoting::whose_line;
pub(crate) use rewritten::recognised;
pub use sending::send;
pub use settings::{Settings, change_settings, settings};
pub(crate) use siding::{
    Sideways, forget_message, forget_subject, mailbox_of_side, sending_mailbox, went_to, write_to_side,
};
pub use writing::WRITE;
pub(crate) use writing::next_recipients;

use crate::tickets::{self, MessageId};

kit::id! {
    /// An outgoing mail.
    OutgoingId, "oml"
}

/// Every recipient's server has taken a mail.
pub const SENT: Kind = Kind::new("mail.sent", Permission::TicketsRead);
/// A mail was refused, or could not be handed over for days.
pub const FAILED: Kind = Kind::new("mail.failed", Permission::TicketsRead);
/// A mail was handed over and nobody knows whether it arrived.
pub const LOST: Kind = Kind::new("mail.unknown", Permission::TicketsRead);
/// A mail is tried again later.
pub const DEFERRED: Kind = Kind::new("mail.deferred", Permission::TicketsRead);
/// Somebody who got a mail complained of it to their provider.
pub const COMPLAINED: Kind = Kind::new("mail.complained", Permission::TicketsRead);
/// A mail was taken back before it went out.
pub const WITHDRAWN: Kind = Kind::new("mail.withdrawn", Permission::TicketsRead);
/// Somebody sends a mail again.
pub const AGAIN: Kind = Kind::new("mail.again", Permission::TicketsRead);

/// The panel of the contact's page: which of their addresses take no mail.
pub const PANEL: Panel = Panel {
    lines: 1,
    ..Panel::new(
        "their-mail",
        Place::Contact,
        Permission::TicketsRead,
        "/contacts/{id}/suppressed",
    )
};

/// The name of the list of outgoing mails, for pages that show it and in cursors.
pub const LIST: &str = "outgoing_mails";
/// The field by which we know our own mails when they come back.
pub const STAMP: &str = "X-Tandem-Mail";

/// A mail of the actor's workspace with its log, the newest line first.
///
/// # Errors
/// [`OutboxError::Unknown`] for a mail of no or another workspace.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: OutgoingId) -> Result<(Parcel, Vec<LogLine>), OutboxError> {
    actor.must(Permission::TicketsRead)?;
    let parcel = known(tx, actor, id)?;
    let log = log::steps(tx, actor.workspace, id)?;
    Ok((parcel, log))
}

/// Mails, the newest first, before the one named; in one state or in any.
///
/// # Errors
/// A missing permission, or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    part: (Option<MailState>, Option<OutgoingId>),
    limit: i64,
) -> Result<Vec<Parcel>, OutboxError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::list(tx, actor.workspace, part, limit)?)
}

/// The mail that brings a message.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of_message(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
) -> Result<Option<Parcel>, DbError> {
    store::of_message(tx, workspace, message)
}

/// Which of these messages were taken back before they went out: they went to nobody.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn taken_back(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    messages: &[MessageId],
) -> Result<Vec<MessageId>, DbError> {
    let mut parcels = store::of_messages(tx, workspace, messages)?;
    parcels.retain(|parcel| parcel.mail.state == MailState::Withdrawn);
    Ok(parcels.iter().map(|parcel| parcel.mail.message).collect())
}

/// The mail of ours that has this Message-ID, without brackets, or to which a server gave it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn is_ours(tx: &mut Tx<'_>, workspace: WorkspaceId, identifier: &str) -> Result<Option<Parcel>, DbError> {
    match store::by_identifier(tx, workspace, identifier)? {
        None if !identifier.is_empty() => rewritten::find(tx, workspace, identifier),
        found => Ok(found),
    }
}

/// The mail of ours with this id.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn with_id(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    id: OutgoingId,
) -> Result<Option<Parcel>, DbError> {
    store::find(tx, workspace, id)
}

/// Takes a mail back before it goes out, and what its answer did to its ticket. Doing it twice is no harm.
///
/// # Errors
/// [`OutboxError::TooLate`] when somebody has it or may have it.
pub fn withdraw(tx: &mut Tx<'_>, actor: &Actor, id: OutgoingId) -> Result<Parcel, OutboxError> {
    actor.must(Permission::TicketsWrite)?;
    let mut parcel = known(tx, actor, id)?;
    if parcel.mail.state == MailState::Withdrawn {
        return Ok(parcel);
    }
    parcel.withdraw(tx.now())?;
    store::update(tx, actor.workspace, &parcel)?;
    note(tx, actor, id, Step::Withdrawn)?;
    record(tx, actor, &WITHDRAWN, &parcel)?;
    tickets::take_back(tx, actor, parcel.mail.message).map_err(writing::of_ticket)?;
    Ok(parcel)
}

/// Sends a mail again, with the same Message-ID and bytes, to those who were refused or of whom it is not known; one that
/// waits for its next attempt goes out now.
///
/// # Errors
/// [`OutboxError::NothingToSend`], and [`OutboxError::TooLate`] while it is being handed over.
pub fn again(tx: &mut Tx<'_>, actor: &Actor, id: OutgoingId) -> Result<Parcel, OutboxError> {
    actor.must(Permission::TicketsWrite)?;
    let mut parcel = known(tx, actor, id)?;
    parcel.again(tx.now())?;
    store::update(tx, actor.workspace, &parcel)?;
    note(tx, actor, id, Step::Again)?;
    record(tx, actor, &AGAIN, &parcel)?;
    queue(tx, actor.workspace, &parcel.mail)?;
    Ok(parcel)
}

/// Writes down what somebody else said became of a mail for one recipient, such as a report of a bounce. Whether it
/// changed anything: a report that comes twice does nothing, nor does one about nobody we wrote to.
///
/// # Errors
/// [`DbError`] of the database.
pub fn told(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (identifier, address): (&str, &str),
    told: &Told,
) -> Result<bool, DbError> {
    let Some(mut parcel) = is_ours(tx, workspace, identifier)? else {
        return Ok(false);
    };
    let now = tx.now();
    if !parcel.told(address, told, now) {
        return Ok(false);
    }
    store::update(tx, workspace, &parcel)?;
    let line = LogLine {
        address: address.to_owned(),
        enhanced: told.enhanced.clone(),
        said: parcel::readable(&told.said),
        ..LogLine::new(tx, Step::Told)
    };
    log::note(tx, workspace, parcel.mail.id, &line)?;
    if !told.is_final && !told.is_delivered {
        record(tx, &Actor::system(workspace, "outbox"), &DEFERRED, &parcel)?;
        return Ok(true);
    }
    if told.is_final && !told.is_delivered {
        suppression::learn(
            tx,
            workspace,
            &parcel.mail,
            address,
            (told.enhanced.as_deref(), &told.said),
        )?;
    }
    tell(tx, workspace, &parcel)?;
    Ok(true)
}

/// Writes down that a recipient of a mail complained of it: nothing is sent to them until somebody lifts that. Twice is no
/// harm.
///
/// # Errors
/// [`DbError`] of the database.
pub fn complained(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (parcel, address): (&Parcel, &str),
    kind: &str,
) -> Result<(), DbError> {
    let kind = parcel::readable(kind);
    if !suppression::complained(tx, workspace, &parcel.mail, (address, &kind))? {
        return Ok(());
    }
    let line = LogLine {
        address: address.to_owned(),
        said: kind,
        trouble: Some(trouble::COMPLAINED.to_owned()),
        ..LogLine::new(tx, Step::Told)
    };
    log::note(tx, workspace, parcel.mail.id, &line)?;
    record(tx, &Actor::system(workspace, "outbox"), &COMPLAINED, parcel)
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: OutgoingId) -> Result<Parcel, OutboxError> {
    store::find(tx, actor.workspace, id)?.ok_or(OutboxError::Unknown)
}

/// Queues the job that sends a mail when it is due. One waits at most.
fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, mail: &Mail) -> Result<(), DbError> {
    let job = jobs::Send::of(mail.id);
    let queue = Queue::new(&job).workspace(workspace).key(mail.id.to_string());
    queue.at(mail.due_at).put(tx)?;
    Ok(())
}

/// Notes in the log what a person did.
fn note(tx: &mut Tx<'_>, actor: &Actor, id: OutgoingId, step: Step) -> Result<(), DbError> {
    let line = LogLine {
        author: actor.signature(),
        ..LogLine::new(tx, step)
    };
    log::note(tx, actor.workspace, id, &line)
}

/// Tells how a mail stands now that something became of it.
fn tell(tx: &mut Tx<'_>, workspace: WorkspaceId, parcel: &Parcel) -> Result<(), DbError> {
    let kind = match parcel.mail.state {
        MailState::Sent => &SENT,
        MailState::Failed => &FAILED,
        MailState::Unknown => &LOST,
        MailState::Waiting => &DEFERRED,
        MailState::Handing | MailState::Withdrawn => return Ok(()),
    };
    record(tx, &Actor::system(workspace, "outbox"), kind, parcel)
}

/// Events hold no address and no word of a mail.
fn record(tx: &mut Tx<'_>, actor: &Actor, kind: &'static Kind, parcel: &Parcel) -> Result<(), DbError> {
    let mail = &parcel.mail;
    let event = NewEvent::of(kind, mail.id).topic(LIST).topic(mail.ticket);
    let payload = json!({
        "ticket": mail.ticket, "message": mail.message, "side_conversation": mail.side, "mailbox": mail.mailbox,
        "state": mail.state.as_str(), "recipients": parcel.recipients.len(),
    });
    events::record(tx, actor, event.payload(payload))?;
    Ok(())
}
