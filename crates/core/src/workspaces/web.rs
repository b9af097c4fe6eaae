//! The settings page of a workspace: its name, language and zone.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page};

use super::failures::STALE;
use super::views::WorkspacePage;
use super::{NewWorkspace, Workspace, WorkspaceError, WorkspaceFields};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::settings;

const ADDRESS: &str = "/settings/workspace";

/// The workspace as it is.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let id = actor.workspace;
    let now = db
        .read(move |tx| super::find(tx, id)?.ok_or(WorkspaceError::Unknown))
        .await?;
    Ok(page(&t, &actor, &filled(&now), now.version, None))
}

/// Keeps what the form says, or shows it again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let version = form.value("version").parse().unwrap_or(0);
    let (text, writer) = (text_of(&form), actor.clone());
    let error = match db
        .write(move |tx| super::change(tx, &writer, version, &text))
        .await
    {
        Ok(_) => {
            let said = Notice::new(t.say("workspaces-kept"));
            return Ok((said, Redirect::to(ADDRESS)).into_response());
        }
        Err(error) => error,
    };
    if let WorkspaceError::Stale(now) = error {
        let again = page(&t, &actor, &form, now.version, Some(t.say(STALE.text)));
        return Ok(again.status(StatusCode::CONFLICT).into_response());
    }
    let failure = Failure::from(error);
    if failure.fields.is_empty() {
        return Err(failure);
    }
    refuse(&mut form, &failure, &t);
    let again = page(&t, &actor, &form, version, None);
    Ok(again.status(failure.status()).into_response())
}

/// The workspace that a form with its fields describes.
pub fn text_of(form: &Filled) -> NewWorkspace {
    NewWorkspace {
        name: form.value("name").to_owned(),
        locale: form.value("locale").to_owned(),
        zone: form.value("zone").to_owned(),
    }
}

/// Says beside each field what a failure has against it.
pub fn refuse(form: &mut Filled, failure: &Failure, t: &Text) {
    for (field, code) in &failure.fields {
        form.refuse(*field, t.say(code.text));
    }
}

fn filled(workspace: &Workspace) -> Filled {
    let mut form = Filled::default();
    form.set("name", &*workspace.name);
    form.set("locale", &*workspace.locale);
    form.set("zone", &*workspace.zone);
    form
}

fn page(t: &Text, actor: &Actor, form: &Filled, version: i64, whole: Option<String>) -> Page {
    let view = WorkspacePage {
        t,
        fields: WorkspaceFields::new(t, form),
        version,
        whole,
        may_write: actor.may(Permission::WorkspaceWrite),
    };
    settings::page(t, t.say("workspaces-title"), &view).live(actor.workspace.to_string())
}
