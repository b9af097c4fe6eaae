//! Orders for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{Asked, At, IfMatch, Listed, Posted, Sent, Single, cursor};

use super::documents::{OrderDocument, OrderInput, OrdersQuery};
use super::{Cursor, LIST, Order, OrderError, OrderId};
use crate::accounts::AccountId;
use crate::actor::Actor;

/// `GET /api/v1/orders`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<OrdersQuery>,
) -> Result<Listed<OrderDocument>, Failure> {
    let from: Option<Cursor> = cursor::wanted(LIST, query.after.as_deref())?;
    let (filter, limit) = (query.filter(), query.limit);
    let found = db
        .read(move |tx| super::list(tx, &actor, &filter, from, limit.and_one()))
        .await?;
    let found: Vec<OrderDocument> = found.into_iter().map(Into::into).collect();
    let next = |last: &OrderDocument| {
        let (day, id) = (last.day, last.id);
        cursor::write(LIST, &Cursor { day, id })
    };
    Ok(Listed::of(found, limit, next).linked(&address))
}

/// `POST /api/v1/accounts/{id}/orders`
///
/// # Errors
/// A field that does not fit, no such account here, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    At(account): At<AccountId>,
    Posted { input, once }: Posted<OrderInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let new = super::add(tx, &actor, account, &input.text()?)?;
        let location = format!("/api/v1/orders/{}", new.id);
        Ok(Single::made(&OrderDocument::from(new), location))
    })
    .await
}

/// `GET /api/v1/orders/{id}`
///
/// # Errors
/// No such order here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<OrderId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(found.ok_or(OrderError::Unknown)?))
}

/// `PUT /api/v1/orders/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such order here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<OrderId>,
    state: IfMatch,
    Sent(input): Sent<OrderInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(OrderError::Unknown)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        let text = input.text()?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `PUT /api/v1/orders/{id}/cancellation`
///
/// # Errors
/// As of [`change`].
pub async fn cancel(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<OrderId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    acting(db, actor, (id, state), super::cancel).await
}

/// `DELETE /api/v1/orders/{id}/cancellation`
///
/// # Errors
/// As of [`change`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<OrderId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    acting(db, actor, (id, state), super::restore).await
}

/// One verb on an order in the state that the request names, if it names one.
async fn acting(
    db: Db,
    actor: Actor,
    (id, state): (OrderId, IfMatch),
    act: fn(&mut Tx<'_>, &Actor, OrderId) -> Result<Order, OrderError>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(OrderError::Unknown)?;
        state.hold(&single(now))?;
        Ok(single(act(tx, &actor, id)?))
    })
    .await
}

fn single(order: Order) -> Single {
    Single::of(&OrderDocument::from(order))
}
