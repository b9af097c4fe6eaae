//! How the failures of agents look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::AgentError;

pub(crate) const NAME: Code = Code::new(
    "agent-name",
    StatusCode::UNPROCESSABLE_ENTITY,
    "agents-failure-name",
);
pub(crate) const EMAIL: Code = Code::new(
    "agent-email",
    StatusCode::UNPROCESSABLE_ENTITY,
    "agents-failure-email",
);
pub(crate) const ROLE: Code = Code::new(
    "agent-role",
    StatusCode::UNPROCESSABLE_ENTITY,
    "agents-failure-role",
);
pub(crate) const CHOICE: Code = Code::new(
    "agent-choice",
    StatusCode::UNPROCESSABLE_ENTITY,
    "agents-failure-choice",
);
pub(crate) const LAST_ADMIN: Code = Code::new(
    "agent-last-admin",
    StatusCode::CONFLICT,
    "agents-failure-last-admin",
);

/// Another agent, or an open invitation, has the address.
pub(crate) const EMAIL_TAKEN: Code = Code::new(
    "agent-email-taken",
    StatusCode::CONFLICT,
    "agents-failure-email-taken",
);

impl From<AgentError> for Failure {
    fn from(error: AgentError) -> Self {
        match error {
            AgentError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            AgentError::BadName => Self::field("name", &NAME),
            AgentError::BadEmail(_) => Self::field("email", &EMAIL),
            AgentError::EmailTaken => Self::field("email", &EMAIL_TAKEN),
            AgentError::UnknownRole => Self::field("role", &ROLE),
            AgentError::BadChoice(field) => Self::field(field, &CHOICE),
            AgentError::Unknown => Self::of(StatusCode::NOT_FOUND),
            AgentError::LastAdmin => Self::field("role", &LAST_ADMIN),
            AgentError::Db(error) => error.into(),
        }
    }
}
