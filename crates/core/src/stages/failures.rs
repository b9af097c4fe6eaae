//! How the failures of stages look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::StageError;

pub(super) const STAGE: Code = Code::new(
    "account-stage",
    StatusCode::UNPROCESSABLE_ENTITY,
    "stages-failure-stage",
);

impl From<StageError> for Failure {
    fn from(error: StageError) -> Self {
        match error {
            StageError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            StageError::UnknownAccount => Self::of(StatusCode::NOT_FOUND),
            StageError::UnknownStage => Self::field("stage", &STAGE),
            StageError::Db(error) => error.into(),
        }
    }
}
