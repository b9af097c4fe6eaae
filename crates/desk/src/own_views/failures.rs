//! How the failures of views look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::ViewError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const NAME: Code = Code::new("inbox-view-name", WRONG, "own-views-failure-name");
pub(super) const CONDITION: Code = Code::new("inbox-view-condition", WRONG, "own-views-failure-condition");
pub(super) const AUDIENCE: Code = Code::new("inbox-view-audience", WRONG, "own-views-failure-audience");
pub(super) const NOT_YOURS: Code = Code::new(
    "inbox-view-shared",
    StatusCode::CONFLICT,
    "own-views-failure-not-yours",
);
pub(super) const TOO_MANY: Code = Code::new(
    "inbox-view-too-many",
    StatusCode::CONFLICT,
    "own-views-failure-too-many",
);
/// Someone changed the view since the sender saw it.
pub(super) const STALE: Code = Code::new(
    "inbox-view-stale",
    StatusCode::CONFLICT,
    "own-views-failure-stale",
);

/// What is wrong with a new or changed view.
pub(super) const ALL: &[&Code] = &[&NAME, &CONDITION, &AUDIENCE, &NOT_YOURS, &TOO_MANY];

impl From<ViewError> for Failure {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            ViewError::BadName => Self::field("name", &NAME),
            ViewError::Bad(field) => Self::field(field, &CONDITION),
            ViewError::BadAudience => Self::field("audience", &AUDIENCE),
            ViewError::NotYours => Self::new(&NOT_YOURS),
            ViewError::TooMany => Self::new(&TOO_MANY),
            ViewError::Unknown => Self::of(StatusCode::NOT_FOUND),
            ViewError::Stale(now) => {
                Self::new(&STALE).detail(format!("the view is at version {}", now.version))
            }
            ViewError::Ticket(error) => error.into(),
            ViewError::Db(error) => error.into(),
        }
    }
}
