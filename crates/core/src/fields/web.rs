//! The settings pages of fields: the list of each noun, and the form.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};
use serde::Deserialize;

use super::failures::STALE;
use super::views::{FormActions, FormPage, ListActions, ListPage};
use super::{Field, FieldError, FieldId, FieldKind, FieldText, LIST, noun, nouns};
use crate::actor::Actor;
use crate::permissions::Permission;

const ADDRESS: &str = "/settings/fields";

/// Of which noun a new field is.
#[derive(Debug, Deserialize)]
pub struct NewQuery {
    #[serde(default)]
    noun: String,
}

/// The fields of every noun in their order.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let groups = db
        .read(move |tx| {
            let mut groups = Vec::new();
            for noun in nouns(tx.attached()) {
                groups.push((noun, super::all(tx, workspace, noun)?));
            }
            Ok::<_, DbError>(groups)
        })
        .await?;
    let may_write = actor.may(Permission::ShapeWrite);
    let view = ListPage {
        t: &t,
        groups,
        may_write,
    };
    let page = Page::new(t.say("settings-fields"), &view)
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
pub async fn new(State(db): State<Db>, t: Text, Query(query): Query<NewQuery>) -> Page {
    let mut form = Filled::default();
    form.set("noun", query.noun);
    page(&db, &t, None, (&form, None))
}

/// Adds a field, or shows the form again with what is wrong.
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
    let of = noun(db.attached(), form.value("noun")).unwrap_or(&crate::accounts::NOUN);
    let kind = FieldKind::named(form.value("kind")).unwrap_or_default();
    let text = text_of(&form);
    match db.write(move |tx| super::add(tx, &actor, of, kind, &text)).await {
        Ok(field) => Ok(done(&t, "fields-was-added", &field, None)),
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            Ok(page(&db, &t, None, (&form, None)).status(status).into_response())
        }
    }
}

/// The form with a field in it.
///
/// # Errors
/// No such field here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let field = field(&db, actor, known(&id)?).await?;
    let mut form = Filled::default();
    form.set("label", &field.text.label);
    form.set("hint", &field.text.hint);
    form.set("choices", field.text.choices.join("\n"));
    form.set("required", if field.text.is_required { "on" } else { "" });
    Ok(page(&db, &t, Some(&field), (&form, None)))
}

/// Changes a field as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such field here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id: FieldId = known(&id)?;
    let mut form: Filled = sent.into_iter().collect();
    let (text, writer) = (text_of(&form), actor.clone());
    let version = form.value("version").parse().unwrap_or(0);
    match db
        .write(move |tx| super::change(tx, &writer, id, version, &text))
        .await
    {
        Ok(field) => Ok(done(&t, "fields-was-changed", &field, None)),
        Err(FieldError::Stale(now)) => {
            let again = page(&db, &t, Some(&now), (&form, Some(t.say(STALE.text))));
            Ok(again.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => {
            let status = form.refuse_all(error.into(), &t)?;
            let now = field(&db, actor, id).await?;
            Ok(page(&db, &t, Some(&now), (&form, None))
                .status(status)
                .into_response())
        }
    }
}

/// Moves a field one place up.
///
/// # Errors
/// No such field here, a missing permission, or the database's.
pub async fn up(State(db): State<Db>, actor: Actor, Path(id): Path<String>) -> Result<Redirect, Failure> {
    step(&db, actor, &id, true).await
}

/// Moves a field one place down.
///
/// # Errors
/// As of [`up`].
pub async fn down(State(db): State<Db>, actor: Actor, Path(id): Path<String>) -> Result<Redirect, Failure> {
    step(&db, actor, &id, false).await
}

/// Archives a field.
///
/// # Errors
/// As of [`up`].
pub async fn archive(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let field = db.write(move |tx| super::archive(tx, &actor, id)).await?;
    Ok(done(&t, "fields-was-archived", &field, Some("archiving/end")))
}

/// Brings a field back.
///
/// # Errors
/// As of [`up`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let field = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(done(&t, "fields-was-restored", &field, Some("archiving")))
}

async fn step(db: &Db, actor: Actor, id: &str, is_up: bool) -> Result<Redirect, Failure> {
    let id = known(id)?;
    db.write(move |tx| super::step(tx, &actor, id, is_up)).await?;
    Ok(Redirect::to(ADDRESS))
}

async fn field(db: &Db, actor: Actor, id: FieldId) -> Result<Field, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(found.ok_or(FieldError::Unknown)?)
}

fn text_of(form: &Filled) -> FieldText {
    FieldText {
        key: form.value("key").to_owned(),
        label: form.value("label").to_owned(),
        hint: form.value("hint").to_owned(),
        is_required: !form.value("required").is_empty(),
        choices: form.value("choices").lines().map(str::to_owned).collect(),
    }
}

fn done(t: &Text, key: &str, field: &Field, undo: Option<&str>) -> Response {
    let notice = Notice::new(t.say_with(key, kit::args!(name = field.text.label.as_str())));
    let notice = match undo {
        Some(path) => notice.undo(format!("{ADDRESS}/{}/{path}", field.id)),
        None => notice,
    };
    (notice, Redirect::to(ADDRESS)).into_response()
}

fn page(db: &Db, t: &Text, field: Option<&Field>, (form, whole): (&Filled, Option<String>)) -> Page {
    let view = FormPage {
        t,
        nouns: nouns(db.attached()),
        field,
        form,
        whole,
    };
    let title = field.map_or_else(|| t.say("fields-new"), |field| field.text.label.clone());
    let page = Page::new(title, &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
        .crumb(t.say("settings-fields"), ADDRESS);
    match field {
        Some(field) => {
            let rules = noun(db.attached(), field.noun).and_then(|noun| noun.rules);
            let rules = rules.map(|path| format!("{path}/{}", field.id));
            page.actions(&FormActions { t, field, rules })
        }
        None => page,
    }
}
