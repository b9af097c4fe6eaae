//! How the failures of scheduled replies look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::ScheduleError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const MOMENT: Code = Code::new("scheduled-moment", WRONG, "scheduled-failure-moment");
pub(super) const DAY: Code = Code::new("scheduled-day", WRONG, "scheduled-failure-day");
pub(super) const TIME: Code = Code::new("scheduled-time", WRONG, "scheduled-failure-time");
pub(super) const TOO_MANY: Code = Code::new(
    "scheduled-too-many",
    StatusCode::CONFLICT,
    "scheduled-failure-too-many",
);
pub(super) const OVER: Code = Code::new("scheduled-over", StatusCode::CONFLICT, "scheduled-failure-over");
pub(super) const OTHER_CONTACT: Code = Code::new(
    "scheduled-other-contact",
    StatusCode::CONFLICT,
    "scheduled-failure-other-contact",
);

impl From<ScheduleError> for Failure {
    fn from(error: ScheduleError) -> Self {
        match error {
            ScheduleError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            ScheduleError::Unknown => Self::of(StatusCode::NOT_FOUND),
            ScheduleError::BadMoment => Self::field("due_at", &MOMENT),
            ScheduleError::BadDay => Self::field("day", &DAY),
            ScheduleError::BadTime => Self::field("time", &TIME),
            ScheduleError::TooMany => Self::new(&TOO_MANY),
            ScheduleError::Over => Self::new(&OVER),
            ScheduleError::OtherContact => Self::new(&OTHER_CONTACT),
            ScheduleError::Ticket(error) => error.into(),
            ScheduleError::Db(error) => error.into(),
        }
    }
}
