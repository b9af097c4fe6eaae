//! How the failures of numbers look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::NumbersError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const PERIOD: Code = Code::new("numbers-period", WRONG, "numbers-failure-period");
pub(super) const WORD: Code = Code::new("numbers-word", WRONG, "numbers-failure-word");

impl From<NumbersError> for Failure {
    fn from(error: NumbersError) -> Self {
        match error {
            NumbersError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            NumbersError::BadPeriod => Self::field("from", &PERIOD),
            NumbersError::BadWord(name) => Self::field(name, &WORD),
            NumbersError::Db(error) => error.into(),
        }
    }
}
