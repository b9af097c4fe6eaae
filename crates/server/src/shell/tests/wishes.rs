use axum::extract::Request;
use axum::http::StatusCode;

use super::{ask, leyla, page};
use crate::shell::{Look, Theme};

fn post(accept: &str) -> axum::http::request::Builder {
    let kind = "application/x-www-form-urlencoded";
    Request::post("/preferences")
        .header("content-type", kind)
        .header("accept", accept)
}

async fn kept(body: &str) -> (String, String) {
    let answer = ask(Some(leyla()), post("text/html"), body).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{body}");
    (
        answer.header("set-cookie").to_owned(),
        answer.header("location").to_owned(),
    )
}

#[tokio::test]
async fn preferences_are_kept_in_the_cookie_and_change_the_next_page() {
    let (cookie, location) = kept("theme=dark&density=compact&lang=ru&keys=off&back=/accounts/1").await;
    assert_eq!(location, "/accounts/1");
    let value = cookie.split(';').next().unwrap_or_default().to_owned();
    let next = ask(None, page("/accounts/1").header("cookie", &value), "").await;
    assert!(
        next.body.contains(
            r#"<html lang="ru" dir="ltr" data-theme="dark" data-density="compact" data-keys="off""#
        )
    );
}

#[tokio::test]
async fn one_switch_leaves_the_others_alone() {
    let mut viewer = leyla();
    viewer.look.theme = Theme::Contrast;
    let request = post("application/json");
    let answer = ask(Some(viewer), request, "rail=narrow").await;
    assert!(
        answer
            .header("set-cookie")
            .contains("theme:contrast|density:comfortable|rail:narrow")
    );
}

#[tokio::test]
async fn how_somebody_writes_is_kept_once_they_said_so() {
    let (cookie, _) = kept("writing=formatted&back=/").await;
    assert!(cookie.contains("|writing:formatted"), "{cookie}");
    assert_eq!(
        Look::read("writing:formatted|keys:on").writing.as_str(),
        "formatted"
    );
    let (cookie, _) = kept("writing=loud&back=/").await;
    assert!(!cookie.contains("writing"), "{cookie}");
}

#[tokio::test]
async fn the_way_back_never_leads_to_another_site() {
    for back in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/a%0d%0ab",
        "javascript:alert(1)",
    ] {
        assert_eq!(
            kept(&format!("theme=dark&back={back}")).await.1,
            "/preferences",
            "{back}"
        );
    }
}

#[tokio::test]
async fn the_form_shows_what_is_chosen() {
    let answer = ask(Some(leyla()), page("/preferences"), "").await;
    assert!(answer.body.contains(r#"name="theme" value="system" checked"#));
    assert!(
        answer
            .body
            .contains(r#"<option value="en" lang="en" selected>English</option>"#)
    );
}

#[test]
fn a_cookie_with_nonsense_changes_nothing() {
    let mut look = Look::default();
    for (name, word) in [
        ("theme", "pink"),
        ("rail", ""),
        ("lang", "tlh"),
        ("zone", "Mars/Olympus"),
        ("x", "y"),
    ] {
        look.wish(name, word);
    }
    assert_eq!(look, Look::default());
}
