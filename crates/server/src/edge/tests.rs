//! The edge from the outside, around a small application.

use std::collections::BTreeMap;

use axum::{
    Form, Router,
    body::Body,
    http::{Request, StatusCode, header},
    routing::{get, post},
};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::*;
use crate::config::Inputs;

fn config(flags: &[(&str, &str)]) -> Config {
    let flags = flags
        .iter()
        .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
        .collect();
    Config::load(&Inputs {
        flags,
        ..Inputs::default()
    })
    .unwrap()
}

fn app(config: &Config) -> Router {
    #[derive(serde::Deserialize)]
    struct Note {
        text: String,
    }
    let routes = Router::new()
        .route("/notes/{id}", get(async || "a note"))
        .route("/notes", post(async |Form(note): Form<Note>| note.text))
        .route(
            "/raw",
            post(async |body: axum::body::Bytes| body.len().to_string()),
        )
        .route("/panic", get(async || -> &'static str { panic!("the canary") }))
        .route(
            "/slow",
            get(async || std::future::pending::<&'static str>().await),
        )
        .route(
            "/broken",
            get(async || (StatusCode::INTERNAL_SERVER_ERROR, "the canary")),
        );
    Edge::new(config, || 7).around(routes)
}

struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    text: String,
}

impl Answer {
    fn problem(&self) -> BTreeMap<String, serde_json::Value> {
        assert_eq!(
            self.headers[header::CONTENT_TYPE],
            "application/problem+json",
            "{}",
            self.text
        );
        serde_json::from_str(&self.text).unwrap()
    }
}

async fn ask(app: Router, request: Request<Body>) -> Answer {
    let (parts, body) = app.oneshot(request).await.unwrap().into_parts();
    let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
    Answer {
        status: parts.status,
        headers: parts.headers,
        text,
    }
}

fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "desk.example.com");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn an_answer_carries_the_request_id_and_the_plain_headers() {
    let answer = ask(app(&config(&[])), request("GET", "/notes/1", &[], "")).await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, "a note"));
    assert_eq!(answer.headers["x-request-id"], "00000000000000000000000000000007");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    assert!(!answer.headers.contains_key("strict-transport-security"));
    let https = config(&[("public_url", "https://desk.example.com")]);
    let answer = ask(app(&https), request("GET", "/notes/1", &[], "")).await;
    assert!(answer.headers.contains_key("strict-transport-security"));
}

