//! Whom a provider's word lets in.

use kit::db::{DbError, Tx};
use serde_json::json;

use super::token::Claims;
use super::{LINKED, Provider, store};
use crate::actor::{Actor, Origin};
use crate::agents::{self, Agent, AgentError, NewAgent};
use crate::audit::{self, Act, Entry};
use crate::doors::{Arrival, Entering, Proof, Visitor, arrive};
use crate::events::{self, NewEvent};
use crate::invitations;
use crate::permissions::PermissionSet;

/// What became of somebody whom a provider knows.
#[derive(Clone, Debug)]
pub enum Entered {
    /// They came in, or go on to their second step.
    Arrived(Arrival),
    /// The provider did not make sure of their address.
    Unverified,
    /// Nobody here has their address, and they are not let in by it.
    Nobody,
    /// They have no access any more.
    Inactive,
    /// The provider has somebody else for the agent with this address.
    Taken,
}

/// Lets in whomever `claims` speak of: the agent who is linked, the one who has the address, or somebody new who is
/// invited or whose mail domain is welcome.
///
/// # Errors
/// [`AgentError`] when somebody new can't be made an agent; the database's.
pub fn enter(
    tx: &mut Tx<'_>,
    provider: &Provider,
    claims: &Claims,
    (visitor, origin): (&Visitor, &Origin),
    next: &str,
) -> Result<Entered, AgentError> {
    let agent = match store::agent_of(tx, provider, &claims.subject)? {
        Some(id) => agents::find(tx, provider.workspace, id)?.ok_or(AgentError::Unknown)?,
        None => {
            let email = claims.email.as_deref().filter(|_| claims.is_verified);
            let Some(email) = email else {
                return Ok(Entered::Unverified);
            };
            let Some(agent) = by_address(tx, provider, claims, email, origin)? else {
                return Ok(Entered::Nobody);
            };
            if !agent.is_active {
                return Ok(Entered::Inactive);
            }
            // An address that was given to somebody else must not bring its former owner's access along.
            if store::issuers_of(tx, provider.workspace, agent.id, Some(&provider.issuer))? > 0 {
                return Ok(Entered::Taken);
            }
            let actor = newcomer(provider, &agent, origin);
            link(tx, &actor, provider, claims, &agent)?;
            agent
        }
    };
    if !agent.is_active {
        return Ok(Entered::Inactive);
    }
    let who = Entering {
        workspace: provider.workspace,
        agent: agent.id,
    };
    Ok(Entered::Arrived(arrive(tx, &[who], Proof::One, visitor, next)?))
}

/// The agent with this address, who may just have been made.
fn by_address(
    tx: &mut Tx<'_>,
    provider: &Provider,
    claims: &Claims,
    email: &str,
    origin: &Origin,
) -> Result<Option<Agent>, AgentError> {
    let known = agents::find_by_email(tx, provider.workspace, email)?;
    if known.is_some() {
        return Ok(known.filter(|agent| !agent.is_machine));
    }
    let name = claims.name.as_deref().unwrap_or(email);
    if let Some(invited) = invitations::for_address(tx, provider.workspace, email)? {
        let agent = invitations::admit(tx, provider.workspace, &invited, name, origin)?;
        return Ok(Some(agent));
    }
    let Some(role) = provider.welcomes(email) else {
        return Ok(None);
    };
    let new = NewAgent {
        name: name.chars().take(200).collect(),
        email: email.to_owned(),
        role,
    };
    let agent = new.checked(tx.new_id(), tx.now())?;
    let actor = newcomer(provider, &agent, origin);
    let standing = agents::standing(tx, &actor, role)?;
    let agent = agents::with(agent, standing);
    agents::insert(tx, &actor, agent, Act::AgentJoined).map(Some)
}

/// Makes an agent known to a provider from now on.
pub(super) fn link(
    tx: &mut Tx<'_>,
    actor: &Actor,
    provider: &Provider,
    claims: &Claims,
    agent: &Agent,
) -> Result<(), DbError> {
    let now = tx.now();
    store::link(tx, provider, &claims.subject, agent.id, now)?;
    let facts = json!({ "provider": provider.label, "issuer": provider.issuer, "subject": claims.subject });
    let entry = Entry::of(Act::IdentityLinked, agent.id).named(&agent.name);
    audit::record(tx, actor, entry.after(facts))?;
    events::record(tx, actor, NewEvent::of(&LINKED, agent.id))?;
    Ok(())
}

/// Somebody who is just coming in and may do nothing yet.
fn newcomer(provider: &Provider, agent: &Agent, origin: &Origin) -> Actor {
    let nothing = Agent {
        permissions: PermissionSet::NONE,
        ..agent.clone()
    };
    nothing.actor(provider.workspace).from(origin.clone())
}
