//! How the failures of back-fills look from outside.

use http::StatusCode;
use kit::blob::BlobError;
use kit::web::{Code, Failure};

use super::BackfillError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const SOURCE: Code = Code::new("usage-backfill-source", WRONG, "usage-backfills-failure-source");
pub(super) const OFF: Code = Code::new("usage-backfill-source-off", WRONG, "usage-backfills-failure-off");
pub(super) const EMPTY: Code = Code::new("usage-backfill-empty", WRONG, "usage-backfills-failure-empty");
pub(super) const DAMAGED: Code =
    Code::new("usage-backfill-damaged", WRONG, "usage-backfills-failure-damaged");
pub(super) const UNREADABLE: Code = Code::new(
    "usage-backfill-unreadable",
    WRONG,
    "usage-backfills-failure-unreadable",
);
pub(super) const UNMAPPED: Code = Code::new(
    "usage-backfill-unmapped",
    WRONG,
    "usage-backfills-failure-unmapped",
);
pub(super) const TWICE: Code = Code::new(
    "usage-backfill-mapped-twice",
    WRONG,
    "usage-backfills-failure-twice",
);
pub(super) const UNCLEAR: Code =
    Code::new("usage-backfill-unclear", WRONG, "usage-backfills-failure-unclear");
pub(super) const DAY: Code = Code::new("usage-backfill-day", WRONG, "usage-backfills-failure-day");
pub(super) const PAST: Code = Code::new(
    "usage-backfill-past",
    StatusCode::CONFLICT,
    "usage-backfills-failure-past",
);
pub(super) const GONE: Code = Code::new(
    "usage-backfill-gone",
    StatusCode::CONFLICT,
    "usage-backfills-failure-gone",
);

impl From<BackfillError> for Failure {
    fn from(error: BackfillError) -> Self {
        let detail = error.to_string();
        match error {
            BackfillError::Forbidden(_) => Self::of(StatusCode::FORBIDDEN).detail(detail),
            BackfillError::Unknown => Self::of(StatusCode::NOT_FOUND),
            BackfillError::NoSource => Self::field("source", &SOURCE),
            BackfillError::SourceOff => Self::field("source", &OFF),
            BackfillError::Empty => Self::field("file", &EMPTY),
            BackfillError::Damaged => Self::field("file", &DAMAGED),
            BackfillError::Csv(_) => Self::field("file", &UNREADABLE).detail(detail),
            BackfillError::Unmapped(_) => Self::field("columns", &UNMAPPED).detail(detail),
            BackfillError::Twice(_) => Self::field("columns", &TWICE).detail(detail),
            BackfillError::Unclear => Self::field("days", &UNCLEAR),
            BackfillError::BadDay => Self::field("until", &DAY),
            BackfillError::Past(_) => Self::new(&PAST).detail(detail),
            BackfillError::Gone => Self::new(&GONE),
            BackfillError::Blob(BlobError::TooLarge { .. }) => Self::of(StatusCode::PAYLOAD_TOO_LARGE),
            BackfillError::Blob(BlobError::Interrupted(_)) => {
                Self::of(StatusCode::BAD_REQUEST).detail(detail)
            }
            BackfillError::Blob(error) => {
                tracing::error!(%error, "the store of files failed");
                Self::of(StatusCode::SERVICE_UNAVAILABLE)
            }
            BackfillError::Db(error) => error.into(),
        }
    }
}
