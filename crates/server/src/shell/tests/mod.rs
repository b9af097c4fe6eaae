//! The shell through its router: what comes out for whom.

mod assets;
mod commands;
mod notices;
mod pages;
mod rows;
mod wishes;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Redirect;
use axum::routing::{get, post};
use kit::clock::{Clock, Timestamp};
use kit::web::{Notice, Page};
use tower::ServiceExt;

use super::{Person, Viewer, around, routes};

/// One answer, read to its end.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

fn leyla() -> Viewer {
    let person = Person {
        name: "Leyla Quliyeva".to_owned(),
        email: "leyla@nordwind.example".to_owned(),
        workspace: "Nordwind".to_owned(),
    };
    let mut viewer = Viewer::guest(&HeaderMap::new());
    viewer.person = Some(person);
    viewer.places = vec!["home", "accounts"];
    viewer
}

fn site() -> Router {
    let page = || async {
        Page::of_html("Acme & Co", "<p>seven contacts</p>".to_owned())
            .place("accounts")
            .live("acc_1")
    };
    let router = Router::new()
        .route("/accounts/1", get(page))
        .route("/broken", get(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
        .route("/solved", post(solved))
        .merge(routes());
    around(router, Clock::manual(Timestamp::from_seconds(1_795_341_900)))
}

async fn solved() -> (Notice, Redirect) {
    (
        Notice::new("#1042 was solved.").undo("/undo/1042"),
        Redirect::to("/accounts/1"),
    )
}

async fn ask(viewer: Option<Viewer>, request: axum::http::request::Builder, body: &str) -> Answer {
    let mut request: Request = request
        .body(Body::from(body.to_owned()))
        .expect("the test wrote a good request");
    if let Some(viewer) = viewer {
        request.extensions_mut().insert(viewer);
    }
    let response = site()
        .oneshot(request)
        .await
        .expect("a router answers every request");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("the body is in memory");
    let body = String::from_utf8_lossy(&body).into_owned();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body,
    }
}

fn page(path: &str) -> axum::http::request::Builder {
    Request::get(path).header("accept", "text/html")
}
