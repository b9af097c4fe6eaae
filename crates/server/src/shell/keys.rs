//! The shortcut sheet: every command with its keys, and the form that gives it others.

use askama::Template;
use axum::Form;
use axum::extract::Extension;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use kit::i18n::{Args, Text};
use kit::web::{Failure, Filled, Page};

use super::commands::{self, Spoken, are_keys};
use super::keeper::Keeper;
use super::look::Look;
use super::viewer::Viewer;

#[derive(Template)]
#[template(path = "shell/views/keys.html")]
struct Keys<'a> {
    t: &'a Text,
    groups: Vec<(String, Vec<Row>)>,
    single_keys: bool,
    changed: bool,
}

struct Row {
    field: String,
    title: String,
    keys: String,
    value: String,
    error: String,
}

/// `GET /preferences/keys`: the sheet.
pub(super) async fn show(t: Text, Extension(viewer): Extension<Viewer>) -> Page {
    sheet(&viewer, &t, None)
}

/// `POST /preferences/keys`: gives commands other keys, or all of them their own back.
pub(super) async fn keep(
    t: Text,
    Extension(viewer): Extension<Viewer>,
    keeper: Option<Extension<Keeper>>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut look = viewer.look.clone();
    let mut form: Filled = sent.into_iter().collect();
    if form.value("act") == "reset" {
        look.keymap.clear();
    } else {
        take_over(&mut look, &mut form, &viewer, &t);
    }
    if !form.is_good() {
        let again = sheet(&viewer, &t, Some(&form));
        return Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    if let Some(Extension(keeper)) = keeper {
        keeper.keep(&look).await?;
    }
    let cookie = super::preferences::cookie(&look);
    let headers = [(SET_COOKIE, cookie), (LOCATION, "/preferences/keys".to_owned())];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// Puts the keys of the form into `look`; two commands must not share keys, nor one begin like another.
fn take_over(look: &mut Look, form: &mut Filled, viewer: &Viewer, t: &Text) {
    let mut taken: Vec<(String, String)> = Vec::new();
    for command in commands::spoken(viewer, t) {
        let field = format!("key.{}", command.id);
        let keys = form.value(&field).trim().to_lowercase();
        let other = taken
            .iter()
            .find(|(held, _)| !keys.is_empty() && collide(held, &keys))
            .cloned();
        if !are_keys(&keys) {
            form.refuse(field.as_str(), t.say("keys-cannot-be"));
        } else if let Some((_, title)) = other {
            form.refuse(
                field.as_str(),
                t.say_with("keys-taken", Args::new().with("command", title)),
            );
        } else {
            look.wish(&field, &keys.replace(' ', "_"));
            taken.push((keys, command.title));
        }
    }
}

/// Whether pressing one would set off, or wait for, the other.
fn collide(one: &str, other: &str) -> bool {
    let (one, other) = (format!("{one} "), format!("{other} "));
    one.trim() != "" && (one.starts_with(&other) || other.starts_with(&one))
}

fn sheet(viewer: &Viewer, t: &Text, form: Option<&Filled>) -> Page {
    let mut groups: Vec<(String, Vec<Row>)> = Vec::new();
    for command in commands::spoken(viewer, t) {
        let row = row(&command, form);
        match groups.last_mut() {
            Some((group, rows)) if *group == command.group => rows.push(row),
            _ => groups.push((command.group, vec![row])),
        }
    }
    let changed = !viewer.look.keymap.is_empty();
    let view = Keys {
        t,
        groups,
        single_keys: viewer.look.single_keys,
        changed,
    };
    Page::new(t.say("keys"), &view).crumb(t.say("preferences"), "/preferences")
}

fn row(command: &Spoken, form: Option<&Filled>) -> Row {
    let field = format!("key.{}", command.id);
    let value = form
        .map_or(command.keys.as_str(), |form| form.value(&field))
        .to_owned();
    let error = form.map_or("", |form| form.error(&field)).to_owned();
    Row {
        title: command.title.clone(),
        keys: command.keys.clone(),
        value,
        error,
        field,
    }
}
