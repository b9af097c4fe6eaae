//! Sources for programs. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use tandem_core::actor::Actor;

use super::documents::{SourceDocument, SourceInput};
use super::{Source, SourceError, SourceId};

/// `GET /api/v1/usage-sources`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<SourceDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, &actor)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/usage-sources`
///
/// # Errors
/// A name that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<SourceInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let made = super::add(tx, &actor, &input.name)?;
        let location = format!("/api/v1/usage-sources/{}", made.id);
        Ok(Single::made(&SourceDocument::from(made), location))
    })
    .await
}

/// `GET /api/v1/usage-sources/{id}`
///
/// # Errors
/// No such source here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<SourceId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(found.ok_or(SourceError::Unknown)?))
}

/// `PUT /api/v1/usage-sources/{id}`
///
/// # Errors
/// An older state, a name that does not fit, no such source here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SourceId>,
    state: IfMatch,
    Sent(input): Sent<SourceInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        let now = super::find(tx, &actor, id)?.ok_or(SourceError::Unknown)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &input.name)?))
    })
    .await
}

/// `POST /api/v1/usage-sources/{id}/keys`
///
/// # Errors
/// No such source here, a missing permission, or the database's.
pub async fn rotate(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<SourceId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            let now = super::rotate(tx, &actor, id)?;
            Ok(Single::of(&SourceDocument::from(now)).without_tag())
        })
        .await
}

/// `PUT /api/v1/usage-sources/{id}/stop`
///
/// # Errors
/// As of [`rotate`].
pub async fn stop(State(db): State<Db>, actor: Actor, At(id): At<SourceId>) -> Result<Single, Failure> {
    Ok(single(db.write(move |tx| super::stop(tx, &actor, id)).await?))
}

/// `DELETE /api/v1/usage-sources/{id}/stop`
///
/// # Errors
/// As of [`rotate`].
pub async fn start(State(db): State<Db>, actor: Actor, At(id): At<SourceId>) -> Result<Single, Failure> {
    Ok(single(db.write(move |tx| super::start(tx, &actor, id)).await?))
}

fn single(source: Source) -> Single {
    Single::of(&SourceDocument::from(source))
}
