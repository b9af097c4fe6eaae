//! The preferences of the person: how the screen looks, which language it speaks, whether single keys act.
//!
//! Kept on the agent's row, and in a cookie, so that they hold before anybody has signed in. A field that is not sent stays as it was, so that one
//! switch can be thrown by itself.

use askama::Template;
use axum::Form;
use axum::extract::Extension;
use axum::http::header::{ACCEPT, LOCATION, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use kit::i18n::{Locale, Text};
use kit::web::{Failure, Page, is_own_path};

use super::keeper::Keeper;
use super::look::{After, COOKIE_NAME, Density, Look, Theme};
use super::viewer::Viewer;

#[derive(Template)]
#[template(path = "shell/views/preferences.html")]
struct Preferences<'a> {
    t: &'a Text,
    look: &'a Look,
    themes: Vec<Choice>,
    densities: Vec<Choice>,
    afters: Vec<Choice>,
    languages: Vec<Choice>,
    zones: Vec<kit::web::Choice>,
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
        afters: After::ALL
            .iter()
            .map(|after| choice(&t, "after", after.as_str(), *after == look.after))
            .collect(),
        languages: Locale::all()
            .map(|locale| Choice {
                word: locale.tag(),
                text: locale.own_name(),
                chosen: locale == viewer.locale,
            })
            .collect(),
        zones: zones(viewer.zone.iana_name().unwrap_or("UTC")),
        back: back(&headers),
    };
    Page::new(t.say("preferences"), &view)
}

/// `POST /preferences`: keeps what was sent.
pub(super) async fn keep(
    Extension(viewer): Extension<Viewer>,
    keeper: Option<Extension<Keeper>>,
    headers: HeaderMap,
    Form(wishes): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut look = viewer.look;
    for (name, word) in &wishes {
        look.wish(name, word);
    }
    if let Some(Extension(keeper)) = keeper {
        keeper.keep(&look).await?;
    }
    let cookie = cookie(&look);
    let html = headers
        .get(ACCEPT)
        .and_then(|accepted| accepted.to_str().ok())
        .is_some_and(|a| a.contains("html"));
    if !html {
        return Ok((StatusCode::NO_CONTENT, [(SET_COOKIE, cookie)]).into_response());
    }
    let sent = wishes
        .iter()
        .find(|(name, _)| name == "back")
        .map(|(_, path)| path.as_str());
    let target = sent
        .filter(|path| is_own_path(path))
        .unwrap_or("/preferences")
        .to_owned();
    let headers: [(HeaderName, String); 2] = [(SET_COOKIE, cookie), (LOCATION, target)];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
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

fn zones(present: &str) -> Vec<kit::web::Choice> {
    let mut names = kit::clock::zones();
    if names.iter().all(|name| name != present) {
        names.push(present.to_owned());
    }
    let choice = |name: String| {
        let text = name.replace('_', " ");
        kit::web::Choice::new(name.as_str(), text).chosen_if(name == present)
    };
    names.into_iter().map(choice).collect()
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
