//! What is done with a task at one press: done, dropped, open again, put off, handed on, and each taken back.

use axum::Form;
use axum::extract::{Path, Query, State as Taken};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};
use serde::Deserialize;
use tandem_core::actor::Actor;

use super::asked::found;
use super::failures::STATE;
use super::names::Names;
use super::views::{WhenPage, WhomPage};
use super::web::{PLACE, back};
use super::{Due, Field, State, Task, TaskChangeId, TaskError, TaskId, form, working_day};

/// Where a dialog leads back to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct BackQuery {
    back: String,
}

/// Which change is taken back, and where that leads.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UndoQuery {
    change: String,
    back: String,
}

/// Done, dropped, or open again.
///
/// # Errors
/// No such task here, a state that is none, a missing permission, or the database's.
pub async fn settle(
    Taken(db): Taken<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: TaskId = known(&id)?;
    let form: Filled = sent.into_iter().collect();
    found(&db, &actor, id).await?;
    let state = State::named(form.value("state")).ok_or_else(|| Failure::field("state", &STATE))?;
    let value = (Field::State, state.as_str().to_owned());
    let said = match state {
        State::Open => "tasks-was-reopened",
        State::Done => "tasks-was-done",
        State::Dropped => "tasks-was-dropped",
    };
    act(&db, actor, &t, (id, value), (said, form.value("back"))).await
}

/// The dialog that asks until when.
///
/// # Errors
/// No such task here, or the database's.
pub async fn when(
    Taken(db): Taken<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<BackQuery>,
) -> Result<Page, Failure> {
    let task = found(&db, &actor, known(&id)?).await?;
    Ok(asked_when(&t, &task, &query.back, &Filled::default()))
}

fn asked_when(t: &Text, task: &Task, back: &str, form: &Filled) -> Page {
    let written = task.due.map(|day| t.day_written(day)).unwrap_or_default();
    let view = WhenPage {
        t,
        task,
        back,
        form,
        written,
    };
    dialog(t, t.say("tasks-until-when"), task, &view)
}

fn dialog(t: &Text, title: String, task: &Task, view: &impl askama::Template) -> Page {
    Page::new(title, view)
        .place(PLACE)
        .crumb(t.say("tasks-title"), "/tasks")
        .crumb(super::views::title(t, task), format!("/tasks/{}", task.id))
}

/// Puts a task off, or gives it a day.
///
/// # Errors
/// No such task here, a missing permission, or the database's.
pub async fn put_off(
    Taken(db): Taken<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: TaskId = known(&id)?;
    let mut form: Filled = sent.into_iter().collect();
    let asked = match form.value("to") {
        "tomorrow" => Some(Due::In(1)),
        "days" => Some(Due::In(3)),
        "week" => Some(Due::In(5)),
        "whenever" => Some(Due::Whenever),
        _ => form::due(&mut form, &t),
    };
    let Some(due) = asked else {
        let task = found(&db, &actor, id).await?;
        let page = asked_when(&t, &task, form.value("back"), &form);
        return Ok(page.status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    };
    let workspace = actor.workspace;
    let day = db
        .read(move |tx| {
            Ok::<_, TaskError>(match due {
                Due::Whenever => String::new(),
                Due::On(day) => day.to_string(),
                Due::In(days) => working_day(tx, workspace, days)?.to_string(),
            })
        })
        .await?;
    let said = if day.is_empty() {
        "tasks-was-whenever"
    } else {
        "tasks-was-put-off"
    };
    act(
        &db,
        actor,
        &t,
        (id, (Field::Due, day)),
        (said, form.value("back")),
    )
    .await
}

/// The dialog that asks whose it is to be.
///
/// # Errors
/// No such task here, or the database's.
pub async fn whom(
    Taken(db): Taken<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<BackQuery>,
) -> Result<Page, Failure> {
    let task = found(&db, &actor, known(&id)?).await?;
    let reader = actor.clone();
    let names = db.read(move |tx| Names::of(tx, &reader, None)).await?;
    let view = WhomPage {
        t: &t,
        task: &task,
        back: &query.back,
        owners: names.owners(&t, &task.owner.written()),
    };
    Ok(dialog(&t, t.say("tasks-to-whom"), &task, &view))
}

/// Hands a task on.
///
/// # Errors
/// No such task here, nobody of that id who takes work, a missing permission, or the database's.
pub async fn hand_on(
    Taken(db): Taken<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: TaskId = known(&id)?;
    let form: Filled = sent.into_iter().collect();
    let value = (Field::Owner, form.value("owner").to_owned());
    act(
        &db,
        actor,
        &t,
        (id, value),
        ("tasks-was-handed-on", form.value("back")),
    )
    .await
}

/// Takes one change back.
///
/// # Errors
/// No such task or change here, one that was changed again since, a missing permission, or the database's.
pub async fn take_back(
    Taken(db): Taken<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Query(query): Query<UndoQuery>,
) -> Result<Response, Failure> {
    let (id, change): (TaskId, TaskChangeId) = (known(&id)?, known(&query.change)?);
    db.write(move |tx| super::undo(tx, &actor, id, change)).await?;
    let notice = Notice::new(t.say("tasks-was-taken-back"));
    let back = back(&query.back, &format!("/tasks/{id}"));
    Ok((notice, Redirect::to(&back)).into_response())
}

async fn act(
    db: &Db,
    actor: Actor,
    t: &Text,
    (id, value): (TaskId, (Field, String)),
    (said, asked): (&str, &str),
) -> Result<Response, Failure> {
    let (_, change) = db
        .write(move |tx| super::change(tx, &actor, (id, None), std::slice::from_ref(&value)))
        .await?;
    let back = back(asked, &format!("/tasks/{id}"));
    let mut notice = Notice::new(t.say(said));
    if let Some(change) = change {
        let change = change.to_string();
        let undo = [("change", change.as_str()), ("back", &back)];
        notice = notice.undo(kit::web::address(&format!("/tasks/{id}/undo"), &undo));
    }
    Ok((notice, Redirect::to(&back)).into_response())
}
