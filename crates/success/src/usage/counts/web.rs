//! The page of what counts: key events and first value, and how far the past is written anew.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::failures::{EVENT, MANY, TIMES};
use super::views::{CountsPage, Row};
use super::{Content, Counts, CountsError, LIST, MOST, Milestone};
use crate::usage::measures::history::{self, Progress};
use crate::usage::own::Event;
use crate::usage::own::web::event_choices;

const PATH: &str = "/settings/sources/counts";

/// The setting.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    page(&db, &actor, &t, None).await
}

/// Saves the setting, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn set(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let content = content(&form);
    let writer = actor.clone();
    match db.write(move |tx| super::set(tx, &writer, &content)).await {
        Ok(_) => {
            let notice = Notice::new(t.say("usage-counts-was-set")).undo(format!("{PATH}/undo"));
            Ok((notice, Redirect::to(PATH)).into_response())
        }
        Err(error) => {
            let status = refuse(&mut form, error, &t)?;
            let page = page(&db, &actor, &t, Some(form)).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// Sets what was set before.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn undo(State(db): State<Db>, actor: Actor, t: Text) -> Result<Response, Failure> {
    db.write(move |tx| super::undo(tx, &actor)).await?;
    let notice = Notice::new(t.say("usage-counts-was-set"));
    Ok((notice, Redirect::to(PATH)).into_response())
}

/// Puts what is wrong beside its field; gives the status.
fn refuse(form: &mut Filled, error: CountsError, t: &Text) -> Result<StatusCode, Failure> {
    let (field, code) = match error {
        CountsError::BadEvent(0) => ("first".to_owned(), &EVENT),
        CountsError::BadEvent(number) => {
            let mut filled = (1..=MOST).filter(|line| !form.value(&field(*line)).is_empty());
            (field(filled.nth(number - 1).unwrap_or(number)), &EVENT)
        }
        CountsError::TooMany => (field(1), &MANY),
        CountsError::BadTimes => ("times".to_owned(), &TIMES),
        error => return Err(error.into()),
    };
    form.refuse(field, t.say(code.text));
    Ok(code.status)
}

/// The name of the field of a key event.
fn field(line: usize) -> String {
    format!("event.{line}")
}

/// What the form says; what is wrong in it is found where it is checked.
fn content(form: &Filled) -> Content {
    let events = (1..=MOST).filter_map(|line| event(form.value(&field(line))));
    let milestone = |event| Milestone {
        event,
        // Nothing typed stands for once.
        times: match form.value("times").trim() {
            "" => 1,
            times => times.parse().unwrap_or(0),
        },
    };
    Content {
        key_events: events.collect(),
        first_value: event(form.value("first")).map(milestone),
    }
}

fn event(value: &str) -> Option<Event> {
    let (call, name) = value.split_once(':')?;
    Some(Event {
        call: call.to_owned(),
        name: name.to_owned(),
    })
}

/// What stands for an event in the form.
fn written(event: &Event) -> String {
    format!("{}:{}", event.call, event.name)
}

fn filled(content: &Content) -> Filled {
    let mut form = Filled::default();
    for (line, event) in (1..).zip(&content.key_events) {
        form.set(field(line), written(event));
    }
    if let Some(milestone) = &content.first_value {
        form.set("first", written(&milestone.event));
        form.set("times", milestone.times.to_string());
    }
    form
}

async fn page(db: &Db, actor: &Actor, t: &Text, form: Option<Filled>) -> Result<Page, Failure> {
    let (counts, events, progress) = looked(db, actor).await?;
    let form = form.unwrap_or_else(|| filled(&counts.content));
    let last = (1..=MOST)
        .rev()
        .find(|line| !form.value(&field(*line)).is_empty());
    let row = |line: usize| {
        let (name, number) = (field(line), line as i64);
        Row {
            label: t.say_with("usage-counts-key-n", kit::args!(n = t.number(number))),
            choices: event_choices(t, &events, ("usage-counts-no-event", form.value(&name))),
            name,
        }
    };
    let view = CountsPage {
        t,
        rows: (1..=(last.unwrap_or(0) + 2).min(MOST)).map(row).collect(),
        first: event_choices(t, &events, ("usage-counts-no-first", form.value("first"))),
        form: &form,
        counts,
        progress,
        may_write: actor.may(Permission::UsageWrite),
    };
    Ok(Page::new(t.say("usage-counts-title"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("usage-sources-title"), "/settings/sources")
        .live(LIST)
        .live(history::LIST))
}

/// What is set, what can be chosen from, and how far the past is written anew.
async fn looked(db: &Db, actor: &Actor) -> Result<(Counts, Vec<Event>, Option<Progress>), CountsError> {
    let reader = actor.clone();
    db.read(move |tx| {
        let counts = super::of(tx, &reader)?;
        let events = super::known(tx, &reader)?;
        Ok((counts, events, history::progress(tx, reader.workspace)?))
    })
    .await
}
