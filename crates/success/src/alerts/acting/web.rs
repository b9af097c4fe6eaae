//! What a person does with an alert: each act leads back to where it was done, with a notice that takes it back.

use axum::Form;
use axum::extract::{Path, Query, State as Held};
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, address, is_own_path, known};
use serde::Deserialize;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;
use tandem_core::workspaces;

use super::Done;
use crate::alerts::web::page;
use crate::alerts::{AlertError, AlertId, ChangeId, Outcome, Reason, failures};

/// Which act is taken back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UndoQuery {
    of: String,
    back: String,
}

/// Gives an alert to somebody: an agent, oneself, or back to whoever looks after the account.
///
/// # Errors
/// No such alert here, a missing permission, or the database's.
pub async fn give(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let agent = match form.value("agent") {
        "me" => Ok(actor.agent()),
        "" => Ok(None),
        agent => agent
            .parse::<AgentId>()
            .map(Some)
            .map_err(|_| AlertError::UnknownAgent),
    };
    let (writer, alert) = (actor.clone(), known(&id)?);
    let done = db
        .write(move |tx| super::give(tx, &writer, alert, agent.clone()?))
        .await;
    answer(&db, &actor, &t, (alert, form, "alerts-was-given"), done).await
}

/// Lets nobody see an alert before a day: a written one, or some days from now.
///
/// # Errors
/// As of [`give`].
pub async fn snooze(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let day = t.read_day(form.value("until")).map(kit::day::Day::from);
    let days = form
        .value("days")
        .parse::<i64>()
        .ok()
        .filter(|days| (1..=366).contains(days));
    let (writer, alert) = (actor.clone(), known(&id)?);
    let done = db
        .write(move |tx| {
            let today = workspaces::today(tx, writer.workspace)?;
            let until = day.or_else(|| days.map(|days| today.plus_days(days)));
            super::snooze(tx, &writer, alert, until.ok_or(AlertError::BadUntil)?)
        })
        .await;
    answer(&db, &actor, &t, (alert, form, "alerts-was-snoozed"), done).await
}

/// Lets a snoozed alert be seen again.
///
/// # Errors
/// As of [`give`].
pub async fn wake(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (writer, alert) = (actor.clone(), known(&id)?);
    let done = db.write(move |tx| super::wake(tx, &writer, alert)).await;
    answer(
        &db,
        &actor,
        &t,
        (alert, Filled::default(), "alerts-was-woken"),
        done,
    )
    .await
}

/// Says that an alert was none, and why.
///
/// # Errors
/// As of [`give`].
pub async fn dismiss(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let reason = Reason::named(form.value("reason")).ok_or(AlertError::BadWord);
    let (writer, alert, why) = (actor.clone(), known(&id)?, form.value("why").to_owned());
    let done = db
        .write(move |tx| super::dismiss(tx, &writer, alert, (reason.clone()?, &why)))
        .await;
    if done == Err(AlertError::BadWords) {
        form.refuse("why", t.say(failures::WORDS.text));
    }
    answer(&db, &actor, &t, (alert, form, "alerts-was-dismissed"), done).await
}

/// Says what came of acting.
///
/// # Errors
/// As of [`give`].
pub async fn handle(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form: Filled = sent.into_iter().collect();
    let outcome = Outcome::named(form.value("outcome")).ok_or(AlertError::BadWord);
    let (writer, alert, words) = (actor.clone(), known(&id)?, form.value("words").to_owned());
    let done = db
        .write(move |tx| super::handle(tx, &writer, alert, (outcome.clone()?, &words)))
        .await;
    answer(&db, &actor, &t, (alert, form, "alerts-was-handled"), done).await
}

/// Opens a closed alert again.
///
/// # Errors
/// As of [`give`]; another of its rule is open.
pub async fn reopen(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let (writer, alert) = (actor.clone(), known(&id)?);
    let done = db.write(move |tx| super::reopen(tx, &writer, alert)).await;
    answer(
        &db,
        &actor,
        &t,
        (alert, Filled::default(), "alerts-was-reopened"),
        done,
    )
    .await
}

/// Takes back what was done last.
///
/// # Errors
/// As of [`give`]; something else happened since.
pub async fn undo(
    Held(db): Held<Db>,
    actor: Actor,
    t: Text,
    (Path(id), Query(query)): (Path<String>, Query<UndoQuery>),
) -> Result<Response, Failure> {
    let (alert, change): (AlertId, ChangeId) = (known(&id)?, known(&query.of)?);
    db.write(move |tx| super::undo(tx, &actor, alert, change)).await?;
    let notice = Notice::new(t.say("alerts-was-undone"));
    Ok((notice, Redirect::to(&back(&query.back, alert))).into_response())
}

/// Where a form leads back to: where it came from, or the alert's own page.
fn back(wanted: &str, alert: AlertId) -> String {
    match is_own_path(wanted) && wanted.starts_with("/alerts") {
        true => wanted.to_owned(),
        false => format!("/alerts/{alert}"),
    }
}

/// What follows an act: back with a notice that takes it back, or the alert's page with what is wrong.
async fn answer(
    db: &Db,
    actor: &Actor,
    t: &Text,
    (alert, mut form, said): (AlertId, Filled, &str),
    done: Result<Done, AlertError>,
) -> Result<Response, Failure> {
    match done {
        Ok((_, change)) => {
            let back = back(form.value("back"), alert);
            let change = change.to_string();
            let pairs = [("of", change.as_str()), ("back", &back)];
            let undo = address(&format!("/alerts/{alert}/undo"), &pairs);
            Ok((Notice::new(t.say(said)).undo(undo), Redirect::to(&back)).into_response())
        }
        Err(error) => {
            let status = form.refuse_all(error.into(), t)?;
            Ok(page(db, actor, t, alert, &form)
                .await?
                .status(status)
                .into_response())
        }
    }
}
