//! A handler may neither take for ever nor take the server down.

use std::{panic::AssertUnwindSafe, sync::Arc};

use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;

use super::Edge;
use kit::web::Failure;

/// Gives up on an answer that has not begun in time. The body of an answer may go on as long as it
/// likes: live streams do.
pub(super) async fn within_time(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(edge.request_timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::of(StatusCode::SERVICE_UNAVAILABLE)
            .retry_after(5)
            .into_response(),
    }
}

/// Turns a panic into an answer; the panic hook has logged where it happened.
pub(super) async fn without_panic(request: Request, next: Next) -> Response {
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => Failure::of(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
    }
}
