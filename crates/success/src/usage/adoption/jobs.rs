//! When adoption is counted: after days of usage moved, and once a day for everybody.

use kit::clock::Timestamp;
use kit::db::{Db, DbError, Tx};
use kit::id::{TypedId, Uuid};
use kit::jobs::{About, Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::accounts::AccountId;
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

/// Counts. An account that fails holds no other up: it waits for the next [`Turn`].
///
/// # Errors
/// The database's when nothing could be counted; it is then tried again.
pub async fn adopt(errand: Errand, _: Adopt) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let mut went = Went::default();
    while went.done < RUN && part(errand.db(), workspace, &mut went).await? {
        errand.go_on()?;
    }
    put_together(errand.db(), workspace).await?;
    match went.failure {
        Some(error) if went.done == 0 => Err(error.into()),
        _ => Ok(()),
    }
}

/// Counts every account that waits, and puts all together: for sample data and tests.
///
/// # Errors
/// [`DbError`] of the database.
pub async fn adopt_all(db: &Db, workspace: WorkspaceId) -> Result<(), DbError> {
    let mut went = Went::default();
    while part(db, workspace, &mut went).await? {}
    put_together(db, workspace).await?;
    went.failure.map_or(Ok(()), Err)
}

/// How far counting has come.
#[derive(Debug, Default)]
struct Went {
    /// The account that was looked at last, and since when it waited.
    last: Option<(Timestamp, AccountId)>,
    /// How many were counted.
    done: usize,
    /// Why the last one was not that could not be.
    failure: Option<DbError>,
}

/// Counts the next accounts that wait, each by itself; false when there are none.
async fn part(db: &Db, workspace: WorkspaceId, went: &mut Went) -> Result<bool, DbError> {
    let first = (Timestamp(i64::MIN), AccountId::from_uuid(Uuid::nil()));
    let after = went.last.unwrap_or(first);
    let waiting = db
        .read(move |tx| counted::waiting(tx, workspace, after, PART))
        .await?;
    for (at, account) in &waiting {
        went.last = Some((*at, *account));
        match count(db, workspace, *account).await {
            Ok(()) => went.done += 1,
            Err(error) => {
                tracing::warn!(%error, %account, "what an account does with features can't be counted");
                went.failure = Some(error);
            }
        }
    }
    Ok(!waiting.is_empty())
}

/// Counts an account beside the writers, and keeps what that came to.
async fn count(db: &Db, workspace: WorkspaceId, account: AccountId) -> Result<(), DbError> {
    let tally = db
        .report(move |tx| counting::tally(tx, workspace, account))
        .await?;
    let Some(tally) = tally else {
        return Ok(());
    };
    db.write(move |tx| counting::keep(tx, workspace, account, &tally))
        .await
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
