//! Folding: what is in the log becomes numbers per person, group, feature and day.
//!
//! Batches are folded and marked in one transaction, so each is counted once, whenever and wherever that happens. Numbers are
//! sums, first and last times, so the order of batches has no part in them, nor how many are folded at once. A node follows
//! the log: it wakes with every batch that is stored anywhere, and what it folds is on the pages of accounts a moment later.
//!
//! A part of the log is many batches. What its events say is added up in memory first, and what is left of that goes to
//! the database in lists, so that the number of statements does not depend on the number of events.

mod counting;
pub mod invented;
pub mod jobs;
mod part;
pub(crate) mod store;

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use tandem_core::live::{Moved, Moves};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;
use tokio_util::sync::CancellationToken;

pub use part::{Part, PartError, Waiting};

use super::TOPIC;
use super::log;

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
/// After a round that folded all there was, others have the database to themselves for four times as long as it took, up to
/// this: more comes meanwhile, and many events cost little more than few.
const REST: Duration = Duration::from_millis(400);
/// After one that did not, they have it for as long as it took, up to this: what is sent is answered before it is counted.
const BREATH: Duration = Duration::from_millis(250);
/// How many events are folded at once to begin with, at least and at most.
const EVENTS: usize = 5_000;
const LEAST: usize = 500;
const MOST: usize = 50_000;
/// In how many microseconds a part is stored so quickly that the next may be larger, and so slowly that the next is to be
/// smaller. On SQLite others wait meanwhile, so that parts are to be short; on PostgreSQL nobody does, and much of what a part
/// costs it costs however few events it has.
const LITE: (i64, i64) = (80_000, 200_000);
const PG: (i64, i64) = (600_000, 2_000_000);

