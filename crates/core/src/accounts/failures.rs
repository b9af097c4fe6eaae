//! How the failures of accounts look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::AccountError;

pub(super) const NAME: Code = Code::new(
    "account-name",
    StatusCode::UNPROCESSABLE_ENTITY,
    "accounts-failure-name",
);
pub(super) const WEBSITE: Code = Code::new(
    "account-website",
    StatusCode::UNPROCESSABLE_ENTITY,
    "accounts-failure-website",
);

/// Someone changed the account since the sender saw it.
pub(super) const STALE: Code = Code::new("account-stale", StatusCode::CONFLICT, "accounts-failure-stale");

impl From<AccountError> for Failure {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            AccountError::BadName => Self::field("name", &NAME),
            AccountError::BadWebsite => Self::field("website", &WEBSITE),
            AccountError::Unknown => Self::of(StatusCode::NOT_FOUND),
            AccountError::Stale(now) => {
                Self::new(&STALE).detail(format!("the account is at version {}", now.version))
            }
            AccountError::Db(error) => error.into(),
        }
    }
}
