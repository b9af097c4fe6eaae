//! What follows from events about accounts.

use kit::db::{DbError, Tx};
use kit::jobs::{self, About, Job, JobError};
use serde::{Deserialize, Serialize};

use super::OPEN_TALLY;
use crate::events::Listener;
use crate::tallies;
use crate::workspaces::WorkspaceId;

/// Counts an account that came, went or came back.
#[derive(Debug, Serialize, Deserialize)]
pub struct Tally {
    change: i64,
}

impl Job for Tally {
    const KIND: &'static str = "accounts.tally";
}

/// One more open account.
pub const ONE_MORE: Listener = Listener::new(Tally::KIND, |tx, event| {
    jobs::queue(tx, event.workspace, &Tally { change: 1 }).map(drop)
});

/// One open account less.
pub const ONE_LESS: Listener = Listener::new(Tally::KIND, |tx, event| {
    jobs::queue(tx, event.workspace, &Tally { change: -1 }).map(drop)
});

/// As many more open accounts as came in one go.
pub const MANY_MORE: Listener = Listener::new(Tally::KIND, |tx, event| {
    let change = i64::try_from(event.subjects().count()).unwrap_or(i64::MAX);
    jobs::queue(tx, event.workspace, &Tally { change }).map(drop)
});

/// Counts so many open accounts less, of which no event tells.
pub(super) fn queue_less(tx: &mut Tx<'_>, workspace: WorkspaceId, gone: usize) -> Result<(), DbError> {
    let change = i64::try_from(gone).map_or(i64::MIN, |gone| -gone);
    jobs::queue(tx, workspace, &Tally { change }).map(drop)
}

/// Counts so many open accounts more or less.
pub(super) fn queue_change(tx: &mut Tx<'_>, workspace: WorkspaceId, change: i64) -> Result<(), DbError> {
    if change == 0 {
        return Ok(());
    }
    jobs::queue(tx, workspace, &Tally { change }).map(drop)
}

/// Keeps the tally of open accounts.
///
/// # Errors
/// The database's; the job is then tried again.
pub fn tally(tx: &mut Tx<'_>, job: &Tally, about: &About) -> Result<(), JobError> {
    let workspace: WorkspaceId = about.workspace()?;
    tallies::add(tx, workspace, OPEN_TALLY, job.change)?;
    Ok(())
}
