//! Forms for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use tandem_core::actor::Actor;

use super::documents::{FormDocument, FormInput};
use super::{FormError, FormText, WebForm, WebFormId};

/// `GET /api/v1/web-forms`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<FormDocument>, Failure> {
    let all = db.read(move |tx| super::all(tx, &actor)).await?;
    let all = all.into_iter().map(|(form, _)| form.into()).collect();
    Ok(Listed::whole(all, None))
}

/// `POST /api/v1/web-forms`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<FormInput>,
) -> Result<Response, Failure> {
    let (text, owner) = (FormText::from(input), (&actor).into());
    once.run(&db, owner, move |tx| {
        let form = super::add(tx, &actor, &text)?;
        let location = format!("/api/v1/web-forms/{}", form.id);
        Ok(Single::made(&FormDocument::from(form), location))
    })
    .await
}

/// `GET /api/v1/web-forms/{id}`
///
/// # Errors
/// No such form here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<WebFormId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| known(tx, &actor, id)).await?))
}

/// `PUT /api/v1/web-forms/{id}`
///
/// # Errors
/// An older state, a field that does not fit, no such form here, or the database's.
pub async fn change(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<WebFormId>,
    state: IfMatch,
    Sent(input): Sent<FormInput>,
) -> Result<Single, Failure> {
    let text = FormText::from(input);
    db.write(move |tx| {
        let now = known(tx, &actor, id)?;
        let version = now.version;
        state.must_hold(&single(now))?;
        Ok(single(super::change(tx, &actor, id, version, &text)?))
    })
    .await
}

/// `PUT /api/v1/web-forms/{id}/key`
///
/// # Errors
/// Another state than the one named, no such form here, a missing permission, or the database's.
pub async fn renew(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<WebFormId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::renew(tx, &actor, id)?))
    })
    .await
}

/// `PUT /api/v1/web-forms/{id}/closing`
///
/// # Errors
/// As of [`renew`].
pub async fn close(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<WebFormId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::close(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/web-forms/{id}/closing`
///
/// # Errors
/// As of [`renew`].
pub async fn reopen(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<WebFormId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::reopen(tx, &actor, id)?))
    })
    .await
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: WebFormId) -> Result<WebForm, FormError> {
    super::find(tx, actor, id)?.ok_or(FormError::Unknown)
}

fn single(form: WebForm) -> Single {
    Single::of(&FormDocument::from(form))
}
