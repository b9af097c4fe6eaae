//! How the failures of tokens look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::TokenError;
use crate::agents::AgentError;

pub(super) const NAME: Code = Code::new(
    "token-name",
    StatusCode::UNPROCESSABLE_ENTITY,
    "tokens-failure-name",
);
pub(super) const LIFE: Code = Code::new(
    "token-life",
    StatusCode::UNPROCESSABLE_ENTITY,
    "tokens-failure-life",
);
pub(super) const SCOPES: Code = Code::new(
    "token-scopes",
    StatusCode::UNPROCESSABLE_ENTITY,
    "tokens-failure-scopes",
);

pub(super) const AGENT: Code = Code::new(
    "token-agent",
    StatusCode::UNPROCESSABLE_ENTITY,
    "tokens-failure-agent",
);

impl From<TokenError> for Failure {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Agent(AgentError::Unknown) => Self::field("agent", &AGENT),
            TokenError::Agent(error) => error.into(),
            TokenError::Person => Self::of(StatusCode::FORBIDDEN).detail(error.to_string()),
            TokenError::BadName => Self::field("name", &NAME),
            TokenError::BadLife => Self::field("days", &LIFE),
            TokenError::BadScopes => Self::field("scopes", &SCOPES),
            TokenError::Unknown => Self::of(StatusCode::NOT_FOUND),
        }
    }
}
