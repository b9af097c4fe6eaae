//! Invitations: how an agent comes who is not here yet.
//!
//! An invitation has an address, a name, a role, teams, and a link that works once within a week. Only the link's hash is
//! stored; a new link ends the one before. Accepting makes the agent and their first session.

pub mod api;
mod failures;
pub mod letters;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use std::time::Duration;

use kit::db::{DbError, Tx};
use serde_json::json;

pub use letters::Delivery;
pub use model::{Invitation, InvitationError, InvitationText};

use crate::actor::{Actor, Origin, Who};
use crate::agents::{self, Agent, AgentError, NewAgent};
use crate::audit::{self, Act, Entry};
use crate::doors::{self, Entering, Secret, Visitor};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::{Permission, PermissionSet};
use crate::teams;
use crate::workspaces::WorkspaceId;

kit::id! {
    /// An invitation.
    InvitationId, "inv"
}

/// An invitation was made, renewed, revoked or accepted.
pub const CHANGED: Kind = Kind::new("agent.invitation", Permission::AgentsRead);

/// How long the link of an invitation works.
pub const LINK_LIFE: Duration = Duration::from_secs(7 * 24 * 3_600);

/// Invites somebody; gives the secret of their link, where no letter brings it.
///
/// # Errors
/// [`InvitationError`] for a missing permission, a text that does not fit, or an address that an agent or an open
/// invitation has.
pub fn invite(
    tx: &mut Tx<'_>,
    actor: &Actor,
    text: &InvitationText,
    delivery: Delivery,
) -> Result<(Invitation, Option<Secret>), InvitationError> {
    actor.must(Permission::AgentsWrite)?;
    let (id, now) = (tx.new_id(), tx.now());
    let checked = new_agent(text).checked(tx.new_id(), now)?;
    let standing = agents::standing(tx, actor, text.role)?;
    actor.must_have_all(standing.permissions)?;
    let is_taken = agents::find_by_email(tx, actor.workspace, &checked.email)?.is_some()
        || for_address(tx, actor.workspace, &checked.email)?.is_some();
    if is_taken {
        return Err(AgentError::EmailTaken.into());
    }
    let known = teams::all(tx, actor.workspace)?;
    let mut wanted = text.teams.clone();
    wanted.retain(|team| {
        known
            .iter()
            .any(|known| known.id == *team && known.archiving.is_none())
    });
    let invitation = Invitation {
        id,
        email: checked.email,
        name: checked.name,
        role: text.role,
        teams: wanted,
        invited_by: actor.signature(),
        created_at: now,
        expires_at: now.plus(LINK_LIFE),
    };
    let secret = Secret::new(tx.ids());
    store::insert(tx, actor.workspace, &invitation, &secret)?;
    let role = standing.name.unwrap_or_else(|| text.role.to_string());
    let facts = json!({ "name": invitation.name, "email": invitation.email, "role": role });
    note(
        tx,
        actor,
        &invitation,
        Entry::of(Act::AgentInvited, id).after(facts),
    )?;
    let secret = delivery.hand_over(tx, actor.workspace, id, secret)?;
    Ok((invitation, secret))
}

/// Gives an open or expired invitation a new link and a new week; the link before opens no more.
///
/// # Errors
/// [`InvitationError::Unknown`] for one that is not here, accepted or revoked.
pub fn renew(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: InvitationId,
    delivery: Delivery,
) -> Result<(Invitation, Option<Secret>), InvitationError> {
    actor.must(Permission::AgentsWrite)?;
    let mut invitation = store::find(tx, actor.workspace, id)?.ok_or(InvitationError::Unknown)?;
    let standing = agents::standing(tx, actor, invitation.role)?;
    actor.must_have_all(standing.permissions)?;
    invitation.expires_at = tx.now().plus(LINK_LIFE);
    let secret = Secret::new(tx.ids());
    store::renew(tx, actor.workspace, &invitation, &secret)?;
    let entry = Entry::of(Act::InvitationRenewed, id).after(json!({ "expires_at": invitation.expires_at.0 }));
    note(tx, actor, &invitation, entry)?;
    let secret = delivery.hand_over(tx, actor.workspace, id, secret)?;
    Ok((invitation, secret))
}

