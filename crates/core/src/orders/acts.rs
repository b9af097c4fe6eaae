//! What is done to an order by a press: cancelling it, and taking that back.

use axum::extract::{Path, State};
use axum::response::Response;
use kit::db::Db;
use kit::i18n::Text;
use kit::web::{Failure, known};

use super::pages::done;
use crate::actor::Actor;

/// Cancels an order.
///
/// # Errors
/// No such order here, a missing permission, or the database's.
pub async fn cancel(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let order = db.write(move |tx| super::cancel(tx, &actor, id)).await?;
    Ok(done(&t, "orders-was-cancelled", &order, Some("cancellation/end")))
}

/// Takes the cancellation of an order back.
///
/// # Errors
/// As of [`cancel`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    Path(id): Path<String>,
) -> Result<Response, Failure> {
    let id = known(&id)?;
    let order = db.write(move |tx| super::restore(tx, &actor, id)).await?;
    Ok(done(&t, "orders-was-restored", &order, None))
}
