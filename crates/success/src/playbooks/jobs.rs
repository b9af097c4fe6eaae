//! What moves runs: events, the end of a wait, and a look each ten minutes for what was left behind.

use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{self, About, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
use tandem_core::events::{self, Event, EventId, Listener};
use tandem_core::workspaces::{self, WorkspaceId};

use super::hearing::accounts_of;
use super::{PlaybookError, PlaybookId, RunId, hearing, runs, store};

/// How many runs one job puts on their way.
const BATCH: i64 = 500;

/// Moves a run on.
#[derive(Debug, Serialize, Deserialize)]
pub struct Advance {
    run: RunId,
}

/// Begins and ends what an event begins and ends.
#[derive(Debug, Serialize, Deserialize)]
pub struct Hear {
    event: EventId,
}

/// Moves the runs on that waited for a task.
#[derive(Debug, Serialize, Deserialize)]
pub struct Awaited {
    task: String,
}

/// Moves on what need not wait any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct GoOn {
    after: Option<RunId>,
}

/// Queues a [`GoOn`] for each workspace.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

/// Begins what comes by days of accounts, in each workspace.
#[derive(Debug, Serialize, Deserialize)]
pub struct Nightly {}

/// The same in one.
#[derive(Debug, Serialize, Deserialize)]
pub struct LookAhead {
    playbook: PlaybookId,
    after: Option<(Day, AccountId)>,
}

impl Job for Advance {
    const KIND: &'static str = "playbooks.advance";
}

impl Job for Hear {
    const KIND: &'static str = "playbooks.hear";
}

impl Job for Awaited {
    const KIND: &'static str = "playbooks.awaited";
}

impl Job for GoOn {
    const KIND: &'static str = "playbooks.go-on";
    const LANE: Lane = Lane::Slow;
}

impl Job for Turn {
    const KIND: &'static str = "playbooks.turn";
    const LANE: Lane = Lane::Slow;
}

impl Job for Nightly {
    const KIND: &'static str = "playbooks.nightly";
    const LANE: Lane = Lane::Slow;
}

impl Job for LookAhead {
    const KIND: &'static str = "playbooks.look-ahead";
    const LANE: Lane = Lane::Slow;
}

/// Something happened that may begin or end runs: queued only where a playbook listens to it or an account of it has a run.
pub const HEAR: Listener = Listener::of_many(Hear::KIND, |tx, events| {
    let Some(first) = events.first() else {
        return Ok(());
    };
    let is_begun = !store::listening(tx, first.workspace, &first.kind)?.is_empty();
    let about: Vec<AccountId> = match is_begun {
        true => Vec::new(),
        false => events.iter().flat_map(accounts_of).collect(),
    };
    let running = runs::store::running_among(tx, first.workspace, &about)?;
    let is_wanted =
        |event: &&Event| is_begun || accounts_of(event).iter().any(|account| running.contains(account));
    let wanted = events.iter().filter(is_wanted);
    let jobs: Vec<Hear> = wanted.map(|event| Hear { event: event.id }).collect();
    jobs::queue_all(tx, first.workspace, &jobs)
});

/// A task was done or dropped.
pub const AWAITED: Listener = Listener::new(Awaited::KIND, |tx, event| {
    match runs::store::waiting_for(tx, event.workspace, &event.subject)?.is_empty() {
        true => Ok(()),
        false => {
            let task = event.subject.clone();
            jobs::queue(tx, event.workspace, &Awaited { task }).map(drop)
        }
    }
});

/// Puts a run on its way, now or at a moment; one waits at most.
pub(super) fn put(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    run: RunId,
    at: Option<Timestamp>,
) -> Result<(), DbError> {
    let job = Advance { run };
    let queue = Queue::new(&job).workspace(workspace).key(run.to_string());
    let queue = match at {
        Some(at) => queue.at(at),
        None => queue,
    };
    queue.put(tx).map(drop)
}

/// Lets what stood still go on.
pub(super) fn go_on(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<(), DbError> {
    jobs::queue(tx, workspace, &GoOn { after: None }).map(drop)
}

fn failed(error: PlaybookError) -> Result<(), JobError> {
    match error {
        PlaybookError::Db(error) => Err(error.into()),
        // Nothing that trying again would mend.
        _ => Ok(()),
    }
}

/// Runs [`super::advance`].
///
/// # Errors
/// The database's; the job is then tried again.
pub fn advance(tx: &mut Tx<'_>, job: &Advance, about: &About) -> Result<(), JobError> {
    super::advance(tx, about.workspace()?, job.run).or_else(failed)
}

/// Hears of an event.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn hear(tx: &mut Tx<'_>, job: &Hear, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    match events::find(tx, workspace, job.event)? {
        Some(event) => hearing::hear(tx, workspace, &event).or_else(failed),
        None => Ok(()),
    }
}

/// Moves on the runs that waited for a task.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn awaited(tx: &mut Tx<'_>, job: &Awaited, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    for run in runs::store::waiting_for(tx, workspace, &job.task)? {
        put(tx, workspace, run, None)?;
    }
    Ok(())
}

/// Puts runs on their way that need not wait any more, a batch at a time.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn go_on_all(tx: &mut Tx<'_>, job: &GoOn, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    let after = job.after.unwrap_or(RunId::from_uuid(kit::id::Uuid::nil()));
    let now = tx.now();
    let due = runs::store::due(tx, workspace, (now, after, BATCH))?;
    for run in &due {
        put(tx, workspace, *run, None)?;
    }
    if let Some(last) = due.last().filter(|_| due.len() == 500) {
        jobs::queue(tx, workspace, &GoOn { after: Some(*last) })?;
    }
    Ok(())
}

/// Queues a [`GoOn`] for each workspace.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        go_on(tx, workspace.id)?;
    }
    Ok(())
}

/// Queues a [`LookAhead`] for each playbook that begins by days of accounts.
///
/// # Errors
/// The database's.
pub fn nightly(tx: &mut Tx<'_>, _: &Nightly, _: &About) -> Result<(), JobError> {
    for workspace in workspaces::all(tx)? {
        let playbooks =
            hearing::by_days(tx, workspace.id).or_else(|error| failed(error).map(|()| Vec::new()))?;
        for playbook in playbooks {
            jobs::queue(
                tx,
                workspace.id,
                &LookAhead {
                    playbook,
                    after: None,
                },
            )?;
        }
    }
    Ok(())
}

/// Begins what comes by the days of some accounts, and queues the rest.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn look_ahead(tx: &mut Tx<'_>, job: &LookAhead, about: &About) -> Result<(), JobError> {
    let (workspace, playbook) = (about.workspace()?, job.playbook);
    match hearing::look_ahead(tx, workspace, playbook, job.after) {
        Ok(Some(next)) => {
            let next = LookAhead {
                playbook,
                after: Some(next),
            };
            jobs::queue(tx, workspace, &next)?;
            Ok(())
        }
        Ok(None) => Ok(()),
        Err(error) => failed(error),
    }
}
