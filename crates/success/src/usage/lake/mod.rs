//! The lake: events that were folded, sealed as Parquet files in the blob store, where any engine reads them.
//!
//! What came is one thing in two places: a short log of rows, and files. A *file* has the events that came on one day (by
//! UTC, since a day that is over gets nothing more) and were folded by the days of one zone; it takes the place of its rows in
//! the log in one transaction. Everything that looks at events again asks here: a [`window()`] reads both, [`stock`] and
//! [`totals`] count both, [`sweep`] and [`scrubbing`] take away from both, and metrics of people's own count files as they
//! count rows. The newest rows stay in the log, for the debugger. At another size ClickHouse stands behind the same functions
//! ([why](../../../../../docs/decisions/0045-a-lake-of-parquet.md)).

pub mod api;
pub mod demo;
mod failures;
mod file;
mod raw;
pub mod scrubbing;
pub mod sealing;
mod store;
pub mod web;
mod window;

use std::sync::Arc;

use axum::body::Bytes;
use kit::blob::{self, Blob, BlobError, BlobId, BlobStream, Blobs};
use kit::clock::Timestamp;
use kit::day::Day;
use kit::db::{Db, DbError, Tx};
use kit::id::TypedId;
use kit::jobs::JobError;
use serde_json::json;
use tandem_core::actor::{Actor, Forbidden};
use tandem_core::audit::{self, Act, Entry};
use tandem_core::events::Kind;
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;

pub use store::Totals;
pub use window::{Window, window};

use super::log::{self, BatchId, Logged};
use super::sources::SourceId;

/// A file of events was sealed, or is another.
pub const SEALED: Kind = Kind::new("usage_file.sealed", Permission::UsageRead);
/// The name of the list of files, for pages that show it.
pub const LIST: &str = "usage-files";
/// What files are, for whoever takes one along.
pub const MEDIA: &str = "application/vnd.apache.parquet";

kit::id! {
    /// A file of events.
    UsageFileId, "ufl"
}

/// An event of a file, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it came from.
    pub source: SourceId,
    /// The event.
    pub event: Logged,
}

/// A file of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: UsageFileId,
    /// On which day they came, by UTC.
    pub day: Day,
    /// By which zone's days they were folded; none where nobody kept it.
    pub zone: Option<String>,
    /// Its bytes.
    pub blob: BlobId,
    /// How many events it has.
    pub events: i64,
    /// How many bytes.
    pub bytes: i64,
    /// How many rows of the log it stands for.
    pub batches: i64,
    /// The first and the last of those rows.
    pub span: (BatchId, BatchId),
    /// When the first and the last event came.
    pub received: (Timestamp, Timestamp),
    /// When the first and the last event happened.
    pub happened: (Timestamp, Timestamp),
    /// When it was sealed.
    pub sealed_at: Timestamp,
    pub(in crate::usage) measured: Measured,
    /// Grows with each other content.
    pub(in crate::usage) revision: i64,
}

/// How far a file was counted for metrics of people's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::usage) struct Measured {
    /// For which generation of definitions all of it was counted.
    pub(in crate::usage) whole: i64,
    /// For which generation it is being counted.
    pub(in crate::usage) next: i64,
    /// How many rows of it were.
    pub(in crate::usage) rows: i64,
}

/// Why something can't be done with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LakeError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// There is no such file.
    #[error("there is no such file of events")]
    Unknown,
    /// What was read is another thing meanwhile: to be read again.
    #[error("the events were changed meanwhile")]
    Moved,
    /// The file can't be written, or is none of ours.
    #[error("a file of events can't be written or read: {0}")]
    Broken(String),
    /// The blob store failed.
    #[error(transparent)]
    Blob(BlobError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<BlobError> for LakeError {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Database(error) => Self::Db(error),
            error => Self::Blob(error),
        }
    }
}

impl From<LakeError> for JobError {
    fn from(error: LakeError) -> Self {
        match error {
            LakeError::Db(error) => error.into(),
            error => Self::retry(error.to_string()),
        }
    }
}

/// The files of a workspace, the newest first, after one that was seen.
///
/// # Errors
/// [`LakeError::Forbidden`], or the database's.
pub fn list(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<UsageFileId>,
    limit: i64,
) -> Result<Vec<File>, LakeError> {
    actor.must(Permission::UsageRead)?;
    Ok(store::newest(tx, actor.workspace, after, limit)?)
}

/// How much is in the log and in files.
///
/// # Errors
/// As of [`list`].
pub fn totals(tx: &mut Tx<'_>, actor: &Actor) -> Result<Totals, LakeError> {
    actor.must(Permission::UsageRead)?;
    Ok(store::totals(tx, actor.workspace)?)
}

