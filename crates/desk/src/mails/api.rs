//! Mails for programs. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Posted, Single, cursor};
use tandem_core::actor::Actor;

use super::documents::{DecisionInput, MailDocument, MailsQuery};
use super::{LIST, Mail, MailError, MailId, deciding};

/// `GET /api/v1/mails`
///
/// # Errors
/// A cursor that is none, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    address: Uri,
    Asked(query): Asked<MailsQuery>,
) -> Result<Listed<MailDocument>, Failure> {
    let before: Option<MailId> = cursor::wanted(LIST, query.after.as_deref())?;
    let (state, limit) = (query.state, query.limit);
    let found = db
        .read(move |tx| super::list(tx, &actor, state, before, limit.and_one()))
        .await?;
    let listed = Listed::of(found, limit, |last: &Mail| cursor::write(LIST, &last.id));
    Ok(listed.linked(&address))
}

/// `GET /api/v1/mails/{id}`
///
/// # Errors
/// No such mail here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<MailId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::find(tx, &actor, id)).await?;
    Ok(single(found.ok_or(MailError::Unknown)?))
}

/// `POST /api/v1/mails/{id}/release`
///
/// # Errors
/// No such mail here, one that nobody has to decide about, a missing permission, or the database's.
pub async fn release(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MailId>,
    Posted { input, once }: Posted<DecisionInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        Ok(begun(deciding::release(tx, &actor, id, input.is_for_sender)?))
    })
    .await
}

/// `POST /api/v1/mails/{id}/block`
///
/// # Errors
/// As of [`release`].
pub async fn block(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MailId>,
    Posted { input, once }: Posted<DecisionInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let mail = deciding::block(tx, &actor, id, input.is_for_sender)?;
        Ok(single(mail).without_tag())
    })
    .await
}

/// `DELETE /api/v1/mails/{id}/block`
///
/// # Errors
/// As of [`release`].
pub async fn unblock(State(db): State<Db>, actor: Actor, At(id): At<MailId>) -> Result<Single, Failure> {
    Ok(single(
        db.write(move |tx| deciding::unblock(tx, &actor, id)).await?,
    ))
}

/// `POST /api/v1/mails/{id}/reading`
///
/// # Errors
/// As of [`release`].
pub async fn reread(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<MailId>,
    posted: Posted<()>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    posted
        .once
        .run(&db, owner, move |tx| Ok(begun(deciding::reread(tx, &actor, id)?)))
        .await
}

fn single(mail: Mail) -> Single {
    Single::of(&MailDocument::from(mail))
}

fn begun(mail: Mail) -> Single {
    Single::begun(&MailDocument::from(mail)).without_tag()
}
