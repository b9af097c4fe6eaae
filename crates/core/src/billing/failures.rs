//! How the failures of billing look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::BillingError;

const fn code(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::UNPROCESSABLE_ENTITY, text)
}

pub(super) const NAME: Code = code("billing-name", "billing-failure-name");
pub(super) const SECRET: Code = code("billing-secret", "billing-failure-secret");
pub(super) const ACCOUNT: Code = code("billing-account", "billing-failure-account");
pub(super) const PRODUCT: Code = code("billing-product", "billing-failure-product");
pub(super) const CODE: Code = code("billing-code", "billing-failure-code");
/// Not signed with a secret that holds, or too long ago.
const SIGNATURE: Code = Code::new(
    "billing-signature",
    StatusCode::BAD_REQUEST,
    "billing-failure-signature",
);
/// Signed, and no event.
const EVENT: Code = Code::new("billing-event", StatusCode::BAD_REQUEST, "billing-failure-event");
/// Someone changed it since the sender saw it.
pub(super) const STALE: Code = Code::new("billing-stale", StatusCode::CONFLICT, "billing-failure-stale");

impl From<BillingError> for Failure {
    fn from(error: BillingError) -> Self {
        match error {
            BillingError::BadName => Self::field("name", &NAME),
            BillingError::BadSecret => Self::field("secret", &SECRET),
            BillingError::BadAccount => Self::field("account", &ACCOUNT),
            BillingError::BadProduct => Self::field("product", &PRODUCT),
            BillingError::BadCode => Self::field("code", &CODE),
            BillingError::Disbelieved(why) => Self::new(&SIGNATURE).detail(why.to_string()),
            BillingError::NoEvent => Self::new(&EVENT).detail(error.to_string()),
            BillingError::Stale(now) => {
                Self::new(&STALE).detail(format!("the connection is at version {}", now.version))
            }
            BillingError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            BillingError::Unknown => Self::of(StatusCode::NOT_FOUND),
            BillingError::Db(error) => error.into(),
        }
    }
}
