//! What can go wrong with blobs, in words that say what to do.

use std::{error::Error, io};

use crate::db::DbError;

/// A failure of the blob store. Carries no content and no secret: it may be logged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlobError {
    /// The content is longer than the caller allows.
    #[error("the content is longer than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The content ended with an error before it was complete.
    #[error("the content could not be received: {0}")]
    Interrupted(String),
    /// The object of a blob is not in the store.
    #[error("the object {object} is missing")]
    Missing {
        /// Its name.
        object: String,
    },
    /// The object of a blob is not what was written.
    #[error("the object {object} is damaged")]
    Damaged {
        /// Its name.
        object: String,
    },
    /// A range that the content does not have.
    #[error("the content has no such range")]
    Range,
    /// Too much time passed between writing the object and adding its row: write it again.
    #[error("the content was stored too long ago to be added now")]
    Stale,
    /// No room left in the store.
    #[error("the blob store is full")]
    Full,
    /// The store can't be written to.
    #[error("the blob store is read-only")]
    ReadOnly,
    /// The store can't be reached or answers with an error.
    #[error("the blob store does not work: {0}")]
    Unavailable(String),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl BlobError {
    /// Names the trouble behind an error of the store.
    pub(super) fn of_store(error: &object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { path, .. } => Self::Missing { object: path.clone() },
            object_store::Error::PermissionDenied { .. } => Self::ReadOnly,
            error => of_machine(error).unwrap_or_else(|| Self::Unavailable(innermost(error))),
        }
    }

    /// Whether the same call may succeed later without anyone changing it.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Full | Self::ReadOnly | Self::Unavailable(_) => true,
            Self::Database(error) => error.is_temporary(),
            _ => false,
        }
    }
}

/// What the operating system said, if it is at the bottom of this.
fn of_machine(error: &(dyn Error + 'static)) -> Option<BlobError> {
    let kind = std::iter::successors(Some(error), |error| (*error).source())
        .find_map(|error| error.downcast_ref::<io::Error>())?
        .kind();
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Some(BlobError::Full)
        }
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Some(BlobError::ReadOnly),
        _ => None,
    }
}

/// The last cause: those before it repeat it with more words around.
fn innermost(error: &(dyn Error + 'static)) -> String {
    std::iter::successors(Some(error), |error| (*error).source())
        .last()
        .map(ToString::to_string)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_of_the_machine_is_named_however_deep_it_lies() {
        let of = |kind| {
            let source = Box::new(io::Error::from(kind));
            BlobError::of_store(&object_store::Error::Generic {
                store: "test",
                source,
            })
        };
        assert_eq!(of(io::ErrorKind::StorageFull), BlobError::Full);
        assert_eq!(of(io::ErrorKind::ReadOnlyFilesystem), BlobError::ReadOnly);
        assert!(matches!(
            of(io::ErrorKind::ConnectionRefused),
            BlobError::Unavailable(_)
        ));
    }
}
