//! Old mail: a file of mails that a company had before becomes tickets with their past.
//!
//! A file is looked through first, and nothing happens until somebody has seen what is in it. Then each mail is kept as it
//! came, with the place after it in one transaction; it is found out which of them are one conversation; and each
//! conversation becomes a ticket by the same reading and evidence as mail that comes today. It is the past: tickets have
//! its times, nobody is answered, asked or told, no rule looks at them. What was here already is not taken twice. An import
//! can be paused, killed and carried on, and taken back as far as nobody has touched what it made.

pub mod api;
mod bringing;
mod circle;
pub mod demo;
mod directory;
mod documents;
mod failures;
pub(super) mod forgetting;
mod heads;
pub mod jobs;
mod keeping;
mod model;
mod opening;
pub mod operations;
pub(super) mod ours;
mod place;
mod rows;
mod source;
mod store;
mod undoing;
mod unpacking;
mod views;
pub mod web;

use std::fmt;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use futures::{Stream, StreamExt};
use kit::blob::{self, Stored};
use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use tandem_core::actor::Actor;
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::{self, Kind, NewEvent};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use model::{Choices, Counts, Found, Line, MailImport, MailImportError, MailImportState, Outcome, Phase};
pub(super) use source::blobs;
pub use source::maildir;

use crate::mailboxes::{self, MailboxId, folded};
use crate::tickets::TicketId;

kit::id! {
    /// An import of old mail.
    MailImportId, "mim"
}

/// An import of old mail began, went on, or ended.
pub const CHANGED: Kind = Kind::new("mail_import.changed", Permission::MailboxesWrite);

/// The name of the list of imports of old mail, for pages that show it and in cursors.
pub const LIST: &str = "mail_imports";
/// The clue of a mail that one of us had sent.
pub const SENT: &str = "sent";
/// The most days for which tickets stay open.
const MOST_DAYS: i64 = 3_650;
/// The most addresses that are named as ours.
const MOST_OWN: usize = 200;

/// A ticket in which something of an import lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The ticket.
    pub ticket: TicketId,
    /// Whether the import has made it.
    pub is_new: bool,
    /// At which version it was left.
    pub version: i64,
    /// When it had last been touched before; none for one that the import has made.
    pub touched_at: Option<Timestamp>,
}

/// What an import is made from, beside its file.
#[derive(Clone, Debug)]
pub struct New {
    /// The mailbox to which the mails had come.
    pub mailbox: MailboxId,
    /// What the file is called.
    pub file_name: String,
}

/// Takes an mbox file in, or a zip file with mails, of any length; a job looks through it.
///
/// # Errors
/// No permission, no such mailbox, a file that is neither, trouble of the store. Then nothing stays.
pub async fn receive<E: fmt::Display>(
    db: &Db,
    actor: &Actor,
    new: New,
    content: impl Stream<Item = Result<Bytes, E>> + Send,
) -> Result<MailImport, MailImportError> {
    actor.must(Permission::MailboxesWrite)?;
    let (reader, mailbox) = (actor.clone(), new.mailbox);
    db.read(move |tx| open_mailbox(tx, reader.workspace, mailbox))
        .await?;
    let begin = Mutex::new(Vec::new());
    let watched = content.inspect(|piece| {
        let mut begin = begin.lock().unwrap_or_else(PoisonError::into_inner);
        if let Ok(piece) = piece
            && begin.len() < BEGIN.len()
        {
            begin.extend_from_slice(&piece[..piece.len().min(BEGIN.len())]);
        }
    });
    let stored = blobs(db)?.put(watched, u64::MAX).await?;
    let begin = begin.into_inner().unwrap_or_else(PoisonError::into_inner);
    if stored.size == 0 {
        return Err(MailImportError::Empty);
    }
    let phase = match begin.as_slice() {
        begin if begin.starts_with(BEGIN) => Phase::Keeping,
        begin if begin.starts_with(unpacking::BEGIN) => Phase::Unpacking,
        _ => return Err(MailImportError::NotMbox),
    };
    let author = actor.clone();
    db.write(move |tx| draft(tx, &author, &new, (&stored, phase)))
        .await
}

/// How an mbox file begins.
const BEGIN: &[u8] = b"From ";

