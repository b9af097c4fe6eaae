//! What is done to a subscription by a press: ending it, renewing it, and taking either back.

use axum::Form;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, Notice, Page, known};

use super::failures::OVER;
use super::pages::{done, find, page};
use super::views::EndPage;
use super::{EndReason, Subscription, SubscriptionError, form};
use crate::actor::Actor;

/// Asks when and why a subscription ends.
///
/// # Errors
/// No such subscription here, or the database's.
pub async fn ask_end(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Page, Failure> {
    let (subscription, _) = find(&db, actor, &id).await?;
    let mut form = Filled::default();
    form.set("ends", t.day_written(subscription.renewal.day));
    Ok(end_form(&t, &subscription, &form))
}

/// Ends a subscription as the form says, or shows it again with what is wrong.
///
/// # Errors
/// No such subscription here, a missing permission, or the database's.
pub async fn end(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (now, _) = find(&db, actor.clone(), &id).await?;
    let mut form: Filled = sent.into_iter().collect();
    let reason = EndReason::named(form.value("reason"));
    if reason.is_none() {
        form.refuse("reason", t.say("subscriptions-failure-reason"));
    }
    if let (Some(day), Some(reason)) = (form.day(&t, "ends"), reason) {
        match db
            .write(move |tx| super::end(tx, &actor, now.id, day, reason))
            .await
        {
            Ok(ended) => {
                return Ok(done(
                    &t,
                    "subscriptions-was-ended",
                    &ended,
                    Some("cancellation/end"),
                ));
            }
            Err(error) if form::refuse(&mut form, &t, &error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let again = end_form(&t, &now, &form);
    Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Lets a subscription that was to end go on.
///
/// # Errors
/// As of [`end`]; another one has taken its place.
pub async fn resume(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let resumed = db.write(move |tx| super::resume(tx, &actor, id)).await;
    match resumed {
        Ok(resumed) => Ok(done(&t, "subscriptions-was-resumed", &resumed, None)),
        Err(error @ SubscriptionError::Overlaps(_)) => {
            let failure = Failure::from(error);
            let notice = Notice::bad(t.say(failure.code.text));
            Ok((notice, Redirect::to(&format!("/subscriptions/{id}"))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Lets a subscription go on for another term.
///
/// # Errors
/// No such subscription here, a missing permission, or the database's.
pub async fn renew(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    match db.write(move |tx| super::renew(tx, &actor, id)).await {
        Ok(renewed) => Ok(done(
            &t,
            "subscriptions-was-renewed",
            &renewed,
            Some("renewal/end"),
        )),
        Err(SubscriptionError::Ends(_)) => {
            let notice = Notice::bad(t.say(OVER.text));
            Ok((notice, Redirect::to(&format!("/subscriptions/{id}"))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes the last renewal back.
///
/// # Errors
/// As of [`renew`].
pub async fn unrenew(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let now = db.write(move |tx| super::unrenew(tx, &actor, id)).await?;
    Ok(done(&t, "subscriptions-was-unrenewed", &now, None))
}

fn end_form(t: &Text, subscription: &Subscription, form: &Filled) -> Page {
    let view = EndPage {
        t,
        subscription,
        form,
    };
    let address = format!("/subscriptions/{}", subscription.id);
    page(t, &t.say("subscriptions-end"), &view, subscription).crumb(&subscription.product_name, address)
}
