//! The queue of what belongs to no account, for programs.

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Posted, Sent, Single, cursor};
use tandem_core::actor::Actor;

use super::documents::{AccountInput, QueueQuery, WaitingDocument};
use super::{LIST, Queued, Waiting};
use crate::usage::identity::{self, IdentityDocument};
use crate::usage::people::NameId;

/// `GET /api/v1/usage-unsettled`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<QueueQuery>,
) -> Result<Listed<WaitingDocument>, Failure> {
    let after: Option<Queued> = cursor::wanted(LIST, query.after.as_deref())?;
    let (limit, asked) = (query.limit, query.asked());
    let found = db
        .report(move |tx| super::list(tx, &actor, &asked, after.as_ref(), limit.and_one()))
        .await?;
    let listed = Listed::of(found, limit, |last: &Waiting| {
        cursor::write(LIST, &last.line.queued())
    });
    Ok(listed.linked(&address))
}

/// `PUT /api/v1/usage-names/{id}/account`
///
/// # Errors
/// No such id or account here, a group that is another account's, a missing permission, or the database's.
pub async fn settle(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<NameId>,
    Sent(input): Sent<AccountInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        super::settle(tx, &actor, id, input.account)?;
        single(tx, &actor, id)
    })
    .await
}

/// `DELETE /api/v1/usage-names/{id}/account`
///
/// # Errors
/// No such id here, a missing permission, or the database's.
pub async fn unsettle(State(db): State<Db>, actor: Actor, At(id): At<NameId>) -> Result<Single, Failure> {
    db.write(move |tx| {
        super::unsettle(tx, &actor, id)?;
        single(tx, &actor, id)
    })
    .await
}

/// `PUT /api/v1/usage-names/{id}/leaving`
///
/// # Errors
/// As of [`unsettle`].
pub async fn leave(State(db): State<Db>, actor: Actor, At(id): At<NameId>) -> Result<Single, Failure> {
    db.write(move |tx| {
        super::leave(tx, &actor, id)?;
        single(tx, &actor, id)
    })
    .await
}

/// `DELETE /api/v1/usage-names/{id}/leaving`
///
/// # Errors
/// As of [`unsettle`].
pub async fn mind(State(db): State<Db>, actor: Actor, At(id): At<NameId>) -> Result<Single, Failure> {
    db.write(move |tx| {
        super::mind(tx, &actor, id)?;
        single(tx, &actor, id)
    })
    .await
}

/// `POST /api/v1/usage-names/{id}/making`
///
/// # Errors
/// An id of which nothing can be made, what accounts and contacts refuse, a missing permission, or the database's.
pub async fn make(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<NameId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| {
            super::make(tx, &actor, id)?;
            Ok(single(tx, &actor, id)?.without_tag())
        })
        .await
}

fn single(tx: &mut Tx<'_>, actor: &Actor, id: NameId) -> Result<Single, Failure> {
    let now = identity::of(tx, actor, id, None)?;
    Ok(Single::of(&IdentityDocument::from(now)))
}
