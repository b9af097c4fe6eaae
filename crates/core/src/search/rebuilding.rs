//! Building an index anew from the rows, beside the one in use.

use kit::db::Db;
use kit::id::Uuid;
use kit::search::{Build, SearchError, Shelf};
use tokio::task::spawn_blocking;

use super::{IndexError, Search, Source, Sources, changes, mark};
use crate::workspaces::{self, WorkspaceId};

/// How many documents are read at once.
const BATCH: i64 = 500;

/// Builds an index of everything and puts it in the old one's place; gives how many documents it has. `told` hears how many
/// were read so far. What changes meanwhile comes after the mark that was taken first, and is read again by whoever follows.
///
/// # Errors
/// [`SearchError::Busy`] when somebody else is at it; or the index or the database fails. The old index stays in use then.
pub async fn rebuild(
    db: &Db,
    shelf: &Shelf,
    sources: &Sources,
    told: impl Fn(u64),
) -> Result<u64, IndexError> {
    let shelf = shelf.clone();
    let mut build = blocking(move || shelf.build()).await?;
    let (mark, workspaces) = db
        .read(|tx| Ok::<_, kit::db::DbError>((mark::newest(tx)?, workspaces::all(tx)?)))
        .await?;
    let mut total = 0;
    for workspace in workspaces {
        for source in sources.iter() {
            let counted = |count| told(total + count);
            let (grown, count) = read(db, build, source, workspace.id, counted).await?;
            build = grown;
            total += count;
        }
    }
    blocking(move || build.finish(&mark.to_string())).await?;
    Ok(total)
}

/// Puts everything of one source and workspace into the new index.
async fn read(
    db: &Db,
    mut build: Build,
    source: &'static Source,
    workspace: WorkspaceId,
    told: impl Fn(u64),
) -> Result<(Build, u64), IndexError> {
    let (mut last, mut count) = (Uuid::nil(), 0);
    loop {
        let batch = db.report(move |tx| changes::all_after(tx, source, workspace, last, BATCH));
        let (batch, next) = batch.await?;
        let Some(next) = next else {
            return Ok((build, count));
        };
        (last, count) = (next, count + batch.len() as u64);
        build = blocking(move || {
            changes::write(build.writer(), batch)?;
            Ok(build)
        })
        .await?;
        told(count);
    }
}

/// Runs work on files away from the threads that answer requests.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SearchError> + Send + 'static,
) -> Result<T, SearchError> {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(panic) => Err(SearchError::Damaged(panic.to_string())),
    }
}

impl Search {
    /// Rebuilds the index of this node.
    pub(super) async fn rebuild(&self, db: &Db) -> Result<(), IndexError> {
        self.state().is_building = true;
        let done = rebuild(db, self.shelf(), self.sources(), |_| {}).await;
        self.state().is_building = false;
        self.0.look.notify_one();
        let documents = done?;
        tracing::info!(documents, "the search index is built");
        Ok(())
    }
}
