//! `Text` as a handler's parameter.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use http::header::ACCEPT_LANGUAGE;
use http::request::Parts;
use jiff::tz::TimeZone;

use super::{Locale, Text};
use crate::clock::Timestamp;

/// What the shell learned about the reader; without a shell in front, the browser's language in UTC.
impl<S: Send + Sync> FromRequestParts<S> for Text {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        if let Some(text) = parts.extensions.get::<Self>() {
            return Ok(text.clone());
        }
        let wish = parts
            .headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|header| header.to_str().ok())
            .unwrap_or_default();
        Ok(Self::new(
            Locale::negotiate(wish),
            TimeZone::UTC,
            Timestamp::default(),
        ))
    }
}
