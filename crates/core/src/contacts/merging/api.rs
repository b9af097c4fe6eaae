//! Merging contacts, for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Listed, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::actor::Actor;
use crate::contacts::api::{ContactDocument, whole};
use crate::contacts::{self, ContactError, ContactId};

/// How many doubles are listed.
const MOST: i64 = 50;

/// Into whom a contact is merged.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeInput {
    /// The contact who stands for both from now on.
    pub(in crate::contacts) into: ContactId,
}

/// Somebody who may be the same person.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Double")]
pub struct DoubleDocument {
    /// The contact.
    pub(in crate::contacts) contact: ContactDocument,
    /// Why: `name_and_account` or `name`.
    pub(in crate::contacts) because: &'static str,
}

/// `GET /api/v1/contacts/{id}/doubles`
///
/// # Errors
/// No such contact here, or the database's.
pub async fn alike(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ContactId>,
) -> Result<Listed<DoubleDocument>, Failure> {
    let found = db
        .read(move |tx| {
            let contact = contacts::find(tx, &actor, id)?.ok_or(ContactError::Unknown)?;
            super::alike(tx, &actor, &contact, MOST)
        })
        .await?;
    let double = |(contact, likeness): (contacts::Contact, super::Likeness)| DoubleDocument {
        contact: contact.into(),
        because: likeness.as_str(),
    };
    Ok(Listed::whole(found.into_iter().map(double).collect(), None))
}

/// `PUT /api/v1/contacts/{id}/merge`
///
/// # Errors
/// Contacts that can't be merged, none of this workspace, a missing permission, or the database's.
pub async fn merge(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ContactId>,
    Sent(input): Sent<MergeInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        contacts::find(tx, &actor, id)?.ok_or(ContactError::Unknown)?;
        contacts::find(tx, &actor, input.into)?.ok_or(ContactError::BadMerge)?;
        let kept = super::merge(tx, &actor, input.into, id)?;
        Ok(Single::of(&whole(tx, &actor, kept)?))
    })
    .await
}

/// `DELETE /api/v1/contacts/{id}/merge`
///
/// # Errors
/// No such contact here, a missing permission, or the database's.
pub async fn unmerge(State(db): State<Db>, actor: Actor, At(id): At<ContactId>) -> Result<Single, Failure> {
    db.write(move |tx| {
        let contact = super::unmerge(tx, &actor, id)?;
        Ok(Single::of(&whole(tx, &actor, contact)?))
    })
    .await
}
