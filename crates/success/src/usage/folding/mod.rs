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
/// What a small batch has: so many are asked for that there are enough of them.
const SMALL: usize = 50;

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

/// Folds everything that waits, each workspace by itself: what goes wrong in one holds no other up. Gives how many events
/// that were.
///
/// # Errors
/// [`DbError`] of the database, the first one; what was folded until then stays so.
pub async fn fold(db: &Db) -> Result<usize, DbError> {
    let (mut folded, mut failure) = (0, None);
    for workspace in db.read(log::waiting).await? {
        match fold_all(db, workspace).await {
            Ok(events) => folded += events,
            Err(error) => {
                failure.get_or_insert(error);
            }
        }
    }
    failure.map_or(Ok(folded), Err)
}

/// Folds what waits in a workspace. What takes too long is tried again in smaller parts, down to one batch, which is never
/// large ([`log::append`] cuts them).
async fn fold_all(db: &Db, workspace: WorkspaceId) -> Result<usize, DbError> {
    let (mut folded, mut most) = (0, EVENTS);
    loop {
        let batches = i64::try_from(most.div_ceil(SMALL))
            .unwrap_or(BATCHES)
            .min(BATCHES);
        let pending = db.read(move |tx| log::fold_next(tx, workspace, batches)).await?;
        if pending.is_empty() {
            return Ok(folded);
        }
        let mut part = Vec::new();
        let mut events = 0;
        for batch in pending {
            let headers: Vec<Header> = unpacked(&batch.body)
                .into_iter()
                .map(|event| event.header)
                .collect();
            if events > 0 && events + headers.len() > most {
                break;
            }
            events += headers.len();
            part.push((batch.id, headers));
        }
        let is_least = part.len() == 1;
        let done = db.write_in_turn("usage.fold", move |tx| fold_part(tx, workspace, &part));
        match done.await {
            Ok(events) => folded += events,
            Err(DbError::Timeout { .. }) if !is_least => most = (events / 2).max(1),
            Err(error) => return Err(error),
        }
    }
}

/// Counts what nobody has counted yet.
fn fold_part(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    part: &[(BatchId, Vec<Header>)],
) -> Result<usize, DbError> {
    let mut counted = Counted::in_zone(zone(tx, workspace)?);
    for (id, events) in part {
        if log::mark_folded(tx, workspace, *id)? {
            events.iter().for_each(|event| counted.add(event));
        }
    }
    let events = counted.events();
    counted.store(tx, workspace)?;
    touch(tx, workspace)?;
    Ok(events)
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
