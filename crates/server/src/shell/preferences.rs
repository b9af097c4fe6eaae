//! The preferences of the person: how the screen looks, which language it speaks, whether single keys act.
//!
//! Kept on the agent's row, and in a cookie, so that they hold before anybody has signed in. A field that is not sent stays
//! as it was, so that one switch can be thrown by itself. Language, zone and formats have an empty choice: as the workspace
//! does, or for a stranger as the browser says.

use askama::Template;
use axum::Form;
use axum::extract::Extension;
use axum::http::header::{ACCEPT, LOCATION, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use kit::i18n::{ClockFace, DateOrder, Formats, Locale, NumberStyle, Text};
use kit::web::{Failure, Page, is_own_path};

use super::keeper::Keeper;
use super::look::{After, COOKIE_NAME, Density, Look, Mails, Theme};
use super::viewer::{Own, Viewer};

#[derive(Template)]
#[template(path = "shell/views/preferences.html")]
struct Preferences<'a> {
    t: &'a Text,
    look: &'a Look,
    themes: Vec<Choice>,
    densities: Vec<Choice>,
    afters: Vec<Choice>,
    mails: Vec<Choice>,
    unchosen: String,
    languages: Vec<Choice>,
    zones: Vec<kit::web::Choice>,
    /// Name, label and choices of each format; none for a stranger.
    formats: Vec<(&'static str, String, Vec<kit::web::Choice>)>,
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
    let is_known = viewer.person.is_some();
    let unchosen = t.say(if is_known {
        "preferences-as-workspace"
    } else {
        "preferences-as-browser"
    });
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
        mails: Mails::ALL
            .iter()
            .map(|mails| choice(&t, "mails", mails.as_str(), *mails == look.mails))
            .collect(),
        zones: zones(viewer.own.zone.as_deref(), &unchosen),
        unchosen,
        languages: Locale::all()
            .map(|locale| Choice {
                word: locale.tag(),
                text: locale.own_name(),
                chosen: Some(locale) == viewer.own.locale,
            })
            .collect(),
        formats: if is_known {
            formats(&t, viewer.own.formats)
        } else {
            Vec::new()
        },
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
    let (look, own) = wished(viewer.look, viewer.own.clone(), &wishes);
    match keeper {
        Some(Extension(keeper)) if own != viewer.own => keeper.keep_with(&look, &own).await?,
        Some(Extension(keeper)) => keeper.keep(&look).await?,
        None => {}
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

/// What was sent, taken over. Where a language or zone is chosen or given up, the copy for the cookie goes along.
fn wished(mut look: Look, mut own: Own, wishes: &[(String, String)]) -> (Look, Own) {
    for (name, word) in wishes {
        match name.as_str() {
            "lang" => {
                own.locale = Locale::parse(word).or(own.locale.filter(|_| !word.is_empty()));
                look.locale = own.locale;
            }
            "zone" if word.is_empty() || kit::clock::is_zone(word) => {
                own.zone = Some(word.clone()).filter(|zone| !zone.is_empty());
                look.zone.clone_from(&own.zone);
            }
            _ => match name.strip_prefix("format.") {
                Some(format) => _ = own.formats.choose(format, word),
                None => look.wish(name, word),
            },
        }
    }
    (look, own)
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

fn zones(present: Option<&str>, unchosen: &str) -> Vec<kit::web::Choice> {
    let mut names = kit::clock::zones();
    if let Some(present) = present
        && names.iter().all(|name| name != present)
    {
        names.push(present.to_owned());
    }
    let choice = |name: String| {
        let text = name.replace('_', " ");
        kit::web::Choice::new(name.as_str(), text).chosen_if(Some(name.as_str()) == present)
    };
    let none = kit::web::Choice::new("", unchosen).chosen_if(present.is_none());
    std::iter::once(none)
        .chain(names.into_iter().map(choice))
        .collect()
}

/// The formats to choose from, each shown by an example.
fn formats(t: &Text, present: Formats) -> Vec<(&'static str, String, Vec<kit::web::Choice>)> {
    let shown = |word: &str| {
        let formats = Formats::read(word);
        Text::new(t.locale(), jiff::tz::TimeZone::UTC, t.now()).with_formats(formats)
    };
    let afternoon = kit::clock::Timestamp::from_seconds(14 * 3_600 + 300);
    let dates = DateOrder::ALL.iter().map(|way| {
        (
            way.as_str(),
            shown(&format!("date:{}", way.as_str())).day_example(),
        )
    });
    let clocks = ClockFace::ALL.iter().map(|way| {
        (
            way.as_str(),
            shown(&format!("clock:{}", way.as_str())).time(afternoon),
        )
    });
    let numbers = NumberStyle::ALL.iter().map(|way| (way.as_str(), way.example()));
    let usual = t.say("preferences-as-language");
    let choices = |ways: Vec<(&str, String)>, present: Option<&str>| {
        let none = kit::web::Choice::new("", usual.as_str()).chosen_if(present.is_none());
        let ways = ways
            .into_iter()
            .map(|(word, text)| kit::web::Choice::new(word, text).chosen_if(present == Some(word)));
        std::iter::once(none).chain(ways).collect::<Vec<_>>()
    };
    let [date, clock, number] = [
        present.date.map(DateOrder::as_str),
        present.clock.map(ClockFace::as_str),
        present.numbers.map(NumberStyle::as_str),
    ];
    vec![
        (
            "format.date",
            t.say("preferences-format-date"),
            choices(dates.collect(), date),
        ),
        (
            "format.clock",
            t.say("preferences-format-clock"),
            choices(clocks.collect(), clock),
        ),
        (
            "format.numbers",
            t.say("preferences-format-numbers"),
            choices(numbers.collect(), number),
        ),
    ]
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
