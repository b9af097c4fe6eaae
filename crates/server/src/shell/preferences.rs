//! The preferences of the person: how the screen looks, which language it speaks, whether single keys act.
//!
//! Kept in a cookie, so they hold before anybody has signed in. A field that is not sent stays as it was, so that one
//! switch can be thrown by itself.

use askama::Template;
use axum::Form;
use axum::extract::Extension;
use axum::http::header::{ACCEPT, LOCATION, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use kit::i18n::{Locale, Text};
use kit::web::{Page, is_own_path};

use super::look::{COOKIE_NAME, Density, Look, Theme};
use super::viewer::Viewer;

#[derive(Template)]
#[template(path = "shell/views/preferences.html")]
struct Preferences<'a> {
    t: &'a Text,
    look: &'a Look,
    themes: Vec<Choice>,
    densities: Vec<Choice>,
    languages: Vec<Choice>,
    back: String,
}

struct Choice {
    word: &'static str,
    text: String,
    chosen: bool,
}

/// `GET /preferences`: the form.
pub(super) async fn show(t: Text, Extension(viewer): Extension<Viewer>, headers: HeaderMap) -> Page {
    let look = &viewer.look;
    let view = Preferences {
        t: &t,
        look,
        themes: Theme::ALL
            .iter()
            .map(|theme| choice(&t, "theme", theme.as_str(), *theme == look.theme))
            .collect(),
        densities: [Density::Compact, Density::Comfortable, Density::Roomy]
            .map(|density| choice(&t, "density", density.as_str(), density == look.density))
            .into(),
        languages: Locale::all()
            .map(|locale| Choice {
                word: locale.tag(),
                text: locale.own_name(),
                chosen: locale == viewer.locale,
            })
            .collect(),
        back: back(&headers),
    };
    Page::new(t.say("preferences"), &view)
}

/// `POST /preferences`: keeps what was sent.
pub(super) async fn keep(
    Extension(viewer): Extension<Viewer>,
    headers: HeaderMap,
    Form(wishes): Form<Vec<(String, String)>>,
) -> Response {
    let mut look = viewer.look;
    for (name, word) in &wishes {
        look.wish(name, word);
    }
    let cookie = cookie(&look);
    let html = headers
        .get(ACCEPT)
        .and_then(|accepted| accepted.to_str().ok())
        .is_some_and(|a| a.contains("html"));
    if !html {
        return (StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response();
    }
    let sent = wishes
        .iter()
        .find(|(name, _)| name == "back")
        .map(|(_, path)| path.as_str());
    let target = sent
        .filter(|path| is_own_path(path))
        .unwrap_or("/preferences")
        .to_owned();
    (
        StatusCode::SEE_OTHER,
        [(SET_COOKIE, cookie), (LOCATION, target)] as [(HeaderName, String); 2],
    )
        .into_response()
}

/// The header that keeps `look` for a year.
pub(super) fn cookie(look: &Look) -> String {
    format!("{COOKIE_NAME}={look}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly")
}

fn choice(t: &Text, kind: &str, word: &'static str, chosen: bool) -> Choice {
    Choice {
        word,
        text: t.say(&format!("preferences-{kind}-{word}")),
        chosen,
    }
}

/// The page the person came from, as a path of this site.
fn back(headers: &HeaderMap) -> String {
    let referer = headers
        .get(REFERER)
        .and_then(|referer| referer.to_str().ok())
        .and_then(|r| r.parse().ok());
    let path = referer
        .as_ref()
        .and_then(axum::http::Uri::path_and_query)
        .map(ToString::to_string);
    path.filter(|path| is_own_path(path))
        .unwrap_or_else(|| "/preferences".to_owned())
}
