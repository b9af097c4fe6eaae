//! When contacts are looked at: after they came or changed; each night those at whom nobody looked yet.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};

use super::store;
use crate::contacts::ContactId;
use crate::events::{Event, Listener};
use crate::workspaces;

/// How many contacts one job looks at: others wait for the writer meanwhile.
const BATCH: i64 = 100;

/// Looks at one contact.
#[derive(Debug, Serialize, Deserialize)]
pub struct Look {
    contact: ContactId,
}

/// Looks at the contacts of a workspace without marks, from one on.
#[derive(Debug, Serialize, Deserialize)]
pub struct LookNew {
    after: Option<ContactId>,
}

/// Looks at the contacts without marks of every workspace.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Look {
    const KIND: &'static str = "contact-doubles.look";
    const LANE: Lane = Lane::Slow;
}

impl Job for LookNew {
    const KIND: &'static str = "contact-doubles.look-new";
    const LANE: Lane = Lane::Slow;
}

impl Job for Turn {
    const KIND: &'static str = "contact-doubles.turn";
    const LANE: Lane = Lane::Slow;
}

/// A contact came or is another.
pub const LOOK: Listener = Listener::new(Look::KIND, queue);

fn queue(tx: &mut Tx<'_>, event: &Event) -> Result<(), DbError> {
    let Ok(contact) = event.subject.parse::<ContactId>() else {
        return Ok(());
    };
    let job = Look { contact };
    let put = Queue::new(&job)
        .workspace(event.workspace)
        .key(contact.to_string());
    put.put(tx).map(drop)
}

/// Runs [`super::look`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn look(tx: &mut Tx<'_>, job: &Look, about: &About) -> Result<(), JobError> {
    super::look(tx, about.workspace()?, job.contact)?;
    Ok(())
}

/// Looks at a batch of contacts, and queues the next.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn look_new(tx: &mut Tx<'_>, job: &LookNew, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let start = job.after.unwrap_or(ContactId::from_uuid(Uuid::nil()));
    let batch = store::unmarked(tx, workspace, start, BATCH)?;
    for contact in &batch {
        super::look(tx, workspace, *contact)?;
    }
    if let Some(last) = batch.last() {
        jobs::queue(tx, workspace, &LookNew { after: Some(*last) })?;
    }
    Ok(())
}

/// Queues a [`LookNew`] for each workspace.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        jobs::queue(tx, workspace.id, &LookNew { after: None })?;
    }
    Ok(())
}
