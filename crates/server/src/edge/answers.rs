//! Errors that a peer can read.
//!
//! Frameworks answer bad requests with a bare status or a line of text. Here each such answer
//! becomes a problem document (RFC 9457), or a page when a browser asks and the shell offers one.

use std::{fmt, sync::Arc};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::{BodyExt, Limited};

use super::{Edge, identity::RequestId};

/// Renders an error for a browser in its own language; `None` leaves it a problem document.
pub type ErrorPage = Arc<dyn Fn(&HeaderMap, &Failure) -> Option<Response> + Send + Sync>;

/// Longest text of a framework that is passed on as detail.
const LONGEST_DETAIL: usize = 512;

/// A request that failed before or outside its handler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The HTTP status of the answer.
    pub status: StatusCode,
    /// What exactly was wrong, where that is known and may be told.
    pub detail: Option<String>,
    /// The number under which the log has this request.
    pub request_id: Option<RequestId>,
    retry_after: Option<u32>,
}

impl Failure {
    /// A failure with nothing more to say than its status.
    #[must_use]
    pub fn of(status: StatusCode) -> Self {
        Self {
            status,
            detail: None,
            request_id: None,
            retry_after: None,
        }
    }

    /// Asks the peer to come back after so many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The stable word for this failure in the `type` of its problem document.
    #[must_use]
    pub fn code(&self) -> &'static str {
        row(self.status).1
    }
}

/// Status, code and title of what can fail outside a handler.
const FAILURES: &[(StatusCode, &str, &str)] = &[
    (StatusCode::BAD_REQUEST, "malformed", "The request cannot be read"),
    (
        StatusCode::FORBIDDEN,
        "forbidden",
        "This may not be done from there",
    ),
    (
        StatusCode::NOT_FOUND,
        "not_found",
        "There is nothing at this address",
    ),
    (
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "This address does not take that method",
    ),
    (
        StatusCode::PAYLOAD_TOO_LARGE,
        "too_large",
        "The request is larger than this server reads",
    ),
    (
        StatusCode::URI_TOO_LONG,
        "too_long",
        "The address is longer than this server reads",
    ),
    (
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "unsupported_media_type",
        "The body is of a kind not taken here",
    ),
    (
        StatusCode::UNPROCESSABLE_ENTITY,
        "unprocessable",
        "The request does not say what is needed",
    ),
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal",
        "Something went wrong on our side",
    ),
    (
        StatusCode::SERVICE_UNAVAILABLE,
        "unavailable",
        "The server is too busy; please try again",
    ),
];

fn row(status: StatusCode) -> &'static (StatusCode, &'static str, &'static str) {
    let fallback = if status.is_client_error() {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::INTERNAL_SERVER_ERROR
    };
    FAILURES
        .iter()
        .find(|row| row.0 == status)
        .or_else(|| FAILURES.iter().find(|row| row.0 == fallback))
        .expect("the table has both fallbacks")
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(row(self.status).2)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut problem = serde_json::json!({
            "type": format!("urn:tandem:problem:{}", self.code()),
            "title": row(self.status).2,
            "status": self.status.as_u16(),
        });
        if let Some(detail) = &self.detail {
            problem["detail"] = detail.as_str().into();
        }
        if let Some(RequestId(id)) = &self.request_id {
            problem["request_id"] = id.as_str().into();
        }
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (self.status, [(header::CONTENT_TYPE, kind)], problem.to_string()).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Replaces bare errors by readable ones and gives them the request's number. Errors that a handler
/// has made readable itself pass as they are.
pub(super) async fn made_readable(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Response {
    let asked = request.headers().clone();
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
            request_id,
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

async fn readable(
    edge: &Edge,
    asked: &HeaderMap,
    request_id: Option<RequestId>,
    response: Response,
) -> Response {
    let (parts, body) = response.into_parts();
    let detail = match parts.status.is_client_error() {
        true => short_text(body).await,
        // What the inside says about its own trouble is nobody else's business.
        false => None,
    };
    let failure = Failure {
        detail,
        request_id,
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
fn answer(edge: &Edge, asked: &HeaderMap, failure: Failure, kept: &HeaderMap) -> Response {
    let wants_page = asked
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
