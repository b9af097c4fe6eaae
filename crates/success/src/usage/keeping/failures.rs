//! How the failures of keeping events look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::KeepingError;

pub(super) const DAYS: Code = Code::new(
    "usage-keeping-days",
    StatusCode::UNPROCESSABLE_ENTITY,
    "usage-keeping-failure-days",
);

impl From<KeepingError> for Failure {
    fn from(error: KeepingError) -> Self {
        match error {
            KeepingError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            KeepingError::BadDays => Self::field("days", &DAYS),
            KeepingError::Db(error) => error.into(),
        }
    }
}
