//! When adoption is counted: after days of usage moved, and once a day for everybody.

use kit::db::{Db, DbError, Tx};
use kit::jobs::{About, Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::workspaces::{self, WorkspaceId};

use super::counting::{self, store as counted};
use super::{book, store};
use crate::usage::folding;

/// How many accounts are taken in one go.
const PART: i64 = 100;
/// How many one run counts before it puts them together: where more wait, the next goes on.
const RUN: usize = 2_000;

/// Counts the accounts of a workspace that wait, and puts all together.
#[derive(Debug, Serialize, Deserialize)]
pub struct Adopt {}

/// Lets every workspace in which accounts wait be counted.
#[derive(Debug, Serialize, Deserialize)]
pub struct Turn {}

impl Job for Adopt {
    const KIND: &'static str = "usage.adopt";
    const LANE: Lane = Lane::Slow;
}

impl Job for Turn {
    const KIND: &'static str = "usage.adopt-turn";
    const LANE: Lane = Lane::Slow;
}

/// Queues an [`Adopt`] for each workspace in which accounts wait; where a day has begun, all of them do.
///
/// # Errors
/// The database's.
pub fn turn(tx: &mut Tx<'_>, _: &Turn, _: &About) -> Result<(), JobError> {
    let now = tx.now();
    for workspace in workspaces::all(tx)? {
        if workspaces::new_day(tx, workspace.id, Turn::KIND)?.is_some() {
            counted::mark_all(tx, workspace.id, now)?;
        }
        if counted::waits(tx, workspace.id)? {
            let job = Adopt {};
            Queue::new(&job).workspace(workspace.id).key("all").put(tx)?;
        }
    }
    Ok(())
}

/// Counts.
///
/// # Errors
/// The database's; it is then tried again.
pub async fn adopt(errand: Errand, _: Adopt) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let mut done = 0;
    while done < RUN {
        let counted = part(errand.db(), workspace).await?;
        if counted == 0 {
            break;
        }
        done += counted;
        errand.go_on()?;
    }
    Ok(put_together(errand.db(), workspace).await?)
}

/// Counts every account that waits, and puts all together: for sample data and tests.
///
/// # Errors
/// [`DbError`] of the database.
pub async fn adopt_all(db: &Db, workspace: WorkspaceId) -> Result<(), DbError> {
    while part(db, workspace).await? > 0 {}
    put_together(db, workspace).await
}

/// Counts some accounts, each in a transaction of its own; gives how many those were.
async fn part(db: &Db, workspace: WorkspaceId) -> Result<usize, DbError> {
    let waiting = db.read(move |tx| counted::waiting(tx, workspace, PART)).await?;
    for account in &waiting {
        let account = *account;
        db.write(move |tx| counting::count(tx, workspace, account))
            .await?;
    }
    Ok(waiting.len())
}

/// Puts all accounts together, beside the writers, and keeps that.
async fn put_together(db: &Db, workspace: WorkspaceId) -> Result<(), DbError> {
    let (at, content) = db.report(move |tx| book::put_together(tx, workspace)).await?;
    db.write(move |tx| {
        store::keep(tx, workspace, (at, &content))?;
        folding::touch(tx, workspace)
    })
    .await
}
