//! A handler may neither take for ever nor take the server down.

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::Edge;
use kit::web::Failure;

/// Gives up on an answer that has not begun in time. The body of an answer may go on as long as it
/// likes: live streams do.
pub(super) async fn within_time(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    if (edge.keeps_own_limits)(request.method(), request.uri().path()) {
        return next.run(request).await;
    }
    let (_, limit) = edge.measure(&request);
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::of(StatusCode::SERVICE_UNAVAILABLE)
            .retry_after(5)
            .into_response(),
    }
}

/// Refuses a body that is longer than its address takes, whether it says its length or not.
pub(super) async fn within_length(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    if (edge.keeps_own_limits)(request.method(), request.uri().path()) {
        return next.run(request).await;
    }
    let (limit, _) = edge.measure(&request);
    let said = request.headers().get(header::CONTENT_LENGTH);
    let said: Option<u64> = said.and_then(|length| length.to_str().ok()?.parse().ok());
    if said.is_some_and(|length| length > limit) {
        return Failure::of(StatusCode::PAYLOAD_TOO_LARGE).into_response();
    }
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    // Whoever reads the body only sees it end early, and may take that for a broken connection.
    let is_over = Arc::new(AtomicBool::new(false));
    let noted = is_over.clone();
    let limited = request.map(|body| {
        Body::new(Limited::new(body, limit).map_err(move |error| {
            noted.fetch_or(error.is::<LengthLimitError>(), Ordering::Relaxed);
            error
        }))
    });
    let response = next.run(limited).await;
    if is_over.load(Ordering::Relaxed) && !response.status().is_success() {
        return Failure::of(StatusCode::PAYLOAD_TOO_LARGE).into_response();
    }
    response
}

impl Edge {
    /// How many bytes a request may bring, and how long it may take.
    fn measure(&self, request: &Request) -> (u64, Duration) {
        let (method, path) = (request.method(), request.uri().path());
        if let Some((length, time)) = (self.own_measure)(method, path) {
            // What is configured for files holds for these too.
            return (length.min(self.upload_limit), time.min(self.upload_timeout));
        }
        if (self.is_upload)(method, path) {
            (self.upload_limit, self.upload_timeout)
        } else {
            (self.body_limit, self.request_timeout)
        }
    }
}

/// Turns a panic into an answer; the panic hook has logged where it happened.
pub(super) async fn without_panic(request: Request, next: Next) -> Response {
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => Failure::of(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}
