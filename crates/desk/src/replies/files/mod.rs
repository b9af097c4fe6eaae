//! Files that go along with a saved reply. Whoever uses it gets copies that wait for their message, as if they had added them.

pub mod api;
pub mod operations;
mod store;
pub mod web;

use kit::blob::{self, BlobId, Stored};
use kit::clock::Timestamp;
use kit::db::Tx;
use kit::id::TypedId;
use serde_json::json;
use tandem_core::actor::Actor;
use tandem_core::audit::{Act, Entry};
use tandem_core::permissions::Permission;

use super::{CHANGED, Reply, ReplyError, ReplyId, known, must_own, note};
use crate::tickets::files::{self, FileId, LARGEST};
use crate::tickets::{TicketError, TicketId};

kit::id! {
    /// A file that goes along with a saved reply.
    ReplyFileId, "rpf"
}

/// How many files a reply has at most.
pub const MOST: usize = 10;

/// A file that goes along with a saved reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyFile {
    /// Its id.
    pub id: ReplyFileId,
    /// The reply.
    pub reply: ReplyId,
    /// What it is called.
    pub name: String,
    /// What kind of content it is.
    pub media_type: String,
    /// Its length in bytes.
    pub size: i64,
    /// Its content.
    pub content: BlobId,
    /// When it was added.
    pub added_at: Timestamp,
}

/// Adds a file to a reply.
///
/// # Errors
/// [`TicketError::BadFile`] for one without a name or too many of them, [`TicketError::LargeFile`] for too much together, what
/// stops a change of the reply, or trouble of the store.
pub fn add(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: ReplyId,
    (name, stored): (&str, &Stored),
) -> Result<ReplyFile, ReplyError> {
    let reply = may_change(tx, actor, id)?;
    let name = kit::web::plain_name(name);
    let beside = store::of_reply(tx, actor.workspace, id)?;
    if name.is_empty() || beside.len() >= MOST {
        return Err(TicketError::BadFile.into());
    }
    let size = i64::try_from(stored.size).map_err(|_| TicketError::LargeFile)?;
    let all = beside.iter().map(|file| file.size).sum::<i64>() + size;
    if u64::try_from(all).is_ok_and(|all| all > LARGEST) {
        return Err(TicketError::LargeFile.into());
    }
    let file = ReplyFile {
        id: tx.new_id(),
        reply: id,
        media_type: mime_guess::from_path(&name).first_or_octet_stream().to_string(),
        name,
        size,
        content: stored.id,
        added_at: tx.now(),
    };
    let workspace = actor.workspace.uuid();
    blob::add(tx, workspace, stored, &file.media_type, &file.id.to_string()).map_err(TicketError::Blob)?;
    store::insert(tx, actor.workspace, &file)?;
    let entry = Entry::of(Act::ReplyChanged, id).after(json!({ "file_added": file.name }));
    note(tx, actor, &CHANGED, &reply, entry)?;
    Ok(file)
}

/// Takes a file away from its reply; copies that were sent stay.
///
/// # Errors
/// [`ReplyError::Unknown`] for a file of no or another workspace, and what stops a change of the reply.
pub fn remove(tx: &mut Tx<'_>, actor: &Actor, id: ReplyFileId) -> Result<ReplyFile, ReplyError> {
    actor.must(Permission::TicketsWrite)?;
    let file = store::find(tx, actor.workspace, id)?.ok_or(ReplyError::Unknown)?;
    let reply = may_change(tx, actor, file.reply)?;
    blob::unlink(tx, actor.workspace.uuid(), file.content, &file.id.to_string())?;
    store::delete(tx, actor.workspace, id)?;
    let entry = Entry::of(Act::ReplyChanged, file.reply).before(json!({ "file_removed": file.name }));
    note(tx, actor, &CHANGED, &reply, entry)?;
    Ok(file)
}

/// The files of a reply in the order in which they were added.
///
/// # Errors
/// [`ReplyError::Unknown`] for a reply that is none of the actor's, a missing permission, or the database's.
pub fn of(tx: &mut Tx<'_>, actor: &Actor, id: ReplyId) -> Result<Vec<ReplyFile>, ReplyError> {
    actor.must(Permission::TicketsWrite)?;
    known(tx, actor, id)?;
    Ok(store::of_reply(tx, actor.workspace, id)?)
}

/// Lays copies of a reply's files into a ticket, where they wait for the actor's message.
///
/// # Errors
/// [`TicketError`] for too many or too much together with what waits there already, or the database's.
pub(crate) fn lay(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, ticket): (ReplyId, TicketId),
) -> Result<Vec<FileId>, ReplyError> {
    let mut laid = Vec::new();
    for file in store::of_reply(tx, actor.workspace, id)? {
        let copy = (
            file.name.as_str(),
            file.media_type.as_str(),
            file.size,
            file.content,
        );
        laid.push(files::copy(tx, actor, ticket, copy)?);
    }
    Ok(laid)
}

fn may_change(tx: &mut Tx<'_>, actor: &Actor, id: ReplyId) -> Result<Reply, ReplyError> {
    actor.must(Permission::TicketsWrite)?;
    let reply = known(tx, actor, id)?;
    must_own(actor, reply.text.audience)?;
    Ok(reply)
}
