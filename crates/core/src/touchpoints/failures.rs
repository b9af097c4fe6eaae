//! How the failures of touchpoints look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::TouchpointError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const SUMMARY: Code = Code::new("touchpoint-summary", WRONG, "touchpoints-failure-summary");
pub(super) const KIND: Code = Code::new("touchpoint-kind", WRONG, "touchpoints-failure-kind");
pub(super) const IMPRESSION: Code =
    Code::new("touchpoint-impression", WRONG, "touchpoints-failure-impression");
pub(super) const REASON: Code = Code::new("touchpoint-reason", WRONG, "touchpoints-failure-reason");
pub(super) const MEANWHILE: Code = Code::new(
    "touchpoint-judged",
    StatusCode::CONFLICT,
    "touchpoints-failure-meanwhile",
);
pub(super) const FUTURE: Code = Code::new("touchpoint-future", WRONG, "touchpoints-failure-future");
pub(super) const DAY: Code = Code::new("touchpoint-day", WRONG, "touchpoints-failure-day");
pub(super) const CONTACT: Code = Code::new("touchpoint-contact", WRONG, "touchpoints-failure-contact");

impl From<TouchpointError> for Failure {
    fn from(error: TouchpointError) -> Self {
        match error {
            TouchpointError::Forbidden(missing) => {
                Self::of(StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            TouchpointError::BadSummary => Self::field("summary", &SUMMARY),
            TouchpointError::BadKind | TouchpointError::BadWord => Self::field("kind", &KIND),
            TouchpointError::BadImpression => Self::field("impression", &IMPRESSION),
            TouchpointError::LongReason => Self::field("reason", &REASON),
            TouchpointError::JudgedMeanwhile(_) => Self::new(&MEANWHILE),
            TouchpointError::InFuture => Self::field("happened", &FUTURE),
            TouchpointError::NoContact => Self::field("contact", &CONTACT),
            TouchpointError::Unknown => Self::of(StatusCode::NOT_FOUND),
            TouchpointError::Db(error) => error.into(),
        }
    }
}
