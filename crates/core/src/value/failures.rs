//! How the failures of value look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::ValueError;

const fn code(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::UNPROCESSABLE_ENTITY, text)
}

pub(super) const MARGIN: Code = code("value-margin", "value-failure-margin");
pub(super) const DISCOUNT: Code = code("value-discount", "value-failure-discount");
pub(super) const HORIZON: Code = code("value-horizon", "value-failure-horizon");

impl From<ValueError> for Failure {
    fn from(error: ValueError) -> Self {
        match error {
            ValueError::BadMargin => Self::field("margin", &MARGIN),
            ValueError::BadDiscount => Self::field("discount", &DISCOUNT),
            ValueError::BadHorizon => Self::field("horizon_months", &HORIZON),
            ValueError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            ValueError::UnknownAccount => Self::of(StatusCode::NOT_FOUND),
            ValueError::Db(error) => error.into(),
        }
    }
}
