//! Which batches may leave the log: those that were folded and counted, but for the newest of each source.

pub(in crate::usage) mod store;

use std::time::Duration;

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

/// How long a batch that can't be read is left alone before it is tried again.
const REST: Duration = Duration::from_secs(86_400);
/// How many of those are told of.
const TOLD: i64 = 20;

/// A batch that stays in the log because it can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::usage) struct Unread {
    /// Where it came from.
    pub(in crate::usage) source: SourceId,
    /// When it came.
    pub(in crate::usage) received: Timestamp,
    /// How many events it should have.
    pub(in crate::usage) events: i64,
    /// How many of them can be read.
    pub(in crate::usage) found: i64,
}

/// The newest of the batches that stay in the log because they can't be read.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn unread(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Unread>, DbError> {
    store::unread(tx, workspace, TOLD)
}

/// Says of batches that they can't be read now, and how many of the events of each can be: others go before them.
///
/// # Errors
/// [`DbError`] of the database.
pub(in crate::usage) fn set_aside(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    broken: &[(BatchId, i64)],
) -> Result<(), DbError> {
    let now = tx.now();
    for (id, found) in broken {
        store::set_aside(tx, workspace, *id, (*found, now))?;
    }
    tx.wake(sources::LIST);
    Ok(())
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
    let rested = tx.now().minus(REST);
    let found = store::folded(tx, workspace, (end, rested))?;
    let found = found
        .into_iter()
        .filter(|(source, batch)| may_go(*source, batch.id));
    Ok(found.map(|(_, batch)| batch).collect())
}
