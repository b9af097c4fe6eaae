//! How often an event that was taken came again.

mod store;

use kit::db::{DbError, Tx};
use tandem_core::workspaces::WorkspaceId;

use super::{BatchId, Mark};

/// Counts once more the events of a batch that another has.
///
/// # Errors
/// [`DbError`] of the database.
pub(super) fn count(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    batch: BatchId,
    marks: &[&[u8]],
) -> Result<(), DbError> {
    store::count(tx, workspace, batch, marks)
}

/// How often events with these marks came again, of those that did.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn again(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    marks: &[&[u8]],
) -> Result<Vec<(Mark, i64)>, DbError> {
    store::again(tx, workspace, marks)
}
