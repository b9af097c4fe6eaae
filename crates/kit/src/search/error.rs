//! Why an index did not do what it was asked.

use std::io;
use std::path::PathBuf;

/// Why an index did not do what it was asked. Nothing is lost by it: an index can always be built again.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SearchError {
    /// There is no index that this program can read.
    #[error("there is no search index of this version yet")]
    Missing,
    /// What is on disk is not what was written.
    #[error("the search index is damaged: {0}")]
    Damaged(String),
    /// Another process or task is building an index in this folder.
    #[error("the search index is being rebuilt already")]
    Busy,
    /// The folder can't be used.
    #[error("the search index at {0}: {1}")]
    Folder(PathBuf, String),
    /// The index failed.
    #[error("the search index: {0}")]
    Index(#[from] tantivy::TantivyError),
}

impl SearchError {
    /// A failure of the file system at `path`.
    pub(super) fn at(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |error| Self::Folder(path.to_owned(), error.to_string())
    }
}
