//! What follows from changes of contacts and accounts: whose events are is worked out anew.

use kit::db::{DbError, Tx};
use kit::jobs::{About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;
use tandem_core::events::Listener;
use tandem_core::workspaces::WorkspaceId;

use super::{NameId, moving};
use crate::usage::folding;

/// Looks again whose the events are that a contact or an account may have to do with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Attribute {
    subject: String,
}

impl Job for Attribute {
    const KIND: &'static str = "usage.attribute";
}

/// Looks again whose the events of these persons are.
#[derive(Debug, Serialize, Deserialize)]
pub struct Settle {
    persons: Vec<NameId>,
}

impl Job for Settle {
    const KIND: &'static str = "usage.settle";
}

/// Puts down anew the ids of a person who has very many, a part after another.
#[derive(Debug, Serialize, Deserialize)]
pub struct Spread {
    person: NameId,
    /// The last id that was put down.
    after: NameId,
    /// How many were.
    done: usize,
}

impl Job for Spread {
    const KIND: &'static str = "usage.spread";
    const LANE: Lane = Lane::Slow;
}

/// Queues putting down the other ids of a person, after one of them; so many of all are.
pub(super) fn queue_spread(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (person, after): (NameId, NameId),
    (done, all): (usize, usize),
) -> Result<(), DbError> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    moving::put_spread(tx, workspace, person, (number(done), number(all)))?;
    let job = Spread { person, after, done };
    // Asked for twice at the same place, it goes on from there once.
    let key = format!("{person} {after}");
    Queue::new(&job).workspace(workspace).key(key).put(tx).map(drop)
}

/// Puts down a part, and queues the next while there is more.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn spread(tx: &mut Tx<'_>, job: &Spread, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    match super::following::spread(tx, workspace, (job.person, job.after))? {
        Some((last, all)) => {
            let done = (job.done + super::following::IDS).min(all);
            queue_spread(tx, workspace, (job.person, last), (done, all))?;
        }
        None => moving::delete_spread(tx, workspace, job.person)?,
    }
    folding::touch(tx, workspace)?;
    Ok(())
}

/// Queues looking again whose the events of persons are.
pub(super) fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, persons: Vec<NameId>) -> Result<(), DbError> {
    let job = Settle { persons };
    Queue::new(&job).workspace(workspace).put(tx).map(drop)
}

/// Looks, and queues what one go does not do.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn settle(tx: &mut Tx<'_>, job: &Settle, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    super::following::follow_persons(tx, workspace, job.persons.clone())?;
    folding::touch(tx, workspace)?;
    Ok(())
}

/// A contact or an account is another.
pub const FOLLOW: Listener = Listener::new(Attribute::KIND, |tx, event| {
    let subject = event.subject.clone();
    Queue::new(&Attribute {
        subject: subject.clone(),
    })
    .workspace(event.workspace)
    .key(subject)
    .put(tx)
    .map(drop)
});

/// Looks.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn attribute(tx: &mut Tx<'_>, job: &Attribute, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    if let Ok(account) = job.subject.parse::<AccountId>() {
        super::follow_account(tx, workspace, account)?;
    } else if let Ok(contact) = job.subject.parse::<ContactId>() {
        super::follow_contact(tx, workspace, contact)?;
    }
    folding::touch(tx, workspace)?;
    Ok(())
}
