//! Views for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use tandem_core::actor::Actor;

use super::documents::{ViewDocument, ViewInput};
use super::{OwnView, OwnViewId, ViewError};

/// `GET /api/v1/inbox-views`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<ViewDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, &actor)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/inbox-views`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<ViewInput>,
) -> Result<Response, Failure> {
    let (text, owner) = (input.text(&actor)?, (&actor).into());
    once.run(&db, owner, move |tx| {
        let view = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/inbox-views/{}", view.id);
        Ok(Single::made(&ViewDocument::from(view), location))
    })
    .await
}

/// `GET /api/v1/inbox-views/{id}`
///
/// # Errors
/// No such view here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<OwnViewId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| known(tx, &actor, id)).await?))
}

/// `PUT /api/v1/inbox-views/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such view here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<OwnViewId>,
    state: IfMatch,
    Sent(input): Sent<ViewInput>,
) -> Result<Single, Failure> {
    let text = input.text(&actor)?;
    db.write(move |tx| {
        let now = known(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `PUT /api/v1/inbox-views/{id}/removal`
///
/// # Errors
/// Another state than the one named, no such view here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<OwnViewId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::remove(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/inbox-views/{id}/removal`
///
/// # Errors
/// As of [`remove`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<OwnViewId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::restore(tx, &actor, id)?))
    })
    .await
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: OwnViewId) -> Result<OwnView, ViewError> {
    super::find(tx, actor, id)?.ok_or(ViewError::Unknown)
}

fn single(view: OwnView) -> Single {
    Single::of(&ViewDocument::from(view))
}
