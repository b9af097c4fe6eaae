//! What follows from events about accounts: a new one gets its owner.

use kit::db::Tx;
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};

use super::AssignmentError;
use crate::accounts::AccountId;
use crate::events::{self, EventId, Listener};
use crate::{stages, tiers, worth};

/// Gives an account its owner.
#[derive(Debug, Serialize, Deserialize)]
pub struct Assign {
    account: AccountId,
}

impl Job for Assign {
    const KIND: &'static str = "assignment.assign";
}

/// An account came.
pub const ASSIGN: Listener = Listener::new(Assign::KIND, |tx, event| {
    let Ok(account) = event.subject.parse() else {
        return Ok(());
    };
    Queue::new(&Assign { account })
        .workspace(event.workspace)
        .put(tx)
        .map(drop)
});

/// Gives the new accounts that an event is about their owners.
#[derive(Debug, Serialize, Deserialize)]
pub struct AssignMany {
    event: EventId,
}

impl Job for AssignMany {
    const KIND: &'static str = "assignment.assign-many";
    const LANE: Lane = Lane::Slow;
}

/// Many accounts came in one go.
pub const ASSIGN_MANY: Listener = Listener::new(AssignMany::KIND, |tx, event| {
    jobs::queue(tx, event.workspace, &AssignMany { event: event.id }).map(drop)
});

/// Runs [`super::assign_many`] for the accounts of an event, after their tiers and stages.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn assign_many(tx: &mut Tx<'_>, job: &AssignMany, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let Some(event) = events::find(tx, workspace, job.event)? else {
        return Ok(());
    };
    let accounts: Vec<AccountId> = event.subjects().filter_map(|id| id.parse().ok()).collect();
    if super::has_rules(tx, workspace)? {
        for account in &accounts {
            tiers::place(tx, workspace, *account)?;
        }
        stages::begin_all(tx, &event)?;
    }
    told(super::assign_many(tx, workspace, &accounts))
}

/// Runs [`super::assign`], after stage and tier, which rules may ask for.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn assign(tx: &mut Tx<'_>, job: &Assign, about: &About) -> Result<(), JobError> {
    let (workspace, account) = (about.workspace()?, job.account);
    worth::count(tx, workspace, account)?;
    tiers::place(tx, workspace, account)?;
    if let Err(error) = stages::begin(tx, workspace, account) {
        return Err(JobError::retry(error.to_string()));
    }
    told(super::assign(tx, workspace, account).map(drop))
}

fn told(outcome: Result<(), AssignmentError>) -> Result<(), JobError> {
    match outcome {
        Ok(()) => Ok(()),
        Err(AssignmentError::Db(error)) => Err(error.into()),
        Err(error) => Err(JobError::retry(error.to_string())),
    }
}
