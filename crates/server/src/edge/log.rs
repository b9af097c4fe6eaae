//! One log line and one measurement for each request.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Instant,
};

use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use tracing::Instrument;

use super::{Edge, identity::Identity};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request its identity, runs it inside a span that carries it, and logs how it went.
#[expect(clippy::disallowed_methods, reason = "measures how long the answer took")]
pub(super) async fn identified_and_logged(
    State(edge): State<Arc<Edge>>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| {
            peer.0.ip().to_canonical()
        });
    let identity = Identity::read(
        request.headers(),
        peer,
        &edge.trusted_proxies,
        (edge.next_number)(),
    );
    // The path itself may hold a token or a name; the route is what the program calls it.
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    // A method of the peer's own invention must not become a label.
    let method = known_method(request.method().as_str());

    let extensions = request.extensions_mut();
    extensions.insert(identity.request_id.clone());
    extensions.insert(identity.trace_id.clone());
    extensions.insert(identity.client);

    let span = tracing::info_span!("request", id = identity.request_id.0, trace = identity.trace_id.0);
    let begin = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = begin.elapsed();
    let status = response.status().as_u16();
    span.in_scope(|| {
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(method, route, status, ms, "request");
    });
    metrics::counter!("http_requests_total", "method" => method, "route" => route.clone(), "status" => status.to_string())
        .increment(1);
    metrics::histogram!("http_request_seconds", "method" => method, "route" => route).record(took);

    let id = HeaderValue::from_str(&identity.request_id.0)
        .expect("a request id holds only letters, digits and -_.");
    response.headers_mut().insert(REQUEST_ID, id);
    response
}

fn known_method(method: &str) -> &'static str {
    ["GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]
        .into_iter()
        .find(|known| *known == method)
        .unwrap_or("other")
}
