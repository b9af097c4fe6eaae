//! How the failures of rules look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::RuleError;

pub(super) const CONDITION: Code = Code::new(
    "ticket-field-condition",
    StatusCode::UNPROCESSABLE_ENTITY,
    "details-failure-condition",
);
/// Someone changed the rule since the sender saw it.
pub(super) const STALE: Code = Code::new(
    "ticket-field-stale",
    StatusCode::CONFLICT,
    "details-failure-stale",
);

impl From<RuleError> for Failure {
    fn from(error: RuleError) -> Self {
        match error {
            RuleError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            RuleError::BadCondition => Self::field("when", &CONDITION),
            RuleError::Unknown => Self::of(StatusCode::NOT_FOUND),
            RuleError::Stale(now) => {
                Self::new(&STALE).detail(format!("the rule is at version {}", now.version))
            }
            RuleError::Db(error) => error.into(),
        }
    }
}
