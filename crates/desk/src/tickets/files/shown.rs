//! Files that the formatting of a message may show.

use kit::db::{DbError, Tx};
use tandem_core::workspaces::WorkspaceId;

use super::super::MessageId;
use super::{File, FileId, MOST, store};

/// Those of these files that are there.
///
/// # Errors
/// [`DbError`] of the database.
pub(in super::super) fn named(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    ids: &[FileId],
) -> Result<Vec<File>, DbError> {
    let mut found = Vec::new();
    // One look-up by key for each of a few.
    for id in ids.iter().take(MOST) {
        found.extend(store::find(tx, workspace, *id)?);
    }
    Ok(found)
}

/// Those that are held for a message.
///
/// # Errors
/// [`DbError`] of the database.
pub(in super::super) fn held(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    holder: MessageId,
) -> Result<Vec<File>, DbError> {
    store::of_message(tx, workspace, holder)
}
