//! Folding: what is in the log becomes numbers per person, group, feature and day.
//!
//! A batch is folded and marked in one transaction, so each is counted once, whenever and wherever that happens. Numbers are
//! sums, first and last times, so the order of batches has no part in them. A node follows the log: it wakes with every
//! batch that is stored anywhere, and what it folds is on the pages of accounts a moment later.

mod counting;
pub mod invented;
pub mod jobs;
pub(crate) mod store;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::tz::TimeZone;
use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use tandem_core::live::{Moved, Moves};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::{self, WorkspaceId};
use tokio_util::sync::CancellationToken;

pub use counting::Counted;

use super::TOPIC;
use super::log::{self, BatchId, Header, unpacked};

kit::id! {
    /// Something that can be done in the product.
    FeatureId, "ftr"
}

/// What wakes those who show numbers, once they are others.
pub const FOLDED: &str = "usage.folded";
/// What is told to open pages that show usage.
pub const MOVES: Moves = Moves {
    wakes: FOLDED,
    needs: Permission::UsageRead,
    since: moved_since,
};
/// How long to wait when nothing wakes us: a lost wake-up costs this much and nothing else.
const LOOK: Duration = Duration::from_secs(1);
/// How many batches are looked at in one go, and how many events of them are folded at once.
const BATCHES: i64 = 64;
const EVENTS: usize = 5_000;

/// Follows the log and folds what comes, until `ending`. A database that is away is tried again.
pub async fn follow(db: Db, ending: CancellationToken) {
    let mut wakeups = db.wakeups(TOPIC);
    while !ending.is_cancelled() {
        match fold(&db).await {
            Ok(events) => metrics::counter!("usage_folded_total").increment(events as u64),
            Err(error) => tracing::warn!(%error, "usage waits to be counted"),
        }
        tokio::select! {
            () = ending.cancelled() => {}
            // Either is a reason to look again.
            _ = tokio::time::timeout(LOOK, wakeups.next()) => {}
        }
    }
}

/// Folds everything that waits; gives how many events that were.
///
/// # Errors
/// [`DbError`] of the database; what was folded until then stays so.
pub async fn fold(db: &Db) -> Result<usize, DbError> {
    let mut folded = 0;
    loop {
        let pending = db.read(|tx| log::fold_next(tx, BATCHES)).await?;
        if pending.is_empty() {
            return Ok(folded);
        }
        let mut part = Part::default();
        for batch in pending {
            let events: Vec<Header> = unpacked(&batch.body)
                .into_iter()
                .map(|event| event.header)
                .collect();
            if part.workspace.is_some_and(|known| known != batch.workspace) || part.events() >= EVENTS {
                folded += part.take().store(db).await?;
            }
            part.workspace = Some(batch.workspace);
            part.batches.push((batch.id, events));
        }
        folded += part.take().store(db).await?;
    }
}

/// Some batches of one workspace.
#[derive(Clone, Debug, Default)]
struct Part {
    workspace: Option<WorkspaceId>,
    batches: Vec<(BatchId, Vec<Header>)>,
}

impl Part {
    fn events(&self) -> usize {
        self.batches.iter().map(|(_, events)| events.len()).sum()
    }

    fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    async fn store(self, db: &Db) -> Result<usize, DbError> {
        let Some(workspace) = self.workspace else {
            return Ok(0);
        };
        db.write_in_turn("usage.fold", move |tx| self.fold(tx, workspace))
            .await
    }

    /// Counts what nobody has counted yet.
    fn fold(&self, tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<usize, DbError> {
        let mut counted = Counted::in_zone(zone(tx, workspace)?);
        for (id, events) in &self.batches {
            if log::mark_folded(tx, workspace, *id)? {
                events.iter().for_each(|event| counted.add(event));
            }
        }
        let events = counted.events();
        counted.store(tx, workspace)?;
        touch(tx, workspace)?;
        Ok(events)
    }
}

/// Says that the numbers of a workspace are others now.
///
/// # Errors
/// [`DbError`] of the database.
pub fn touch(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let now = tx.now();
    store::touch(tx, workspace, now)?;
    tx.wake(FOLDED);
    Ok(())
}

/// The workspaces whose numbers moved after a moment, or in which something was refused.
fn moved_since(tx: &mut Tx<'_>, since: Timestamp) -> Result<Vec<Moved>, DbError> {
    let mut moved: BTreeMap<WorkspaceId, Timestamp> = store::moved_since(tx, since)?.into_iter().collect();
    for (workspace, at) in log::refusals::moved_since(tx, since)? {
        let newest = moved.entry(workspace).or_insert(at);
        *newest = at.max(*newest);
    }
    let moved = moved.into_iter().map(|(workspace, at)| Moved {
        workspace,
        topic: TOPIC.to_owned(),
        at,
    });
    Ok(moved.collect())
}

/// Where the workspace's days begin and end.
fn zone(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<TimeZone, DbError> {
    let found = workspaces::find(tx, workspace)?;
    let zone = found.and_then(|workspace| TimeZone::get(&workspace.zone).ok());
    Ok(zone.unwrap_or(TimeZone::UTC))
}
