//! The answer to whoever tries a door too often: when to come back, in plain words and for programs.

use std::time::Duration;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::RETRY_AFTER;
use kit::i18n::Text;
use kit::web::{Code, Failure, Page};

const TOO_MANY: Code = Code::new(
    "too-many-tries",
    StatusCode::TOO_MANY_REQUESTS,
    "doors-failure-too-many",
);

/// The page that `made` makes of the whole minutes to wait, with its status and header.
pub(crate) fn page(time: Duration, made: impl FnOnce(Duration) -> Page) -> Response {
    let page = made(time).status(StatusCode::TOO_MANY_REQUESTS);
    ([(RETRY_AFTER, seconds(time).to_string())], page).into_response()
}

/// The answer to a program, and to whoever tries where there is no page of its own: when to come back.
pub fn failure(time: Duration) -> Failure {
    let seconds = u32::try_from(seconds(time)).unwrap_or(u32::MAX);
    Failure::new(&TOO_MANY).retry_after(seconds)
}

/// The sentence that says how long to wait.
pub(crate) fn sentence(t: &Text, time: Duration) -> String {
    t.count("doors-too-many", seconds(time).div_ceil(60))
}

/// Whole seconds, rounded up: whoever comes back then is let try.
pub(super) fn seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}
