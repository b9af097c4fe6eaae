//! Files that go with messages: what customers send along, and what agents attach to answers and notes.
//!
//! A file is kept before the message is: until then it *waits*, seen by the agent who added it alone, and is swept away
//! when its message is never written. The bytes are a blob; the row says what they are called.

pub mod api;
mod bytes;
pub mod jobs;
mod lending;
pub mod operations;
mod renewing;
mod shown;
pub(super) mod store;
pub mod web;

use ::bytes::Bytes;
use futures::Stream;
use kit::blob::{self, BlobError, BlobId, Stored};
use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub(crate) use self::bytes::content;
pub(crate) use lending::{forget_lent, lend, public};
pub(crate) use renewing::renew;
pub(super) use shown::{held, named};

use super::{MessageId, TicketError, TicketId, connections, store as tickets};

kit::id! {
    /// A file that goes with a message.
    FileId, "tfl"
}

/// How large the files of one message are together at most, in bytes: what mail servers take.
pub const LARGEST: u64 = 25 << 20;
/// How many files go with one message.
pub const MOST: usize = 20;

/// A file that goes with a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// The ticket.
    pub ticket: TicketId,
    /// The message; none while it waits.
    pub message: Option<MessageId>,
    /// What it is called, without folders.
    pub name: String,
    /// What kind of content it is said to be.
    pub media_type: String,
    /// Its length in bytes.
    pub size: i64,
    /// Its content.
    pub content: BlobId,
    /// The Content-ID by which the message's HTML names it (RFC 2392); empty for none.
    pub content_id: String,
    /// Whether it is shown within the message rather than beside it.
    pub is_inline: bool,
    /// Who added it: a signature.
    pub author: String,
    /// When.
    pub added_at: Timestamp,
}

/// A file to be kept.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// The ticket.
    pub ticket: TicketId,
    /// The message; none for one that waits.
    pub message: Option<MessageId>,
    /// What it is called.
    pub name: String,
    /// What kind of content it is said to be; empty to tell by the name.
    pub media_type: String,
    /// Its bytes, as the store has taken them.
    pub stored: Stored,
    /// Its Content-ID; empty for none.
    pub content_id: String,
    /// Whether it is shown within the message.
    pub is_inline: bool,
}

impl NewFile {
    /// A file that waits for its message.
    pub fn waiting(ticket: TicketId, name: &str, stored: Stored) -> Self {
        Self {
            ticket,
            message: None,
            name: name.to_owned(),
            media_type: String::new(),
            stored,
            content_id: String::new(),
            is_inline: false,
        }
    }
}

impl File {
    /// Whether browsers may show it as a picture: of a listed kind, none that can hold scripts.
    pub fn is_picture(&self) -> bool {
        matches!(
            self.media_type.as_str(),
            "image/png" | "image/jpeg" | "image/gif" | "image/webp"
        )
    }

    /// Who needs the blob, as its references say it.
    fn subject(&self) -> String {
        self.id.to_string()
    }
}

/// Keeps a file of a ticket: with its message, or waiting for it.
///
/// # Errors
/// [`TicketError::BadFile`] for one without a name or too large a number of them, [`TicketError::LargeFile`] for too much
/// together, [`TicketError::Unknown`] for a ticket of
/// no or another workspace, a missing permission, the blob store's or the database's.
pub fn keep(tx: &mut Tx<'_>, actor: &Actor, new: &NewFile) -> Result<File, TicketError> {
    actor.must(Permission::TicketsWrite)?;
    tickets::find(tx, actor.workspace, new.ticket)?.ok_or(TicketError::Unknown)?;
    let name = kit::web::plain_name(&new.name);
    let author = actor.signature();
    let size = i64::try_from(new.stored.size).map_err(|_| TicketError::LargeFile)?;
    let beside = match new.message {
        None => store::waiting(tx, actor.workspace, new.ticket, &author)?,
        Some(_) => Vec::new(),
    };
    if name.is_empty() || beside.len() >= MOST {
        return Err(TicketError::BadFile);
    }
    if new.message.is_none() && !fit_together(beside.iter().map(|file| file.size).chain([size])) {
        return Err(TicketError::LargeFile);
    }
    let media_type = match new.media_type.trim() {
        "" => mime_guess::from_path(&name).first_or_octet_stream().to_string(),
        said => said.chars().filter(|c| !c.is_control()).take(100).collect(),
    };
    let file = File {
        id: tx.new_id(),
        ticket: new.ticket,
        message: new.message,
        name,
        media_type,
        size,
        content: new.stored.id,
        content_id: new.content_id.clone(),
        is_inline: new.is_inline,
        author,
        added_at: tx.now(),
    };
    let workspace = actor.workspace.uuid();
    blob::add(tx, workspace, &new.stored, &file.media_type, &file.subject()).map_err(of_store)?;
    store::insert(tx, actor.workspace, &file)?;
    Ok(file)
}