#[tokio::test]
async fn a_panic_is_answered_without_its_text() {
    let answer = ask(app(&config(&[])), request("GET", "/panic", &[], "")).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(answer.problem()["request_id"], "00000000000000000000000000000007");
    assert!(!answer.text.contains("canary"));
    let answer = ask(app(&config(&[])), request("GET", "/broken", &[], "")).await;
    assert_eq!(answer.problem()["type"], "urn:tandem:problem:internal");
    assert!(!answer.text.contains("canary"));
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_never_answers_is_given_up() {
    let answer = ask(
        app(&config(&[("request_timeout", "50ms")])),
        request("GET", "/slow", &[], ""),
    )
    .await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.headers[header::RETRY_AFTER], "5");
    assert_eq!(answer.problem()["type"], "urn:tandem:problem:unavailable");
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_whether_it_says_its_length_or_not() {
    let config = config(&[("body_limit", "1KiB")]);
    let large = "x".repeat(2000);
    let said = ask(
        app(&config),
        request("POST", "/raw", &[("content-length", "2000")], &large),
    )
    .await;
    assert_eq!(
        (said.status, said.problem()["type"].as_str()),
        (
            StatusCode::PAYLOAD_TOO_LARGE,
            Some("urn:tandem:problem:too-large")
        )
    );
    let pieces = futures::stream::iter((0..20).map(|_| Ok::<_, std::io::Error>("x".repeat(100))));
    let unsaid = Request::builder()
        .method("POST")
        .uri("/raw")
        .body(Body::from_stream(pieces))
        .unwrap();
    assert_eq!(
        ask(app(&config), unsaid).await.status,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let fits = ask(app(&config), request("POST", "/raw", &[], &"x".repeat(1024))).await;
    assert_eq!(fits.text, "1024");
}

#[tokio::test]
async fn a_file_may_be_larger_than_other_bodies() {
    let config = config(&[("body_limit", "1KiB"), ("upload_limit", "2KiB")]);
    let routes = || {
        let raw = async |body: axum::body::Bytes| body.len().to_string();
        let routes = Router::new().route("/files", post(raw));
        routes.route("/form", post(raw)).route("/raw", post(raw))
    };
    let send = |path: &'static str, length: usize| {
        let mut edge = Edge::new(&config, || 7);
        edge.is_upload = |_, path| path == "/files";
        edge.own_measure = |_, path| (path == "/form").then_some((1_500, Duration::from_secs(9)));
        ask(
            edge.around(routes()),
            request("POST", path, &[], &"x".repeat(length)),
        )
    };
    assert_eq!(send("/files", 2_000).await.text, "2000");
    assert_eq!(send("/files", 3_000).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send("/raw", 2_000).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send("/form", 1_400).await.text, "1400");
    assert_eq!(send("/form", 1_600).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_body_that_is_too_long_is_that_whatever_a_handler_makes_of_its_early_end() {
    let config = config(&[("body_limit", "1KiB")]);
    let routes = Router::new().route(
        "/raw",
        post(async |body: Body| {
            let mut pieces = body.into_data_stream();
            while let Some(piece) = futures::StreamExt::next(&mut pieces).await {
                if piece.is_err() {
                    return StatusCode::BAD_REQUEST;
                }
            }
            StatusCode::OK
        }),
    );
    let send = async |pieces: usize| {
        let body = futures::stream::iter((0..pieces).map(|_| Ok::<_, std::io::Error>("x".repeat(100))));
        let sent = Request::builder().method("POST").uri("/raw");
        let sent = sent.body(Body::from_stream(body)).unwrap();
        ask(Edge::new(&config, || 7).around(routes.clone()), sent).await
    };
    assert_eq!(send(10).await.status, StatusCode::OK);
    let refused = send(20).await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(refused.problem()["type"], "urn:tandem:problem:too-large");
}

#[tokio::test]
async fn a_malformed_request_is_told_what_was_wrong() {
    let missing = ask(app(&config(&[])), request("POST", "/notes", &[FORM], "title=x")).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        missing.problem()["detail"]
            .as_str()
            .unwrap()
            .contains("missing field `text`")
    );
    let unknown = ask(app(&config(&[])), request("GET", "/nowhere", &[], "")).await;
    assert_eq!(unknown.problem()["type"], "urn:tandem:problem:not-found");
    let method = ask(app(&config(&[])), request("DELETE", "/notes/1", &[], "")).await;
    assert_eq!(method.problem()["type"], "urn:tandem:problem:method-not-allowed");
    assert_eq!(method.headers[header::ALLOW], "GET,HEAD");
}

#[tokio::test]
async fn a_form_of_another_site_is_refused_and_our_own_is_taken() {
    let config = config(&[("public_url", "https://desk.example.com")]);
    let send = |headers: &[(&str, &str)]| {
        let headers: Vec<_> = headers.iter().copied().chain([FORM]).collect();
        ask(app(&config), request("POST", "/notes", &headers, "text=x"))
    };
    assert_eq!(
        send(&[("sec-fetch-site", "cross-site")]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        send(&[("sec-fetch-site", "same-site")]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        send(&[("origin", "https://evil.example")]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(send(&[("origin", "null")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        send(&[("sec-fetch-site", "same-origin")]).await.status,
        StatusCode::OK
    );
    assert_eq!(
        send(&[("origin", "https://desk.example.com")]).await.status,
        StatusCode::OK
    );
    // Programs send neither header; they have no cookies that another site could use.
    assert_eq!(send(&[]).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_was_found_out_before_a_panic_is_there_for_the_page_of_the_failure() {
    let mut edge = Edge::new(&config(&[]), || 7);
    edge.error_page = Some(Arc::new(|asked, failure| {
        let name = asked.found.get::<String>().cloned().unwrap_or_default();
        Some(axum::response::IntoResponse::into_response((
            failure.status(),
            axum::response::Html(name),
        )))
    }));
    let broken = async |request: axum::extract::Request| -> Response {
        let found = request.extensions().get::<Found>().unwrap();
        found.leave("Ada".to_owned());
        found.leave("somebody else".to_owned());
        panic!("broken")
    };
    let app = Router::new().route("/x", get(broken));
    let answer = ask(
        edge.around(app),
        request("GET", "/x", &[("accept", "text/html")], ""),
    )
    .await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::INTERNAL_SERVER_ERROR, "Ada")
    );
}

#[tokio::test]
async fn a_browser_gets_a_page_and_a_program_a_problem() {
    let edge = |page: Option<ErrorPage>| {
        Edge {
            error_page: page,
            ..Edge::new(&config(&[]), || 7)
        }
        .around(Router::new())
    };
    let page: ErrorPage = Arc::new(|_, failure| {
        Some(axum::response::IntoResponse::into_response((
            failure.status(),
            axum::response::Html("sorry"),
        )))
    });
    let html = [("accept", "text/html,*/*;q=0.8")];
    let answer = ask(edge(Some(page.clone())), request("GET", "/x", &html, "")).await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::NOT_FOUND, "sorry")
    );
    assert_eq!(
        ask(edge(Some(page)), request("GET", "/x", &[], ""))
            .await
            .problem()["status"],
        404
    );
    assert_eq!(
        ask(edge(None), request("GET", "/x", &html, "")).await.problem()["status"],
        404
    );
}

#[tokio::test(start_paused = true)]
async fn what_keeps_its_own_limits_is_neither_cut_off_nor_answered_for() {
    let config = config(&[("body_limit", "1KiB"), ("request_timeout", "50ms")]);
    let slow = async |body: axum::body::Bytes| {
        tokio::time::sleep(Duration::from_secs(60)).await;
        body.len().to_string()
    };
    let mut edge = Edge::new(&config, || 7);
    edge.keeps_own_limits = |method, path| *method == Method::POST && path == "/own";
    let routes = Router::new().route("/own", post(slow)).route("/raw", post(slow));
    let app = edge.around(routes);
    let send = |path, length| ask(app.clone(), request("POST", path, &[], &"x".repeat(length)));
    assert_eq!(send("/own", 2_000).await.text, "2000");
    assert_eq!(send("/raw", 2_000).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(send("/raw", 1_000).await.status, StatusCode::SERVICE_UNAVAILABLE);
}
