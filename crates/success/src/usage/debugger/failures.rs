//! How the failures of the debugger look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::DebugError;

pub(super) const REFUSED: Code = Code::new(
    "usage-refused",
    StatusCode::UNPROCESSABLE_ENTITY,
    "usage-debugger-refused",
);
pub(super) const SETTLED: Code = Code::new(
    "usage-settled",
    StatusCode::CONFLICT,
    "usage-debugger-was-settled",
);

impl From<DebugError> for Failure {
    fn from(error: DebugError) -> Self {
        match error {
            DebugError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            DebugError::Unknown => Self::of(StatusCode::NOT_FOUND),
            DebugError::Settled => Self::new(&SETTLED),
            DebugError::Refused(_) => Self::field("event", &REFUSED),
            DebugError::Db(error) => error.into(),
        }
    }
}
