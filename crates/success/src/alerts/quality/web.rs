//! The page of the back-test.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page};
use tandem_core::actor::Actor;
use tandem_core::permissions::Permission;

use super::failures::{HORIZON, REACH};
use super::views::QualityPage;
use super::{Ask, QualityError, TOPIC, newest};
use crate::alerts::rules;
use crate::alerts::web::PLACE;

/// How right the rules would have been.
///
/// # Errors
/// The database's.
pub async fn show(State(db): State<Db>, actor: Actor, t: Text) -> Result<Page, Failure> {
    page(&db, &actor, &t, None).await
}

/// Asks for a back-test.
///
/// # Errors
/// A missing permission, or the database's.
pub async fn ask(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let mut form: Filled = sent.into_iter().collect();
    let mut number = |name: &str, code: &kit::web::Code| {
        let read = form.value(name).trim().parse::<i64>().ok();
        if read.is_none() {
            form.refuse(name.to_owned(), t.say(code.text));
        }
        read
    };
    let (horizon, reach) = (number("horizon", &HORIZON), number("reach", &REACH));
    let status = match horizon.zip(reach) {
        None => http::StatusCode::UNPROCESSABLE_ENTITY,
        Some((horizon, reach)) => {
            let writer = actor.clone();
            match db
                .write(move |tx| super::ask(tx, &writer, Ask { horizon, reach }))
                .await
            {
                Ok(_) => {
                    let notice = Notice::new(t.say("quality-was-asked"));
                    return Ok((notice, Redirect::to("/alert-quality")).into_response());
                }
                Err(error) => form.refuse_all(error.into(), &t)?,
            }
        }
    };
    Ok(page(&db, &actor, &t, Some(form))
        .await?
        .status(status)
        .into_response())
}

async fn page(db: &Db, actor: &Actor, t: &Text, form: Option<Filled>) -> Result<Page, Failure> {
    let reader = actor.clone();
    let (newest, rules) = db
        .read(move |tx| {
            let found = newest(tx, &reader)?;
            Ok::<_, QualityError>((found, rules::ever(tx, reader.workspace)?))
        })
        .await?;
    let form = form.unwrap_or_else(|| {
        let ask = newest.ready.as_ref().map_or(
            Ask {
                horizon: 90,
                reach: 25,
            },
            |test| test.ask,
        );
        let mut form = Filled::default();
        form.set("horizon", ask.horizon.to_string());
        form.set("reach", ask.reach.to_string());
        form
    });
    let view = QualityPage {
        t,
        newest,
        rules,
        form: &form,
        may_write: actor.may(Permission::AlertsWrite),
    };
    Ok(Page::new(t.say("alerts-quality"), &view)
        .place(PLACE)
        .crumb(t.say("alerts-title"), "/alerts")
        .live(TOPIC))
}
