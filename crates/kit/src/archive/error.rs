//! What can go wrong with archives.

use crate::blob::BlobError;
use crate::db::DbError;

/// A failed archive. Carries no content.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file can't be written or read.
    #[error("cannot {what} {path}: {source}")]
    File {
        /// What was tried: `write`, `read`, `make`.
        what: &'static str,
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The file is no archive, or not the one that was written.
    #[error("the archive is damaged: {0}")]
    Damaged(String),
    /// The archive and this program or database do not fit together.
    #[error("{0}")]
    Unfit(String),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The blob store failed.
    #[error(transparent)]
    Blob(#[from] BlobError),
}

impl ArchiveError {
    pub(super) fn damaged(problem: impl Into<String>) -> Self {
        Self::Damaged(problem.into())
    }
}
