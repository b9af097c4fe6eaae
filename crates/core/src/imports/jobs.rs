//! What runs in the background: taking the rows of an import, and taking them back.

use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use kit::blob::{self, Blobs};
use kit::csv::{Reader, Record};
use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use kit::jobs::{Errand, Job, JobError, Lane, Queue};
use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;

use super::model::{Import, ImportError, State};
use super::rows::{Plan, Row};
use super::taking::{self, Step};
use super::target::Slots;
use super::{ImportId, files, store, target_of, undoing};
use crate::workspaces::WorkspaceId;

/// How long one attempt may take: a large file takes its time, and goes on where it was.
pub const LONGEST: Duration = Duration::from_secs(12 * 3_600);
/// Rows of one transaction.
const BATCH: usize = 500;

/// Carries an import on, or back: whatever its state asks for.
#[derive(Debug, Serialize, Deserialize)]
pub struct Carry {
    import: ImportId,
}

impl Job for Carry {
    const KIND: &'static str = "imports.carry";
    const LANE: Lane = Lane::Slow;
}

pub(super) fn queue(tx: &mut Tx<'_>, workspace: WorkspaceId, import: ImportId) -> Result<(), DbError> {
    let job = Carry { import };
    let queue = Queue::new(&job).workspace(workspace).key(import.to_string());
    queue.put(tx).map(drop)
}

/// Carries an import on from where it is until it is over or somebody pauses it.
///
/// # Errors
/// Trouble of the database or of the store of files; the job then goes on where it was.
pub async fn run(errand: Errand, job: Carry) -> Result<(), JobError> {
    let workspace: WorkspaceId = errand.about().workspace()?;
    let id = job.import;
    let import = errand.db().read(move |tx| store::find(tx, workspace, id)).await?;
    let Some(import) = import else {
        return Ok(());
    };
    let carried = match import.state {
        State::Running => take(&errand, workspace, &import).await,
        State::Undoing => take_back(&errand, workspace, id).await,
        _ => Ok(()),
    };
    match carried {
        Ok(()) => Ok(()),
        Err(Stopped::Asked) => Err(JobError::Stopped),
        Err(Stopped::Failed(ImportError::Db(error))) => Err(error.into()),
        Err(Stopped::Failed(ImportError::Blob(error))) => Err(JobError::retry(error.to_string())),
        Err(Stopped::Failed(error)) => {
            let problem = error.problem();
            let failed = errand.db().write(move |tx| {
                let found = store::find(tx, workspace, id)?;
                match found.filter(Import::is_moving) {
                    Some(mut import) => taking::fail(tx, workspace, &mut import, &problem),
                    None => Ok(()),
                }
            });
            failed.await.map_err(|error: DbError| error.into())
        }
    }
}

/// Why the work ended before its end.
enum Stopped {
    /// This node is stopping, or somebody cancelled the job.
    Asked,
    Failed(ImportError),
}

impl<E: Into<ImportError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

async fn take_back(errand: &Errand, workspace: WorkspaceId, id: ImportId) -> Result<(), Stopped> {
    loop {
        errand.go_on().map_err(|_| Stopped::Asked)?;
        match errand
            .db()
            .write(move |tx| undoing::batch(tx, workspace, id))
            .await?
        {
            Step::GoOn(done, total) => errand.progress(done, total),
            Step::Stop => return Ok(()),
        }
    }
}

async fn take(errand: &Errand, workspace: WorkspaceId, import: &Import) -> Result<(), Stopped> {
    let (db, hash, name) = (errand.db(), import.file, import.target.clone());
    let blobs: Arc<Blobs> = files::blobs(db)?;
    let found = db.read(move |tx| {
        let file = blob::find(tx, workspace.uuid(), hash)?.ok_or(ImportError::Unknown)?;
        let target = target_of(tx, &name)?;
        Ok::<_, ImportError>((target, Slots::of(tx, workspace, target)?, file))
    });
    let (target, slots, file) = found.await?;
    let plan = Arc::new(Plan::of(target, &slots, import));
    let mut content = blobs.read(&file).await.map_err(ImportError::from)?;
    let mut reader = Reader::new(import.layout.dialect);
    let mut waiting: Vec<Row> = Vec::new();
    // The header is the first row that is not empty, whatever its number.
    let mut heads = import.header_rows();
    let begin = u64::try_from(import.position).unwrap_or_default();
    let mut wait = |record: &Record, waiting: &mut Vec<Row>| {
        let is_head = heads > 0;
        heads -= u64::from(is_head);
        if !is_head && record.row > begin {
            waiting.push(plan.row(record));
        }
    };
    let mut place = Place {
        db: db.clone(),
        workspace,
        plan: plan.clone(),
        position: import.position,
        written: None,
    };
    while let Some(piece) = content.next().await {
        let piece = piece.map_err(ImportError::from)?;
        reader.feed(&piece, &mut |record| wait(&record, &mut waiting))?;
        while waiting.len() > BATCH {
            let rest = waiting.split_off(BATCH);
            let batch = std::mem::replace(&mut waiting, rest);
            errand.go_on().map_err(|_| Stopped::Asked)?;
            match place.write(batch, false).await? {
                Step::GoOn(_, 0) => {}
                Step::GoOn(done, total) => errand.progress(done, total),
                Step::Stop => return Ok(()),
            }
        }
    }
    reader.finish(&mut |record| wait(&record, &mut waiting))?;
    if let Step::GoOn(..) = place.write(waiting, true).await? {
        place.settle().await?;
    }
    Ok(())
}

/// Where the run of an import is.
struct Place {
    db: Db,
    workspace: WorkspaceId,
    plan: Arc<Plan>,
    position: i64,
    /// The batch that is being stored while the next one is read.
    written: Option<JoinHandle<Result<Step, ImportError>>>,
}

impl Place {
    /// Begins to store a batch; gives what the one before it came to.
    async fn write(&mut self, rows: Vec<Row>, is_last: bool) -> Result<Step, Stopped> {
        let before = self.settle().await?;
        if before == Step::Stop {
            return Ok(before);
        }
        let (db, plan, workspace) = (self.db.clone(), self.plan.clone(), self.workspace);
        let last = rows.last().map(|row| row.number);
        let batch = taking::Batch {
            position: self.position,
            rows,
            is_last,
        };
        self.written = Some(tokio::spawn(async move {
            db.write(move |tx| taking::batch(tx, workspace, &plan, &batch))
                .await
        }));
        self.position = last.unwrap_or(self.position);
        Ok(before)
    }

    /// What the last batch came to.
    async fn settle(&mut self) -> Result<Step, Stopped> {
        let Some(written) = self.written.take() else {
            return Ok(Step::GoOn(0, 0));
        };
        // It is cut off only when the program is.
        Ok(written.await.map_err(|_| Stopped::Asked)??)
    }
}
