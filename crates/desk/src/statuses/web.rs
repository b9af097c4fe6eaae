//! The settings pages of statuses: the list by category, and the form.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::failures::STALE;
use super::views::{FormActions, FormPage, ListActions, ListPage};
use super::{LIST, OwnStatus, StatusError, StatusId, StatusText};
use crate::tickets::Status;

const ADDRESS: &str = "/settings/statuses";

/// In which category a new status is.
#[derive(Debug, Deserialize)]
pub struct NewQuery {
    #[serde(default)]
    category: String,
}

/// The statuses of each category in their order.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let all = db.read(move |tx| super::all(tx, workspace)).await?;
    let may_write = actor.may(Permission::InboxWrite);
    let view = ListPage {
        t: &t,
        all,
        may_write,
    };
    let page = Page::new(t.say("settings-statuses"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST);
    Ok(if may_write {
        page.actions(&ListActions { t: &t })
    } else {
        page
    })
}

/// The empty form.
pub async fn new(t: Text, Query(query): Query<NewQuery>) -> Page {
    let mut form = Filled::default();
    form.set("category", query.category);
    page(&t, None, &form, None)
}

/// Adds a status, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let (text, word) = (text_of(&form), form.value("category").to_owned());
    let made = db.write(move |tx| {
        let category: Status = word.parse().map_err(|_| StatusError::BadCategory)?;
        super::add(tx, &actor, category, &text)
    });
    match made.await {
        Ok(status) => Ok(done(&t, "statuses-was-added", &status, None)),
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            Ok(page(&t, None, &form, None).status(status).into_response())
        }
    }
}

/// The form with a status in it.
///
/// # Errors
/// No such status here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let status = one(&db, actor, known(&id)?).await?;
    let mut form = Filled::default();
    form.set("name", &status.text.name);
    form.set("is_default", if status.text.is_default { "on" } else { "" });
    Ok(page(&t, Some(&status), &form, None))
}

/// Changes a status as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such status here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: StatusId = known(&id)?;
    let mut form: Filled = sent.into_iter().collect();
    let (text, writer) = (text_of(&form), actor.clone());
    let version = form.value("version").parse().unwrap_or(0);
    let changed = db.write(move |tx| super::change(tx, &writer, id, version, &text));
    match changed.await {
        Ok(status) => Ok(done(&t, "statuses-was-changed", &status, None)),
        Err(StatusError::Stale(now)) => {
            let again = page(&t, Some(&now), &form, Some(t.say(STALE.text)));
            Ok(again.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => {
            let code = form.refuse_all(error.into(), &t)?;
            let now = one(&db, actor, id).await?;
            Ok(page(&t, Some(&now), &form, None).status(code).into_response())
        }
    }
}

/// Moves a status one place up in its category.
///
/// # Errors
/// No such status here, a missing permission, or the database's.
pub async fn up(State(db): State<Db>, actor: Actor, Path(id): Path<String>) -> Result<Redirect, Failure> {
    step(&db, actor, &id, true).await
}

/// Moves a status one place down.
///
/// # Errors
/// As of [`up`].
pub async fn down(State(db): State<Db>, actor: Actor, Path(id): Path<String>) -> Result<Redirect, Failure> {
    step(&db, actor, &id, false).await
}

/// Archives a status.
///
/// # Errors
/// As of [`up`].
pub async fn archive(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: StatusId = known(&id)?;
    let status = db.write(move |tx| super::archive(tx, &actor, id)).await?;
    Ok(done(&t, "statuses-was-archived", &status, Some("archiving/end")))
}

/// Brings a status back.
///
/// # Errors
/// As of [`up`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id: StatusId = known(&id)?;
    let status = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(done(&t, "statuses-was-restored", &status, Some("archiving")))
}

async fn step(db: &Db, actor: Actor, id: &str, is_up: bool) -> Result<Redirect, Failure> {
    let id: StatusId = known(id)?;
    db.write(move |tx| super::step(tx, &actor, id, is_up)).await?;
    Ok(Redirect::to(ADDRESS))
}

async fn one(db: &Db, actor: Actor, id: StatusId) -> Result<OwnStatus, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(found.ok_or(StatusError::Unknown)?)
}

fn text_of(form: &Filled) -> StatusText {
    StatusText {
        name: form.value("name").to_owned(),
        is_default: !form.value("is_default").is_empty(),
    }
}

fn done(t: &Text, key: &str, status: &OwnStatus, undo: Option<&str>) -> Response {
    let notice = Notice::new(t.say_with(key, kit::args!(name = status.text.name.as_str())));
    let notice = match undo {
        Some(path) => notice.undo(format!("{ADDRESS}/{}/{path}", status.id)),
        None => notice,
    };
    (notice, Redirect::to(ADDRESS)).into_response()
}

fn page(t: &Text, status: Option<&OwnStatus>, form: &Filled, whole: Option<String>) -> Page {
    let view = FormPage {
        t,
        status,
        form,
        whole,
    };
    let title = status.map_or_else(|| t.say("statuses-new"), |status| status.text.name.clone());
    let page = Page::new(title, &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-statuses"), ADDRESS);
    match status {
        Some(status) => page.actions(&FormActions { t, status }),
        None => page,
    }
}
