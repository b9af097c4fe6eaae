//! Which batches may leave the log: those that were folded and counted, but for the newest of each source.

pub(in crate::usage) mod store;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::workspaces::WorkspaceId;

use super::BatchId;
use crate::usage::sources::{self, SourceId};

/// A batch that may leave the log, without what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::usage) struct Sealable {
    pub(in crate::usage) id: BatchId,
    pub(in crate::usage) received: Timestamp,
    pub(in crate::usage) events: i64,
    pub(in crate::usage) bytes: i64,
    pub(in crate::usage) zone: Option<String>,
    /// For which generation of definitions it was counted.
    pub(in crate::usage) measured: i64,
    /// Grows whenever another body takes the place of its own.
    pub(in crate::usage) revision: i64,
}

/// Batches that came until a moment and may leave, the oldest first; `newest` of each source stay.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn until(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    end: Timestamp,
    newest: i64,
) -> Result<Vec<Sealable>, DbError> {
    let mut stay: Vec<(SourceId, BatchId)> = Vec::new();
    if newest > 0 {
        for (source, _) in sources::names(tx, workspace)? {
            let first = store::newest_from(tx, workspace, source, newest)?;
            stay.extend(first.map(|first| (source, first)));
        }
    }
    let may_go =
        |source: SourceId, id: BatchId| !stay.iter().any(|(of, first)| *of == source && id >= *first);
    let found = store::folded(tx, workspace, end)?;
    let found = found
        .into_iter()
        .filter(|(source, batch)| may_go(*source, batch.id));
    Ok(found.map(|(_, batch)| batch).collect())
}
