//! Invitations for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].
//! The link is in the answer to the request that made it, and nowhere else.

use axum::extract::State;
use axum::response::Response;
use kit::db::Db;
use kit::web::Failure;
use kit::web::api::{At, Listed, Posted, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Delivery, Invitation, InvitationId, InvitationText};
use crate::actor::Actor;
use crate::agents::AgentError;
use crate::doors::{Entrance, Secret};
use crate::teams::TeamId;

/// An invitation that waits.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Invitation")]
pub struct InvitationDocument {
    /// Its id.
    pub(super) id: InvitationId,
    /// The address of the invited.
    pub(super) email: String,
    /// Their name.
    pub(super) name: String,
    /// The role they get: the word of a built-in one, or the id of one of the workspace's own.
    pub(super) role: String,
    /// The teams they come into.
    pub(super) teams: Vec<TeamId>,
    /// When it was made: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
    /// Until when it holds: microseconds since 1970-01-01 UTC.
    pub(super) expires_at: i64,
    /// The link for the invited; null except in the answer to the request that made it, where no letter brings it.
    pub(super) link: Option<String>,
}

impl From<Invitation> for InvitationDocument {
    fn from(invitation: Invitation) -> Self {
        Self {
            id: invitation.id,
            email: invitation.email,
            name: invitation.name,
            role: invitation.role.to_string(),
            teams: invitation.teams,
            created_at: invitation.created_at.0,
            expires_at: invitation.expires_at.0,
            link: None,
        }
    }
}

/// Whom a program invites.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationInput {
    /// Their address.
    pub(super) email: String,
    /// Their name.
    pub(super) name: String,
    /// The role they get: the word of a built-in one, or the id of one of the workspace's own.
    pub(super) role: String,
    /// The teams they come into.
    #[serde(default)]
    pub(super) teams: Vec<TeamId>,
    /// Whether to answer with the link instead of sending it by mail; without a mail server it is always so.
    #[serde(default)]
    pub(super) wants_link: bool,
}

/// How a program wants the new link.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RenewalInput {
    /// Whether to answer with the link instead of sending it by mail; without a mail server it is always so.
    #[serde(default)]
    pub(super) wants_link: bool,
}

/// `GET /api/v1/invitations`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<InvitationDocument>, Failure> {
    let waiting = db.read(move |tx| super::waiting(tx, &actor)).await?;
    Ok(Listed::whole(waiting.into_iter().map(Into::into).collect(), None))
}

/// `POST /api/v1/invitations`
///
/// # Errors
/// A field that does not fit, a missing permission, or the database's.
pub async fn create(
    State(Entrance { db, origin, .. }): State<Entrance>,
    actor: Actor,
    Posted { input, once }: Posted<InvitationInput>,
) -> Result<Response, Failure> {
    let text = InvitationText {
        role: input.role.parse().map_err(|_| AgentError::UnknownRole)?,
        email: input.email,
        name: input.name,
        teams: input.teams,
    };
    let (owner, delivery) = ((&actor).into(), Delivery::of(&db, input.wants_link));
    once.run(&db, owner, move |tx| {
        let (invitation, secret) = super::invite(tx, &actor, &text, delivery)?;
        let location = format!("/api/v1/invitations/{}", invitation.id);
        let document = with_link(&origin, invitation, secret);
        Ok(Single::made(&document, location).without_tag())
    })
    .await
}

/// `POST /api/v1/invitations/{id}/renewal`
///
/// # Errors
/// No such invitation here, a missing permission, or the database's.
pub async fn renew(
    State(Entrance { db, origin, .. }): State<Entrance>,
    actor: Actor,
    At(id): At<InvitationId>,
    Posted { input, once }: Posted<RenewalInput>,
) -> Result<Response, Failure> {
    let (owner, delivery) = ((&actor).into(), Delivery::of(&db, input.wants_link));
    once.run(&db, owner, move |tx| {
        let (invitation, secret) = super::renew(tx, &actor, id, delivery)?;
        Ok(Single::of(&with_link(&origin, invitation, secret)).without_tag())
    })
    .await
}

/// `DELETE /api/v1/invitations/{id}`
///
/// # Errors
/// No such invitation here, a missing permission, or the database's.
pub async fn revoke(State(db): State<Db>, actor: Actor, At(id): At<InvitationId>) -> Result<Single, Failure> {
    db.write(move |tx| super::revoke(tx, &actor, id)).await?;
    Ok(Single::nothing())
}

fn with_link(origin: &str, invitation: Invitation, secret: Option<Secret>) -> InvitationDocument {
    InvitationDocument {
        link: secret.map(|secret| format!("{origin}/invitation/{}", secret.expose())),
        ..invitation.into()
    }
}
