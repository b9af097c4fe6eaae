//! What sends scheduled replies: the clock looks each minute which are due.

use kit::db::Tx;
use kit::jobs::{About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::{ScheduledId, State, going, store};

/// How many are sent at a time.
const MOST: i64 = 500;

/// Looks which replies are due, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

/// Sends one.
#[derive(Debug, Serialize, Deserialize)]
pub struct Send {
    reply: ScheduledId,
}

impl Job for Turn {
    const KIND: &'static str = "tickets.scheduled.turn";
}

impl Job for Send {
    const KIND: &'static str = "tickets.scheduled.send";
    const LANE: Lane = Lane::Urgent;
}

/// Queues a [`Send`] for each reply that is due.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    let now = tx.now();
    for (workspace, reply) in store::due(tx, now, MOST)? {
        let job = Send { reply };
        let queue = Queue::new(&job).workspace(workspace).key(reply.to_string());
        queue.put(tx)?;
    }
    Ok(())
}

/// Sends a reply, if it still waits and is due.
///
/// # Errors
/// The database's.
pub fn send(tx: &mut Tx<'_>, job: &Send, about: &About) -> Result<(), JobError> {
    let (workspace, now) = (about.workspace()?, tx.now());
    let Some(one) = store::find(tx, workspace, job.reply)? else {
        return Ok(());
    };
    if one.state != State::Waiting || one.due_at > now {
        return Ok(());
    }
    Ok(going::send_due(tx, &Actor::system(workspace, "scheduled"), one)?)
}
