//! Mails for programs. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Posted, Single, cursor};
use tandem_core::actor::Actor;

use super::documents::{DecisionInput, MailDocument, MailsQuery};
use super::{LIST, Mail, MailError, MailId, deciding, listing, oddities};

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
    let (state, cause, limit) = (query.state, query.cause, query.limit);
    let found = db
        .read(move |tx| {
            let mails = match cause {
                Some(cause) => listing::of_cause(tx, &actor, (state, cause), before, limit.and_one())?,
                None => super::list(tx, &actor, state, before, limit.and_one())?,
            };
            let ids: Vec<MailId> = mails.iter().map(|mail| mail.id).collect();
            let odd = oddities::of(tx, actor.workspace, &ids)?;
            let documents = mails.into_iter().map(|mail| MailDocument::of(mail, &odd));
            Ok::<_, MailError>(documents.collect::<Vec<_>>())
        })
        .await?;
    let listed = Listed::of(found, limit, |last: &MailDocument| cursor::write(LIST, &last.id));
    Ok(listed.linked(&address))
}

/// `GET /api/v1/mails/{id}`
///
/// # Errors
/// No such mail here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<MailId>) -> Result<Single, Failure> {
    let found = db.read(move |tx| {
        let mail = super::find(tx, &actor, id)?.ok_or(MailError::Unknown)?;
        document(tx, &actor, mail)
    });
    Ok(Single::of(&found.await?))
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
        let mail = deciding::release(tx, &actor, id, input.is_for_sender)?;
        Ok(begun(&document(tx, &actor, mail)?))
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
        Ok(Single::of(&document(tx, &actor, mail)?).without_tag())
    })
    .await
}

/// `DELETE /api/v1/mails/{id}/block`
///
/// # Errors
/// As of [`release`].
pub async fn unblock(State(db): State<Db>, actor: Actor, At(id): At<MailId>) -> Result<Single, Failure> {
    let found = db.write(move |tx| {
        let mail = deciding::unblock(tx, &actor, id)?;
        document(tx, &actor, mail)
    });
    Ok(Single::of(&found.await?))
}

/// `DELETE /api/v1/mails/{id}`
///
/// # Errors
/// As of [`release`].
pub async fn delete(State(db): State<Db>, actor: Actor, At(id): At<MailId>) -> Result<Single, Failure> {
    let found = db.write(move |tx| {
        let mail = deciding::delete(tx, &actor, id)?;
        document(tx, &actor, mail)
    });
    Ok(Single::of(&found.await?))
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
        .run(&db, owner, move |tx| {
            let mail = deciding::reread(tx, &actor, id)?;
            Ok(begun(&document(tx, &actor, mail)?))
        })
        .await
}

fn document(tx: &mut Tx<'_>, actor: &Actor, mail: Mail) -> Result<MailDocument, MailError> {
    let odd = oddities::of(tx, actor.workspace, &[mail.id])?;
    Ok(MailDocument::of(mail, &odd))
}

fn begun(document: &MailDocument) -> Single {
    Single::begun(document).without_tag()
}
