//! How the failures of settling look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::SettleError;

pub(super) const ACCOUNT: Code = Code::new(
    "usage-name-account",
    StatusCode::UNPROCESSABLE_ENTITY,
    "usage-settling-failure-account",
);
pub(super) const UNFIT: Code = Code::new(
    "usage-name-unfit",
    StatusCode::CONFLICT,
    "usage-settling-failure-unfit",
);

impl From<SettleError> for Failure {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            SettleError::Unknown => Self::of(StatusCode::NOT_FOUND),
            SettleError::NoAccount => Self::field("account", &ACCOUNT),
            SettleError::Unfit => Self::new(&UNFIT),
            SettleError::Account(error) => error.into(),
            SettleError::Contact(error) => error.into(),
            SettleError::Db(error) => error.into(),
        }
    }
}
