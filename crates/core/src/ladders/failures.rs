//! How the failures of ladders look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::LadderError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const NAME: Code = Code::new("rung-name", WRONG, "ladders-failure-name");
pub(super) const TAKEN: Code = Code::new("rung-name-taken", StatusCode::CONFLICT, "ladders-failure-taken");
pub(super) const THRESHOLD: Code = Code::new("rung-threshold", WRONG, "ladders-failure-threshold");
pub(super) const TOO_MANY: Code = Code::new("rungs-too-many", WRONG, "ladders-failure-too-many");

/// Someone changed the rung since the sender saw it.
pub(super) const STALE: Code = Code::new("rung-stale", StatusCode::CONFLICT, "ladders-failure-stale");

impl From<LadderError> for Failure {
    fn from(error: LadderError) -> Self {
        match error {
            LadderError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            LadderError::BadName => Self::field("name", &NAME),
            LadderError::NameTaken => Self::field("name", &TAKEN),
            LadderError::BadThreshold => Self::field("threshold", &THRESHOLD),
            LadderError::TooMany => Self::field("name", &TOO_MANY),
            LadderError::Unknown => Self::of(StatusCode::NOT_FOUND),
            LadderError::Stale(now) => Self::new(&STALE).detail(format!("it is at version {}", now.version)),
            LadderError::Db(error) => error.into(),
        }
    }
}
