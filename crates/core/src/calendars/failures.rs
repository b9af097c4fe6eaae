//! How the failures of calendars look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::CalendarError;

const HOURS: Code = Code::new(
    "calendar-hours",
    StatusCode::UNPROCESSABLE_ENTITY,
    "calendars-failure-hours",
);
const NONE: Code = Code::new(
    "calendar-empty",
    StatusCode::UNPROCESSABLE_ENTITY,
    "calendars-failure-none",
);
const HOLIDAY: Code = Code::new(
    "calendar-holiday",
    StatusCode::UNPROCESSABLE_ENTITY,
    "calendars-failure-holiday",
);
const MANY: Code = Code::new(
    "calendar-holidays",
    StatusCode::UNPROCESSABLE_ENTITY,
    "calendars-failure-many",
);

/// Someone changed the hours since the sender saw them.
pub(super) const STALE: Code = Code::new("calendar-stale", StatusCode::CONFLICT, "calendars-failure-stale");

impl From<CalendarError> for Failure {
    fn from(error: CalendarError) -> Self {
        match error {
            CalendarError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            CalendarError::BadHours(_) => Self::field("week", &HOURS).detail(error.to_string()),
            CalendarError::NoHours => Self::field("week", &NONE),
            CalendarError::BadHoliday(_) => Self::field("holidays", &HOLIDAY).detail(error.to_string()),
            CalendarError::TooManyHolidays => Self::field("holidays", &MANY),
            CalendarError::Unknown => Self::of(StatusCode::NOT_FOUND),
            CalendarError::Stale(now) => {
                let version = now.as_ref().as_ref().map_or(0, |calendar| calendar.version);
                Self::new(&STALE).detail(format!("the calendar is at version {version}"))
            }
            CalendarError::Db(error) => error.into(),
        }
    }
}
