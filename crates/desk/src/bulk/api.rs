//! Acts on many tickets for programs: the same verbs as the pages.

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, Posted, Single};
use tandem_core::actor::Actor;

use super::documents::{BulkDocument, BulkInput};
use super::{Bulk, BulkError, BulkId};
use crate::tickets::turn;

/// How many refusals a document has.
const REFUSALS: i64 = 100;

/// `POST /api/v1/ticket-bulks`
///
/// # Errors
/// Nothing chosen, a value that fits no ticket, a missing permission, or the database's.
pub async fn begin(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<BulkInput>,
) -> Result<Response, Failure> {
    let (turn, owner, new) = (turn(actor.workspace), (&actor).into(), input.act()?);
    once.run_in_turn(&db, &turn, owner, move |tx| {
        let bulk = super::begin(tx, &actor, &new)?;
        let location = format!("/api/v1/ticket-bulks/{}", bulk.id);
        Ok(Single::made(&document(tx, &actor, bulk)?, location))
    })
    .await
}

/// `GET /api/v1/ticket-bulks/{id}`
///
/// # Errors
/// No such act here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<BulkId>) -> Result<Single, Failure> {
    let shown = db
        .read(move |tx| {
            let bulk = super::find(tx, &actor, id)?.ok_or(BulkError::Unknown)?;
            document(tx, &actor, bulk)
        })
        .await?;
    Ok(Single::of(&shown))
}

/// `PUT /api/v1/ticket-bulks/{id}/undo`
///
/// # Errors
/// It is under way or taken back already, no such act here, a missing permission, or the database's.
pub async fn undo(State(db): State<Db>, actor: Actor, At(id): At<BulkId>) -> Result<Single, Failure> {
    let turn = turn(actor.workspace);
    let shown = db
        .write_in_turn(&turn, move |tx| {
            let bulk = super::undo(tx, &actor, id)?;
            document(tx, &actor, bulk)
        })
        .await?;
    Ok(Single::of(&shown))
}

fn document(tx: &mut Tx<'_>, actor: &Actor, bulk: Bulk) -> Result<BulkDocument, BulkError> {
    let troubles = super::troubles(tx, actor, bulk.id, REFUSALS)?;
    Ok(BulkDocument::of(bulk, troubles))
}
