//! How the failures of tasks look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::TaskError;

const fn code(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::UNPROCESSABLE_ENTITY, text)
}

pub(super) const TITLE: Code = code("task-title", "tasks-failure-title");
pub(super) const WORDS: Code = code("task-words", "tasks-failure-words");
pub(super) const ACCOUNT: Code = code("task-account", "tasks-failure-account");
pub(super) const CONTACT: Code = code("task-contact", "tasks-failure-contact");
pub(super) const EVIDENCE: Code = code("task-evidence", "tasks-failure-evidence");
pub(super) const OWNER: Code = code("task-owner", "tasks-failure-owner");
pub(super) const DOUBLE: Code = code("task-double", "tasks-failure-double");
pub(super) const DUE: Code = code("task-due", "tasks-failure-due");
pub(super) const PRIORITY: Code = code("task-priority", "tasks-failure-priority");
pub(super) const STATE: Code = code("task-state", "tasks-failure-state");
/// Somebody changed it since the sender saw it.
pub(super) const STALE: Code = Code::new("task-stale", StatusCode::CONFLICT, "tasks-failure-stale");
/// What was changed is another by now.
pub(super) const MOVED: Code = Code::new("task-moved", StatusCode::CONFLICT, "tasks-failure-moved");

impl From<TaskError> for Failure {
    fn from(error: TaskError) -> Self {
        match error {
            TaskError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            TaskError::Unknown => Self::of(StatusCode::NOT_FOUND),
            TaskError::Stale(_) => Self::new(&STALE),
            TaskError::Moved => Self::new(&MOVED),
            TaskError::BadTitle => Self::field("title", &TITLE),
            TaskError::LongWords => Self::field("words", &WORDS),
            TaskError::UnknownAccount => Self::field("account", &ACCOUNT),
            TaskError::UnknownContact => Self::field("contact", &CONTACT),
            TaskError::BadEvidence => Self::field("evidence", &EVIDENCE),
            TaskError::UnknownOwner => Self::field("owner", &OWNER),
            TaskError::Double => Self::field("owner", &DOUBLE),
            TaskError::BadDue => Self::field("due", &DUE),
            TaskError::BadPriority => Self::field("priority", &PRIORITY),
            TaskError::BadState => Self::field("state", &STATE),
            TaskError::Db(error) => error.into(),
        }
    }
}
