//! Emptying the trash: what has lain there for long enough is removed for good.

use kit::db::Tx;
use kit::jobs::{self, About, Job, JobError};
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;

use super::super::{Status, TicketId, store as tickets};
use super::{PATIENCE, putting, removing, store};

/// How many tickets are removed at a time.
const MOST: i64 = 500;

/// Looks what has lain in the trash for too long, in all workspaces.
#[derive(Debug, Serialize, Deserialize)]
pub struct EmptyAll {}

/// Removes one ticket.
#[derive(Debug, Serialize, Deserialize)]
pub struct Empty {
    ticket: TicketId,
}

impl Job for EmptyAll {
    const KIND: &'static str = "tickets.trash.empty_all";
}

impl Job for Empty {
    const KIND: &'static str = "tickets.trash.empty";
}

/// Queues an [`Empty`] for each ticket that has lain there for [`PATIENCE`].
///
/// # Errors
/// The database's.
pub fn empty_all(tx: &mut Tx<'_>, _: &EmptyAll, _: &About) -> Result<(), JobError> {
    let before = tx.now().minus(PATIENCE);
    for (workspace, ticket) in store::due(tx, before, MOST)? {
        jobs::queue(tx, workspace, &Empty { ticket })?;
    }
    Ok(())
}

/// Removes a ticket, if it still lies there for long enough.
///
/// # Errors
/// The database's.
pub fn empty(tx: &mut Tx<'_>, job: &Empty, about: &About) -> Result<(), JobError> {
    let workspace = about.workspace()?;
    let actor = Actor::system(workspace, "trash");
    let Some(ticket) = tickets::find(tx, workspace, job.ticket)? else {
        return Ok(());
    };
    let before = tx.now().minus(PATIENCE);
    let since = putting(tx, &actor, &ticket)?;
    if ticket.status == Status::Trash && since.is_none_or(|since| since.at <= before) {
        removing::remove(tx, &actor, &ticket)?;
    }
    Ok(())
}
