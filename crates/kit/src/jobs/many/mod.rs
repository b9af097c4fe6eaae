//! Many jobs at once: a few statements, however many they are.

mod store;

use std::time::Duration;

use crate::db::{DbError, Tx};
use crate::id::{TypedId, Uuid};
use crate::jobs::queue::{New, hasten, put, scoped, written};
use crate::jobs::{Job, TOPIC};

/// Queues `jobs` for `workspace` in one statement, to run as soon as this transaction is committed.
///
/// # Errors
/// [`DbError`] of the statement; [`DbError::Internal`] when a job can't be written as JSON.
pub fn queue_all<J: Job>(tx: &mut Tx<'_>, workspace: impl TypedId, jobs: &[J]) -> Result<(), DbError> {
    let workspace = Some(workspace.uuid());
    let new = jobs.iter().map(|job| ready(tx, workspace, job));
    let all = new.collect::<Result<Vec<New>, DbError>>()?;
    store::insert_all(tx, &all)?;
    if !all.is_empty() {
        tx.wake(TOPIC);
    }
    Ok(())
}

/// Queues jobs for `workspace` to run as soon as this transaction is committed, each under its key: of those with the
/// same key one waits at most, as of [`Queue::key`](crate::jobs::Queue::key). The keys are different, and in the same
/// order wherever the same ones are queued, so that two that do so never wait for each other.
///
/// # Errors
/// [`DbError`] of a statement; [`DbError::Internal`] when a job can't be written as JSON.
pub fn queue_each<J: Job>(
    tx: &mut Tx<'_>,
    workspace: impl TypedId,
    jobs: &[(String, J)],
) -> Result<(), DbError> {
    queue_paced(tx, workspace, jobs, Duration::ZERO)
}

/// As [`queue_each`], but each of them `pace` after the one before it, the first one after `pace` too: work that there is time
/// for leaves the database to others in between. One that waits already keeps its turn if that comes sooner, so whoever
/// queues the same all the time has each of them run once in a while.
///
/// # Errors
/// As of [`queue_each`].
pub fn queue_paced<J: Job>(
    tx: &mut Tx<'_>,
    workspace: impl TypedId,
    jobs: &[(String, J)],
    pace: Duration,
) -> Result<(), DbError> {
    let workspace = Some(workspace.uuid());
    let mut all = Vec::with_capacity(jobs.len());
    let mut run_at = tx.now();
    for (key, job) in jobs {
        run_at = run_at.plus(pace);
        all.push(New {
            key: Some(scoped(workspace, key)),
            run_at,
            ..ready(tx, workspace, job)?
        });
    }
    if all.is_empty() {
        return Ok(());
    }
    if pace.is_zero() {
        tx.wake(TOPIC);
    }
    if store::insert_unless_waiting(tx, &all)? == all.len() {
        return Ok(());
    }
    // Those that wait stay locked until this commit, so they can't begin before they can see what is stored here.
    let waiting = store::lock_waiting(tx, &all)?;
    for new in &all {
        let key = new.key.as_deref().unwrap_or_default();
        match waiting.get(key) {
            Some((id, run_at)) if new.run_at < *run_at => hasten(tx, *id, new)?,
            Some(_) => {}
            // It waited, and began to run in between.
            None => {
                put(tx, new)?;
            }
        }
    }
    Ok(())
}

/// A job that may run at once.
fn ready<J: Job>(tx: &Tx<'_>, workspace: Option<Uuid>, job: &J) -> Result<New, DbError> {
    Ok(New {
        id: tx.new_id(),
        workspace,
        kind: J::KIND,
        payload: written(job)?,
        lane: J::LANE,
        run_at: tx.now(),
        waits_since: Some(tx.now()),
        key: None,
    })
}
