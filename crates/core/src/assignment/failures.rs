//! How the failures of assignment look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::AssignmentError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const AGENT: Code = Code::new("owner-agent", WRONG, "assignment-failure-agent");
pub(super) const NAME: Code = Code::new("rule-name", WRONG, "assignment-failure-name");
pub(super) const TARGET: Code = Code::new("rule-target", WRONG, "assignment-failure-target");
pub(super) const CAPACITY: Code = Code::new("capacity", WRONG, "assignment-failure-capacity");

impl From<AssignmentError> for Failure {
    fn from(error: AssignmentError) -> Self {
        match error {
            AssignmentError::Forbidden(missing) => {
                Self::of(StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            AssignmentError::UnknownAccount | AssignmentError::UnknownRule => Self::of(StatusCode::NOT_FOUND),
            AssignmentError::UnknownAgent => Self::field("agent", &AGENT),
            AssignmentError::BadName => Self::field("name", &NAME),
            AssignmentError::BadTarget => Self::field("target", &TARGET),
            AssignmentError::BadCapacity => Self::field("accounts", &CAPACITY),
            AssignmentError::Db(error) => error.into(),
        }
    }
}
