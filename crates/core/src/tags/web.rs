//! The settings pages of the vocabulary.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};

use super::failures::STALE;
use super::views::{FormPage, ListPage};
use super::{Colour, LIST, Tag, TagError, TagId, TagText};
use crate::actor::Actor;
use crate::permissions::Permission;

const ADDRESS: &str = "/settings/tags";

/// The vocabulary, and the form that adds a word.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    listed(&db, &actor, &t, &Filled::default()).await
}

/// Adds a tag, or shows the list again with what is wrong.
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
    let (text, writer) = (text_of(&form), actor.clone());
    match db.write(move |tx| super::add(tx, &writer, &text)).await {
        Ok(tag) => Ok(done(&t, "tags-was-added", &tag)),
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            let page = listed(&db, &actor, &t, &form).await?;
            Ok(page.status(status).into_response())
        }
    }
}

/// The form with a tag in it.
///
/// # Errors
/// No such tag here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    page(&db, &actor, &t, known(&id)?, (None, None)).await
}

/// Changes a tag as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such tag here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: TagId = known(&id)?;
    let mut form: Filled = sent.into_iter().collect();
    let (text, writer) = (text_of(&form), actor.clone());
    let version = form.value("version").parse().unwrap_or(0);
    match db
        .write(move |tx| super::change(tx, &writer, id, version, &text))
        .await
    {
        Ok(tag) => Ok(done(&t, "tags-was-changed", &tag)),
        Err(TagError::Stale(_)) => {
            let again = page(&db, &actor, &t, id, (Some(&form), Some(t.say(STALE.text)))).await?;
            Ok(again.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            let again = page(&db, &actor, &t, id, (Some(&form), None)).await?;
            Ok(again.status(status).into_response())
        }
    }
}

/// Merges a tag into the one that the form names.
///
/// # Errors
/// No such tag here, a missing permission, or the database's.
pub async fn merge(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: TagId = known(&id)?;
    let form: Filled = sent.into_iter().collect();
    // Whether the tag is there comes before what the form says.
    let reader = actor.clone();
    db.read(move |tx| super::find(tx, &reader, id)?.ok_or(TagError::Unknown))
        .await?;
    let into: TagId = form.value("into").parse().map_err(|_| TagError::BadMerge)?;
    let kept = db.write(move |tx| super::merge(tx, &actor, id, into)).await?;
    Ok(done(&t, "tags-was-merged", &kept))
}

fn text_of(form: &Filled) -> TagText {
    TagText {
        name: form.value("name").to_owned(),
        colour: Colour::named(form.value("colour")).unwrap_or_default(),
    }
}

fn done(t: &Text, key: &str, tag: &Tag) -> Response {
    let said = t.say_with(key, kit::args!(name = tag.name.as_str()));
    (Notice::new(said), Redirect::to(ADDRESS)).into_response()
}

async fn listed(db: &Db, actor: &Actor, t: &Text, form: &Filled) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let tags = db.read(move |tx| super::all(tx, workspace)).await?;
    let view = ListPage {
        t,
        tags,
        form,
        may_write: actor.may(Permission::ShapeWrite),
    };
    Ok(Page::new(t.say("settings-tags"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .live(LIST))
}

async fn page(
    db: &Db,
    actor: &Actor,
    t: &Text,
    id: TagId,
    (form, whole): (Option<&Filled>, Option<String>),
) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (tag, all) = db
        .read(move |tx| {
            let tag = super::find(tx, &reader, id)?.ok_or(TagError::Unknown)?;
            Ok::<_, TagError>((tag, super::all(tx, reader.workspace)?))
        })
        .await?;
    let mut filled = Filled::default();
    filled.set("name", &tag.name);
    filled.set("colour", tag.colour.as_str());
    let view = FormPage {
        t,
        tag: &tag,
        others: all
            .into_iter()
            .map(|(other, _)| other)
            .filter(|other| other.id != id)
            .collect(),
        form: form.unwrap_or(&filled),
        whole,
    };
    Ok(Page::new(&tag.name, &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-tags"), ADDRESS))
}
