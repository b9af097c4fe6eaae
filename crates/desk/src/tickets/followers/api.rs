//! Followers and mentions for programs.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Listed, Single};
use schemars::JsonSchema;
use serde::Serialize;
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;

use super::super::{MessageId, TicketError, TicketId};
use super::{Mention, Shown};

/// An agent who follows a ticket.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Follower")]
pub struct FollowerDocument {
    /// Who.
    pub(super) agent: AgentId,
    /// Since when: microseconds since 1970-01-01 UTC.
    pub(super) since: i64,
}

/// That a note names an agent.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Mention")]
pub struct MentionDocument {
    /// The note.
    pub(super) message: MessageId,
    /// The ticket.
    pub(super) ticket: TicketId,
    /// Who is named.
    pub(super) agent: AgentId,
    /// Who wrote it.
    pub(super) author: String,
    /// The words of the note.
    pub(super) body: String,
    /// When: microseconds since 1970-01-01 UTC.
    pub(super) mentioned_at: i64,
    /// When the agent opened the ticket after it; null before.
    pub(super) seen_at: Option<i64>,
}

impl From<Shown> for MentionDocument {
    fn from(shown: Shown) -> Self {
        let Mention {
            message,
            ticket,
            agent,
            author,
            mentioned_at,
            seen_at,
        } = shown.mention;
        Self {
            message,
            ticket,
            agent,
            author,
            body: shown.words,
            mentioned_at: mentioned_at.0,
            seen_at: seen_at.map(|at| at.0),
        }
    }
}

/// `GET /api/v1/mentions`
///
/// # Errors
/// The database's.
pub async fn mentions(State(db): State<Db>, actor: Actor) -> Result<Listed<MentionDocument>, Failure> {
    let found = db.read(move |tx| super::mentions(tx, &actor)).await?;
    let found = found.into_iter().map(MentionDocument::from).collect();
    Ok(Listed::whole(found, None))
}

/// `GET /api/v1/tickets/{id}/followers`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn list(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
) -> Result<Listed<FollowerDocument>, Failure> {
    let found = db
        .read(move |tx| {
            super::super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
            super::of(tx, &actor, id)
        })
        .await?;
    let document = |(agent, since): (AgentId, kit::clock::Timestamp)| FollowerDocument {
        agent,
        since: since.0,
    };
    Ok(Listed::whole(found.into_iter().map(document).collect(), None))
}

/// `PUT /api/v1/tickets/{id}/following`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn follow(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    db.write(move |tx| super::follow(tx, &actor, id)).await?;
    Ok(Single::nothing())
}

/// `DELETE /api/v1/tickets/{id}/following`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn unfollow(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    db.write(move |tx| super::unfollow(tx, &actor, id)).await?;
    Ok(Single::nothing())
}
