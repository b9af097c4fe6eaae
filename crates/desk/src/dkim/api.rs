//! DKIM keys for programs. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Single};
use tandem_core::actor::Actor;

use super::documents::{DkimKeyDocument, DkimKeyInput};
use super::{DkimKey, DkimKeyId, Wanted};

/// `GET /api/v1/dkim-keys`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<DkimKeyDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, &actor)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/dkim-keys`
///
/// # Errors
/// A domain that sends nothing, a key that waits already, a missing permission, or the database's.
pub async fn make(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<DkimKeyInput>,
) -> Result<Response, Failure> {
    let (wanted, owner) = (Wanted::from(input), (&actor).into());
    let made = super::secret(&db, &actor, &wanted).await;
    once.run(&db, owner, move |tx| {
        let secret = made.as_ref().map_err(Clone::clone)?;
        let key = super::make(tx, &actor, &wanted, secret)?;
        let location = format!("/api/v1/dkim-keys/{}", key.id);
        Ok(Single::made(&DkimKeyDocument::from(key), location))
    })
    .await
}

/// `GET /api/v1/dkim-keys/{id}`
///
/// # Errors
/// No such key here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<DkimKeyId>) -> Result<Single, Failure> {
    let key = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(key))
}

/// `PUT /api/v1/dkim-keys/{id}/check`
///
/// # Errors
/// No such key here, a missing permission, or the database's.
pub async fn check(State(db): State<Db>, actor: Actor, At(id): At<DkimKeyId>) -> Result<Single, Failure> {
    Ok(single(super::check(&db, &actor, id).await?))
}

/// `PUT /api/v1/dkim-keys/{id}/retirement`
///
/// # Errors
/// Another state than the one named, no such key here, a missing permission, or the database's.
pub async fn retire(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<DkimKeyId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(super::find(tx, &actor, id)?))?;
        Ok(single(super::retire(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/dkim-keys/{id}/retirement`
///
/// # Errors
/// One of its kind waits for its record; as of [`retire`].
pub async fn resume(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<DkimKeyId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(super::find(tx, &actor, id)?))?;
        Ok(single(super::resume(tx, &actor, id)?))
    })
    .await
}

fn single(key: DkimKey) -> Single {
    Single::of(&DkimKeyDocument::from(key))
}
