//! Acts on many accounts for programs: the same verbs as the pages.

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Posted, Single, cursor};

use super::documents::{AccountBulkDocument, AccountBulkInput, AccountBulkQuery, AccountBulkResult};
use super::{AccountBulkError, AccountBulkId, AccountBulkRow, START};
use crate::actor::Actor;

/// What cursors in the accounts of an act are for.
const RESULTS: &str = "account-bulk";

/// `POST /api/v1/accounts/bulk`
///
/// # Errors
/// Nothing chosen, a deed that can't be wanted so, a missing permission, or the database's.
pub async fn begin(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<AccountBulkInput>,
) -> Result<Response, Failure> {
    let (owner, new) = ((&actor).into(), input.act());
    once.run(&db, owner, move |tx| {
        let bulk = super::begin(tx, &actor, &new)?;
        let location = format!("/api/v1/accounts/bulk/{}", bulk.id);
        Ok::<_, Failure>(Single::made(&AccountBulkDocument::from(bulk), location))
    })
    .await
}

/// `GET /api/v1/accounts/bulk/{id}`
///
/// # Errors
/// No such act here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<AccountBulkId>) -> Result<Single, Failure> {
    let bulk = db
        .read(move |tx| super::find(tx, &actor, id)?.ok_or(AccountBulkError::Unknown))
        .await?;
    Ok(Single::of(&AccountBulkDocument::from(bulk)))
}

/// `GET /api/v1/accounts/bulk/{id}/results`
///
/// # Errors
/// No such act here, a cursor that is none, or the database's.
pub async fn results(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    (At(id), Asked(query)): (At<AccountBulkId>, Asked<AccountBulkQuery>),
) -> Result<Listed<AccountBulkResult>, Failure> {
    let after: Option<i64> = cursor::wanted(RESULTS, query.after.as_deref())?;
    let limit = query.limit;
    let found = db
        .read(move |tx| {
            super::find(tx, &actor, id)?.ok_or(AccountBulkError::Unknown)?;
            super::results(tx, &actor, id, &[], (after.unwrap_or(START), limit.and_one()))
        })
        .await?;
    let next = |(last, _): &(AccountBulkRow, Option<String>)| cursor::write(RESULTS, &last.place);
    Ok(Listed::of(found, limit, next).linked(&address))
}

/// `PUT /api/v1/accounts/bulk/{id}/undo`
///
/// # Errors
/// It is under way or taken back already, no such act here, a missing permission, or the database's.
pub async fn undo(State(db): State<Db>, actor: Actor, At(id): At<AccountBulkId>) -> Result<Single, Failure> {
    let bulk = db.write(move |tx| super::undo(tx, &actor, id)).await?;
    Ok(Single::of(&AccountBulkDocument::from(bulk)))
}
