//! What numbers do by themselves: packing stale days, counting tickets that were there before, and following tags, hours and
//! zones.

use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::events::{Event, Listener};
use tandem_core::workspaces::{self, WorkspaceId};

use super::{follow, reading, store};
use crate::tickets::{self, TicketId};

/// Days that are packed in one job.
const DAYS: i64 = 40;
/// Tickets that are counted in one job.
const PART: i64 = 300;

/// Packs what is stale, in all workspaces, and begins to count where nobody did.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

/// Packs a day.
#[derive(Debug, Serialize, Deserialize)]
pub struct Pack {
    side: String,
    day: Day,
}

/// Counts one more part of a workspace's tickets anew.
#[derive(Debug, Serialize, Deserialize)]
pub struct Build {
    after: TicketId,
    /// Which time through all of them it is.
    #[serde(default)]
    run: i64,
}

/// Counts a ticket anew.
#[derive(Debug, Serialize, Deserialize)]
pub struct Count {
    ticket: TicketId,
}

impl Job for Turn {
    const KIND: &'static str = "numbers.turn";
}

impl Job for Pack {
    const KIND: &'static str = "numbers.pack";
    const LANE: Lane = Lane::Slow;
}

impl Job for Build {
    const KIND: &'static str = "numbers.build";
    const LANE: Lane = Lane::Slow;
}

impl Job for Count {
    const KIND: &'static str = "numbers.count";
}

/// Counts the ticket anew that an event is about: its tags are others.
pub const TICKET: Listener = Listener::new(Count::KIND, |tx, event| {
    for ticket in std::iter::once(event.subject.as_str())
        .chain(event.subjects())
        .filter_map(|id| id.parse().ok())
    {
        jobs::queue(tx, event.workspace, &Count { ticket })?;
    }
    Ok(())
});

/// Counts all tickets anew: the hours, the zone or the tags are others.
pub const ALL: Listener = Listener::new(Build::KIND, |tx, event: &Event| begin(tx, event.workspace));

fn begin(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    store::set_built(tx, workspace, false)?;
    let first = Build {
        after: TicketId::from_uuid(Uuid::nil()),
        run: tx.now().0,
    };
    queue(tx, workspace, &first)
}

/// One part at a time of each run; what changes while one goes on begins another.
fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, job: &Build) -> Result<(), DbError> {
    let key = format!("numbers {}", job.run);
    Queue::new(job).workspace(workspace).key(key).put(tx).map(drop)
}

/// Queues what is to be packed, and what was never counted.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for (workspace, side, day) in store::stale(tx, DAYS)? {
        let job = Pack { side, day };
        let key = format!("{} {}", job.side, job.day);
        Queue::new(&job).workspace(workspace).key(key).put(tx)?;
    }
    for workspace in workspaces::all(tx)? {
        // A look-up by key for each workspace of an installation.
        if store::built(tx, workspace.id)?.is_none() {
            begin(tx, workspace.id)?;
        }
    }
    Ok(())
}

/// Packs a day.
///
/// # Errors
/// The database's.
pub fn pack(tx: &mut Tx<'_>, job: &Pack, about: &About) -> Result<(), JobError> {
    let side = store::Side::BOTH
        .into_iter()
        .find(|side| side.as_str() == job.side);
    let Some(side) = side else { return Ok(()) };
    Ok(reading::pack(tx, about.workspace()?, (side, job.day))?)
}

/// Counts one more part, and queues the next.
///
/// # Errors
/// The database's.
pub fn build(tx: &mut Tx<'_>, job: &Build, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    let part = tickets::in_order(tx, workspace, job.after, PART)?;
    for ticket in &part {
        follow(tx, workspace, ticket)?;
    }
    let is_last = i64::try_from(part.len()).unwrap_or(PART) < PART;
    match part.last().filter(|_| !is_last) {
        Some(last) => {
            let next = Build {
                after: last.id,
                run: job.run,
            };
            queue(tx, workspace, &next)?;
        }
        None => store::set_built(tx, workspace, true)?,
    }
    Ok(())
}

/// Counts a ticket anew.
///
/// # Errors
/// The database's.
pub fn count(tx: &mut Tx<'_>, job: &Count, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    match tickets::with_id(tx, workspace, job.ticket)? {
        Some(ticket) => Ok(follow(tx, workspace, &ticket)?),
        None => Ok(()),
    }
}
