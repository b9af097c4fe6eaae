//! How the failures of webhooks look from outside.

use http::StatusCode;
use kit::web::{Code, Failure};

use super::WebhookError;

const FIELD: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// The name does not fit.
pub const NAME: Code = Code::new("webhook-name", FIELD, "webhooks-failure-name");
/// The address can't be used.
pub const URL: Code = Code::new("webhook-url", FIELD, "webhooks-failure-url");
pub(super) const KIND: Code = Code::new("webhook-kind", FIELD, "webhooks-failure-kind");
pub(super) const TOO_MANY: Code = Code::new(
    "webhooks-too-many",
    StatusCode::CONFLICT,
    "webhooks-failure-too-many",
);
pub(super) const STALE: Code = Code::new("webhook-stale", StatusCode::CONFLICT, "webhooks-failure-stale");
/// It is switched off.
pub const IS_STOPPED: Code = Code::new(
    "webhook-stopped",
    StatusCode::CONFLICT,
    "webhooks-failure-stopped",
);
/// The other side has it already.
pub const DELIVERED: Code = Code::new(
    "delivery-made",
    StatusCode::CONFLICT,
    "webhooks-failure-delivered",
);

impl From<WebhookError> for Failure {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::Forbidden(missing) => Self::of(StatusCode::FORBIDDEN).detail(missing.to_string()),
            WebhookError::BadName => Self::field("name", &NAME),
            WebhookError::BadUrl(reason) => Self::field("url", &URL).detail(reason.to_string()),
            WebhookError::BadKind(_) => Self::field("kinds", &KIND).detail(error.to_string()),
            WebhookError::TooMany => Self::new(&TOO_MANY),
            WebhookError::Unknown => Self::of(StatusCode::NOT_FOUND),
            WebhookError::Stale => Self::new(&STALE),
            WebhookError::IsStopped => Self::new(&IS_STOPPED),
            WebhookError::IsDelivered => Self::new(&DELIVERED),
            WebhookError::Db(error) => error.into(),
        }
    }
}
