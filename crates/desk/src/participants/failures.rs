//! How the failures of participants look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::ParticipantError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const ADDRESS: Code = Code::new("participant-address", WRONG, "participants-failure-address");
pub(super) const TOO_MANY: Code = Code::new("participants-too-many", WRONG, "participants-failure-many");

impl From<ParticipantError> for Failure {
    fn from(error: ParticipantError) -> Self {
        match error {
            ParticipantError::Forbidden(missing) => {
                Self::of(StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            ParticipantError::BadAddress => Self::field("address", &ADDRESS),
            ParticipantError::TooMany => Self::field("address", &TOO_MANY),
            ParticipantError::Unknown => Self::of(StatusCode::NOT_FOUND),
            ParticipantError::Ticket(error) => error.into(),
            ParticipantError::Db(error) => error.into(),
        }
    }
}
