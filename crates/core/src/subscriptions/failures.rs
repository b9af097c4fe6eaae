//! How the failures of subscriptions look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::SubscriptionError;

const fn code(name: &'static str, text: &'static str) -> Code {
    Code::new(name, StatusCode::UNPROCESSABLE_ENTITY, text)
}

pub(super) const PRODUCT: Code = code("subscription-product", "subscriptions-failure-product");
pub(super) const SEATS: Code = code("subscription-seats", "subscriptions-failure-seats");
pub(super) const PRICE: Code = code("subscription-price", "subscriptions-failure-price");
pub(super) const DISCOUNT: Code = code("subscription-discount", "subscriptions-failure-discount");
pub(super) const PERIOD: Code = code("subscription-period", "subscriptions-failure-period");
pub(super) const TERM: Code = code("subscription-term", "subscriptions-failure-term");
pub(super) const NOTICE: Code = code("subscription-notice", "subscriptions-failure-notice");
pub(super) const RENEWS: Code = code("subscription-renews", "subscriptions-failure-renews");
pub(super) const ENDS: Code = code("subscription-ends", "subscriptions-failure-ends");
pub(super) const SINCE: Code = code("subscription-since", "subscriptions-failure-since");
pub(super) const OVERLAP: Code = code("subscription-overlap", "subscriptions-failure-overlap");
/// It has an end, so there is nothing to renew.
pub(super) const OVER: Code = Code::new(
    "subscription-over",
    StatusCode::CONFLICT,
    "subscriptions-failure-over",
);
/// Someone changed it since the sender saw it.
pub(super) const STALE: Code = Code::new(
    "subscription-stale",
    StatusCode::CONFLICT,
    "subscriptions-failure-stale",
);

/// The field that is wrong, and how.
pub(super) fn fault(error: &SubscriptionError) -> Option<(&'static str, &'static Code)> {
    Some(match error {
        SubscriptionError::UnknownProduct => ("product", &PRODUCT),
        SubscriptionError::BadSeats => ("seats", &SEATS),
        SubscriptionError::BadPrice => ("price", &PRICE),
        SubscriptionError::BadDiscount => ("discount", &DISCOUNT),
        SubscriptionError::BadPeriod => ("period_months", &PERIOD),
        SubscriptionError::BadTerm => ("term_months", &TERM),
        SubscriptionError::BadNotice => ("notice_days", &NOTICE),
        SubscriptionError::RenewsTooEarly => ("renews", &RENEWS),
        SubscriptionError::EndsTooEarly => ("ends", &ENDS),
        SubscriptionError::PriceOutside => ("since", &SINCE),
        SubscriptionError::Overlaps(_) => ("product", &OVERLAP),
        _ => return None,
    })
}

impl From<SubscriptionError> for Failure {
    fn from(error: SubscriptionError) -> Self {
        if let Some((field, code)) = fault(&error) {
            return Self::field(field, code).detail(error.to_string());
        }
        match error {
            SubscriptionError::Forbidden(missing) => {
                Self::of(StatusCode::FORBIDDEN).detail(missing.to_string())
            }
            SubscriptionError::Ends(_) => Self::new(&OVER).detail(error.to_string()),
            SubscriptionError::Stale(now) => {
                Self::new(&STALE).detail(format!("the subscription is at version {}", now.version))
            }
            SubscriptionError::Db(error) => error.into(),
            _ => Self::of(StatusCode::NOT_FOUND),
        }
    }
}
