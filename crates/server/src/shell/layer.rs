//! The way in and out: words for the request, the document around the page.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Response};
use kit::clock::Clock;
use kit::i18n::Text;
use kit::web::{Failure, Notice, Onward, Page};

use super::document::Scene;
use super::look::Look;
use super::trouble::{failed, trouble};
use super::viewer::Viewer;
use super::{document, headers, notice, preferences};
use crate::edge::{ErrorPage, Found};

/// Puts the shell around every page that `router` answers, its fallback included.
///
/// A [`Viewer`] in the request's extensions says who looks; a layer further out puts it there.
pub fn around<S>(router: Router<S>, clock: Clock) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    router.layer(from_fn_with_state(clock, surround))
}

async fn surround(State(clock): State<Clock>, mut request: Request, next: Next) -> Response {
    let viewer = request.extensions().get::<Viewer>().cloned();
    let viewer = viewer.unwrap_or_else(|| Viewer::guest(request.headers()));
    let text = viewer.text(clock.now());
    if let Some(found) = request.extensions().get::<Found>() {
        found.leave(viewer.clone());
    }
    request.extensions_mut().insert(viewer.clone());
    request.extensions_mut().insert(text.clone());
    request.extensions_mut().insert(Onward::from(viewer.look.after));
    let asked = Asked::of(request.headers());
    let is_copy_old = viewer.person.is_some() && asked.html && asked.look != viewer.look;
    let mut response = headers::strict(dressed(next.run(request).await, &viewer, &text, &asked));
    if is_copy_old && !response.headers().contains_key(SET_COOKIE) {
        let copy = HeaderValue::from_str(&preferences::cookie(&viewer.look));
        let copy = copy.expect("a look is written in letters that cookies take");
        response.headers_mut().insert(SET_COOKIE, copy);
    }
    response
}

/// The page for a request that failed outside the shell: for whoever the shell had met before it failed, or for a guest.
pub fn error_page(clock: Clock) -> ErrorPage {
    Arc::new(move |asked, failure| {
        let viewer = asked.found.get::<Viewer>().cloned();
        let viewer = viewer.unwrap_or_else(|| Viewer::guest(&asked.headers));
        let text = viewer.text(clock.now());
        let page = failed(failure, &text);
        let html = document::render(&Scene {
            page: &page,
            viewer: &viewer,
            t: &text,
            frame: None,
            notice: None,
        });
        Some(headers::strict((failure.status(), Html(html)).into_response()))
    })
}

/// What the browser wants back.
struct Asked {
    /// It reads HTML: a person looks, not a program.
    html: bool,
    /// How the browser's own copy says the screen should look.
    look: Look,
    /// The Turbo frame that will take the answer.
    frame: Option<String>,
    /// What an earlier answer left to be said.
    notice: Option<Notice>,
}

impl Asked {
    fn of(headers: &HeaderMap) -> Self {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let named = |id: &&str| {
            !id.is_empty()
                && id
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_:".contains(&b))
        };
        // A page that is fetched before anybody asks for it may never be seen.
        let is_ahead = header("x-sec-purpose") == Some("prefetch");
        Self {
            html: header(ACCEPT.as_str()).is_some_and(|accepted| accepted.contains("text/html")),
            look: Look::of(headers),
            frame: header("turbo-frame").filter(named).map(str::to_owned),
            notice: notice::waiting(headers).filter(|_| !is_ahead),
        }
    }
}

fn dressed(mut response: Response, viewer: &Viewer, text: &Text, asked: &Asked) -> Response {
    let mut said = response.extensions_mut().remove::<Notice>();
    let page = response.extensions_mut().remove::<Page>();
    let page = page.or_else(|| asked.html.then(|| bare_trouble(&response, text)).flatten());
    let Some(page) = page else {
        if let Some(said) = said {
            notice::leave(&mut response, &said);
        }
        return response;
    };
    if asked.frame.is_none() && said.is_none() && asked.notice.is_some() {
        said.clone_from(&asked.notice);
        notice::forget(&mut response);
    }
    let (frame, notice) = (asked.frame.as_deref(), said.as_ref());
    let html = document::render(&Scene {
        page: &page,
        viewer,
        t: text,
        frame,
        notice,
    });
    let (mut parts, _) = response.into_parts();
    // It is readable now: the edge has nothing to add.
    parts.extensions.remove::<Failure>();
    parts.headers.remove("content-length");
    parts
        .headers
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    parts.headers.insert(
        VARY,
        HeaderValue::from_static("Accept, Accept-Language, Cookie, Turbo-Frame"),
    );
    parts
        .headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("private, no-cache"));
    Response::from_parts(parts, html.into_response().into_body())
}

/// A failure that nobody has put into a page yet: one with a code, or one with no body of its own kind.
fn bare_trouble(response: &Response, text: &Text) -> Option<Page> {
    if let Some(failure) = response.extensions().get::<Failure>() {
        return Some(failed(failure, text));
    }
    let kind = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    let wordless = kind.is_empty() || kind.starts_with("text/plain");
    let failed = response.status().is_client_error() || response.status().is_server_error();
    (wordless && failed && response.status() != StatusCode::UNPROCESSABLE_ENTITY)
        .then(|| trouble(response.status(), text))
}
