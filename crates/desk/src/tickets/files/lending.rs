//! Files that go along in what is written beside a ticket.

use kit::blob::{self, BlobId, Stored};
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::{File, FileId, MOST, NewFile, find, fit_together, keep, remove, store};
use crate::tickets::{MessageId, TicketError, TicketId, connections};

/// The files of what the customer wrote or got in a ticket and in what is merged into it, in the order in which they were added.
///
/// # Errors
/// [`TicketError::Forbidden`], or the database's.
pub(crate) fn public(tx: &mut Tx<'_>, actor: &Actor, ticket: TicketId) -> Result<Vec<File>, TicketError> {
    actor.must(Permission::TicketsRead)?;
    let mut files = Vec::new();
    for part in connections::parts(tx, actor.workspace, ticket)? {
        // One look-up by key for each of a few.
        files.extend(store::public(tx, actor.workspace, part)?);
    }
    files.sort_by_key(|file| file.id);
    Ok(files)
}

/// Gives a message beside the ticket files: copies of those that were sent in it or in what is merged into it, those that the
/// actor has waiting there, and those that were brought with it. What is held for a reply that is to be sent later is no message's yet.
///
/// # Errors
/// [`TicketError::BadFile`] for one of another ticket or too many of them, [`TicketError::LargeFile`] for too much together, the
/// blob store's or the database's.
pub(crate) fn lend(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (ticket, message): (TicketId, MessageId),
    (chosen, brought): (&[FileId], &[(String, Stored)]),
) -> Result<(), TicketError> {
    if chosen.len() + brought.len() > MOST {
        return Err(TicketError::BadFile);
    }
    let parts = connections::parts(tx, actor.workspace, ticket)?;
    let mut sizes: Vec<i64> = Vec::new();
    for id in chosen {
        let file = find(tx, actor, *id)?.filter(|file| parts.contains(&file.ticket));
        let file = file.ok_or(TicketError::BadFile)?;
        sizes.push(file.size);
        let Some(of) = file.message else {
            store::attach(tx, actor.workspace, file.id, message)?;
            continue;
        };
        if !store::is_written(tx, actor.workspace, of)? {
            return Err(TicketError::BadFile);
        }
        let copy = File {
            id: tx.new_id(),
            ticket,
            message: Some(message),
            author: actor.signature(),
            added_at: tx.now(),
            ..file
        };
        if !blob::link(tx, actor.workspace.uuid(), copy.content, &copy.subject())? {
            return Err(TicketError::BadFile);
        }
        store::insert(tx, actor.workspace, &copy)?;
    }
    for (name, stored) in brought {
        let new = NewFile {
            message: Some(message),
            ..NewFile::waiting(ticket, name, stored.clone())
        };
        sizes.push(keep(tx, actor, &new)?.size);
    }
    if fit_together(sizes) {
        Ok(())
    } else {
        Err(TicketError::LargeFile)
    }
}

/// Takes away those files of a message that have one of these contents; all of them where none are named. Whether there were any.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn forget_lent(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    message: MessageId,
    contents: Option<&[BlobId]>,
) -> Result<bool, DbError> {
    let mut were_any = false;
    for file in store::of_message(tx, workspace, message)? {
        if contents.is_none_or(|contents| contents.contains(&file.content)) {
            remove(tx, workspace, &file)?;
            were_any = true;
        }
    }
    Ok(were_any)
}