/// Keeps a copy of something that the workspace holds: its name, kind, length and content. It waits for the actor's message; what
/// waits there already is not kept twice.
///
/// # Errors
/// [`TicketError::BadFile`] for too many of them or a content that is gone, [`TicketError::LargeFile`] for too much together, a
/// missing permission, a ticket of no or another workspace, or the database's.
pub(crate) fn copy(
    tx: &mut Tx<'_>,
    actor: &Actor,
    ticket: TicketId,
    (name, media_type, size, content): (&str, &str, i64, BlobId),
) -> Result<FileId, TicketError> {
    actor.must(Permission::TicketsWrite)?;
    tickets::find(tx, actor.workspace, ticket)?.ok_or(TicketError::Unknown)?;
    let author = actor.signature();
    let beside = store::waiting(tx, actor.workspace, ticket, &author)?;
    let same = beside
        .iter()
        .find(|file| file.content == content && file.name == name);
    if let Some(same) = same {
        return Ok(same.id);
    }
    if beside.len() >= MOST {
        return Err(TicketError::BadFile);
    }
    if !fit_together(beside.iter().map(|file| file.size).chain([size])) {
        return Err(TicketError::LargeFile);
    }
    let file = File {
        id: tx.new_id(),
        ticket,
        message: None,
        name: name.to_owned(),
        media_type: media_type.to_owned(),
        size,
        content,
        content_id: String::new(),
        is_inline: false,
        author,
        added_at: tx.now(),
    };
    if !blob::link(tx, actor.workspace.uuid(), content, &file.subject())? {
        return Err(TicketError::BadFile);
    }
    store::insert(tx, actor.workspace, &file)?;
    Ok(file.id)
}

/// Whether files of these sizes go with one message.
fn fit_together(sizes: impl IntoIterator<Item = i64>) -> bool {
    u64::try_from(sizes.into_iter().sum::<i64>()).is_ok_and(|all| all <= LARGEST)
}

/// What failed, where the store of files was asked.
pub(super) fn of_store(error: BlobError) -> TicketError {
    match error {
        BlobError::Database(error) => error.into(),
        BlobError::TooLarge { .. } => TicketError::LargeFile,
        error => TicketError::Blob(error),
    }
}

/// Gives waiting files to the message that they waited for.
///
/// # Errors
/// [`TicketError::BadFile`] for one that is none of this ticket or has its message already, [`TicketError::LargeFile`] for
/// too much together.
pub(super) fn attach(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (ticket, message): (TicketId, MessageId),
    files: &[FileId],
) -> Result<(), TicketError> {
    if files.len() > MOST {
        return Err(TicketError::BadFile);
    }
    let mut sizes = Vec::new();
    for id in files {
        let file = store::find(tx, actor.workspace, *id)?.ok_or(TicketError::BadFile)?;
        let fits = file.ticket == ticket && file.message.is_none() && file.author == actor.signature();
        if !fits {
            return Err(TicketError::BadFile);
        }
        store::attach(tx, actor.workspace, *id, message)?;
        sizes.push(file.size);
    }
    if fit_together(sizes) {
        Ok(())
    } else {
        Err(TicketError::LargeFile)
    }
}

