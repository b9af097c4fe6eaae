//! How the failures of teams look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::TeamError;

pub(super) const NAME: Code = Code::new(
    "team-name",
    StatusCode::UNPROCESSABLE_ENTITY,
    "teams-failure-name",
);
pub(super) const TAKEN: Code = Code::new("team-name-taken", StatusCode::CONFLICT, "teams-failure-taken");
pub(super) const MEMBER: Code = Code::new(
    "team-member",
    StatusCode::UNPROCESSABLE_ENTITY,
    "teams-failure-member",
);

/// Someone changed the team since the sender saw it.
pub(super) const STALE: Code = Code::new("team-stale", StatusCode::CONFLICT, "teams-failure-stale");

impl From<TeamError> for Failure {
    fn from(error: TeamError) -> Self {
        match error {
            TeamError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            TeamError::BadName => Self::field("name", &NAME),
            TeamError::NameTaken => Self::field("name", &TAKEN),
            TeamError::UnknownMember => Self::field("members", &MEMBER),
            TeamError::Unknown => Self::of(StatusCode::NOT_FOUND),
            TeamError::Stale(now) => {
                Self::new(&STALE).detail(format!("the team is at version {}", now.version))
            }
            TeamError::Db(error) => error.into(),
        }
    }
}
