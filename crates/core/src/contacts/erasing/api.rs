//! Giving people what is known about them and forgetting them, for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Single};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::Erasure;
use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::contacts::ContactId;

/// That a person was erased.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Erasure")]
pub struct ErasureDocument {
    /// The id they had.
    pub(in crate::contacts) contact: ContactId,
    /// Who erased them.
    pub(in crate::contacts) by: String,
    /// When: microseconds since 1970-01-01 UTC.
    pub(in crate::contacts) at: i64,
    /// How many rows of each kind went, and how many are left.
    pub(in crate::contacts) proof: Value,
}

/// Everything that is known about a person.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PersonExport")]
pub struct ExportDocument {
    /// Persons, identities, memberships and what happened, in words for people.
    pub(in crate::contacts) person: Value,
}

impl From<Erasure> for ErasureDocument {
    fn from(erasure: Erasure) -> Self {
        Self {
            contact: erasure.contact,
            by: erasure.by,
            at: erasure.at.0,
            proof: serde_json::from_str(&erasure.proof).unwrap_or_default(),
        }
    }
}

/// `GET /api/v1/contacts/{id}/export`
///
/// # Errors
/// No such contact here, or the database's.
pub async fn export(State(db): State<Db>, actor: Actor, At(id): At<ContactId>) -> Result<Single, Failure> {
    db.write(move |tx| {
        let person = super::export(tx, &actor, id)?;
        audit::record(tx, &actor, Entry::of(Act::Exported, id))?;
        Ok::<_, Failure>(Single::of(&ExportDocument { person }).without_tag())
    })
    .await
}

/// `DELETE /api/v1/contacts/{id}`
///
/// # Errors
/// No such contact here, a missing permission, or the database's.
pub async fn erase(State(db): State<Db>, actor: Actor, At(id): At<ContactId>) -> Result<Single, Failure> {
    let erasure = db.write(move |tx| super::erase(tx, &actor, id)).await?;
    Ok(Single::of(&ErasureDocument::from(erasure)).without_tag())
}