/// Follows the log and folds what comes, until `ending`. A database that is away is tried again.
pub async fn follow(db: Db, ending: CancellationToken) {
    let mut wakeups = db.wakeups(TOPIC);
    let mut turns = Turns::at(Pace::usual(db.is_postgres()));
    while !ending.is_cancelled() {
        let begun = db.clock().now();
        match turns.round(&db).await {
            Ok(Some(events)) => {
                metrics::counter!("usage_folded_total").increment(events as u64);
                let rest = turns.rest(db.clock().now().since(begun));
                tokio::select! {
                    () = ending.cancelled() => {}
                    () = tokio::time::sleep(rest) => {}
                }
                continue;
            }
            // From here on everything is tried again.
            Ok(None) => turns.failed.clear(),
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
    fold_at(db, Pace::usual(db.is_postgres())).await
}

/// The same in parts of up to `most` events each: for tests and measurements.
///
/// # Errors
/// As of [`fold`].
pub async fn fold_in_parts(db: &Db, most: usize) -> Result<usize, DbError> {
    fold_at(db, Pace::fixed(most)).await
}

async fn fold_at(db: &Db, pace: Pace) -> Result<usize, DbError> {
    let (mut turns, mut folded) = (Turns::at(pace), 0);
    while let Some(events) = turns.round(db).await? {
        folded += events;
    }
    turns.failure().map_or(Ok(folded), Err)
}

/// Workspaces take turns, a part each, so that none waits for another in which more comes all the time.
#[derive(Debug)]
struct Turns {
    usual: Pace,
    paces: HashMap<WorkspaceId, Pace>,
    /// Where it failed, and when.
    failed: BTreeMap<WorkspaceId, (Timestamp, DbError)>,
    /// Whether more waited in the last round than a part takes.
    is_behind: bool,
}

impl Turns {
    fn at(usual: Pace) -> Self {
        Self {
            usual,
            paces: HashMap::new(),
            failed: BTreeMap::new(),
            is_behind: false,
        }
    }

    /// How long to leave the database to others after a round that took so long.
    fn rest(&self, took: Duration) -> Duration {
        if self.is_behind {
            took.min(BREATH)
        } else {
            (took * 4).min(REST)
        }
    }

    /// Folds a part of each workspace in which something waits but of those where it failed a moment ago; gives how many
    /// events that were, and nothing once nothing waits.
    async fn round(&mut self, db: &Db) -> Result<Option<usize>, DbError> {
        let mut folded = None;
        self.is_behind = false;
        for workspace in db.read(log::waiting).await? {
            if self.rests(workspace, db.clock().now()) {
                continue;
            }
            self.failed.remove(&workspace);
            let pace = self.paces.entry(workspace).or_insert(self.usual);
            match fold_part(db, workspace, pace).await {
                Ok(Some((events, has_more))) => {
                    self.is_behind |= has_more;
                    folded = Some(events + folded.unwrap_or(0));
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::warn!(%workspace, %error, "usage waits to be counted");
                    self.failed.insert(workspace, (db.clock().now(), error));
                }
            }
        }
        Ok(folded)
    }

    /// Whether it failed in a workspace so lately that the others go on without it; after that it is tried again, however
    /// much comes elsewhere.
    fn rests(&self, workspace: WorkspaceId, now: Timestamp) -> bool {
        let failed = self.failed.get(&workspace);
        failed.is_some_and(|(at, _)| now.since(*at) < LOOK)
    }

    /// What went wrong.
    fn failure(self) -> Option<DbError> {
        self.failed.into_values().next().map(|(_, error)| error)
    }
}

/// Folds a part of what waits in a workspace, and says how many events that were and whether more waits; nothing when nothing does. What takes too long is tried again in smaller
/// parts, down to one batch, which is never large ([`log::append`] cuts them).
async fn fold_part(
    db: &Db,
    workspace: WorkspaceId,
    pace: &mut Pace,
) -> Result<Option<(usize, bool)>, DbError> {
    let most = pace.events;
    let waiting = db.read(move |tx| Waiting::next(tx, workspace, most)).await?;
    let Some(waiting) = waiting else {
        return Ok(None);
    };
    let has_more = waiting.has_more();
    let part = tokio::task::spawn_blocking(move || waiting.counted()).await;
    let part = part.map_err(|_| DbError::Panicked)?;
    let (events, is_least) = (part.events(), part.is_least());
    let clock = db.clock().clone();
    let done = db.write_in_turn("usage.fold", move |tx| {
        part.store(tx)?;
        Ok::<_, PartError>(clock.now().0 - tx.now().0)
    });
    match done.await {
        Ok(took) => {
            pace.took(took);
            Ok(Some((events, has_more)))
        }
        Err(PartError::Taken) => Ok(Some((0, true))),
        Err(PartError::Db(DbError::Timeout { .. })) if !is_least => {
            pace.events = (events / 2).max(1);
            Ok(Some((0, true)))
        }
        Err(PartError::Db(error)) => Err(error),
    }
}

/// How many events are folded at once: as many as are stored in a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pace {
    events: usize,
    least: usize,
    most: usize,
    /// Below which span parts grow, and above which they shrink, in microseconds.
    quick: i64,
    slow: i64,
}

impl Pace {
    const fn usual(is_postgres: bool) -> Self {
        let (quick, slow) = if is_postgres { PG } else { LITE };
        Self {
            events: EVENTS,
            least: LEAST,
            most: MOST,
            quick,
            slow,
        }
    }

    const fn fixed(events: usize) -> Self {
        Self {
            events,
            least: events,
            most: events,
            quick: i64::MAX,
            slow: i64::MAX,
        }
    }

    /// A part was stored in so many microseconds.
    fn took(&mut self, micros: i64) {
        if micros < self.quick {
            self.events = (self.events * 2).min(self.most);
        } else if micros > self.slow {
            // What timed out was smaller yet, and stays so.
            self.events = (self.events / 2).max(self.least.min(self.events));
        }
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

#[cfg(test)]
mod tests {
    use kit::id::{TypedId, Uuid};

    use super::*;

    #[test]
    fn a_workspace_in_which_it_failed_waits_for_a_moment_and_not_until_the_others_are_done() {
        let mut turns = Turns::at(Pace::usual(false));
        let [bad, other] = [1, 2].map(|number| WorkspaceId::from_uuid(Uuid::from_u128(number)));
        let then = Timestamp(1_000_000);
        turns.failed.insert(bad, (then, DbError::Panicked));
        assert!(turns.rests(bad, then) && !turns.rests(other, then));
        assert!(turns.rests(bad, then.plus(LOOK / 2)));
        assert!(!turns.rests(bad, then.plus(LOOK)));
    }

    #[test]
    fn others_have_their_time_after_a_round_and_less_of_it_while_more_waits() {
        let mut turns = Turns::at(Pace::usual(false));
        assert_eq!(turns.rest(Duration::from_millis(10)), Duration::from_millis(40));
        assert_eq!(turns.rest(Duration::from_secs(9)), REST);
        turns.is_behind = true;
        assert_eq!(turns.rest(Duration::from_millis(10)), Duration::from_millis(10));
        assert_eq!(turns.rest(Duration::from_secs(9)), BREATH);
    }

    #[test]
    fn parts_grow_while_they_are_quick_and_shrink_when_they_are_slow() {
        let mut pace = Pace::usual(false);
        pace.took(LITE.0);
        assert_eq!(pace.events, EVENTS);
        (0..9).for_each(|_| pace.took(0));
        assert_eq!(pace.events, MOST);
        (0..9).for_each(|_| pace.took(LITE.1 + 1));
        assert_eq!(pace.events, LEAST);
        let mut pace = Pace::fixed(7);
        pace.took(0);
        pace.took(LITE.1 + 1);
        assert_eq!(pace, Pace::fixed(7));
    }
}
