//! How the failures of orders look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::OrderError;

const fn code(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::UNPROCESSABLE_ENTITY, text)
}

pub(super) const NUMBER: Code = code("order-number", "orders-failure-number");
pub(super) const TAKEN: Code = code("order-number-taken", "orders-failure-taken");
pub(super) const LINES: Code = code("order-lines", "orders-failure-lines");
pub(super) const PRODUCT: Code = code("order-product", "orders-failure-product");
/// Someone changed it since the sender saw it.
pub(super) const STALE: Code = Code::new("order-stale", StatusCode::CONFLICT, "orders-failure-stale");

/// The field that is wrong, and how.
pub(super) fn fault(error: &OrderError) -> Option<(&'static str, &'static Code)> {
    Some(match error {
        OrderError::BadNumber => ("number", &NUMBER),
        OrderError::NumberTaken => ("number", &TAKEN),
        OrderError::BadLines => ("total", &LINES),
        OrderError::UnknownProduct => ("product", &PRODUCT),
        _ => return None,
    })
}

impl From<OrderError> for Failure {
    fn from(error: OrderError) -> Self {
        if let Some((field, code)) = fault(&error) {
            return Self::field(field, code).detail(error.to_string());
        }
        match error {
            OrderError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            OrderError::Stale(now) => {
                Self::new(&STALE).detail(format!("the order is at version {}", now.version))
            }
            OrderError::Db(error) => error.into(),
            _ => Self::of(StatusCode::NOT_FOUND),
        }
    }
}
