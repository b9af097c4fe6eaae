//! How the failures of side conversations look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::SideError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const ADDRESS: Code = Code::new("side-address", WRONG, "sides-failure-address");
pub(super) const TOO_MANY: Code = Code::new("side-too-many", WRONG, "sides-failure-many");
pub(super) const MESSAGE: Code = Code::new("side-message", WRONG, "sides-failure-message");
pub(super) const NO_MAILBOX: Code =
    Code::new("side-no-mailbox", StatusCode::CONFLICT, "sides-failure-mailbox");

impl From<SideError> for Failure {
    fn from(error: SideError) -> Self {
        match error {
            SideError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            SideError::Unknown => Self::of(StatusCode::NOT_FOUND),
            SideError::BadAddress => Self::field("to", &ADDRESS),
            SideError::TooMany => Self::field("to", &TOO_MANY),
            SideError::NoMessage => Self::field("forwards", &MESSAGE),
            SideError::NoMailbox => Self::field("to", &NO_MAILBOX),
            SideError::Ticket(error) => error.into(),
            SideError::Db(error) => error.into(),
        }
    }
}
