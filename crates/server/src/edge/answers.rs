//! Errors that a peer can read.
//!
//! Frameworks answer bad requests with a bare status or a line of text. Here each such answer
//! becomes a problem document (RFC 9457), or a page when a browser asks and the shell offers one.

use std::sync::{Arc, OnceLock};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{Extensions, HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, Limited};
use kit::web::Failure;

use super::{Edge, identity::RequestId};

/// Renders an error for a browser in its own language; `None` leaves it a problem document.
pub type ErrorPage = Arc<dyn Fn(&Asked, &Failure) -> Option<Response> + Send + Sync>;

/// The request that failed.
#[derive(Debug)]
pub struct Asked {
    /// Its headers.
    pub headers: HeaderMap,
    /// What layers further in had found out before it failed.
    pub found: Found,
}

/// Where layers further in leave what they found out about a request: a failure outside of them, such as a panic or
/// an end of patience, takes their own answer away. The edge puts it into the request's extensions.
#[derive(Clone, Debug, Default)]
pub struct Found(Arc<OnceLock<Extensions>>);

impl Found {
    /// Leaves a value; the first one stays.
    pub fn leave<T: Clone + Send + Sync + 'static>(&self, value: T) {
        self.0.get_or_init(|| {
            let mut found = Extensions::new();
            found.insert(value);
            found
        });
    }

    /// What was left.
    pub fn get<T: Clone + Send + Sync + 'static>(&self) -> Option<&T> {
        self.0.get().and_then(Extensions::get)
    }
}

/// Longest text of a framework that is passed on as detail.
const LONGEST_DETAIL: usize = 512;

/// Replaces bare errors by readable ones and gives them the request's number. Errors that a handler
/// has made readable itself pass as they are.
pub(super) async fn made_readable(
    State(edge): State<Arc<Edge>>,
    mut request: Request,
    next: Next,
) -> Response {
    let asked = Asked {
        headers: request.headers().clone(),
        found: Found::default(),
    };
    request.extensions_mut().insert(asked.found.clone());
    let request_id = request.extensions().get::<RequestId>().cloned();
    let response = next.run(request).await;
    let failure = match response.extensions().get::<Failure>() {
        Some(failure) => failure.clone(),
        None if is_bare_error(&response) => return readable(&edge, &asked, request_id, response).await,
        None => return response,
    };
    answer(
        &edge,
        &asked,
        Failure {
            request_id: request_id.map(|id| id.0.into()),
            ..failure
        },
        response.headers(),
    )
}

fn is_bare_error(response: &Response) -> bool {
    let is_error = response.status().is_client_error() || response.status().is_server_error();
    let kind = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    is_error && kind.is_none_or(|kind| kind.starts_with("text/plain"))
}

async fn readable(edge: &Edge, asked: &Asked, request_id: Option<RequestId>, response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let detail = match parts.status.is_client_error() {
        true => short_text(body).await,
        // What the inside says about its own trouble is nobody else's business.
        false => None,
    };
    let failure = Failure {
        detail: detail.map(String::into),
        request_id: request_id.map(|id| id.0.into()),
        ..Failure::of(parts.status)
    };
    answer(edge, asked, failure, &parts.headers)
}

async fn short_text(body: Body) -> Option<String> {
    let bytes = Limited::new(body, LONGEST_DETAIL)
        .collect()
        .await
        .ok()?
        .to_bytes();
    String::from_utf8(bytes.to_vec())
        .ok()
        .filter(|text| !text.is_empty())
}

/// The answer in the form that was asked for; headers such as `allow` and `retry-after` are kept.
fn answer(edge: &Edge, asked: &Asked, failure: Failure, kept: &HeaderMap) -> Response {
    let wants_page = asked
        .headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let page = match &edge.error_page {
        Some(render) if wants_page => render(asked, &failure),
        _ => None,
    };
    let mut response = page.unwrap_or_else(|| failure.into_response());
    for (name, value) in kept {
        if ![header::CONTENT_TYPE, header::CONTENT_LENGTH].contains(name) {
            response.headers_mut().entry(name).or_insert(value.clone());
        }
    }
    response
}
