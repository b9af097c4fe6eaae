use axum::extract::Request;
use axum::http::StatusCode;
use kit::i18n::{Formats, Locale};

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

#[test]
fn where_to_after_a_thing_of_a_list_travels_only_when_it_is_not_the_usual() {
    let mut look = Look::default();
    assert!(!look.to_string().contains("after"));
    for word in ["list", "stay"] {
        look.wish("after", word);
        assert_eq!(Look::read(&look.to_string()).after.as_str(), word);
    }
    look.wish("after", "nowhere");
    assert_eq!(look.after.as_str(), "stay");
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
async fn mails_are_shown_as_they_were_sent_once_somebody_said_so() {
    let (cookie, _) = kept("mails=sent&back=/").await;
    assert!(cookie.contains("|mails:sent"), "{cookie}");
    assert_eq!(Look::read("mails:sent|keys:on").mails.as_str(), "sent");
    let (cookie, _) = kept("mails=loud&back=/").await;
    assert!(!cookie.contains("mails"), "{cookie}");
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
    let mut viewer = leyla();
    let answer = ask(Some(viewer.clone()), page("/preferences"), "").await;
    assert!(answer.body.contains(r#"name="theme" value="system" checked"#));
    assert!(
        answer
            .body
            .contains(r#"<option value="">As the workspace</option>"#)
    );
    assert!(
        answer
            .body
            .contains(r#"<option value="en" lang="en">English</option>"#)
    );
    viewer.own.locale = Some(viewer.locale);
    viewer.own.formats = Formats::read("clock:12");
    let answer = ask(Some(viewer), page("/preferences"), "").await;
    assert!(
        answer
            .body
            .contains(r#"<option value="en" lang="en" selected>English</option>"#)
    );
    assert!(
        answer
            .body
            .contains(r#"<option value="12" selected>2:05 pm</option>"#)
    );
}

#[tokio::test]
async fn a_language_that_was_chosen_is_given_up_by_the_empty_choice_and_by_nothing_else() {
    let mut viewer = leyla();
    viewer.look.locale = Locale::parse("pl");
    viewer.own.locale = Locale::parse("pl");
    for (sent, is_kept) in [("density=compact", true), ("lang=tlh", true), ("lang=", false)] {
        let answer = ask(Some(viewer.clone()), post("application/json"), sent).await;
        assert_eq!(
            answer.header("set-cookie").contains("|lang:pl"),
            is_kept,
            "{sent}"
        );
    }
}

#[test]
fn a_newcomer_takes_the_colours_over_from_the_browser_and_nothing_else() {
    let mut headers = axum::http::HeaderMap::new();
    let cookie =
        "tandem_look=theme:dark|density:compact|rail:narrow|keys:off|lang:pl|zone:Asia/Baku|key.create:v";
    headers.insert("cookie", cookie.parse().unwrap());
    let theme = Theme::Dark;
    assert_eq!(
        Look::of_a_newcomer(&headers),
        Look {
            theme,
            ..Look::default()
        }
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
