//! How the failures of forms look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::FormError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const CONFLICT: StatusCode = StatusCode::CONFLICT;

pub(super) const TITLE: Code = Code::new("web-form-title", WRONG, "forms-failure-title");
pub(super) const INTRO: Code = Code::new("web-form-intro", WRONG, "forms-failure-intro");
pub(super) const THANKS: Code = Code::new("web-form-thanks", WRONG, "forms-failure-thanks");
pub(super) const TEAM: Code = Code::new("web-form-team", WRONG, "forms-failure-team");
pub(super) const LIMIT: Code = Code::new("web-form-limit", WRONG, "forms-failure-limit");
pub(super) const FIELD: Code = Code::new("web-form-field", WRONG, "forms-failure-field");
pub(super) const CONDITION: Code = Code::new("web-form-condition", WRONG, "forms-failure-condition");
pub(super) const WORDS: Code = Code::new("web-form-words", WRONG, "forms-failure-words");
pub(super) const LANGUAGE: Code = Code::new("web-form-language", WRONG, "forms-failure-language");
pub(super) const TOO_MANY: Code = Code::new("web-forms-too-many", CONFLICT, "forms-failure-too-many");
const BUSY: Code = Code::new(
    "web-form-busy",
    StatusCode::TOO_MANY_REQUESTS,
    "forms-failure-busy",
);
/// Someone changed the form since the sender saw it.
pub(super) const STALE: Code = Code::new("web-form-stale", CONFLICT, "forms-failure-stale");

/// What is wrong with a new or changed form.
pub(super) const ALL: &[&Code] = &[
    &TITLE, &INTRO, &THANKS, &TEAM, &LIMIT, &FIELD, &CONDITION, &TOO_MANY,
];

impl From<FormError> for Failure {
    fn from(error: FormError) -> Self {
        match error {
            FormError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            FormError::BadTitle => Self::field("title", &TITLE),
            FormError::LongIntro => Self::field("intro", &INTRO),
            FormError::LongThanks => Self::field("thanks", &THANKS),
            FormError::BadTeam => Self::field("team", &TEAM),
            FormError::BadLimit => Self::field("per_hour", &LIMIT),
            FormError::BadField => Self::field("fields", &FIELD),
            FormError::BadCondition => Self::field("fields", &CONDITION),
            FormError::LongWords(part) => {
                Self::new(&WORDS).pointer("/languages", format!("the words of {part} are too long"))
            }
            FormError::BadLanguage => Self::field("language", &LANGUAGE),
            FormError::TooMany => Self::field("title", &TOO_MANY),
            FormError::Unknown | FormError::Closed => Self::of(StatusCode::NOT_FOUND),
            FormError::Busy => Self::new(&BUSY),
            FormError::Stale(now) => {
                Self::new(&STALE).detail(format!("the form is at version {}", now.version))
            }
            FormError::Ticket(error) => error.into(),
            FormError::Field(error) => error.into(),
            FormError::Db(error) => error.into(),
        }
    }
}
