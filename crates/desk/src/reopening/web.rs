//! The settings page.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::views::SettingsPage;
use super::{Reopening, ReopeningError};

const ADDRESS: &str = "/settings/reopening";

/// For how long answers open tickets again.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let now = db.read(move |tx| super::find(tx, workspace)).await?;
    Ok(page(&actor, &t, &written(now), None))
}

/// Changes it, or shows the form again with what is wrong.
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
    let typed = form.value("days").trim();
    // What is no number is as wrong as one too large.
    let days = (!typed.is_empty()).then(|| typed.parse().unwrap_or(-1));
    let wanted = Reopening {
        days,
        version: form.version(),
    };
    let writer = actor.clone();
    match db.write(move |tx| super::change(tx, &writer, wanted)).await {
        Ok(_) => Ok((Notice::new(t.say("reopening-was-changed")), Redirect::to(ADDRESS)).into_response()),
        Err(ReopeningError::BadDays) => {
            form.refuse("days", t.say("reopening-failure-days"));
            let again = page(&actor, &t, &form, None);
            Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(ReopeningError::Stale) => {
            let workspace = actor.workspace;
            let now = db.read(move |tx| super::find(tx, workspace)).await?;
            form.set("version", now.version.to_string());
            let again = page(&actor, &t, &form, Some(t.say("reopening-failure-stale")));
            Ok(again.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn written(now: Reopening) -> Filled {
    let mut form = Filled::default();
    form.set("days", now.days.map(|days| days.to_string()).unwrap_or_default());
    form.set("version", now.version.to_string());
    form
}

fn page(actor: &Actor, t: &Text, form: &Filled, whole: Option<String>) -> Page {
    let view = SettingsPage {
        t,
        form,
        may_write: actor.may(Permission::InboxWrite),
        whole,
    };
    Page::new(t.say("settings-reopening"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
}
