//! How the failures of segments look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::SegmentError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const NAME: Code = Code::new("segment-name", WRONG, "segments-failure-name");
pub(super) const ABOUT: Code = Code::new("segment-about", WRONG, "segments-failure-about");
pub(super) const AUDIENCE: Code = Code::new("segment-audience", WRONG, "segments-failure-audience");
pub(super) const CONDITION: Code = Code::new("segment-condition", WRONG, "segments-failure-condition");
pub(super) const NOT_YOURS: Code = Code::new(
    "segment-shared",
    StatusCode::CONFLICT,
    "segments-failure-not-yours",
);
pub(super) const TOO_MANY: Code = Code::new(
    "segment-too-many",
    StatusCode::CONFLICT,
    "segments-failure-too-many",
);
/// Someone changed the segment since the sender saw it.
pub(super) const STALE: Code = Code::new("segment-stale", StatusCode::CONFLICT, "segments-failure-stale");

/// What is wrong with a new or changed segment.
pub(super) const ALL: &[&Code] = &[&NAME, &ABOUT, &AUDIENCE, &CONDITION, &NOT_YOURS, &TOO_MANY];

impl From<SegmentError> for Failure {
    fn from(error: SegmentError) -> Self {
        match error {
            SegmentError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            SegmentError::BadName => Self::field("name", &NAME),
            SegmentError::LongAbout => Self::field("about", &ABOUT),
            SegmentError::NoOwner => Self::field("audience", &AUDIENCE),
            SegmentError::Bad(misplaced) => {
                let pointer = format!("#/definition{}", misplaced.path);
                Self::new(&CONDITION).pointer(pointer, misplaced.reason.said())
            }
            SegmentError::NotYours => Self::new(&NOT_YOURS),
            SegmentError::TooMany => Self::new(&TOO_MANY),
            SegmentError::Unknown => Self::of(StatusCode::NOT_FOUND),
            SegmentError::Stale(now) => {
                Self::new(&STALE).detail(format!("the segment is at version {}", now.version))
            }
            SegmentError::Db(error) => error.into(),
        }
    }
}