fn open_mailbox(tx: &mut Tx<'_>, workspace: WorkspaceId, id: MailboxId) -> Result<(), MailImportError> {
    let found = mailboxes::one(tx, workspace, id)?;
    let open = found.filter(|mailbox| mailbox.archiving.is_none());
    open.map(drop).ok_or(MailImportError::NoMailbox)
}

fn draft(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &New,
    (stored, phase): (&Stored, Phase),
) -> Result<MailImport, MailImportError> {
    open_mailbox(tx, actor.workspace, new.mailbox)?;
    let (id, of): (MailImportId, _) = (tx.new_id(), actor.workspace.uuid());
    let file = blob::add(tx, of, stored, phase.media_type(), &id.to_string())?;
    let import = MailImport {
        id,
        mailbox: new.mailbox,
        file_name: new.file_name.clone(),
        file: Some(file),
        size: i64::try_from(stored.size).unwrap_or(i64::MAX),
        state: MailImportState::Looking,
        phase,
        problem: String::new(),
        choices: Choices {
            open_days: 14,
            ..Choices::default()
        },
        found: Found::default(),
        by: actor.signature(),
        created_at: tx.now(),
        changed_at: tx.now(),
        position: 0,
        taken: 0,
        thread: 0,
        rate: 0,
        counts: Counts::default(),
    };
    store::insert(tx, actor.workspace, &import)?;
    jobs::queue(tx, actor.workspace, id)?;
    record(tx, actor, &import)?;
    Ok(import)
}

/// Begins to take the mails of a file that was looked through; one that runs already goes on running.
///
/// # Errors
/// [`MailImportError::BadDays`] and [`MailImportError::BadAddress`] for choices that make no sense,
/// [`MailImportError::Past`] for an import that is past that.
pub fn start(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MailImportId,
    choices: &Choices,
) -> Result<MailImport, MailImportError> {
    let mut import = held(tx, actor, id, &[MailImportState::Ready, MailImportState::Running])?;
    if import.state == MailImportState::Running {
        return revived(tx, actor, import);
    }
    import.choices = checked(choices)?;
    let entry = Entry::of(Act::ImportStarted, id).named(&import.file_name);
    audit::record(tx, actor, entry)?;
    go(tx, actor, import, MailImportState::Running)
}

fn checked(choices: &Choices) -> Result<Choices, MailImportError> {
    if !(0..=MOST_DAYS).contains(&choices.open_days) || choices.own.len() > MOST_OWN {
        return Err(MailImportError::BadDays);
    }
    let mut own = Vec::new();
    for address in &choices.own {
        let address = folded(address.trim());
        let is_one = address.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.contains('@') && address.len() <= 320
        });
        if !is_one || address.contains(char::is_whitespace) {
            return Err(MailImportError::BadAddress(address));
        }
        own.push(address);
    }
    Ok(Choices {
        own,
        ..choices.clone()
    })
}

/// Pauses an import that runs; one that is paused stays so.
///
/// # Errors
/// [`MailImportError::Past`] when it does not run.
pub fn pause(tx: &mut Tx<'_>, actor: &Actor, id: MailImportId) -> Result<MailImport, MailImportError> {
    let mut import = held(
        tx,
        actor,
        id,
        &[MailImportState::Running, MailImportState::Paused],
    )?;
    if import.state == MailImportState::Running {
        import.state = MailImportState::Paused;
        import.changed_at = tx.now();
        store::update(tx, actor.workspace, &import)?;
        record(tx, actor, &import)?;
    }
    Ok(import)
}

/// Lets a paused import go on where it was.
///
/// # Errors
/// [`MailImportError::Past`] when it is not paused.
pub fn resume(tx: &mut Tx<'_>, actor: &Actor, id: MailImportId) -> Result<MailImport, MailImportError> {
    let import = held(
        tx,
        actor,
        id,
        &[MailImportState::Running, MailImportState::Paused],
    )?;
    if import.state == MailImportState::Running {
        return revived(tx, actor, import);
    }
    go(tx, actor, import, MailImportState::Running)
}