/// Takes an invitation back; its link opens no more.
///
/// # Errors
/// As of [`renew`].
pub fn revoke(tx: &mut Tx<'_>, actor: &Actor, id: InvitationId) -> Result<Invitation, InvitationError> {
    actor.must(Permission::AgentsWrite)?;
    let invitation = store::find(tx, actor.workspace, id)?.ok_or(InvitationError::Unknown)?;
    let now = tx.now();
    store::revoke(tx, actor.workspace, id, now)?;
    note(tx, actor, &invitation, Entry::of(Act::InvitationRevoked, id))?;
    Ok(invitation)
}

/// Invitations of the workspace that are neither accepted nor revoked, the newest first.
///
/// # Errors
/// [`InvitationError::Forbidden`], or the database's.
pub fn waiting(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Invitation>, InvitationError> {
    actor.must(Permission::AgentsRead)?;
    Ok(store::waiting(tx, actor.workspace)?)
}

/// The invitation behind a link that still opens, and the workspace it leads to. Looking does not use it up.
///
/// # Errors
/// [`DbError`] of the database.
pub fn look(tx: &mut Tx<'_>, secret: &Secret) -> Result<Option<(WorkspaceId, Invitation)>, DbError> {
    let now = tx.now();
    store::find_open(tx, secret, now)
}

/// Accepts an invitation under a name of the agent's own: makes the agent and their session.
///
/// # Errors
/// [`InvitationError::Unknown`] for a link that does not open, a bad name, an address or a role that is gone by now.
pub fn accept(
    tx: &mut Tx<'_>,
    secret: &Secret,
    name: &str,
    visitor: &Visitor,
    origin: Origin,
) -> Result<(Agent, Secret), InvitationError> {
    let now = tx.now();
    let (workspace, invitation) = store::find_open(tx, secret, now)?.ok_or(InvitationError::Unknown)?;
    let agent = admit(tx, workspace, &invitation, name, &origin)?;
    let who = Entering {
        workspace,
        agent: agent.id,
    };
    let session = doors::open(tx, who, visitor)?;
    Ok((agent, session))
}

/// The open invitation for an address, which its owner has shown to be theirs.
///
/// # Errors
/// [`DbError`] of the database.
pub(crate) fn for_address(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    email: &str,
) -> Result<Option<Invitation>, DbError> {
    let now = tx.now();
    store::find_for(tx, workspace, &agents::fold(email), now)
}

/// Makes the invited an agent and uses the invitation up.
pub(crate) fn admit(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    invitation: &Invitation,
    name: &str,
    origin: &Origin,
) -> Result<Agent, AgentError> {
    let now = tx.now();
    let text = InvitationText {
        name: name.to_owned(),
        ..invitation.text()
    };
    let agent = new_agent(&text).checked(tx.new_id(), now)?;
    let who = Who::Agent {
        id: agent.id,
        name: agent.name.clone(),
        permissions: PermissionSet::NONE,
    };
    let actor = Actor {
        workspace,
        who,
        origin: origin.clone(),
    };
    let standing = agents::standing(tx, &actor, invitation.role)?;
    let agent = agents::insert(tx, &actor, agents::with(agent, standing), Act::AgentJoined)?;
    for team in &invitation.teams {
        teams::join(tx, workspace, *team, agent.id)?;
    }
    store::accept(tx, workspace, invitation.id, now)?;
    let payload = json!({ "accepted": true });
    let event = NewEvent::of(&CHANGED, invitation.id).topic(agents::LIST);
    events::record(tx, &actor, event.payload(payload))?;
    Ok(agent)
}

fn new_agent(text: &InvitationText) -> NewAgent {
    NewAgent {
        name: text.name.clone(),
        email: text.email.clone(),
        role: text.role,
    }
}

fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    invitation: &Invitation,
    entry: Entry,
) -> Result<(), InvitationError> {
    audit::record(tx, actor, entry.named(&invitation.email))?;
    events::record(
        tx,
        actor,
        NewEvent::of(&CHANGED, invitation.id).topic(agents::LIST),
    )?;
    Ok(())
}
