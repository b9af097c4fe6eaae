//! Agents: the members of staff. What one of them is to the company is a role, not a type.

mod model;
pub mod search;
mod store;

use kit::db::{DbError, Tx};

pub use model::{Agent, AgentError, NewAgent, fold as folded, is_address};

use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::{Permission, Role};
use crate::workspaces::WorkspaceId;

kit::id! {
    /// An agent.
    AgentId, "agt"
}

/// An agent came to the workspace.
pub const ADDED: Kind = Kind::new("agent.added", Permission::AgentsRead);
/// An agent's role is another now.
pub const ROLE_CHANGED: Kind = Kind::new("agent.role_changed", Permission::AgentsRead);
/// An agent may not sign in any more.
pub const DEACTIVATED: Kind = Kind::new("agent.deactivated", Permission::AgentsRead);

/// The name of the list of agents, for pages that show it.
pub const LIST: &str = "agents";

/// Adds an agent to the actor's workspace.
///
/// # Errors
/// [`AgentError`] for a missing permission, a bad name or address, or an address that is taken.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, new: &NewAgent) -> Result<Agent, AgentError> {
    actor.must(Permission::AgentsWrite)?;
    let agent = new.checked(tx.new_id(), tx.now())?;
    store::insert(tx, actor.workspace, &agent)?;
    let payload = serde_json::json!({ "role": agent.role.as_str() });
    events::record(
        tx,
        actor,
        NewEvent::of(&ADDED, agent.id).topic(LIST).payload(payload),
    )?;
    let facts = serde_json::json!({ "name": agent.name, "email": agent.email, "role": agent.role.as_str() });
    let entry = Entry::of(Act::AgentAdded, agent.id).named(&agent.name);
    audit::record(tx, actor, entry.after(facts))?;
    Ok(agent)
}

/// Gives an agent another role; the same one again changes nothing.
///
/// # Errors
/// [`AgentError::Unknown`] for an agent of no or another workspace, [`AgentError::LastAdmin`] when nobody could
/// manage the workspace afterwards.
pub fn change_role(tx: &mut Tx<'_>, actor: &Actor, id: AgentId, role: Role) -> Result<Agent, AgentError> {
    actor.must(Permission::AgentsWrite)?;
    let mut agent = store::find(tx, actor.workspace, id)?.ok_or(AgentError::Unknown)?;
    if agent.role == role {
        return Ok(agent);
    }
    keep_an_admin(tx, actor.workspace, &agent)?;
    let payload = serde_json::json!({ "from": agent.role.as_str(), "to": role.as_str() });
    let entry = Entry::of(Act::AgentRoleChanged, id)
        .named(&agent.name)
        .before(serde_json::json!({ "role": agent.role.as_str() }))
        .after(serde_json::json!({ "role": role.as_str() }));
    audit::record(tx, actor, entry)?;
    agent.role = role;
    store::update(tx, actor.workspace, &agent)?;
    events::record(
        tx,
        actor,
        NewEvent::of(&ROLE_CHANGED, id).topic(LIST).payload(payload),
    )?;
    Ok(agent)
}

/// Takes an agent's access away; their sessions end with it.
///
/// # Errors
/// As of [`change_role`].
pub fn deactivate(tx: &mut Tx<'_>, actor: &Actor, id: AgentId) -> Result<Agent, AgentError> {
    actor.must(Permission::AgentsWrite)?;
    let mut agent = store::find(tx, actor.workspace, id)?.ok_or(AgentError::Unknown)?;
    if !agent.is_active {
        return Ok(agent);
    }
    keep_an_admin(tx, actor.workspace, &agent)?;
    agent.is_active = false;
    store::update(tx, actor.workspace, &agent)?;
    events::record(tx, actor, NewEvent::of(&DEACTIVATED, id).topic(LIST))?;
    let entry = Entry::of(Act::AgentDeactivated, id)
        .named(&agent.name)
        .before(serde_json::json!({ "is_active": true }))
        .after(serde_json::json!({ "is_active": false }));
    audit::record(tx, actor, entry)?;
    Ok(agent)
}

/// The agent with this id in `workspace`.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, id: AgentId) -> Result<Option<Agent>, DbError> {
    store::find(tx, workspace, id)
}

/// The agent with this address in `workspace`, however it is capitalised.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find_by_email(tx: &mut Tx<'_>, workspace: WorkspaceId, email: &str) -> Result<Option<Agent>, DbError> {
    store::find_by_email(tx, workspace, &model::fold(email))
}

/// The agents of `workspace`, by name; those without access last.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Agent>, DbError> {
    store::all(tx, workspace)
}

fn keep_an_admin(tx: &mut Tx<'_>, workspace: WorkspaceId, leaving: &Agent) -> Result<(), AgentError> {
    let others = store::all(tx, workspace)?;
    let another = others
        .iter()
        .any(|agent| agent.id != leaving.id && agent.is_active && agent.role == Role::Admin);
    if leaving.role == Role::Admin && !another {
        Err(AgentError::LastAdmin)
    } else {
        Ok(())
    }
}
