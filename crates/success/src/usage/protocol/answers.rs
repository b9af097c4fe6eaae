//! What senders are told: the word that SDKs wait for, and what became of each item.

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use kit::i18n::Text;
use serde_json::{Value, json};

use super::reason::{Reason, Refused};
use super::taking::Outcome;

/// Of how many items a sender is told what is wrong; of the rest how many there are.
const TOLD: usize = 200;
/// How many seconds a sender waits when there is more to do than can be taken.
const WAIT: &str = "2";

/// What became of the items.
pub(super) fn outcome(outcome: &Outcome, is_batch: bool) -> Response {
    let nothing_fits = outcome.accepted == 0 && outcome.duplicates == 0 && !outcome.refused.is_empty();
    // An SDK that hears 200 forgets what it has sent; one whose every event is refused had better complain.
    let status = if nothing_fits && !is_batch {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    let rejected: Vec<Value> = outcome.refused.iter().take(TOLD).map(told).collect();
    let mut body = json!({ "success": status == StatusCode::OK });
    body["accepted"] = outcome.accepted.into();
    body["duplicates"] = outcome.duplicates.into();
    body["refused"] = outcome.refused.len().into();
    body["rejected"] = rejected.into();
    answer(status, &body)
}

fn told(refused: &Refused) -> Value {
    let t = Text::default();
    json!({
        "index": refused.index,
        "messageId": refused.message,
        "code": refused.reason.as_str(),
        "message": refused.reason.said(&t, &refused.about),
        "remedy": refused.reason.remedy(&t, &refused.about),
    })
}

/// A request of which nothing can be taken.
pub(super) fn refused(reason: Reason) -> Response {
    let t = Text::default();
    let (message, remedy) = (reason.said(&t, ""), reason.remedy(&t, ""));
    answer(
        StatusCode::BAD_REQUEST,
        &json!({ "success": false, "code": reason.as_str(), "message": message, "remedy": remedy }),
    )
}

/// A request that does not belong here.
pub(super) fn closed(status: StatusCode, code: &str, message: &str) -> Response {
    answer(
        status,
        &json!({ "success": false, "code": code, "message": message }),
    )
}

/// More is sent than can be stored: nothing of it was taken, and the sender is to try again.
pub(super) fn overloaded() -> Response {
    again(closed(
        StatusCode::TOO_MANY_REQUESTS,
        "overloaded",
        "Nothing of this was taken: there is more to do than can be stored now. Send it again.",
    ))
}

/// The body did not come in time: nothing of it was taken, and the sender is to try again.
pub(super) fn late() -> Response {
    again(closed(
        StatusCode::SERVICE_UNAVAILABLE,
        "late",
        "Nothing of this was taken: its body did not arrive in time. Send it again.",
    ))
}

fn again(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static(WAIT));
    response
}

/// An answer that pages of any site may read.
pub(super) fn answer(status: StatusCode, body: &Value) -> Response {
    let mut response = (status, axum::Json(body)).into_response();
    open(&mut response);
    response
}

/// What a browser asks before it sends: everything that SDKs send is allowed (Fetch Standard, CORS protocol).
pub(super) fn preflight() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    open(&mut response);
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, POST, OPTIONS"),
    );
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_HEADERS,
        HeaderValue::from_static("authorization, content-type, content-encoding, anonymousid, x-retry-count"),
    );
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    response
}

fn open(response: &mut Response) {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    // Without it a page does not hear for how long it is to wait.
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("retry-after"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
}
