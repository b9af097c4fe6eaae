//! The form by which a workspace says how it asks.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::{Db, DbError, Tx};
use kit::i18n::{Locale, Text};
use kit::web::{Failure, Filled, Notice, Page};
use tandem_core::actor::Actor;
use tandem_core::agents::{self, Agent};
use tandem_core::workspaces::WorkspaceId;

use super::model::{AfterLow, Asks, Direction, Question};
use super::views::{SettingsPage, word_field};
use super::{Alert, Settings};

/// How the workspace asks.
///
/// # Errors
/// The database's.
pub async fn settings(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    let (settings, agents) = db
        .read(move |tx| {
            let settings = super::settings(tx, actor.workspace)?;
            Ok::<_, DbError>((settings, colleagues(tx, actor.workspace)?))
        })
        .await?;
    Ok(settings_page(&t, &written(&settings), agents))
}

/// Who can be told by name.
fn colleagues(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Agent>, DbError> {
    let mut all = agents::all(tx, workspace)?;
    all.retain(|agent| agent.is_active && !agent.is_machine);
    Ok(all)
}

fn settings_page(t: &Text, form: &Filled, agents: Vec<Agent>) -> Page {
    let view = SettingsPage { t, form, agents };
    Page::new(t.say("settings-surveys"), &view)
        .place("settings")
        .crumb(t.say("nav-settings"), "/settings")
}

fn written(settings: &Settings) -> Filled {
    let mut form = Filled::default();
    if settings.is_on {
        form.set("is_on", "on");
    }
    if settings.is_working_time {
        form.set("is_working_time", "on");
    }
    form.set("question", settings.asks.question.as_str());
    form.set("direction", settings.asks.direction.as_str());
    form.set("scale", settings.asks.scale.to_string());
    form.set("delay_minutes", settings.delay_minutes.to_string());
    form.set("rest_days", settings.rest_days.to_string());
    form.set("after_low", settings.after_low.as_str());
    form.set("alerts", settings.alerts.to_string());
    form.set("version", settings.version.to_string());
    for locale in Locale::all() {
        let own = settings.words.get(locale.tag()).map_or("", String::as_str);
        form.set(word_field(locale), own);
    }
    form
}

fn read(form: &Filled) -> Settings {
    let number = |name| form.value(name).trim().parse().unwrap_or(-1);
    let own = |locale: Locale| {
        (
            locale.tag().to_owned(),
            form.value(&word_field(locale)).to_owned(),
        )
    };
    Settings {
        is_on: form.has("is_on"),
        asks: Asks {
            question: Question::parse(form.value("question")).unwrap_or(Question::Csat),
            direction: Direction::parse(form.value("direction")).unwrap_or(Direction::Easy),
            scale: number("scale"),
        },
        delay_minutes: number("delay_minutes"),
        is_working_time: form.has("is_working_time"),
        rest_days: number("rest_days"),
        after_low: AfterLow::parse(form.value("after_low")).unwrap_or(AfterLow::Nothing),
        alerts: Alert::parse(form.value("alerts")).unwrap_or_default(),
        words: Locale::all().map(own).collect(),
        version: form.version(),
    }
}

/// Changes how the workspace asks, or shows the form again with what is wrong.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn change_settings(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let wanted = read(&form);
    let workspace = actor.workspace;
    match db
        .write(move |tx| super::change_settings(tx, &actor, wanted.clone()))
        .await
    {
        Ok(_) => {
            let to = Redirect::to("/settings/surveys");
            Ok((Notice::new(t.say("surveys-was-set")), to).into_response())
        }
        Err(error) => {
            let status: StatusCode = form.refuse_all(error.into(), &t)?;
            let agents = db.read(move |tx| colleagues(tx, workspace)).await?;
            Ok(settings_page(&t, &form, agents).status(status).into_response())
        }
    }
}
