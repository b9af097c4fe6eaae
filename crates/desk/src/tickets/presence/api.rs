//! Presence for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Listed};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;

use super::super::{TicketError, TicketId};
use super::{Doing, Presence};

/// Somebody who has a ticket open.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Presence")]
pub struct PresenceDocument {
    /// Who.
    pub(super) agent: AgentId,
    /// What they do.
    pub(super) doing: Doing,
    /// Since when: microseconds since 1970-01-01 UTC.
    pub(super) since: i64,
}

impl From<Presence> for PresenceDocument {
    fn from(presence: Presence) -> Self {
        Self {
            agent: presence.agent,
            doing: presence.doing,
            since: presence.since.0,
        }
    }
}

/// `GET /api/v1/tickets/{id}/presence`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
) -> Result<Listed<PresenceDocument>, Failure> {
    let here = db
        .read(move |tx| {
            super::super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
            super::all(tx, &actor, id)
        })
        .await?;
    let here = here.into_iter().map(PresenceDocument::from).collect();
    Ok(Listed::whole(here, None))
}
