//! How the failures of surveys look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::SurveyError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const CLOSED: Code = Code::new("survey-closed", StatusCode::NOT_FOUND, "surveys-failure-closed");
pub(super) const SETTLED: Code = Code::new("survey-settled", StatusCode::CONFLICT, "surveys-failure-settled");
pub(super) const RATING: Code = Code::new("survey-rating", WRONG, "surveys-failure-rating");
pub(super) const COMMENT: Code = Code::new("survey-comment", WRONG, "surveys-failure-comment");
pub(super) const NOT_SOLVED: Code = Code::new(
    "survey-not-solved",
    StatusCode::CONFLICT,
    "surveys-failure-not-solved",
);
pub(super) const SCALE: Code = Code::new("survey-scale", WRONG, "surveys-failure-scale");
pub(super) const DELAY: Code = Code::new("survey-delay", WRONG, "surveys-failure-delay");
pub(super) const REST: Code = Code::new("survey-rest", WRONG, "surveys-failure-rest");
pub(super) const ALERT: Code = Code::new("survey-alert", WRONG, "surveys-failure-alert");
pub(super) const WORDS: Code = Code::new("survey-words", WRONG, "surveys-failure-words");
pub(super) const STALE: Code = Code::new("survey-stale", StatusCode::CONFLICT, "surveys-failure-stale");

impl From<SurveyError> for Failure {
    fn from(error: SurveyError) -> Self {
        match error {
            SurveyError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            SurveyError::Unknown => Self::of(StatusCode::NOT_FOUND),
            SurveyError::Closed => Self::new(&CLOSED),
            SurveyError::Settled => Self::new(&SETTLED),
            SurveyError::BadRating => Self::field("rating", &RATING),
            SurveyError::LongComment => Self::field("comment", &COMMENT),
            SurveyError::NotSolved => Self::new(&NOT_SOLVED),
            SurveyError::BadScale => Self::field("scale", &SCALE),
            SurveyError::BadDelay => Self::field("delay_minutes", &DELAY),
            SurveyError::BadAlert => Self::field("alerts", &ALERT),
            SurveyError::BadRest => Self::field("rest_days", &REST),
            SurveyError::LongQuestion => Self::field("words", &WORDS),
            SurveyError::Stale => Self::new(&STALE),
            SurveyError::Ticket(error) => error.into(),
            SurveyError::Db(error) => error.into(),
        }
    }
}
