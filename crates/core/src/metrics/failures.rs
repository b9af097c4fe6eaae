//! How the failures of metrics look from outside.

use http::StatusCode;
use kit::web::Failure;

use super::MetricError;

impl From<MetricError> for Failure {
    fn from(error: MetricError) -> Self {
        match error {
            MetricError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            MetricError::UnknownAccount | MetricError::UnknownMetric => Self::of(StatusCode::NOT_FOUND),
            MetricError::Db(error) => error.into(),
        }
    }
}
