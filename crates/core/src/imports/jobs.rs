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

use super::model::{Import, ImportError, State};
use super::taking::{self, Step};
use super::{ImportId, files, store, undoing};
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
            let problem = error.to_string();
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
    let (db, hash) = (errand.db(), import.file);
    let blobs: Arc<Blobs> = files::blobs(db)?;
    let file = db.read(move |tx| blob::find(tx, workspace.uuid(), hash)).await?;
    let file = file.ok_or(ImportError::Unknown)?;
    let mut content = blobs.read(&file).await.map_err(ImportError::from)?;
    let mut reader = Reader::new(import.layout.dialect);
    let mut waiting: Vec<Record> = Vec::new();
    let begin = u64::try_from(import.position)
        .unwrap_or_default()
        .max(import.header_rows());
    let mut place = Place {
        workspace,
        id: import.id,
        position: import.position,
    };
    while let Some(piece) = content.next().await {
        let piece = piece.map_err(ImportError::from)?;
        reader.feed(&piece, &mut |record| {
            if record.row > begin {
                waiting.push(record);
            }
        })?;
        while waiting.len() > BATCH {
            let rest = waiting.split_off(BATCH);
            let batch = std::mem::replace(&mut waiting, rest);
            errand.go_on().map_err(|_| Stopped::Asked)?;
            match place.write(db, batch, false).await? {
                Step::GoOn(done, total) => errand.progress(done, total),
                Step::Stop => return Ok(()),
            }
        }
    }
    reader.finish(&mut |record| {
        if record.row > begin {
            waiting.push(record);
        }
    })?;
    place.write(db, waiting, true).await?;
    Ok(())
}

/// Where the run of an import is.
struct Place {
    workspace: WorkspaceId,
    id: ImportId,
    position: i64,
}

impl Place {
    async fn write(&mut self, db: &Db, records: Vec<Record>, is_last: bool) -> Result<Step, ImportError> {
        let (workspace, id, position) = (self.workspace, self.id, self.position);
        let last = records
            .last()
            .map(|record| i64::try_from(record.row).unwrap_or(i64::MAX));
        let batch = taking::Batch {
            position,
            records,
            is_last,
        };
        let taken = db
            .write(move |tx| taking::batch(tx, workspace, id, &batch))
            .await?;
        self.position = last.unwrap_or(self.position);
        Ok(taken)
    }
}