/// A file as it is. Who took it along is recorded: persons are named in it.
///
/// # Errors
/// [`LakeError::Unknown`], [`LakeError::Forbidden`], or trouble of the database or the blob store.
pub async fn content(db: &Db, actor: &Actor, id: UsageFileId) -> Result<(File, BlobStream), LakeError> {
    let reader = actor.clone();
    let (file, blob) = db
        .write(move |tx| {
            reader.must(Permission::UsageRead)?;
            let file = store::find(tx, reader.workspace, id)?.ok_or(LakeError::Unknown)?;
            let blob = blob_of(tx, reader.workspace, &file)?;
            let entry = Entry::of(Act::Exported, id).named(LIST);
            let entry = entry.after(json!({ "day": file.day, "events": file.events }));
            audit::record(tx, &reader, entry)?;
            Ok::<_, LakeError>((file, blob))
        })
        .await?;
    let stream = blobs(db)?.read(&blob).await?;
    Ok((file, stream))
}

/// How many events came before a moment and would go with the next sweep, and how many stay: those of the log, and those of
/// files all of whose events came before it.
///
/// # Errors
/// [`DbError`] of the database.
pub fn stock(tx: &mut Tx<'_>, workspace: WorkspaceId, end: Timestamp) -> Result<(i64, i64), DbError> {
    let (gone, kept) = log::stock(tx, workspace, end)?;
    let (files_gone, files_kept) = store::stock(tx, workspace, end)?;
    Ok((gone + files_gone, kept + files_kept))
}

/// Takes away up to `limit` files all of whose events came before a moment; gives how many.
///
/// # Errors
/// [`DbError`] of the database.
pub fn sweep(tx: &mut Tx<'_>, workspace: WorkspaceId, end: Timestamp, limit: i64) -> Result<usize, DbError> {
    let old = store::old(tx, workspace, end, limit)?;
    for (id, blob) in &old {
        store::remove(tx, workspace, *id)?;
        blob::unlink(tx, workspace.uuid(), *blob, &id.to_string())?;
    }
    Ok(old.len())
}

/// When the oldest event of a file came.
///
/// # Errors
/// [`DbError`] of the database.
pub fn oldest(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Option<Timestamp>, DbError> {
    store::oldest(tx, workspace)
}

/// For how many rows of the log files stand.
///
/// # Errors
/// [`DbError`] of the database.
pub fn batches(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<i64, DbError> {
    store::batches(tx, workspace)
}

/// A file of which not all was counted for a generation of definitions, with its bytes.
pub(in crate::usage) fn unmeasured(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    generation: i64,
) -> Result<Option<(File, Blob)>, LakeError> {
    let Some(file) = store::unmeasured(tx, workspace, generation)? else {
        return Ok(None);
    };
    let blob = blob_of(tx, workspace, &file)?;
    Ok(Some((file, blob)))
}

/// Whether there is a file of which not all was counted for a generation of definitions.
pub(in crate::usage) fn is_unmeasured(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    generation: i64,
) -> Result<bool, DbError> {
    Ok(store::unmeasured(tx, workspace, generation)?.is_some())
}

/// Says how far a file was counted beyond where it stands; `false` when it is another or was counted by somebody else
/// meanwhile.
pub(in crate::usage) fn mark(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    file: &File,
    now: Measured,
) -> Result<bool, DbError> {
    store::mark(tx, workspace, file, now)
}

/// The events of a file whose bytes were found, in its order.
pub(in crate::usage) async fn rows(db: &Db, blob: &Blob) -> Result<Vec<Row>, LakeError> {
    let bytes = blobs(db)?.read_all(blob).await?;
    aside(move || file::read(bytes)).await?.map_err(of_parquet)
}

/// The bytes of a file with these events.
async fn packed(rows: Arc<Vec<Row>>) -> Result<Bytes, LakeError> {
    aside(move || file::written(&rows)).await?.map_err(of_parquet)
}

/// Packing and unpacking takes a while: beside the threads on which requests are answered.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, LakeError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| LakeError::Broken(error.to_string()))
}

fn of_parquet(error: parquet::errors::ParquetError) -> LakeError {
    LakeError::Broken(error.to_string())
}

fn blobs(db: &Db) -> Result<Arc<Blobs>, LakeError> {
    let missing = || DbError::NoRow {
        statement: "no blobs are attached to the database".to_owned(),
    };
    Ok(db.attached().ok_or_else(missing)?)
}

fn blob_of(tx: &mut Tx<'_>, workspace: WorkspaceId, file: &File) -> Result<Blob, LakeError> {
    blob::find(tx, workspace.uuid(), file.blob)?.ok_or(LakeError::Unknown)
}
