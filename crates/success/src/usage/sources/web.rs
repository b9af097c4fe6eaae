//! The settings pages of sources: the list with the form that adds one, and a source with its key.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page};
use tandem_core::actor::Actor;
use tandem_core::doors::Entrance;
use tandem_core::permissions::Permission;

use super::failures::STALE;
use super::views::{ListPage, SourcePage};
use super::{LIST, Source, SourceError, SourceId};
use crate::usage::log::sealable;

/// Where the sources stand.
pub(crate) const ADDRESS: &str = "/settings/sources";

/// The sources, and the form that adds one.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    list_page(&db, actor, &t, &Filled::default()).await
}

/// Sets a source up, or shows the list again with what is wrong.
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
    let (name, writer) = (form.value("name").to_owned(), actor.clone());
    match db.write(move |tx| super::add(tx, &writer, &name)).await {
        Ok(source) => Ok(done(&t, "usage-sources-was-added", source.id)),
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            let page = list_page(&db, actor, &t, &form).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// One source: where to send, with which key, and what its code looks like.
///
/// # Errors
/// No such source here, or the database's.
pub async fn show(
    State(db): State<Db>,
    State(entrance): State<Entrance>,
    actor: Actor,
    t: Text,
    At(id): At<SourceId>,
) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::UsageWrite);
    let source = db.read(move |tx| super::find(tx, &actor, id)).await?;
    let source = source.ok_or(SourceError::Unknown)?;
    let mut form = Filled::default();
    form.set("name", &*source.name);
    Ok(page(&t, &source, (&entrance.origin, may_write), &form))
}

/// Calls a source something else, or shows it again with what is wrong.
///
/// # Errors
/// No such source here, a missing permission, or the database's.
pub async fn change(
    (State(db), State(entrance)): (State<Db>, State<Entrance>),
    actor: Actor,
    t: Text,
    At(id): At<SourceId>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let (name, version) = (form.value("name").to_owned(), form.version());
    let reader = actor.clone();
    let changed = db
        .write(move |tx| super::change(tx, &actor, id, version, &name))
        .await;
    let error = match changed {
        Ok(_) => return Ok(done(&t, "usage-sources-was-changed", id)),
        Err(error) => error,
    };
    let status = if error == SourceError::Stale {
        form.refuse("name", t.say(STALE.text));
        STALE.status
    } else {
        form.refuse_all(error.into(), &t)?
    };
    let source = db.read(move |tx| super::find(tx, &reader, id)).await?;
    let source = source.ok_or(SourceError::Unknown)?;
    let page = page(&t, &source, (&entrance.origin, true), &form);
    Ok(page.status(status).into_response())
}

/// Gives a source another key.
///
/// # Errors
/// No such source here, a missing permission, or the database's.
pub async fn rotate(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<SourceId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::rotate(tx, &actor, id)).await?;
    Ok(done(&t, "usage-sources-was-rotated", id))
}

/// Switches a source off.
///
/// # Errors
/// As of [`rotate`].
pub async fn stop(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<SourceId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::stop(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("usage-sources-was-stopped")).undo(format!("{ADDRESS}/{id}/stop/end"));
    Ok((notice, to(id)).into_response())
}

/// Switches a source on again.
///
/// # Errors
/// As of [`rotate`].
pub async fn start(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<SourceId>,
) -> Result<Response, Failure> {
    db.write(move |tx| super::start(tx, &actor, id)).await?;
    let notice = Notice::new(t.say("usage-sources-was-started")).undo(format!("{ADDRESS}/{id}/stop"));
    Ok((notice, to(id)).into_response())
}

async fn list_page(db: &Db, actor: Actor, t: &Text, form: &Filled) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::UsageWrite);
    let (sources, unread) = db
        .read(move |tx| {
            let sources = super::all(tx, &actor)?;
            Ok::<_, SourceError>((sources, sealable::unread(tx, actor.workspace)?))
        })
        .await?;
    let view = ListPage {
        t,
        sources,
        unread,
        form,
        may_write,
    };
    Ok(below(t, t.say("usage-sources-title"), &view)
        .actions(&view.actions())
        .live(LIST))
}

fn page(t: &Text, source: &Source, (origin, may_write): (&str, bool), form: &Filled) -> Page {
    let view = SourcePage {
        t,
        source,
        origin,
        form,
        may_write,
    };
    let page = below(t, &source.name, &view)
        .crumb(t.say("usage-sources-title"), ADDRESS)
        .live(source.id.to_string());
    if may_write {
        return page.actions(&view.actions());
    }
    page
}

fn below(t: &Text, title: impl Into<String>, view: &impl askama::Template) -> Page {
    Page::new(title, view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
}

fn to(id: SourceId) -> Redirect {
    Redirect::to(&format!("{ADDRESS}/{id}"))
}

/// Back to the source, saying what was done.
fn done(t: &Text, key: &str, id: SourceId) -> Response {
    (Notice::new(t.say(key)), to(id)).into_response()
}
