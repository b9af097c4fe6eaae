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

pub(super) const PARENT: Code = Code::new(
    "account-parent",
    StatusCode::UNPROCESSABLE_ENTITY,
    "accounts-failure-parent",
);
pub(super) const LOOP: Code = Code::new(
    "account-loop",
    StatusCode::UNPROCESSABLE_ENTITY,
    "accounts-failure-loop",
);
pub(super) const FAMILY_SIZE: Code = Code::new(
    "account-family-size",
    StatusCode::UNPROCESSABLE_ENTITY,
    "accounts-failure-family-size",
);
pub(super) const SOURCE: Code = Code::new(
    "account-source",
    StatusCode::UNPROCESSABLE_ENTITY,
    "accounts-failure-source",
);
pub(super) const EXTERNAL_ID: Code = Code::new(
    "account-external-id",
    StatusCode::UNPROCESSABLE_ENTITY,
    "accounts-failure-external-id",
);
pub(super) const EXTERNAL_ID_TAKEN: Code = Code::new(
    "account-external-id-taken",
    StatusCode::CONFLICT,
    "accounts-failure-external-id-taken",
);

pub(super) const MERGE: Code = Code::new(
    "account-merge",
    StatusCode::UNPROCESSABLE_ENTITY,
    "merging-failure",
);
pub(super) const MERGED_ON: Code = Code::new(
    "account-merged-on",
    StatusCode::CONFLICT,
    "merging-failure-merged-on",
);

/// Someone changed the account since the sender saw it.
pub(super) const STALE: Code = Code::new("account-stale", StatusCode::CONFLICT, "accounts-failure-stale");

impl From<AccountError> for Failure {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            AccountError::BadName => Self::field("name", &NAME),
            AccountError::BadWebsite => Self::field("website", &WEBSITE),
            AccountError::NoParent => Self::field("parent", &PARENT),
            AccountError::Loop(way) => Self::field("parent", &LOOP).detail(way),
            AccountError::TooLarge => Self::field("parent", &FAMILY_SIZE),
            AccountError::BadSource => Self::field("source", &SOURCE),
            AccountError::BadExternalId => Self::field("value", &EXTERNAL_ID),
            AccountError::ExternalIdTaken(other) => {
                Self::field("value", &EXTERNAL_ID_TAKEN).detail(format!("it is of {other}"))
            }
            AccountError::BadMerge => Self::new(&MERGE),
            AccountError::MergedOn(name) => {
                Self::new(&MERGED_ON).detail(format!("take the merge of {name} back first"))
            }
            AccountError::Unknown => Self::of(StatusCode::NOT_FOUND),
            AccountError::Stale(now) => {
                Self::new(&STALE).detail(format!("the account is at version {}", now.version))
            }
            AccountError::Db(error) => error.into(),
        }
    }
}
