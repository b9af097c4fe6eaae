//! How the failures of acts on many tickets look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::BulkError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const NO_TICKETS: Code = Code::new("bulk-no-tickets", WRONG, "bulk-failure-no-tickets");
pub(super) const TOO_MANY: Code = Code::new("bulk-too-many", WRONG, "bulk-failure-too-many");
pub(super) const NO_CHANGES: Code = Code::new("bulk-no-changes", WRONG, "bulk-failure-no-changes");
pub(super) const CHANGES: Code = Code::new("bulk-changes", WRONG, "bulk-failure-changes");
pub(super) const MACRO: Code = Code::new("bulk-macro", WRONG, "bulk-failure-macro");
pub(super) const ANSWER: Code = Code::new("bulk-answer", WRONG, "bulk-failure-answer");
pub(super) const BROKEN: Code = Code::new("bulk-answer-broken", WRONG, "replies-failure-broken");
pub(super) const TAGS: Code = Code::new("bulk-tags", WRONG, "replies-failure-tags");
pub(super) const NOT_NOW: Code = Code::new("bulk-not-now", StatusCode::CONFLICT, "bulk-failure-not-now");

impl From<BulkError> for Failure {
    fn from(error: BulkError) -> Self {
        match error {
            BulkError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            BulkError::NoTickets => Self::field("tickets", &NO_TICKETS),
            BulkError::TooMany => Self::field("tickets", &TOO_MANY),
            BulkError::NoChanges => Self::field("changes", &NO_CHANGES),
            BulkError::BadChanges => Self::field("changes", &CHANGES),
            BulkError::BadTags(field) => Self::field(field, &TAGS),
            BulkError::BadMacro => Self::field("macro", &MACRO),
            BulkError::BadAnswer => Self::field("answer", &ANSWER),
            BulkError::Broken(broken) => Self::field("answer", &BROKEN).detail(broken.to_string()),
            BulkError::NotNow => Self::new(&NOT_NOW),
            BulkError::Unknown => Self::of(StatusCode::NOT_FOUND),
            BulkError::Ticket(error) => error.into(),
            BulkError::Db(error) => error.into(),
        }
    }
}
