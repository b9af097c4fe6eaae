//! What every request passes before its handler and after it.
//!
//! From the outside in: identity and log line, plain headers, errors made readable, panic, time
//! limit, cross-site check, body limit. A handler that fails in any way still gives the peer one
//! clear answer with the request's id in it.

mod answers;
mod identity;
mod limits;
mod log;

#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, Uri, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::Response,
};
use tower_http::csrf::CsrfLayer;

pub use answers::{Asked, ErrorPage, Found};
pub use identity::{ClientAddress, RequestId, TraceId};

use crate::config::{Config, Network, Origin};

/// What the edge needs to know.
#[derive(Clone)]
pub struct Edge {
    /// Makes the number of the next request; never the same twice.
    pub next_number: Arc<dyn Fn() -> u128 + Send + Sync>,
    /// Renders an error for a browser; without it every error is a problem document (RFC 9457).
    pub error_page: Option<ErrorPage>,
    /// Which requests pages of other sites may send: those that carry their own proof and no cookie.
    pub open_to_other_sites: fn(&Method, &Uri) -> bool,
    /// Which requests bring a file, by method and path: they may be larger and take longer.
    pub is_upload: fn(&Method, &str) -> bool,
    /// How many bytes a request may bring that has a measure of its own, by method and path, and how long it may take.
    pub own_measure: fn(&Method, &str) -> Option<(u64, Duration)>,
    /// Which requests keep limits of their own, and say themselves what is wrong with them: they are not cut off.
    pub keeps_own_limits: fn(&Method, &str) -> bool,
    trusted_proxies: Arc<[Network]>,
    request_timeout: Duration,
    upload_timeout: Duration,
    body_limit: u64,
    upload_limit: u64,
    public_origin: Origin,
}

impl fmt::Debug for Edge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edge").finish_non_exhaustive()
    }
}

impl Edge {
    /// The edge as configured, numbering requests by `next_number`.
    pub fn new(config: &Config, next_number: impl Fn() -> u128 + Send + Sync + 'static) -> Self {
        Self {
            next_number: Arc::new(next_number),
            error_page: None,
            open_to_other_sites: |_, _| false,
            is_upload: |_, _| false,
            own_measure: |_, _| None,
            keeps_own_limits: |_, _| false,
            trusted_proxies: config.trusted_proxies.as_slice().into(),
            request_timeout: config.request_timeout,
            upload_timeout: config.upload_timeout,
            body_limit: config.body_limit.0,
            upload_limit: config.upload_limit.0,
            public_origin: config.public_origin(),
        }
    }

    /// Puts the edge around `app`, whose routes are complete.
    pub fn around(self, app: Router) -> Router {
        // Behind a proxy that rewrites the host only the public origin tells that a form is ours.
        let same_site = CsrfLayer::new()
            .add_trusted_origin(self.public_origin.as_str())
            .expect("an origin has a scheme, a host and nothing else")
            .with_insecure_bypass(self.open_to_other_sites);
        let edge = Arc::new(self);
        app.layer(from_fn_with_state(edge.clone(), limits::within_length))
            .layer(same_site)
            .layer(from_fn_with_state(edge.clone(), limits::within_time))
            .layer(from_fn(limits::without_panic))
            .layer(from_fn_with_state(edge.clone(), answers::made_readable))
            .layer(from_fn_with_state(edge.clone(), plain_headers))
            .layer(from_fn_with_state(edge, log::identified_and_logged))
    }
}

/// Headers that belong on every answer unless a handler knows better.
const PLAIN_HEADERS: [(HeaderName, HeaderValue); 5] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ),
];

async fn plain_headers(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in PLAIN_HEADERS {
        response.headers_mut().entry(name).or_insert(value);
    }
    if edge.public_origin.is_https() {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        response
            .headers_mut()
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(year);
    }
    response
}
