//! Drafts for programs that write for an agent.

use axum::extract::State;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Listed, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tandem_core::actor::Actor;
use tandem_core::agents::AgentId;

use super::super::{MessageKind, TicketError, TicketId};
use super::{Draft, NewDraft};

/// What an agent has begun to write in a ticket.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Draft")]
pub struct DraftDocument {
    /// The ticket.
    pub(super) ticket: TicketId,
    /// Who writes.
    pub(super) agent: AgentId,
    /// What it becomes.
    pub(super) kind: MessageKind,
    /// The words so far.
    pub(super) body: String,
    /// The same with formatting; null where the words say everything.
    pub(super) html: Option<String>,
    /// When it was begun: microseconds since 1970-01-01 UTC.
    pub(super) begun_at: i64,
    /// When it was last kept: microseconds since 1970-01-01 UTC.
    pub(super) saved_at: i64,
}

impl From<Draft> for DraftDocument {
    fn from(draft: Draft) -> Self {
        Self {
            ticket: draft.ticket,
            agent: draft.agent,
            kind: draft.kind,
            body: draft.body,
            html: draft.html,
            begun_at: draft.begun_at.0,
            saved_at: draft.saved_at.0,
        }
    }
}

/// What is kept.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftInput {
    /// What it becomes.
    pub(super) kind: MessageKind,
    /// The words so far; nothing where `html` says them.
    #[schemars(length(min = 1, max = 100_000))]
    pub(super) body: Option<String>,
    /// The words with formatting, in place of `body`: paragraphs, lists, quotes, code, links, bold, italic, underlined, struck
    /// through. Other elements and all attributes go, and their words stay.
    #[serde(default)]
    #[schemars(length(min = 1, max = 1_000_000))]
    pub(super) html: Option<String>,
}

/// Whose draft is taken over.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakingInput {
    /// Who has begun it.
    pub(super) agent: AgentId,
}

/// `GET /api/v1/tickets/{id}/drafts`
///
/// # Errors
/// No such ticket here, or the database's.
pub async fn of_others(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
) -> Result<Listed<DraftDocument>, Failure> {
    let drafts = db
        .read(move |tx| {
            super::super::find(tx, &actor, id)?.ok_or(TicketError::Unknown)?;
            super::of_others(tx, &actor, id)
        })
        .await?;
    let drafts = drafts.into_iter().map(DraftDocument::from).collect();
    Ok(Listed::whole(drafts, None))
}

/// `PUT /api/v1/tickets/{id}/draft/taking`
///
/// # Errors
/// They have begun nothing, no such ticket here, or the database's.
pub async fn take_over(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    Sent(input): Sent<TakingInput>,
) -> Result<Single, Failure> {
    let taken = db
        .write(move |tx| super::take_over(tx, &actor, id, input.agent))
        .await?;
    Ok(Single::of(&DraftDocument::from(taken)).without_tag())
}

/// `GET /api/v1/drafts`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<DraftDocument>, Failure> {
    let drafts = db.read(move |tx| super::all_mine(tx, &actor)).await?;
    let drafts = drafts.into_iter().map(|(draft, _)| draft.into()).collect();
    Ok(Listed::whole(drafts, None))
}

/// `GET /api/v1/tickets/{id}/draft`
///
/// # Errors
/// No draft or no such ticket here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    let draft = db.read(move |tx| super::mine(tx, &actor, id)).await?;
    let draft = draft.ok_or(TicketError::Unknown)?;
    Ok(Single::of(&DraftDocument::from(draft)).without_tag())
}

/// `PUT /api/v1/tickets/{id}/draft`
///
/// # Errors
/// No or too many words, no such ticket here, or the database's.
pub async fn save(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<TicketId>,
    Sent(input): Sent<DraftInput>,
) -> Result<Single, Failure> {
    if input.body.is_some() == input.html.is_some() {
        return Err(TicketError::BadBody.into());
    }
    let new = NewDraft {
        kind: input.kind,
        body: input.body.unwrap_or_default(),
        html: input.html,
        form: None,
    };
    let draft = db.write(move |tx| super::save(tx, &actor, id, &new)).await?;
    let draft = draft.ok_or(TicketError::BadBody)?;
    Ok(Single::of(&DraftDocument::from(draft)).without_tag())
}

/// `DELETE /api/v1/tickets/{id}/draft`
///
/// # Errors
/// No draft or no such ticket here, or the database's.
pub async fn discard(State(db): State<Db>, actor: Actor, At(id): At<TicketId>) -> Result<Single, Failure> {
    db.write(move |tx| super::discard(tx, &actor, id)).await?;
    Ok(Single::nothing())
}
