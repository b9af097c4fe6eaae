//! How the failures of the outbox look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::OutboxError;

pub(super) const TOO_LATE: Code = Code::new("mail-too-late", StatusCode::CONFLICT, "outbox-failure-too-late");
pub(super) const NOTHING: Code = Code::new(
    "mail-nothing-to-send",
    StatusCode::CONFLICT,
    "outbox-failure-nothing",
);
pub(super) const WINDOW: Code = Code::new(
    "mail-window",
    StatusCode::UNPROCESSABLE_ENTITY,
    "outbox-failure-window",
);
pub(super) const STALE: Code = Code::new("mail-stale", StatusCode::CONFLICT, "outbox-failure-stale");

impl From<OutboxError> for Failure {
    fn from(error: OutboxError) -> Self {
        match error {
            OutboxError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            OutboxError::Unknown => Self::of(StatusCode::NOT_FOUND),
            OutboxError::TooLate => Self::new(&TOO_LATE),
            OutboxError::NothingToSend => Self::new(&NOTHING),
            OutboxError::BadWindow => Self::field("undo_seconds", &WINDOW),
            OutboxError::Stale => Self::new(&STALE),
            OutboxError::Db(error) => error.into(),
        }
    }
}
