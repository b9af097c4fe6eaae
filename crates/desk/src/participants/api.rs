//! Participants for programs.

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Listed, Posted, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::contacts::ContactId;

use super::{Participant, ParticipantId};
use crate::tickets::TicketId;

/// Somebody who gets the answers of a ticket too.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Participant")]
pub struct ParticipantDocument {
    /// Its id.
    pub(super) id: ParticipantId,
    /// The ticket.
    pub(super) ticket: TicketId,
    /// Who it is, where the address is somebody's; else null.
    pub(super) contact: Option<ContactId>,
    /// The name beside the address; empty for none.
    pub(super) name: String,
    /// The address.
    pub(super) address: String,
    /// Whether they are only copied in.
    pub(super) is_copy: bool,
    /// When they were added: microseconds since 1970-01-01 UTC.
    pub(super) added_at: i64,
}

impl From<Participant> for ParticipantDocument {
    fn from(one: Participant) -> Self {
        Self {
            id: one.id,
            ticket: one.ticket,
            contact: one.contact,
            name: one.name,
            address: one.address,
            is_copy: one.is_copy,
            added_at: one.added_at.0,
        }
    }
}

/// Who is added.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParticipantInput {
    /// The address.
    #[schemars(length(min = 3, max = 254))]
    pub(super) address: String,
    /// Whether they are only copied in.
    #[serde(default)]
    pub(super) is_copy: bool,
}

/// `GET /api/v1/tickets/{id}/participants`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
) -> Result<Listed<ParticipantDocument>, Failure> {
    let found = db.read(move |tx| super::of(tx, &actor, id)).await?;
    let found = found.into_iter().map(ParticipantDocument::from).collect();
    Ok(Listed::whole(found, None))
}

/// `POST /api/v1/tickets/{id}/participants`
///
/// # Errors
/// What is no address, too many of them, no such ticket here, a missing permission, or the database's.
pub async fn add(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    Posted { input, once }: Posted<ParticipantInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let one = super::add(tx, &actor, id, (&input.address, input.is_copy))?;
        let location = format!("/api/v1/tickets/{id}/participants");
        Ok(Single::made(&ParticipantDocument::from(one), location))
    })
    .await
}

/// `DELETE /api/v1/ticket-participants/{id}`
///
/// # Errors
/// No such participant here, a missing permission, or the database's.
pub async fn remove(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<ParticipantId>,
) -> Result<Single, Failure> {
    db.write(move |tx| super::remove(tx, &actor, id)).await?;
    Ok(Single::nothing())
}
