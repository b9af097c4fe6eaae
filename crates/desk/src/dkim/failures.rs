//! How the failures of DKIM keys look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::DkimKeyError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const DOMAIN: Code = Code::new("dkim-domain", WRONG, "dkim-failure-domain");
pub(super) const ALGORITHM: Code = Code::new("dkim-algorithm", WRONG, "dkim-failure-algorithm");
pub(super) const PENDING: Code = Code::new("dkim-pending", StatusCode::CONFLICT, "dkim-failure-pending");
pub(super) const TOO_MANY: Code = Code::new("dkim-too-many", StatusCode::CONFLICT, "dkim-failure-too-many");
pub(super) const SEAL: Code = Code::new(
    "dkim-secret",
    StatusCode::SERVICE_UNAVAILABLE,
    "dkim-failure-secret",
);

impl From<DkimKeyError> for Failure {
    fn from(error: DkimKeyError) -> Self {
        match error {
            DkimKeyError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            DkimKeyError::Unknown => Self::of(StatusCode::NOT_FOUND),
            DkimKeyError::Domain => Self::field("domain", &DOMAIN),
            DkimKeyError::Algorithm => Self::field("algorithm", &ALGORITHM),
            DkimKeyError::Pending => Self::new(&PENDING),
            DkimKeyError::TooMany => Self::new(&TOO_MANY),
            DkimKeyError::Seal(_) => Self::new(&SEAL),
            DkimKeyError::Db(error) => error.into(),
        }
    }
}
