//! External ids, for programs.

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Operation, Posted, Sample, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ExternalId, ExternalIdId};
use crate::accounts::AccountId;
use crate::accounts::failures::{EXTERNAL_ID, EXTERNAL_ID_TAKEN, SOURCE};
use crate::actor::Actor;

const PART: &str = "Accounts";

/// What an account is called in another system.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ExternalId")]
pub struct ExternalIdDocument {
    /// Its id here.
    id: ExternalIdId,
    /// The other system.
    source: String,
    /// What it calls the account.
    value: String,
}

impl From<ExternalId> for ExternalIdDocument {
    fn from(known: ExternalId) -> Self {
        Self {
            id: known.id,
            source: known.source,
            value: known.value,
        }
    }
}

/// What an account is called in another system, as a program says it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalIdInput {
    /// The other system: letters, digits, points, dashes and underscores; kept in small letters.
    #[schemars(length(min = 1, max = 60))]
    source: String,
    /// What it calls the account.
    #[schemars(length(min = 1, max = 200))]
    value: String,
}

/// `POST /api/v1/accounts/{id}/external-ids`
pub const ADD: Operation = Operation::new(
    PART,
    "Add an external id",
    "What another system calls the account. `GET /api/v1/accounts?source=…&external_id=…` finds the account by it.",
)
.of::<AccountId>()
.takes::<ExternalIdInput>()
.makes::<ExternalIdDocument>()
.fails(&[&SOURCE, &EXTERNAL_ID, &EXTERNAL_ID_TAKEN]);

/// `DELETE /api/v1/external-ids/{id}`
pub const REMOVE: Operation = Operation::new(
    PART,
    "Remove an external id",
    "The account is not found by it any more.",
)
.of::<ExternalIdId>();

impl Sample for ExternalIdInput {
    fn sample() -> Self {
        Self {
            source: "crm".to_owned(),
            value: "0013000001aBcD".to_owned(),
        }
    }
}

impl Sample for ExternalIdDocument {
    fn sample() -> Self {
        let ExternalIdInput { source, value } = ExternalIdInput::sample();
        Self {
            id: "ext_01k5x0h3m8f2rq7v9c4w6d1nbe".parse().expect("an id"),
            source,
            value,
        }
    }
}

/// `POST /api/v1/accounts/{id}/external-ids`
///
/// # Errors
/// A field that does not fit, an id of another account, no such account here, or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AccountId>,
    Posted { input, once }: Posted<ExternalIdInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let known = super::add(tx, &actor, id, &input.source, &input.value)?;
        Ok(Single::made(
            &ExternalIdDocument::from(known),
            format!("/api/v1/accounts/{id}"),
        ))
    })
    .await
}

/// `DELETE /api/v1/external-ids/{id}`
///
/// # Errors
/// No such external id here, a missing permission, or the database's.
pub async fn remove(State(db): State<Db>, actor: Actor, At(id): At<ExternalIdId>) -> Result<Single, Failure> {
    db.write(move |tx| super::remove(tx, &actor, id)).await?;
    Ok(Single::nothing())
}
