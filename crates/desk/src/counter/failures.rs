//! How the failures of the counter look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::CounterError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const CONFLICT: StatusCode = StatusCode::CONFLICT;

pub(super) const NAME: Code = Code::new("counter-name", WRONG, "counter-failure-name");
pub(super) const NAME_TAKEN: Code = Code::new("counter-name-taken", CONFLICT, "counter-failure-name-taken");
pub(super) const QUEUES: Code = Code::new("counter-queues", WRONG, "counter-failure-queues");
pub(super) const TEAM: Code = Code::new("counter-team", WRONG, "counter-failure-team");
pub(super) const STALE: Code = Code::new("counter-stale", CONFLICT, "counter-failure-stale");
pub(super) const TOO_MANY: Code = Code::new("counter-too-many", CONFLICT, "counter-failure-too-many");
pub(super) const ARCHIVED: Code = Code::new("counter-archived", CONFLICT, "counter-failure-archived");
pub(super) const QUEUE: Code = Code::new("counter-queue", WRONG, "counter-failure-queue");
pub(super) const WHO: Code = Code::new("counter-who", WRONG, "counter-failure-who");
pub(super) const CONTACT: Code = Code::new("counter-contact", WRONG, "counter-failure-contact");
pub(super) const WHAT: Code = Code::new("counter-what", WRONG, "counter-failure-what");
pub(super) const WINDOW: Code = Code::new("counter-window", WRONG, "counter-failure-window");
pub(super) const WINDOW_TAKEN: Code =
    Code::new("counter-window-taken", CONFLICT, "counter-failure-window-taken");
pub(super) const NO_SEAT: Code = Code::new("counter-no-window", CONFLICT, "counter-failure-no-seat");
pub(super) const BUSY: Code = Code::new("counter-busy", CONFLICT, "counter-failure-busy");
pub(super) const NOBODY: Code = Code::new("counter-nobody", CONFLICT, "counter-failure-nobody");
pub(super) const DEED: Code = Code::new("counter-act", CONFLICT, "counter-failure-deed");
pub(super) const ACT: Code = Code::new("counter-no-act", WRONG, "counter-failure-act");
pub(super) const ANOTHER_DAY: Code =
    Code::new("counter-another-day", CONFLICT, "counter-failure-another-day");
const CLOSED: Code = Code::new(
    "counter-board-closed",
    StatusCode::NOT_FOUND,
    "counter-board-closed",
);

/// What a place may be refused for.
pub(super) const OF_PLACES: &[&Code] = &[&NAME, &NAME_TAKEN, &QUEUES, &TEAM, &TOO_MANY, &STALE];

impl From<CounterError> for Failure {
    fn from(error: CounterError) -> Self {
        match error {
            CounterError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            CounterError::Unknown => Self::of(StatusCode::NOT_FOUND),
            CounterError::Closed => Self::new(&CLOSED),
            CounterError::BadName => Self::field("name", &NAME),
            CounterError::NameTaken => Self::field("name", &NAME_TAKEN),
            CounterError::BadQueues => Self::field("queues", &QUEUES),
            CounterError::NoTeam => Self::field("queues", &TEAM),
            CounterError::Stale => Self::new(&STALE),
            CounterError::TooMany => Self::new(&TOO_MANY),
            CounterError::Archived => Self::new(&ARCHIVED),
            CounterError::NoQueue => Self::field("queue", &QUEUE),
            CounterError::NoWho => Self::field("who", &WHO),
            CounterError::NoContact => Self::field("contact", &CONTACT),
            CounterError::BadWhat => Self::field("what", &WHAT),
            CounterError::BadWindow => Self::field("window", &WINDOW),
            CounterError::WindowTaken => Self::field("window", &WINDOW_TAKEN),
            CounterError::NoSeat => Self::new(&NO_SEAT),
            CounterError::Busy => Self::new(&BUSY),
            CounterError::Nobody => Self::new(&NOBODY),
            CounterError::BadDeed => Self::new(&DEED),
            CounterError::BadAct => Self::field("act", &ACT),
            CounterError::AnotherDay => Self::new(&ANOTHER_DAY),
            CounterError::Ticket(error) => error.into(),
            CounterError::Db(error) => error.into(),
        }
    }
}