/// Takes the bytes of a file in that is to be kept.
///
/// # Errors
/// [`TicketError::LargeFile`], and trouble of the store.
pub(crate) async fn take<E: std::fmt::Display>(
    db: &Db,
    content: impl Stream<Item = Result<Bytes, E>> + Send,
) -> Result<Stored, TicketError> {
    bytes::put(db, content).await
}

/// The file with this id; one that waits is seen by the agent who added it alone.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: FileId) -> Result<Option<File>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let found = store::find(tx, actor.workspace, id)?;
    Ok(found.filter(|file| file.message.is_some() || file.author == actor.signature()))
}

/// The files of a message, in the order in which they were added.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn of_message(tx: &mut Tx<'_>, actor: &Actor, message: MessageId) -> Result<Vec<File>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::of_message(tx, actor.workspace, message)?)
}

/// The files of a ticket's messages and of those merged into it, in the order in which they were added.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn of_ticket(tx: &mut Tx<'_>, actor: &Actor, ticket: TicketId) -> Result<Vec<File>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let mut files = Vec::new();
    for part in connections::parts(tx, actor.workspace, ticket)? {
        files.extend(store::of_ticket(tx, actor.workspace, part)?);
    }
    files.sort_by_key(|file| file.id);
    Ok(files)
}

/// What the actor has added to a ticket and not sent yet.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub fn waiting(tx: &mut Tx<'_>, actor: &Actor, ticket: TicketId) -> Result<Vec<File>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    Ok(store::waiting(tx, actor.workspace, ticket, &actor.signature())?)
}

/// Takes away a file that waits.
///
/// # Errors
/// [`TicketError::FileSent`] for one that went with a message, [`TicketError::Unknown`] for one that is not there or
/// another agent's.
pub fn discard(tx: &mut Tx<'_>, actor: &Actor, id: FileId) -> Result<File, TicketError> {
    actor.must(Permission::TicketsWrite)?;
    let file = find(tx, actor, id)?.ok_or(TicketError::Unknown)?;
    if file.message.is_some() {
        return Err(TicketError::FileSent);
    }
    remove(tx, actor.workspace, &file)?;
    Ok(file)
}

/// What waits in a ticket waits in another.
pub(super) fn carry(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (from, to): (TicketId, TicketId),
) -> Result<(), DbError> {
    store::carry(tx, workspace, (from, to))
}

/// Takes away a file and what says that its content is needed.
pub(super) fn remove(tx: &mut Tx<'_>, workspace: WorkspaceId, file: &File) -> Result<(), DbError> {
    blob::unlink(tx, workspace.uuid(), file.content, &file.subject())?;
    store::delete(tx, workspace, file.id)
}

/// The files of a ticket's own messages, for what takes the ticket away.
pub(super) fn all_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<Vec<File>, DbError> {
    store::of_ticket(tx, workspace, ticket)
}

/// Removes what waits in a ticket that is removed itself.
pub(super) fn remove_waiting(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ticket: TicketId,
) -> Result<(), DbError> {
    for file in store::unsent(tx, workspace, ticket)? {
        remove(tx, workspace, &file)?;
    }
    Ok(())
}

/// Gives the files that were held for a message to the one that was written.
pub(super) fn hand_on(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    pair: (MessageId, MessageId),
) -> Result<(), DbError> {
    store::hand_on(tx, workspace, pair)
}

/// Gives the files of a message that is not sent, or was taken back, to the actor's composer.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn give_back(tx: &mut Tx<'_>, actor: &Actor, held: MessageId) -> Result<(), DbError> {
    store::give_back(tx, actor.workspace, held, &actor.signature())
}

/// The files that are held for a message of a merged ticket go along.
pub(super) fn carry_held(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    held: MessageId,
    to: TicketId,
) -> Result<(), DbError> {
    store::carry_held(tx, workspace, held, to)
}

/// Removes the files that are held for a message.
pub(super) fn remove_held(tx: &mut Tx<'_>, workspace: WorkspaceId, held: MessageId) -> Result<(), DbError> {
    for file in store::of_message(tx, workspace, held)? {
        remove(tx, workspace, &file)?;
    }
    Ok(())
}
