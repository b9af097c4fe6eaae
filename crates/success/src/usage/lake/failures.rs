//! How the failures of the lake look from outside.

use http::StatusCode;
use kit::web::Failure;

use super::LakeError;

impl From<LakeError> for Failure {
    fn from(error: LakeError) -> Self {
        match error {
            LakeError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            LakeError::Unknown => Self::of(StatusCode::NOT_FOUND),
            LakeError::Db(error) => error.into(),
            error => {
                tracing::error!(%error, "the files of events failed");
                Self::of(StatusCode::SERVICE_UNAVAILABLE)
            }
        }
    }
}
