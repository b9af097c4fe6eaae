//! What follows from events about accounts and agents: a new account gets its owner, and so do those of whoever leaves, and those
//! that wait.

use kit::db::{DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};

use super::{AssignmentError, waiting};
use crate::accounts::AccountId;
use crate::agents::AgentId;
use crate::events::{self, EventId, Listener};
use crate::workspaces::{self, WorkspaceId};
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

/// Takes accounts from an agent who left.
#[derive(Debug, Serialize, Deserialize)]
pub struct Release {
    agent: AgentId,
}

impl Job for Release {
    const KIND: &'static str = "assignment.release";
}

/// An agent's access ended.
pub const RELEASE: Listener = Listener::new(Release::KIND, |tx, event| {
    let Ok(agent) = event.subject.parse() else {
        return Ok(());
    };
    jobs::queue(tx, event.workspace, &Release { agent }).map(drop)
});

/// Runs [`waiting::release`], and queues the next part.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn release(tx: &mut Tx<'_>, job: &Release, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    if told(waiting::release(tx, workspace, job.agent))? {
        jobs::queue(tx, workspace, &Release { agent: job.agent })?;
    }
    Ok(())
}

/// Tries those again that wait for an owner, after one of them.
#[derive(Debug, Serialize, Deserialize)]
pub struct Again {
    after: AccountId,
}

impl Job for Again {
    const KIND: &'static str = "assignment.again";
    const LANE: Lane = Lane::Slow;
}

/// Rules or capacities are others.
pub const AGAIN: Listener = Listener::new(Again::KIND, |tx, event| begin(tx, event.workspace));

fn begin(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    let after = AccountId::from_uuid(Uuid::nil());
    if waiting::store::waiting(tx, workspace, after, 1)?.is_empty() {
        return Ok(());
    }
    let job = Again { after };
    let put = Queue::new(&job).workspace(workspace).key("all");
    put.put(tx).map(drop)
}

/// Runs [`waiting::again`], and queues the next part.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn again(tx: &mut Tx<'_>, job: &Again, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    if let Some(after) = told(waiting::again(tx, workspace, job.after))? {
        jobs::queue(tx, workspace, &Again { after })?;
    }
    Ok(())
}

/// Looks whether accounts get a person now that their tier, or what it gives, is another.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entitle {
    accounts: Vec<AccountId>,
}

impl Job for Entitle {
    const KIND: &'static str = "assignment.entitle";
    const LANE: Lane = Lane::Slow;
}

/// Accounts are on another tier, or their tier gives something else.
pub const ENTITLE: Listener = Listener::new(Entitle::KIND, |tx, event| {
    let named = event.subjects().chain([event.subject.as_str()]);
    let accounts: Vec<AccountId> = named.filter_map(|id| id.parse().ok()).collect();
    if accounts.is_empty() || !tiers::service::has_any(tx, event.workspace)? {
        return Ok(());
    }
    jobs::queue(tx, event.workspace, &Entitle { accounts }).map(drop)
});

/// Runs [`waiting::entitled`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn entitle(tx: &mut Tx<'_>, job: &Entitle, about: &About) -> Result<(), JobError> {
    told(waiting::entitled(tx, about.workspace()?, &job.accounts))
}

/// Looks in which workspaces accounts wait.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Turn {
    const KIND: &'static str = "assignment.turn";
    const LANE: Lane = Lane::Slow;
}

/// Queues an [`Again`] for each workspace in which accounts wait.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        begin(tx, workspace.id)?;
    }
    Ok(())
}

fn told<T>(outcome: Result<T, AssignmentError>) -> Result<T, JobError> {
    match outcome {
        Ok(done) => Ok(done),
        Err(AssignmentError::Db(error)) => Err(error.into()),
        Err(error) => Err(JobError::retry(error.to_string())),
    }
}
