//! How the failures look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::ReopeningError;

pub(super) const DAYS: Code = Code::new(
    "reopening-days",
    StatusCode::UNPROCESSABLE_ENTITY,
    "reopening-failure-days",
);
const STALE: Code = Code::new("reopening-stale", StatusCode::CONFLICT, "reopening-failure-stale");

impl From<ReopeningError> for Failure {
    fn from(error: ReopeningError) -> Self {
        match error {
            ReopeningError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            ReopeningError::BadDays => Self::field("days", &DAYS),
            ReopeningError::Stale => Self::new(&STALE),
            ReopeningError::Db(error) => error.into(),
        }
    }
}
