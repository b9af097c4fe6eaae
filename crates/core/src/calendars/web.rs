//! The settings page of working hours and holidays.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page};

use super::failures::STALE;
use super::views::{HoursFields, HoursPage};
use super::{CalendarError, Hours, TOPIC, filled, hours_of};
use crate::actor::Actor;
use crate::permissions::Permission;
use crate::settings;

const ADDRESS: &str = "/settings/hours";

/// The hours as they are.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let workspace = actor.workspace;
    let now = db.read(move |tx| super::find(tx, workspace)).await?;
    let version = now.as_ref().map_or(0, |calendar| calendar.version);
    let hours = now.map_or_else(Hours::usual, |calendar| calendar.hours);
    Ok(page(&t, &actor, &filled(&hours, &t), version, None))
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
    let Some(hours) = hours_of(&mut form, &t) else {
        let again = page(&t, &actor, &form, version, None).status(StatusCode::UNPROCESSABLE_ENTITY);
        return Ok(again.into_response());
    };
    let writer = actor.clone();
    match db
        .write(move |tx| super::change(tx, &writer, version, &hours))
        .await
    {
        Ok(_) => Ok((Notice::new(t.say("calendars-kept")), Redirect::to(ADDRESS)).into_response()),
        Err(CalendarError::Stale(now)) => {
            let version = now.as_ref().as_ref().map_or(0, |calendar| calendar.version);
            let again = page(&t, &actor, &form, version, Some(t.say(STALE.text)));
            Ok(again.status(StatusCode::CONFLICT).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn page(t: &Text, actor: &Actor, form: &Filled, version: i64, whole: Option<String>) -> Page {
    let view = HoursPage {
        t,
        fields: HoursFields::new(t, form),
        version,
        whole,
        may_write: actor.may(Permission::WorkspaceWrite),
    };
    settings::page(t, t.say("calendars-title"), &view).live(TOPIC)
}
