//! How the failures of back-tests look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::QualityError;

pub(super) const HORIZON: Code = Code::new(
    "alert-quality-horizon",
    StatusCode::UNPROCESSABLE_ENTITY,
    "quality-failure-horizon",
);
pub(super) const REACH: Code = Code::new(
    "alert-quality-reach",
    StatusCode::UNPROCESSABLE_ENTITY,
    "quality-failure-reach",
);

impl From<QualityError> for Failure {
    fn from(error: QualityError) -> Self {
        match error {
            QualityError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            QualityError::BadHorizon => Self::field("horizon", &HORIZON),
            QualityError::BadReach => Self::field("reach", &REACH),
            QualityError::Db(error) => error.into(),
        }
    }
}
