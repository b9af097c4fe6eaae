//! The second listener: metrics and probes for those who run the server.
//!
//! `/healthz` and `/livez` say that the process answers. `/readyz` says whether it can do its
//! work, and why not. The public listener has `/healthz` and `/readyz` too, without the reasons.

mod checks;
pub mod disk;
mod metrics;
mod readiness;

use axum::{
    Json, Router,
    extract::State,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};

pub(crate) use checks::pending;
pub use checks::readiness;
pub use metrics::Metrics;
pub use readiness::{Readiness, Report};

/// Everything on the operations listener.
pub(crate) fn routes(readiness: Readiness, metrics: Metrics) -> Router {
    let page = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Router::new()
        .route("/healthz", get(alive))
        .route("/livez", get(alive))
        .route("/readyz", get(ready_with_reasons).with_state(readiness))
        .route("/metrics", get(async move || (page, metrics.render())))
}

/// What the public may know.
pub(crate) fn public_routes(readiness: Readiness) -> Router {
    Router::new()
        .route("/healthz", get(alive))
        .route("/readyz", get(ready).with_state(readiness))
}

async fn alive() -> &'static str {
    "ok\n"
}

async fn ready_with_reasons(State(readiness): State<Readiness>) -> impl IntoResponse {
    let report = readiness.report().await;
    (status(&report), Json(report))
}

async fn ready(State(readiness): State<Readiness>) -> impl IntoResponse {
    let report = readiness.report().await;
    (
        status(&report),
        Json(serde_json::json!({ "ready": report.is_ready })),
    )
}

fn status(report: &Report) -> StatusCode {
    if report.is_ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    }
}
