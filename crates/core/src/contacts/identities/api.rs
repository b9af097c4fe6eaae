//! Identities for programs.

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Posted, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Identity, IdentityId, Kind, NewIdentity};
use crate::actor::Actor;
use crate::contacts::ContactId;

/// By what a contact is known.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Identity")]
pub struct IdentityDocument {
    /// Its id.
    pub(in crate::contacts) id: IdentityId,
    /// The contact it was written down for.
    pub(in crate::contacts) contact: ContactId,
    /// What it is.
    pub(in crate::contacts) kind: Kind,
    /// The network of a handle or the system of a number; empty for addresses and phones.
    pub(in crate::contacts) realm: String,
    /// As it was written.
    pub(in crate::contacts) value: String,
    /// When somebody made sure that it is theirs: microseconds since 1970-01-01 UTC; null when nobody did.
    pub(in crate::contacts) verified_at: Option<i64>,
}

impl From<Identity> for IdentityDocument {
    fn from(identity: Identity) -> Self {
        Self {
            id: identity.id,
            contact: identity.contact,
            kind: identity.kind,
            realm: identity.realm,
            value: identity.value,
            verified_at: identity.verified.map(|verified| verified.at.0),
        }
    }
}

/// By what a contact is known, as a program says it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityInput {
    /// What it is.
    pub(in crate::contacts) kind: Kind,
    /// The network of a handle or the system of a number; nothing for addresses and phones.
    #[serde(default)]
    #[schemars(length(max = 60))]
    pub(in crate::contacts) realm: String,
    /// The address, number or handle.
    #[schemars(length(min = 1, max = 254))]
    pub(in crate::contacts) value: String,
}

impl IdentityInput {
    /// The identity that is asked for.
    pub fn asked(&self) -> NewIdentity {
        NewIdentity {
            kind: self.kind,
            realm: self.realm.clone(),
            value: self.value.clone(),
        }
    }
}

/// `POST /api/v1/contacts/{id}/identities`
///
/// # Errors
/// A field that does not fit, an identity of another contact, no such contact here, or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ContactId>,
    Posted { input, once }: Posted<IdentityInput>,
) -> Result<Response, Failure> {
    let new = input.asked();
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let identity = super::add(tx, &actor, id, &new)?;
        let location = format!("/api/v1/contacts/{id}");
        Ok(Single::made(&IdentityDocument::from(identity), location))
    })
    .await
}

/// `DELETE /api/v1/identities/{id}`
///
/// # Errors
/// No such identity here, a missing permission, or the database's.
pub async fn remove(State(db): State<Db>, actor: Actor, At(id): At<IdentityId>) -> Result<Single, Failure> {
    db.write(move |tx| super::remove(tx, &actor, id)).await?;
    Ok(Single::nothing())
}

/// `PUT /api/v1/identities/{id}/verification`
///
/// # Errors
/// As of [`remove`].
pub async fn verify(State(db): State<Db>, actor: Actor, At(id): At<IdentityId>) -> Result<Single, Failure> {
    let identity = db.write(move |tx| super::verify(tx, &actor, id)).await?;
    Ok(Single::of(&IdentityDocument::from(identity)))
}

/// `DELETE /api/v1/identities/{id}/verification`
///
/// # Errors
/// As of [`remove`].
pub async fn doubt(State(db): State<Db>, actor: Actor, At(id): At<IdentityId>) -> Result<Single, Failure> {
    let identity = db.write(move |tx| super::doubt(tx, &actor, id)).await?;
    Ok(Single::of(&IdentityDocument::from(identity)))
}
