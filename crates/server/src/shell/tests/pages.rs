use axum::http::StatusCode;
use kit::i18n::Locale;

use super::{ask, leyla, page};
use crate::shell::headers::POLICY;

#[tokio::test]
async fn a_page_gets_the_rail_of_whoever_looks() {
    let answer = ask(Some(leyla()), page("/accounts/1"), "").await;
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert!(
        answer
            .body
            .contains("<title>Acme &#38; Co · Nordwind · Tandem</title>"),
        "{}",
        answer.body
    );
    assert!(
        answer
            .body
            .contains(r#"href="/accounts" title="Accounts" aria-current="page""#)
    );
    assert!(answer.body.contains("<p>seven contacts</p>"));
    assert!(answer.body.contains(r#"<meta name="live" content="acc_1">"#));
    assert!(
        !answer.body.contains(r#"href="/settings""#),
        "a place that is not theirs is not shown"
    );
}

#[tokio::test]
async fn a_stranger_gets_the_page_alone_in_the_browsers_language() {
    let answer = ask(None, page("/accounts/1").header("accept-language", "pl"), "").await;
    assert!(answer.body.contains(r#"<html lang="pl" dir="ltr""#));
    assert!(!answer.body.contains("class=\"rail\""));
}

#[tokio::test]
async fn a_turbo_frame_gets_only_what_it_shows() {
    let answer = ask(
        Some(leyla()),
        page("/accounts/1").header("turbo-frame", "sheet"),
        "",
    )
    .await;
    assert!(
        answer.body.contains(r#"<turbo-frame id="sheet">"#) && answer.body.contains("Acme &#38; Co</h2>")
    );
    assert!(!answer.body.contains("class=\"rail\""));
}

#[tokio::test]
async fn a_failure_without_words_becomes_a_page_for_people_only() {
    let person = ask(Some(leyla()), page("/broken"), "").await;
    assert_eq!(person.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(person.body.contains("Something broke on our side"));
    let program = ask(
        None,
        axum::extract::Request::get("/broken").header("accept", "application/json"),
        "",
    )
    .await;
    assert_eq!(
        (program.status, program.body.as_str()),
        (StatusCode::INTERNAL_SERVER_ERROR, "")
    );
    let lost = ask(Some(leyla()), page("/nowhere"), "").await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(lost.body.contains("There is nothing at this address"));
}

#[tokio::test]
async fn every_answer_carries_the_strict_headers() {
    for path in [
        "/accounts/1",
        "/broken",
        "/nowhere",
        "/assets/app.css",
        "/preferences",
    ] {
        let answer = ask(None, page(path), "").await;
        assert_eq!(answer.header("content-security-policy"), POLICY, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            "same-origin",
            "{path}"
        );
    }
}

const OWN_PAGES: [&str; 9] = [
    "/design?part=charts",
    "/accounts/1",
    "/broken",
    "/preferences",
    "/design",
    "/design?part=controls",
    "/design?part=data",
    "/design?part=surfaces",
    "/design?part=states",
];

#[tokio::test]
async fn no_page_has_a_style_attribute_an_inline_script_or_a_missing_word() {
    for locale in Locale::all() {
        let mut viewer = leyla();
        viewer.locale = locale;
        for path in OWN_PAGES {
            let body = ask(Some(viewer.clone()), page(path), "").await.body;
            assert!(body.contains("<main"), "{path}");
            assert!(!body.contains(" style=") && !body.contains(" onclick="), "{path}");
            assert!(!body.contains("<script>") && !body.contains("<style"), "{path}");
            for area in [">design-", ">shell-", ">trouble-", ">preferences-", "\"shell-"] {
                let shown = body.replace("class=\"shell-", "");
                assert!(
                    !shown.contains(area),
                    "{path} in {locale:?} shows the key of a message, {area}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_printed_page_says_whose_it_is_and_of_when() {
    let body = ask(Some(leyla()), page("/accounts/1"), "").await.body;
    let head = r#"<p class="paper-head"><span>Nordwind</span><span>22 November 2026, 10:05 (UTC)</span></p>"#;
    assert!(body.contains(head), "{body}");
}