/// Takes back what an import did: its mails, and the tickets that it made and nobody has touched since. Contacts stay.
///
/// # Errors
/// [`MailImportError::Past`] for one that has not begun, and for one that runs: pause it first.
pub fn undo(tx: &mut Tx<'_>, actor: &Actor, id: MailImportId) -> Result<MailImport, MailImportError> {
    use MailImportState::{Done, Failed, Paused, Undoing, Undone};
    let mut import = held(tx, actor, id, &[Paused, Done, Failed, Undoing, Undone])?;
    if import.state == Undoing {
        return revived(tx, actor, import);
    }
    if import.state == Undone {
        return Ok(import);
    }
    import.problem.clear();
    // From here on it is the number of the last mail that was looked at.
    import.position = 0;
    let entry = Entry::of(Act::ImportUndone, id).named(&import.file_name);
    audit::record(tx, actor, entry)?;
    go(tx, actor, import, Undoing)
}

/// Throws a file away that nothing was taken from.
///
/// # Errors
/// [`MailImportError::Past`] when something was.
pub fn discard(tx: &mut Tx<'_>, actor: &Actor, id: MailImportId) -> Result<(), MailImportError> {
    use MailImportState::{Failed, Looking, Ready};
    let import = held(tx, actor, id, &[Looking, Ready, Failed])?;
    if import.taken > 0 {
        return Err(MailImportError::Past(import.state));
    }
    if let Some(file) = import.file {
        blob::unlink(tx, actor.workspace.uuid(), file, &id.to_string())?;
    }
    rows::store::delete_lines(tx, actor.workspace, id)?;
    store::delete(tx, actor.workspace, id)?;
    record(tx, actor, &import)?;
    Ok(())
}

/// The import with this id in the actor's workspace.
///
/// # Errors
/// [`MailImportError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: MailImportId) -> Result<Option<MailImport>, MailImportError> {
    actor.must(Permission::MailboxesWrite)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// Up to `limit` imports, the newest first, before the one with the id `before`.
///
/// # Errors
/// [`MailImportError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<MailImportId>,
    limit: i64,
) -> Result<Vec<MailImport>, MailImportError> {
    actor.must(Permission::MailboxesWrite)?;
    Ok(store::list(tx, actor.workspace, before, limit)?)
}

/// What became of up to `limit` mails after the one numbered `after`; of one outcome where it is named.
///
/// # Errors
/// [`MailImportError::Unknown`], or as of [`find`].
pub fn lines(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, outcome): (MailImportId, Option<Outcome>),
    after: i64,
    limit: i64,
) -> Result<Vec<Line>, MailImportError> {
    find(tx, actor, id)?.ok_or(MailImportError::Unknown)?;
    Ok(rows::store::lines(
        tx,
        actor.workspace,
        (id, outcome),
        after,
        limit,
    )?)
}

/// Tickets that stayed when the import was taken back.
///
/// # Errors
/// As of [`find`].
pub fn left(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MailImportId,
    limit: i64,
) -> Result<Vec<Touched>, MailImportError> {
    find(tx, actor, id)?.ok_or(MailImportError::Unknown)?;
    Ok(rows::store::left(tx, actor.workspace, id, limit)?)
}

/// The import, if it is in one of these states.
fn held(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: MailImportId,
    states: &[MailImportState],
) -> Result<MailImport, MailImportError> {
    let import = find(tx, actor, id)?.ok_or(MailImportError::Unknown)?;
    if states.contains(&import.state) {
        Ok(import)
    } else {
        Err(MailImportError::Past(import.state))
    }
}

fn go(
    tx: &mut Tx<'_>,
    actor: &Actor,
    mut import: MailImport,
    state: MailImportState,
) -> Result<MailImport, MailImportError> {
    import.state = state;
    import.changed_at = tx.now();
    import.rate = 0;
    store::update(tx, actor.workspace, &import)?;
    jobs::queue(tx, actor.workspace, import.id)?;
    record(tx, actor, &import)?;
    Ok(import)
}

/// An import that is under way: the job that had it in hand may have been given up.
fn revived(tx: &mut Tx<'_>, actor: &Actor, import: MailImport) -> Result<MailImport, MailImportError> {
    jobs::queue(tx, actor.workspace, import.id)?;
    Ok(import)
}

fn record(tx: &mut Tx<'_>, actor: &Actor, import: &MailImport) -> Result<(), DbError> {
    let payload = serde_json::json!({ "state": import.state.as_str() });
    let event = NewEvent::of(&CHANGED, import.id).topic(LIST).payload(payload);
    events::record(tx, actor, event)?;
    Ok(())
}
