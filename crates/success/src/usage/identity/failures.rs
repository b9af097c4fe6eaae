//! How the failures of identities look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::IdentityError;

pub(super) const NO_LINK: Code = Code::new(
    "usage-name-no-link",
    StatusCode::UNPROCESSABLE_ENTITY,
    "usage-identity-failure-link",
);

impl From<IdentityError> for Failure {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            IdentityError::Unknown => Self::of(StatusCode::NOT_FOUND),
            IdentityError::NoLink => Self::field("other", &NO_LINK),
            IdentityError::Db(error) => error.into(),
        }
    }
}
