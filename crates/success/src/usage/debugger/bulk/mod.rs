//! Sending again everything that was rejected for a reason, or by a source: after something was mended here, all of it is tried
//! once more in the background, a part at a time, while the page says how far it is. What still does not fit stays.

mod store;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use kit::jobs::{About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

use super::again::send;
use super::{DebugError, Filter};
use crate::usage::TOPIC;
use crate::usage::log::refusals::{self, RefusalId};
use crate::usage::protocol::Reason;
use crate::usage::sources::SourceId;

kit::id! {
    /// Rejected events that are sent again together.
    BulkReplayId, "urp"
}

/// How many rejected events are looked at in one go.
const PART: i64 = 100;

/// Rejected events that are sent again together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BulkReplay {
    /// Its id.
    pub id: BulkReplayId,
    /// Of which source; none for all.
    pub source: Option<SourceId>,
    /// For which reason; none for any.
    pub reason: Option<Reason>,
    /// Who began it.
    pub begun_by: String,
    /// When it began.
    pub begun_at: Timestamp,
    /// How many there were to send.
    pub total: i64,
    /// How many were sent.
    pub tried: i64,
    /// How many of them are taken.
    pub taken: i64,
    /// When it was over.
    pub ended_at: Option<Timestamp>,
}

/// Sends a part of them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Carry {
    replay: BulkReplayId,
    before: Option<RefusalId>,
}

impl Job for Carry {
    const KIND: &'static str = "usage.replay";
    const LANE: Lane = Lane::Slow;
}

/// Begins to send again what was rejected, as it was sent: of the source and for the reason of a filter.
///
/// # Errors
/// [`DebugError::Forbidden`], or the database's.
pub fn begin(tx: &mut Tx<'_>, actor: &Actor, filter: &Filter) -> Result<BulkReplay, DebugError> {
    actor.must(Permission::UsageWrite)?;
    let total = refusals::open(tx, actor.workspace, (filter.source, filter.reason))?;
    let replay = BulkReplay {
        id: tx.new_id(),
        source: filter.source,
        reason: filter.reason,
        begun_by: actor.signature(),
        begun_at: tx.now(),
        total,
        tried: 0,
        taken: 0,
        ended_at: None,
    };
    store::insert(tx, actor.workspace, &replay)?;
    let job = Carry {
        replay: replay.id,
        before: None,
    };
    Queue::new(&job).workspace(actor.workspace).put(tx)?;
    tx.wake(TOPIC);
    Ok(replay)
}

/// The one that began last.
///
/// # Errors
/// As of [`begin`].
pub fn latest(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<BulkReplay>, DebugError> {
    actor.must(Permission::UsageRead)?;
    Ok(store::latest(tx, actor.workspace)?)
}

/// Sends a part again, and queues the next while there is more.
///
/// # Errors
/// The database's; the part is then sent again.
pub fn carry(tx: &mut Tx<'_>, job: &Carry, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    let Some(replay) = store::find(tx, workspace, job.replay)? else {
        return Ok(());
    };
    let last = part(tx, workspace, &replay, job.before)?;
    match last {
        Some(last) => {
            let next = Carry {
                replay: replay.id,
                before: Some(last),
            };
            Queue::new(&next).workspace(workspace).put(tx)?;
        }
        None => {
            let now = tx.now();
            store::end(tx, workspace, replay.id, now)?;
        }
    }
    tx.wake(TOPIC);
    Ok(())
}

/// Sends a part; gives its last where there may be more.
fn part(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    replay: &BulkReplay,
    before: Option<RefusalId>,
) -> Result<Option<RefusalId>, DbError> {
    let which = (replay.source, replay.reason);
    let part = refusals::newest_of(tx, workspace, which, before, PART)?;
    let (mut tried, mut taken) = (0, 0);
    for refusal in part.iter().filter(|refusal| refusal.is_open()) {
        // What is rejected of a body that is sent again stands before all of these, and is not sent again here.
        if refusal.received > replay.begun_at {
            continue;
        }
        tried += 1;
        match send(tx, (workspace, replay.begun_by.as_str()), refusal, &refusal.body) {
            Ok(_) => taken += 1,
            Err(DebugError::Db(error)) => return Err(error),
            Err(_) => {}
        }
    }
    store::advance(tx, workspace, replay.id, (tried, taken))?;
    let is_all = part.len() as i64 != PART;
    Ok(part.last().filter(|_| !is_all).map(|last| last.id))
}
