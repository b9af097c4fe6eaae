//! How the failures of currencies look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::CurrencyError;

/// The text is no rate.
pub(super) const RATE: Code = Code::new(
    "exchange-rate",
    StatusCode::UNPROCESSABLE_ENTITY,
    "currencies-failure-rate",
);
/// The reporting currency has no rate.
pub(super) const SAME: Code = Code::new(
    "exchange-rate-same",
    StatusCode::UNPROCESSABLE_ENTITY,
    "currencies-failure-same",
);

impl From<CurrencyError> for Failure {
    fn from(error: CurrencyError) -> Self {
        match error {
            CurrencyError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            CurrencyError::SameCurrency => Self::field("currency", &SAME),
            CurrencyError::BadRate => Self::field("rate", &RATE),
            CurrencyError::Unknown => Self::of(StatusCode::NOT_FOUND),
            CurrencyError::Db(error) => error.into(),
        }
    }
}
