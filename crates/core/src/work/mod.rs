//! Background work as an agent sees it: what waits, runs, failed for good, and what to do about it.
//!
//! Only the workspace's own jobs are shown and touched; payloads are never shown.

pub mod api;
pub mod operations;
mod views;
pub mod web;

use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::jobs::JobId;
use kit::jobs::admin::{self, Cancelling, Count, Filter, JobRow, State};

use crate::actor::{Actor, Forbidden};
use crate::panels::{Panel, Place};
use crate::permissions::Permission;

/// What pages name to be told that background work moved.
pub const TOPIC: &str = "work";

/// The panel of the home page: what has failed for good, while something has.
pub const FAILED: Panel = Panel {
    lines: 1,
    is_wanted: Some(has_failed),
    first_for: &[Permission::WorkWrite],
    ..Panel::new("failed", Place::Home, Permission::WorkRead, "/home/work")
};

/// Jobs on one page of the list.
pub const PAGE: i64 = 50;

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such job here, or it is past that.
    #[error("there is no such job, or it is past that")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The workspace's jobs in `state`, or in any; the newest first, from the one after `after`.
///
/// # Errors
/// [`WorkError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    state: Option<State>,
    after: Option<JobId>,
    limit: i64,
) -> Result<Vec<JobRow>, WorkError> {
    actor.must(Permission::WorkRead)?;
    let filter = Filter {
        workspace: Some(actor.workspace.uuid()),
        state,
        kind: None,
    };
    Ok(admin::list(tx, &filter, after, limit)?)
}

/// The workspace's jobs that failed for good, up to one page of them.
///
/// # Errors
/// As of [`list`].
pub fn failed(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<JobRow>, WorkError> {
    list(tx, actor, Some(State::Dead), None, PAGE)
}

fn has_failed(tx: &mut Tx<'_>, actor: &Actor) -> Result<bool, DbError> {
    let filter = Filter {
        workspace: Some(actor.workspace.uuid()),
        state: Some(State::Dead),
        kind: None,
    };
    Ok(!admin::list(tx, &filter, None, 1)?.is_empty())
}

/// How many of the workspace's jobs there are of each state and kind. Reads all of them: for `db.report`.
///
/// # Errors
/// [`WorkError::Forbidden`], or the database's.
pub fn counts(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Count>, WorkError> {
    actor.must(Permission::WorkRead)?;
    Ok(admin::counts(tx, Some(actor.workspace.uuid()))?)
}

/// Lets a job that failed for good, or was cancelled, run again.
///
/// # Errors
/// [`WorkError::Unknown`] when there is no such job in the workspace.
pub fn revive(tx: &mut Tx<'_>, actor: &Actor, id: JobId) -> Result<(), WorkError> {
    actor.must(Permission::WorkWrite)?;
    found(admin::revive(tx, Some(actor.workspace.uuid()), id)?)
}

/// Cancels a job that waits, or asks one that runs to stop.
///
/// # Errors
/// As of [`revive`].
pub fn cancel(tx: &mut Tx<'_>, actor: &Actor, id: JobId) -> Result<(), WorkError> {
    actor.must(Permission::WorkWrite)?;
    found(admin::cancel(tx, Some(actor.workspace.uuid()), id)? != Cancelling::TooLate)
}

/// Removes a job that is over.
///
/// # Errors
/// As of [`revive`].
pub fn discard(tx: &mut Tx<'_>, actor: &Actor, id: JobId) -> Result<(), WorkError> {
    actor.must(Permission::WorkWrite)?;
    found(admin::discard(tx, Some(actor.workspace.uuid()), id)?)
}

fn found(is_there: bool) -> Result<(), WorkError> {
    if is_there { Ok(()) } else { Err(WorkError::Unknown) }
}

impl From<WorkError> for kit::web::Failure {
    fn from(error: WorkError) -> Self {
        match error {
            WorkError::Forbidden(missing) => {
                Self::of(http::StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            WorkError::Unknown => Self::of(http::StatusCode::NOT_FOUND),
            WorkError::Db(error) => error.into(),
        }
    }
}
