//! Ids of usage, for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{Asked, At, Listed, Sent, Single};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;

use super::documents::{IdentityDocument, LinkInput, LinksQuery, NameDocument};
use crate::usage::people::NameId;

/// `GET /api/v1/usage-names/{id}`
///
/// # Errors
/// No such id here, or the database's.
pub async fn show(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<NameId>,
    Asked(query): Asked<LinksQuery>,
) -> Result<Single, Failure> {
    let found = db.read(move |tx| super::of(tx, &actor, id, query.after)).await?;
    Ok(Single::of(&IdentityDocument::from(found)))
}

/// `PUT /api/v1/usage-names/{id}/link`
///
/// # Errors
/// No such id or link here, a missing permission, or the database's.
pub async fn link(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<NameId>,
    Sent(input): Sent<LinkInput>,
) -> Result<Single, Failure> {
    let now = db
        .write(move |tx| {
            match input.is_ended {
                true => super::end(tx, &actor, id, &input.other)?,
                false => super::restore(tx, &actor, id, &input.other)?,
            }
            super::of(tx, &actor, id, None)
        })
        .await?;
    Ok(Single::of(&IdentityDocument::from(now)))
}

/// `GET /api/v1/contacts/{id}/usage-names`
///
/// # Errors
/// No such contact here, or the database's.
pub async fn of_contact(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ContactId>,
) -> Result<Listed<NameDocument>, Failure> {
    let all = db.read(move |tx| super::of_contact(tx, &actor, id)).await?;
    Ok(Listed::whole(all.into_iter().map(Into::into).collect(), None))
}
