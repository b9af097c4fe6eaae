use axum::extract::Request;
use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use super::{ask, leyla, page};

fn cookie_of(set_cookie: &str) -> String {
    set_cookie.split(';').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_notice_survives_the_redirect_and_is_said_once() {
    let done = ask(
        Some(leyla()),
        Request::post("/solved").header("accept", "text/html"),
        "",
    )
    .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let cookie = cookie_of(done.header("set-cookie"));
    let next = ask(Some(leyla()), page("/accounts/1").header("cookie", &cookie), "").await;
    assert!(next.body.contains("#1042 was solved.") && next.body.contains(r#"action="/undo/1042""#));
    assert!(
        next.header("set-cookie")
            .starts_with("tandem_notice=; Path=/; Max-Age=0")
    );
}

#[tokio::test]
async fn a_page_fetched_ahead_or_for_a_frame_leaves_the_notice_waiting() {
    let done = ask(
        Some(leyla()),
        Request::post("/solved").header("accept", "text/html"),
        "",
    )
    .await;
    let cookie = cookie_of(done.header("set-cookie"));
    for (name, value) in [("x-sec-purpose", "prefetch"), ("turbo-frame", "sheet")] {
        let early = page("/accounts/1").header("cookie", &cookie).header(name, value);
        let answer = ask(Some(leyla()), early, "").await;
        assert!(
            !answer.body.contains("was solved") && answer.header("set-cookie").is_empty(),
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_planted_notice_cannot_post_to_another_site() {
    let planted = BASE64_URL_SAFE_NO_PAD.encode(r#"{"text":"Win","undo":"//evil.example"}"#);
    let request = page("/accounts/1").header("cookie", format!("tandem_notice={planted}"));
    assert!(!ask(Some(leyla()), request, "").await.body.contains("evil"));
}
