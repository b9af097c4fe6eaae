//! How the failures of sources look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::SourceError;

pub(super) const NAME: Code = Code::new(
    "usage-source-name",
    StatusCode::UNPROCESSABLE_ENTITY,
    "usage-sources-failure-name",
);
pub(super) const TOO_MANY: Code = Code::new(
    "usage-sources-too-many",
    StatusCode::CONFLICT,
    "usage-sources-failure-too-many",
);
pub(super) const STALE: Code = Code::new(
    "usage-source-stale",
    StatusCode::CONFLICT,
    "usage-sources-failure-stale",
);

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        match error {
            SourceError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            SourceError::BadName => Self::field("name", &NAME),
            SourceError::TooMany => Self::new(&TOO_MANY),
            SourceError::Unknown => Self::of(StatusCode::NOT_FOUND),
            SourceError::Stale => Self::new(&STALE),
            SourceError::Db(error) => error.into(),
        }
    }
}
