//! How the failures of acts on many accounts look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::AccountBulkError;

const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

pub(super) const NO_ACCOUNTS: Code =
    Code::new("account-bulk-no-accounts", WRONG, "deeds-failure-no-accounts");
pub(super) const TOO_MANY: Code = Code::new("account-bulk-too-many", WRONG, "deeds-failure-too-many");
pub(super) const NO_DEEDS: Code = Code::new("account-bulk-no-deeds", WRONG, "deeds-failure-no-deeds");
pub(super) const DEED: Code = Code::new("account-bulk-deed", WRONG, "deeds-failure-deed");
pub(super) const VALUE: Code = Code::new("account-bulk-value", WRONG, "deeds-failure-value");
pub(super) const NOT_NOW: Code = Code::new(
    "account-bulk-not-now",
    StatusCode::CONFLICT,
    "deeds-failure-not-now",
);

impl From<AccountBulkError> for Failure {
    fn from(error: AccountBulkError) -> Self {
        let said = error.to_string();
        match error {
            AccountBulkError::Forbidden(missing) => {
                Self::of(StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            AccountBulkError::NoAccounts => Self::field("accounts", &NO_ACCOUNTS),
            AccountBulkError::TooMany => Self::field("accounts", &TOO_MANY),
            AccountBulkError::NoDeeds => Self::field("deeds", &NO_DEEDS),
            AccountBulkError::BadDeed(_) => Self::field("deeds", &DEED).detail(said),
            AccountBulkError::BadValue(..) => Self::field("deeds", &VALUE).detail(said),
            AccountBulkError::NotNow => Self::new(&NOT_NOW),
            AccountBulkError::Unknown => Self::of(StatusCode::NOT_FOUND),
            AccountBulkError::Account(error) => error.into(),
            AccountBulkError::Db(error) => error.into(),
        }
    }
}
