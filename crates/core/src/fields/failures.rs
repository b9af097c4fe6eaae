//! How the failures of fields look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::FieldError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const LABEL: Code = Code::new("field-label", WRONG, "fields-failure-label");
pub(super) const KEY: Code = Code::new("field-key", WRONG, "fields-failure-key");
pub(super) const TAKEN: Code = Code::new("field-key-taken", StatusCode::CONFLICT, "fields-failure-taken");
pub(super) const HINT: Code = Code::new("field-hint", WRONG, "fields-failure-hint");
pub(super) const CHOICES: Code = Code::new("field-choices", WRONG, "fields-failure-choices");
pub(super) const TOO_MANY: Code = Code::new("fields-too-many", WRONG, "fields-failure-too-many");
/// Values do not fit their fields.
pub const VALUES: Code = Code::new("field-values", WRONG, "fields-failure-values");

/// Someone changed the field since the sender saw it.
pub(super) const STALE: Code = Code::new("field-stale", StatusCode::CONFLICT, "fields-failure-stale");

impl From<FieldError> for Failure {
    fn from(error: FieldError) -> Self {
        match error {
            FieldError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            FieldError::BadLabel => Self::field("label", &LABEL),
            FieldError::BadKey => Self::field("key", &KEY),
            FieldError::KeyTaken => Self::field("key", &TAKEN),
            FieldError::LongHint => Self::field("hint", &HINT),
            FieldError::BadChoices => Self::field("choices", &CHOICES),
            FieldError::TooMany => Self::field("label", &TOO_MANY),
            FieldError::Wrong(all) => all.into_iter().fold(Self::new(&VALUES), |failure, wrong| {
                failure.pointer(format!("/fields/{}", wrong.key), wrong.trouble.reason())
            }),
            FieldError::Unknown => Self::of(StatusCode::NOT_FOUND),
            FieldError::Stale(now) => {
                Self::new(&STALE).detail(format!("the field is at version {}", now.version))
            }
            FieldError::Db(error) => error.into(),
        }
    }
}
