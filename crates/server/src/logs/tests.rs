//! What log lines say, and what they never say.

use std::{
    io,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Body, http::Request, routing::post};
use tower::ServiceExt;
use tracing_subscriber::layer::SubscriberExt;

use super::*;
use crate::{
    config::{Config, Inputs, Value},
    edge::Edge,
};

/// Lines kept in memory.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The lines that `work` logs.
async fn logged(format: LogFormat, work: impl Future<Output = ()>) -> String {
    let kept = Kept::default();
    let writer = kept.clone();
    let lines = lines(format, BoxMakeWriter::new(move || writer.clone()));
    let subscriber =
        tracing_subscriber::registry().with(lines.with_filter(LogLevel::parse("info").unwrap().filter()));
    let guard = tracing::subscriber::set_default(subscriber);
    work.await;
    drop(guard);
    String::from_utf8(kept.0.lock().unwrap().clone()).unwrap()
}

async fn ask_with_canaries() {
    let config = Config::load(&Inputs::default()).unwrap();
    let routes = Router::new().route("/invitations/{token}", post(async |body: String| body));
    let request = Request::builder()
        .method("POST")
        .uri("/invitations/canary?key=canary")
        .header("authorization", "Bearer canary")
        .header("cookie", "session=canary")
        .header("x-request-id", "canary")
        .header("x-forwarded-for", "192.0.2.66")
        .body(Body::from("canary"))
        .unwrap();
    let response = Edge::new(&config, || 7)
        .around(routes)
        .oneshot(request)
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn a_request_is_one_line_with_its_route_and_nothing_private() {
    let lines = logged(LogFormat::Json, ask_with_canaries()).await;
    assert_eq!(lines.lines().count(), 1, "{lines}");
    assert!(!lines.contains("canary") && !lines.contains("192.0.2"), "{lines}");
    let line: serde_json::Value = serde_json::from_str(&lines).unwrap();
    assert_eq!(line["route"], "/invitations/{token}");
    assert_eq!(
        (&line["method"], &line["status"], &line["level"]),
        (&"POST".into(), &200.into(), &"INFO".into())
    );
    assert!(line["ms"].is_u64() && line["timestamp"].is_string());
    assert_eq!(line["span"]["id"], "00000000000000000000000000000007");
    assert_eq!(line["span"]["trace"], "00000000000000000000000000000007");
}

#[tokio::test]
async fn a_text_line_says_the_same_to_a_person() {
    let lines = logged(LogFormat::Text, ask_with_canaries()).await;
    assert!(
        lines.contains("POST") && lines.contains("/invitations/{token}") && lines.contains("status=200"),
        "{lines}"
    );
    assert!(!lines.contains("canary"), "{lines}");
}
