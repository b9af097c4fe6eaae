//! What follows from changes of contacts and accounts: whose events are is worked out anew.

use kit::db::{DbError, Tx};
use kit::jobs::{About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::contacts::ContactId;
use tandem_core::events::Listener;
use tandem_core::workspaces::WorkspaceId;

use super::walking::nobody;
use super::{NameId, moving, store};
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
}

impl Job for Spread {
    const KIND: &'static str = "usage.spread";
    const LANE: Lane = Lane::Slow;
}

/// Queues putting down the other ids that lead to a user, after one of them. Of several that are asked for one does all of it.
pub(super) fn queue_spread(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    (user, after): (NameId, NameId),
) -> Result<(), DbError> {
    let all = store::leading_to(tx, workspace, user)?;
    let done = match after == nobody() {
        true => 0,
        false => number(super::following::IDS).min(all),
    };
    moving::begin_spread(tx, workspace, (user, after), (done, all))?;
    go_on(tx, workspace, user)
}

/// Queues the next part of a person.
pub(super) fn go_on(tx: &mut Tx<'_>, workspace: WorkspaceId, person: NameId) -> Result<(), DbError> {
    let job = Spread { person };
    let queue = Queue::new(&job).workspace(workspace).key(person.to_string());
    queue.put(tx).map(drop)
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Puts down a part, and queues the next while there is more.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn spread(tx: &mut Tx<'_>, job: &Spread, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    let Some((after, done)) = moving::spread_at(tx, workspace, job.person)? else {
        return Ok(());
    };
    match super::following::spread(tx, workspace, (job.person, after))? {
        Some(last) => {
            let all = store::leading_to(tx, workspace, job.person)?;
            let done = (done + number(super::following::IDS)).min(all);
            moving::move_spread(tx, workspace, (job.person, last), (done, all))?;
            go_on(tx, workspace, job.person)?;
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
