//! How the failures of tags look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::TagError;

/// A word that can't be a tag.
pub const NAME: Code = Code::new("tag-name", StatusCode::UNPROCESSABLE_ENTITY, "tags-failure-name");
pub(super) const TAKEN: Code = Code::new("tag-name-taken", StatusCode::CONFLICT, "tags-failure-taken");
pub(super) const MERGE: Code = Code::new(
    "tag-merge",
    StatusCode::UNPROCESSABLE_ENTITY,
    "tags-failure-merge",
);
/// A thing has as many tags as it can have.
pub const TOO_MANY: Code = Code::new(
    "tags-too-many",
    StatusCode::UNPROCESSABLE_ENTITY,
    "tags-failure-too-many",
);

/// Someone changed the tag since the sender saw it.
pub(super) const STALE: Code = Code::new("tag-stale", StatusCode::CONFLICT, "tags-failure-stale");

impl From<TagError> for Failure {
    fn from(error: TagError) -> Self {
        match error {
            TagError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            TagError::BadName => Self::field("name", &NAME),
            TagError::NameTaken => Self::field("name", &TAKEN),
            TagError::BadMerge => Self::field("into", &MERGE),
            TagError::TooMany => Self::field("name", &TOO_MANY),
            TagError::Unknown => Self::of(StatusCode::NOT_FOUND),
            TagError::Stale(now) => {
                Self::new(&STALE).detail(format!("the tag is at version {}", now.version))
            }
            TagError::Db(error) => error.into(),
        }
    }
}
