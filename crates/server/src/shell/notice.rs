//! A notice on its way through a redirect: kept in a short-lived cookie, shown once on the next page.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use kit::web::{Notice, is_own_path};

const NAME: &str = "tandem_notice";

/// What an earlier answer left to be said, if anything; a page fetched ahead of a click says nothing.
pub(super) fn waiting(headers: &HeaderMap) -> Option<Notice> {
    let ahead = ["x-sec-purpose", "sec-purpose", "purpose"];
    if ahead.iter().any(|name| {
        headers
            .get(*name)
            .is_some_and(|value| value.as_bytes().starts_with(b"prefetch"))
    }) {
        return None;
    }
    let cookies = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok());
    let mut pairs = cookies
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let (_, value) = pairs.find(|(name, _)| *name == NAME)?;
    let notice: Notice = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(value).ok()?).ok()?;
    // Whoever planted a cookie must not get a form that posts elsewhere.
    (notice.undo.is_empty() || is_own_path(&notice.undo)).then_some(notice)
}

/// Leaves a notice for the next page.
pub(super) fn leave(response: &mut Response, notice: &Notice) {
    let json = serde_json::to_vec(notice).expect("two strings are always JSON");
    set(
        response,
        &format!(
            "{NAME}={}; Path=/; Max-Age=60; SameSite=Lax; HttpOnly",
            BASE64_URL_SAFE_NO_PAD.encode(json)
        ),
    );
}

/// Forgets the notice that has been shown.
pub(super) fn forget(response: &mut Response) {
    set(
        response,
        &format!("{NAME}=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly"),
    );
}

fn set(response: &mut Response, cookie: &str) {
    let value = HeaderValue::from_str(cookie).expect("base64 and our own words are a good header");
    response.headers_mut().append(SET_COOKIE, value);
}
