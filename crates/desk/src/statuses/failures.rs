//! How the failures of statuses look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::StatusError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const CONFLICT: StatusCode = StatusCode::CONFLICT;

pub(super) const NAME: Code = Code::new("ticket-status-name", WRONG, "statuses-failure-name");
pub(super) const TAKEN: Code = Code::new("ticket-status-taken", CONFLICT, "statuses-failure-taken");
pub(super) const CATEGORY: Code = Code::new("ticket-status-category", WRONG, "statuses-failure-category");
pub(super) const ARCHIVED: Code = Code::new("ticket-status-archived", CONFLICT, "statuses-failure-archived");
pub(super) const TOO_MANY: Code =
    Code::new("ticket-statuses-too-many", CONFLICT, "statuses-failure-too-many");
/// Someone changed the status since the sender saw it.
pub(super) const STALE: Code = Code::new("ticket-status-stale", CONFLICT, "statuses-failure-stale");

impl From<StatusError> for Failure {
    fn from(error: StatusError) -> Self {
        match error {
            StatusError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            StatusError::BadName => Self::field("name", &NAME),
            StatusError::NameTaken => Self::field("name", &TAKEN),
            StatusError::BadCategory => Self::field("category", &CATEGORY),
            StatusError::Archived => Self::field("is_default", &ARCHIVED),
            StatusError::TooMany => Self::field("name", &TOO_MANY),
            StatusError::Unknown => Self::of(StatusCode::NOT_FOUND),
            StatusError::Stale(now) => {
                Self::new(&STALE).detail(format!("the status is at version {}", now.version))
            }
            StatusError::Db(error) => error.into(),
        }
    }
}
