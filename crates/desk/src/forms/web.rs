//! The settings pages of forms: the list, the editor with the address and what embeds it, the preview.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, DbError};
use kit::i18n::Text;
use kit::web::api::At;
use kit::web::{Failure, Filled, Notice, Page, Sent};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;
use tandem_core::{fields, teams};

use super::views::{FieldsView, FormActions, FormPage, ListActions, ListPage, PreviewPage};
use super::{FormError, FormText, LIST, WebForm, WebFormId, Words, settings_form};
use crate::surveys::Origin;
use crate::tickets::nouns::NOUN;

const ADDRESS: &str = "/settings/forms";

/// All forms with how many came by each.
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let may_write = actor.may(Permission::InboxWrite);
    let forms = db.read(move |tx| super::all(tx, &actor)).await?;
    let view = ListPage {
        t: &t,
        forms,
        may_write,
    };
    let page = settings(&t, Page::new(t.say("settings-forms"), &view)).live(LIST);
    Ok(if may_write {
        page.actions(&ListActions { t: &t })
    } else {
        page
    })
}

/// The empty editor.
///
/// # Errors
/// The database's.
pub async fn new(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    editor(&db, &actor, &t, (None, FormText::default(), 0), None).await
}

/// Adds a form, or shows the editor again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let text = settings_form::described(&sent)?;
    let (writer, asked) = (actor.clone(), text.clone());
    match db.write(move |tx| super::add(tx, &writer, &asked)).await {
        Ok(form) => Ok(done(&t, "forms-was-added", &form, None)),
        Err(error) => again(&db, &actor, &t, (None, text, 0), error).await,
    }
}

/// The editor with a form in it.
///
/// # Errors
/// No such form here, or the database's.
pub async fn edit(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebFormId>,
) -> Result<Page, Failure> {
    let form = known(&db, &actor, id).await?;
    let (text, version) = (form.text.clone(), form.version);
    editor(&db, &actor, &t, (Some(form), text, version), None).await
}

/// Changes a form as the editor says, or shows it again with what is wrong.
///
/// # Errors
/// No such form here, a missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebFormId>,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    let now = known(&db, &actor, id).await?;
    let text = settings_form::described(&sent)?;
    let version = sent.one("version").parse().unwrap_or(0);
    let (writer, asked) = (actor.clone(), text.clone());
    let changed = db.write(move |tx| super::change(tx, &writer, id, version, &asked));
    match changed.await {
        Ok(form) => Ok(done(&t, "forms-was-changed", &form, None)),
        Err(error) => again(&db, &actor, &t, (Some(now), text, version), error).await,
    }
}

/// What visitors see, without sending anything.
///
/// # Errors
/// No such form here, or the database's.
pub async fn preview(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebFormId>,
) -> Result<Page, Failure> {
    let form = known(&db, &actor, id).await?;
    let (workspace, shown) = (actor.workspace, form.clone());
    let asked = db.read(move |tx| super::asked(tx, workspace, &shown)).await?;
    let view = PreviewPage {
        t: &t,
        form: &form,
        inputs: FieldsView {
            t: &t,
            asked: &asked,
            filled: &Filled::default(),
            words: &Words::default(),
        },
    };
    let page = settings(&t, Page::new(t.say("forms-preview"), &view));
    Ok(page
        .crumb(t.say("settings-forms"), ADDRESS)
        .crumb(&form.text.title, format!("{ADDRESS}/{id}"))
        .live(id.to_string()))
}

/// Gives a form another address.
///
/// # Errors
/// No such form here, a missing permission, or the database's.
pub async fn renew(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebFormId>,
) -> Result<Response, Failure> {
    let form = db.write(move |tx| super::renew(tx, &actor, id)).await?;
    let said = t.say_with("forms-was-renewed", kit::args!(name = form.text.title.as_str()));
    Ok((Notice::new(said), Redirect::to(&format!("{ADDRESS}/{id}"))).into_response())
}

/// Closes a form.
///
/// # Errors
/// As of [`renew`].
pub async fn close(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebFormId>,
) -> Result<Response, Failure> {
    let form = db.write(move |tx| super::close(tx, &actor, id)).await?;
    Ok(done(&t, "forms-was-closed", &form, Some("closing/end")))
}

/// Opens a form again.
///
/// # Errors
/// As of [`renew`].
pub async fn reopen(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<WebFormId>,
) -> Result<Response, Failure> {
    let form = db.write(move |tx| super::reopen(tx, &actor, id)).await?;
    Ok(done(&t, "forms-was-reopened", &form, Some("closing")))
}

async fn known(db: &Db, actor: &Actor, id: WebFormId) -> Result<WebForm, Failure> {
    let reader = actor.clone();
    let found = db.read(move |tx| super::find(tx, &reader, id)).await?;
    Ok(found.ok_or(FormError::Unknown)?)
}

fn done(t: &Text, key: &str, form: &WebForm, undo: Option<&str>) -> Response {
    let notice = Notice::new(t.say_with(key, kit::args!(name = form.text.title.as_str())));
    let notice = match undo {
        Some(path) => notice.undo(format!("{ADDRESS}/{}/{path}", form.id)),
        None => notice,
    };
    (notice, Redirect::to(&format!("{ADDRESS}/{}", form.id))).into_response()
}

/// The editor as it was sent, with what is wrong beside the fields; failures of no field pass on.
async fn again(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (form, text, version): (Option<WebForm>, FormText, i64),
    error: FormError,
) -> Result<Response, Failure> {
    let version = match &error {
        FormError::Stale(now) => now.version,
        _ => version,
    };
    let is_stale = matches!(error, FormError::Stale(_));
    let failure = Failure::from(error);
    if failure.fields.is_empty() && !is_stale {
        return Err(failure);
    }
    let status: StatusCode = failure.status();
    let page = editor(db, actor, t, (form, text, version), Some(&failure)).await?;
    Ok(page.status(status).into_response())
}

async fn editor(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (form, text, version): (Option<WebForm>, FormText, i64),
    wrong: Option<&Failure>,
) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let (open, teams) = db
        .read(move |tx| Ok::<_, DbError>((fields::open(tx, workspace, &NOUN)?, teams::all(tx, workspace)?)))
        .await?;
    let origin: Option<Arc<Origin>> = db.attached();
    let shown = form.clone();
    let view = FormPage {
        t,
        form,
        text,
        version,
        open,
        teams,
        wrong,
        origin: origin.map_or_else(|| "".into(), |origin| origin.0.clone()),
    };
    let title = match &shown {
        Some(form) => form.text.title.clone(),
        None => t.say("forms-new"),
    };
    let page = settings(t, Page::new(title, &view)).crumb(t.say("settings-forms"), ADDRESS);
    Ok(match &shown {
        Some(form) => page.actions(&FormActions { t, form }),
        None => page,
    })
}

fn settings(t: &Text, page: Page) -> Page {
    page.place("settings").crumb(t.say("nav-settings"), "/settings")
}
