//! Places for programs: the same verbs as the pages.

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use tandem_core::actor::Actor;

use super::super::CounterPlaceId;
use super::super::documents::{BoardDocument, PlaceDocument, PlaceInput};
use super::super::model::{Place, PlaceText};
use crate::surveys::Origin;

/// `GET /api/v1/counter-places`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<PlaceDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, &actor)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/counter-places`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<PlaceInput>,
) -> Result<Response, Failure> {
    let (text, owner) = (PlaceText::from(input), (&actor).into());
    once.run(&db, owner, move |tx| {
        let place = super::create(tx, &actor, &text)?;
        let location = format!("/api/v1/counter-places/{}", place.id);
        Ok(Single::made(&PlaceDocument::from(place), location))
    })
    .await
}

/// `GET /api/v1/counter-places/{id}`
///
/// # Errors
/// No such place here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<CounterPlaceId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| super::find(tx, &actor, id)).await?))
}

/// `PUT /api/v1/counter-places/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such place here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterPlaceId>,
    state: IfMatch,
    Sent(input): Sent<PlaceInput>,
) -> Result<Single, Failure> {
    let text = PlaceText::from(input);
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `PUT /api/v1/counter-places/{id}/archiving`
///
/// # Errors
/// Another state than the one named, no such place here, a missing permission, or the database's.
pub async fn archive(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterPlaceId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(super::find(tx, &actor, id)?))?;
        Ok(single(super::archive(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/counter-places/{id}/archiving`
///
/// # Errors
/// As of [`archive`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterPlaceId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(super::find(tx, &actor, id)?))?;
        Ok(single(super::restore(tx, &actor, id)?))
    })
    .await
}

/// `POST /api/v1/counter-places/{id}/board`
///
/// # Errors
/// The place is archived; no such place here, a missing permission, or the database's.
pub async fn renew_board(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterPlaceId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            let (place, secret) = super::renew_board(tx, &actor, id)?;
            let origin = tx.attached::<Origin>();
            let document = BoardDocument {
                place: place.id,
                link: super::address(origin.as_ref().map_or("", |origin| &origin.0), &secret),
            };
            let location = format!("/api/v1/counter-places/{}", place.id);
            Ok(Single::made(&document, location).without_tag())
        })
        .await
}

/// `DELETE /api/v1/counter-places/{id}/board`
///
/// # Errors
/// No such place here, a missing permission, or the database's.
pub async fn close_board(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<CounterPlaceId>,
) -> Result<Single, Failure> {
    db.write(move |tx| super::close_board(tx, &actor, id)).await?;
    Ok(Single::nothing())
}

fn single(place: Place) -> Single {
    Single::of(&PlaceDocument::from(place))
}
