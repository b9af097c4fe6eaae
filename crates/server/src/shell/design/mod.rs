//! `/design`: every token and every part of the screen in all its states, made of the same parts as real pages.
//!
//! People compare it with what they build; the browser suite checks it in every theme, width and language.

mod charts;
mod samples;

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Redirect;
use kit::clock::Timestamp;
use kit::i18n::Text;
use kit::web::table::{Arrangement, Words};
use kit::web::{Choice, Filled, Page, Tab};
use serde::Deserialize;

/// Which part of the page is shown.
#[derive(Deserialize)]
pub(super) struct Wish {
    #[serde(default)]
    part: String,
    #[serde(default)]
    dir: String,
    sort: Option<String>,
    columns: Option<String>,
}

/// The parts, in the order of their tabs.
const PARTS: [&str; 6] = ["tokens", "controls", "data", "charts", "surfaces", "states"];

#[derive(Template)]
#[template(path = "shell/design/views/design.html")]
struct Design<'a> {
    t: &'a Text,
    part: &'a str,
    is_turned: bool,
    tabs: Vec<Tab>,
    colours: &'static [&'static str],
    spaces: [u8; 9],
    form: Filled,
    choices: Vec<Choice>,
    segments: Vec<Choice>,
    currencies: Vec<Choice>,
    zones: Vec<Choice>,
    arrangement: Arrangement,
    accounts: Vec<samples::Account>,
    events: Vec<samples::Event>,
    now: Timestamp,
    long_name: &'static str,
    charts: Vec<String>,
}

/// `GET /design`: one part of the living page.
pub(super) async fn show(t: Text, Query(wish): Query<Wish>) -> Page {
    let asked = Words {
        sort: wish.sort.as_deref(),
        columns: wish.columns.as_deref(),
    };
    let is_arranged = wish.sort.is_some() || wish.columns.is_some();
    let wanted = if is_arranged { "data" } else { &wish.part };
    let part = PARTS.into_iter().find(|part| *part == wanted).unwrap_or(PARTS[0]);
    let arrangement = samples::TABLE.arranged(asked, Words::default());
    let view = Design {
        t: &t,
        part,
        is_turned: wish.dir == "rtl",
        tabs: PARTS.map(|name| tab(&t, name, part)).into(),
        colours: samples::COLOURS,
        spaces: [1, 2, 3, 4, 5, 6, 8, 10, 12],
        form: samples::refused_form(&t),
        choices: samples::choices(&t),
        segments: samples::segments(&t),
        currencies: ["EUR", "PLN", "AZN", "IDR"]
            .map(|code| Choice::new(code, code))
            .into(),
        zones: kit::clock::zones()
            .into_iter()
            .map(|name| Choice::new(&*name, name.replace('_', " ")).chosen_if(name == "Asia/Baku"))
            .collect(),
        accounts: samples::sorted(&t, arrangement.sort()),
        arrangement,
        events: samples::events(&t),
        now: t.now(),
        long_name: samples::LONG_NAME,
        charts: if part == "charts" {
            charts::charts(&t)
        } else {
            Vec::new()
        },
    };
    Page::new(t.say("design"), &view)
        .drawer(&Drawer { t: &t })
        .actions(&Actions { t: &t })
}

/// `POST /design/columns`: the table with the columns that were chosen; here nobody keeps them.
pub(super) async fn arrange(Form(sent): Form<Vec<(String, String)>>) -> Redirect {
    Redirect::to(&samples::TABLE.sent(&sent).address(""))
}

/// `GET /design/trouble/{status}`: the page of one failure.
pub(super) async fn trouble(t: Text, Path(status): Path<u16>) -> Page {
    super::trouble(StatusCode::from_u16(status).unwrap_or(StatusCode::NOT_FOUND), &t)
}

#[derive(Template)]
#[template(path = "shell/design/views/drawer.html")]
struct Drawer<'a> {
    t: &'a Text,
}

#[derive(Template)]
#[template(path = "shell/design/views/actions.html")]
struct Actions<'a> {
    t: &'a Text,
}

fn tab(t: &Text, name: &str, current: &str) -> Tab {
    Tab {
        text: t.say(&format!("design-{name}")),
        href: format!("/design?part={name}"),
        current: name == current,
        count: None,
    }
}
