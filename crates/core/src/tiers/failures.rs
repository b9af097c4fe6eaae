//! How the failures of tiers look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::TierError;

pub(super) const TIER: Code = Code::new(
    "account-tier",
    StatusCode::UNPROCESSABLE_ENTITY,
    "tiers-failure-tier",
);
pub(super) const REASON: Code = Code::new(
    "tier-reason",
    StatusCode::UNPROCESSABLE_ENTITY,
    "tiers-failure-reason",
);

impl From<TierError> for Failure {
    fn from(error: TierError) -> Self {
        match error {
            TierError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            TierError::UnknownAccount => Self::of(StatusCode::NOT_FOUND),
            TierError::UnknownTier => Self::field("tier", &TIER),
            TierError::BadReason => Self::field("reason", &REASON),
            TierError::Db(error) => error.into(),
        }
    }
}
