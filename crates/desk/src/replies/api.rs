//! Saved replies for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::i18n::Text;
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use tandem_core::actor::Actor;

use super::documents::{ReplyDocument, ReplyInput, UseInput, UsedDocument};
use super::{Reply, ReplyError, ReplyId};
use crate::tickets::{TicketId, turn};

/// `GET /api/v1/saved-replies`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<ReplyDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, &actor)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/saved-replies`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<ReplyInput>,
) -> Result<Response, Failure> {
    let (text, owner) = (input.text(&actor)?, (&actor).into());
    once.run(&db, owner, move |tx| {
        let reply = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/saved-replies/{}", reply.id);
        Ok(Single::made(&ReplyDocument::from(reply), location))
    })
    .await
}

/// `GET /api/v1/saved-replies/{id}`
///
/// # Errors
/// No such reply here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<ReplyId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| known(tx, &actor, id)).await?))
}

/// `PUT /api/v1/saved-replies/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such reply here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ReplyId>,
    state: IfMatch,
    Sent(input): Sent<ReplyInput>,
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

/// `PUT /api/v1/saved-replies/{id}/removal`
///
/// # Errors
/// Another state than the one named, no such reply here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ReplyId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::remove(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/saved-replies/{id}/removal`
///
/// # Errors
/// As of [`remove`].
pub async fn restore(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ReplyId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::restore(tx, &actor, id)?))
    })
    .await
}

/// `POST /api/v1/tickets/{id}/saved-replies`
///
/// # Errors
/// A variable without a value, a reply or ticket that is none here, a missing permission, or the database's.
pub async fn apply(
    State(db): State<Db>,
    actor: Actor,
    t: Text,
    At(id): At<TicketId>,
    Posted { input, once }: Posted<UseInput>,
) -> Result<Response, Failure> {
    let (turn, owner) = (turn(actor.workspace), (&actor).into());
    once.run_in_turn(&db, &turn, owner, move |tx| {
        let used = super::apply(tx, &actor, &t, id, input.reply)?;
        Ok(Single::of(&UsedDocument::from(used)).without_tag())
    })
    .await
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: ReplyId) -> Result<Reply, ReplyError> {
    super::find(tx, actor, id)?.ok_or(ReplyError::Unknown)
}

fn single(reply: Reply) -> Single {
    Single::of(&ReplyDocument::from(reply))
}
