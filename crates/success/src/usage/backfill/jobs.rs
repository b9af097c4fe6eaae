//! Taking the lines of a back-fill in the background, from wherever it is.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use kit::blob;
use kit::db::{DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tandem_core::workspaces::{self, WorkspaceId};

use super::model::{Backfill, BackfillError, State};
use super::reading::{Row, Rows, cut};
use super::taking::{self, Plan, Step};
use super::{BackfillId, files, store};

/// How long one attempt may take: a large file takes its time, and goes on where it was.
pub const LONGEST: Duration = Duration::from_secs(12 * 3_600);
/// Lines of one transaction.
const BATCH: usize = 2_000;

/// Carries a back-fill on.
#[derive(Debug, Serialize, Deserialize)]
pub struct Carry {
    backfill: BackfillId,
}

impl Job for Carry {
    const KIND: &'static str = "usage.backfill";
    const LANE: Lane = Lane::Slow;
}

pub(super) fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, backfill: BackfillId) -> Result<(), DbError> {
    let job = Carry { backfill };
    let queue = Queue::new(&job).workspace(workspace).key(backfill.to_string());
    queue.put(tx).map(drop)
}

/// Carries a back-fill on from where it is until it is over or somebody pauses it.
///
/// # Errors
/// Trouble of the database or of the store of files; the job then goes on where it was.
pub async fn run(errand: Errand, job: Carry) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let id = job.backfill;
    let found = errand.db().read(move |tx| store::find(tx, workspace, id)).await?;
    let Some(backfill) = found.filter(|backfill| backfill.state == State::Running) else {
        return Ok(());
    };
    match carry(&errand, workspace, backfill).await {
        Ok(()) => Ok(()),
        Err(Stopped::Asked) => Err(JobError::Stopped),
        Err(Stopped::Failed(BackfillError::Db(error))) => Err(error.into()),
        Err(Stopped::Failed(BackfillError::Blob(error))) => Err(JobError::retry(error.to_string())),
        Err(Stopped::Failed(error)) => {
            let problem = problem(&error);
            let failed = errand.db().write(move |tx| {
                let found = store::find(tx, workspace, id)?;
                match found.filter(|backfill| backfill.state == State::Running) {
                    Some(backfill) => taking::fail(tx, workspace, backfill, problem),
                    None => Ok(()),
                }
            });
            failed.await.map_err(|error: DbError| error.into())
        }
    }
}

/// What is kept of an error that ends a run: a word, which pages have a sentence for.
fn problem(error: &BackfillError) -> &'static str {
    match error {
        BackfillError::Damaged => "damaged",
        BackfillError::Csv(_) => "unreadable",
        _ => "gone",
    }
}

/// Why the work ended before its end.
enum Stopped {
    /// This node is stopping, or somebody cancelled the job.
    Asked,
    Failed(BackfillError),
}

impl<E: Into<BackfillError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

async fn carry(errand: &Errand, workspace: WorkspaceId, backfill: Backfill) -> Result<(), Stopped> {
    let (db, hash) = (errand.db(), backfill.file);
    let found = db.read(move |tx| {
        let file = blob::find(tx, workspace.uuid(), hash)?.ok_or(BackfillError::Gone)?;
        Ok::<_, BackfillError>((file, workspaces::zone(tx, workspace)?))
    });
    let (file, zone) = found.await?;
    let mut rows = Rows::of(&backfill.layout);
    let begin = backfill.position;
    let mut place = Place {
        errand,
        workspace,
        position: begin,
        plan: Arc::new(Plan {
            backfill,
            zone,
            ids: db.ids().clone(),
        }),
    };
    let mut waiting: Vec<Row> = Vec::new();
    let mut content = files::blobs(db)?.read(&file).await.map_err(BackfillError::from)?;
    while let Some(piece) = content.next().await {
        let mut left = piece.map_err(BackfillError::from)?;
        while !left.is_empty() {
            let found;
            (rows, left, found) = cut(rows, left, BATCH).await?;
            waiting.extend(found.into_iter().filter(|row| row.number > begin));
            if place.take_whole(&mut waiting).await? == Step::Stop {
                return Ok(());
            }
        }
    }
    rows.finish(&mut |row| {
        if row.number > begin {
            waiting.push(row);
        }
    })?;
    if place.take_whole(&mut waiting).await? == Step::Stop {
        return Ok(());
    }
    place.take(waiting, true).await?;
    Ok(())
}

/// Where a run is.
struct Place<'e> {
    errand: &'e Errand,
    workspace: WorkspaceId,
    position: i64,
    plan: Arc<Plan>,
}

impl Place<'_> {
    /// Takes whole batches of what waits; at least a line is left, for the last batch.
    async fn take_whole(&mut self, waiting: &mut Vec<Row>) -> Result<Step, Stopped> {
        let mut rest = std::mem::take(waiting).into_iter();
        let mut step = Step::GoOn(0, 0);
        while rest.len() > BATCH && step != Step::Stop {
            let rows = rest.by_ref().take(BATCH).collect();
            step = self.take(rows, false).await?;
        }
        waiting.extend(rest);
        Ok(step)
    }

    /// Takes some lines; they are read on a thread on which nothing waits.
    async fn take(&mut self, rows: Vec<Row>, is_last: bool) -> Result<Step, Stopped> {
        self.errand.go_on().map_err(|_| Stopped::Asked)?;
        let db = self.errand.db();
        let (plan, position, received) = (self.plan.clone(), self.position, db.clock().now());
        let last = rows.last().map_or(position, |row| row.number);
        let batch = tokio::task::spawn_blocking(move || plan.batch(&rows, position, (received, is_last)));
        let batch = batch.await.map_err(|_| DbError::Panicked)?;
        let (workspace, id) = (self.workspace, self.plan.backfill.id);
        let step = db
            .write(move |tx| taking::take(tx, workspace, id, &batch))
            .await?;
        if let Step::GoOn(done, total) = step {
            self.errand.progress(done, total);
        }
        self.position = last;
        Ok(step)
    }
}
