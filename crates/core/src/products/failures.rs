//! How the failures of products look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::ProductError;

pub(super) const NAME: Code = Code::new(
    "product-name",
    StatusCode::UNPROCESSABLE_ENTITY,
    "products-failure-name",
);
pub(super) const TAKEN: Code = Code::new(
    "product-name-taken",
    StatusCode::UNPROCESSABLE_ENTITY,
    "products-failure-taken",
);
/// Someone renamed it since the sender saw it.
pub(super) const STALE: Code = Code::new("product-stale", StatusCode::CONFLICT, "products-failure-stale");

impl From<ProductError> for Failure {
    fn from(error: ProductError) -> Self {
        match error {
            ProductError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            ProductError::BadName => Self::field("name", &NAME),
            ProductError::NameTaken => Self::field("name", &TAKEN),
            ProductError::Unknown => Self::of(StatusCode::NOT_FOUND),
            ProductError::Stale(now) => {
                Self::new(&STALE).detail(format!("the product is at version {}", now.version))
            }
            ProductError::Db(error) => error.into(),
        }
    }
}
