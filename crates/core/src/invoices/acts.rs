//! What is done to an invoice by a press: noting a payment, voiding it, and taking either back.

use axum::Form;
use axum::extract::{Path, State as Given};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, Filled, known};

use super::pages::{done, find, invoice_page};
use super::{PaymentId, form};
use crate::actor::Actor;

/// Notes a payment as the form says, or shows the invoice again with what is wrong.
///
/// # Errors
/// No such invoice here, it is void, a missing permission, or the database's.
pub async fn pay(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (now, today) = find(&db, actor.clone(), &id).await?;
    let mut form: Filled = sent.into_iter().collect();
    let (id, before) = (now.id, now.payments.len());
    let (day, amount) = (form.day(&t, "day"), form.amount(&t, "amount", now.currency));
    if let Some((day, amount)) = day.zip(amount) {
        match db.write(move |tx| super::pay(tx, &actor, id, day, amount)).await {
            Ok(paid) => {
                let known = |id: PaymentId| now.payments.iter().any(|one| one.id == id);
                let new = paid.payments.iter().find(|one| !known(one.id));
                let undo = new.filter(|_| paid.payments.len() > before);
                let undo = undo.map(|one| format!("/payments/{}/end", one.id));
                return Ok(done(&t, "invoices-was-paid", &paid, undo));
            }
            Err(error) if form::refuse(&mut form, &t, &error) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let again = invoice_page(&t, &now, today, (&form, true));
    Ok(again.status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Takes a payment back.
///
/// # Errors
/// No such payment here, a missing permission, or the database's.
pub async fn take_back(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let invoice = db.write(move |tx| super::take_back(tx, &actor, id)).await?;
    Ok(done(&t, "invoices-was-unpaid", &invoice, None))
}

/// Voids an invoice.
///
/// # Errors
/// No such invoice here, a missing permission, or the database's.
pub async fn void(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let invoice = db.write(move |tx| super::void(tx, &actor, id)).await?;
    let undo = format!("/invoices/{}/void/end", invoice.id);
    Ok(done(&t, "invoices-was-voided", &invoice, Some(undo)))
}

/// Lets a void invoice hold again.
///
/// # Errors
/// As of [`void`].
pub async fn restore(
    Given(db): Given<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let invoice = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(done(&t, "invoices-was-restored", &invoice, None))
}
