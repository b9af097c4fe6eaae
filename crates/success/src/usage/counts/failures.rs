//! How the failures of saying what counts look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::CountsError;

pub(super) const EVENT: Code = Code::new(
    "usage-counts-event",
    StatusCode::UNPROCESSABLE_ENTITY,
    "usage-counts-failure-event",
);
pub(super) const MANY: Code = Code::new(
    "usage-counts-many",
    StatusCode::UNPROCESSABLE_ENTITY,
    "usage-counts-failure-many",
);
pub(super) const TIMES: Code = Code::new(
    "usage-counts-times",
    StatusCode::UNPROCESSABLE_ENTITY,
    "usage-counts-failure-times",
);

impl From<CountsError> for Failure {
    fn from(error: CountsError) -> Self {
        match error {
            CountsError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            CountsError::BadEvent(0) => Self::field("first_value", &EVENT),
            CountsError::BadEvent(_) => Self::field("key_events", &EVENT),
            CountsError::TooMany => Self::field("key_events", &MANY),
            CountsError::BadTimes => Self::field("times", &TIMES),
            CountsError::Db(error) => error.into(),
        }
    }
}
