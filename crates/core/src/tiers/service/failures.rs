//! How the failures of services look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::ServiceError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const MODEL: Code = Code::new("service-model", WRONG, "service-failure-model");
pub(super) const CADENCE: Code = Code::new("service-cadence", WRONG, "service-failure-cadence");
pub(super) const MOST: Code = Code::new("service-most", WRONG, "service-failure-most");
pub(super) const CHANNEL: Code = Code::new("service-channel", WRONG, "service-failure-channel");

/// Someone changed it since the sender saw it.
pub(super) const STALE: Code = Code::new("service-stale", StatusCode::CONFLICT, "ladders-failure-stale");

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            ServiceError::UnknownTier | ServiceError::UnknownAccount => Self::of(StatusCode::NOT_FOUND),
            ServiceError::NoModel => Self::field("model", &MODEL),
            ServiceError::BadCadence => Self::field("cadence", &CADENCE),
            ServiceError::BadMost => Self::field("most", &MOST),
            ServiceError::BadChannel => Self::field("channels", &CHANNEL),
            ServiceError::Stale(_) => Self::new(&STALE),
            ServiceError::Db(error) => error.into(),
        }
    }
}
