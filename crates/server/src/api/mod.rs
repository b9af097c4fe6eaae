//! What stands around every API address: how often one may ask, and answers that are already known.
//!
//! The document of the API and its readable page are made here too, from the table of routes and from what features say
//! of their operations.

pub mod document;
mod outline;
mod pace;
pub mod page;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use kit::web::Failure;
use kit::web::api::Judged;
use tandem_core::doors::Recognised;

pub use pace::Pace;

use crate::edge::ClientAddress;

/// Where the API begins.
pub const BASE: &str = "/api/v1/";

/// Passes requests of the API on as often as their token may ask, and shortens answers that the asker has already.
pub async fn around(State(pace): State<Pace>, mut request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with(BASE) {
        return next.run(request).await;
    }
    let standing = pace.take(asker(&request));
    let known = known_tags(request.method(), request.headers());
    let judged = Judged::default();
    request.extensions_mut().insert(judged.clone());
    let mut response = if standing.is_allowed {
        unless_known(unless_misfit(next.run(request).await, &judged), &known)
    } else {
        let seconds = u32::try_from(standing.seconds_left).unwrap_or(u32::MAX);
        let detail = format!("{} requests a minute are allowed to one token", standing.quota);
        let refused = Failure::of(StatusCode::TOO_MANY_REQUESTS).detail(detail);
        refused.retry_after(seconds).into_response()
    };
    standing.tell(response.headers_mut());
    response
}

/// Whom a request counts for: its token or session, else the address it came from.
fn asker(request: &Request) -> String {
    let extensions = request.extensions();
    match (extensions.get::<Recognised>(), extensions.get::<ClientAddress>()) {
        (Some(found), _) => found.session.id.to_string(),
        (None, Some(client)) => client.0.to_string(),
        (None, None) => String::new(),
    }
}

/// The tags named by `If-None-Match`, for which nothing new has to be sent.
fn known_tags(method: &Method, headers: &HeaderMap) -> Vec<String> {
    if *method != Method::GET && *method != Method::HEAD {
        return Vec::new();
    }
    let lines = headers.get_all(header::IF_NONE_MATCH).iter();
    let tags = lines.filter_map(|line| line.to_str().ok());
    tags.flat_map(|line| line.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/").to_owned())
        .collect()
}

/// What does not fit comes before the state that it was made from (RFC 9110, 13.2.1).
fn unless_misfit(response: Response, judged: &Judged) -> Response {
    match judged.refusal() {
        Some(refusal) if response.status() == StatusCode::PRECONDITION_FAILED => refusal.into_response(),
        _ => response,
    }
}

/// 304 in place of an object that the asker has (RFC 9110, 13.1.2).
fn unless_known(response: Response, known: &[String]) -> Response {
    let tag = response.headers().get(header::ETAG).cloned();
    let is_known = tag
        .as_ref()
        .and_then(|tag| tag.to_str().ok())
        .is_some_and(|tag| known.iter().any(|known| known == tag || known == "*"));
    match tag {
        Some(tag) if is_known && response.status() == StatusCode::OK => {
            (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response()
        }
        _ => response,
    }
}
