//! Agents: the members of staff, and the machines that act beside them. What one of them is to the company is a role,
//! not a type.
//!
//! Nobody gives more than they have, nobody changes an agent who may do more than they, and one person at least can
//! always manage the workspace.

pub mod api;
pub(crate) mod failures;
mod model;
pub mod operations;
pub mod search;
mod store;
mod views;
pub mod web;

use std::collections::BTreeMap;

use kit::clock::{Timestamp, is_zone};
use kit::db::{DbError, Tx};
use kit::i18n::{Formats, Locale};
use serde_json::json;

pub(crate) use model::checked_name;
pub use model::{Agent, AgentError, NewAgent, fold, is_address};
pub(crate) use views::role_text;

use crate::actor::Actor;
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::{Permission, PermissionSet, Role};
use crate::roles::{self, Standing};
use crate::workspaces::WorkspaceId;

kit::id! {
    /// An agent.
    AgentId, "agt"
}

/// An agent came to the workspace.
pub const ADDED: Kind = Kind::new("agent.added", Permission::AgentsRead);
/// An agent has another name, language or time zone.
pub const CHANGED: Kind = Kind::new("agent.changed", Permission::AgentsRead);
/// An agent's role is another now.
pub const ROLE_CHANGED: Kind = Kind::new("agent.role_changed", Permission::AgentsRead);
/// An agent may not sign in any more.
pub const DEACTIVATED: Kind = Kind::new("agent.deactivated", Permission::AgentsRead);
/// An agent may sign in again.
pub const REACTIVATED: Kind = Kind::new("agent.reactivated", Permission::AgentsRead);

/// The name of the list of agents, for pages that show it.
pub const LIST: &str = "agents";

/// Adds an agent to the actor's workspace.
///
/// # Errors
/// [`AgentError`] for a missing permission, a bad name or address, or an address that is taken.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, new: &NewAgent) -> Result<Agent, AgentError> {
    actor.must(Permission::AgentsWrite)?;
    let agent = new.checked(tx.new_id(), tx.now())?;
    let standing = standing(tx, actor, agent.role)?;
    actor.must_have_all(standing.permissions)?;
    insert(tx, actor, with(agent, standing), Act::AgentAdded)
}

/// Adds an agent for a program. It has no address, signs in nowhere, and acts by its tokens only.
///
/// # Errors
/// As of [`add`].
pub fn add_machine(tx: &mut Tx<'_>, actor: &Actor, name: &str, role: Role) -> Result<Agent, AgentError> {
    actor.must(Permission::TokensWrite)?;
    let standing = standing(tx, actor, role)?;
    actor.must_have_all(standing.permissions)?;
    let id: AgentId = tx.new_id();
    let agent = Agent {
        id,
        name: checked_name(name)?,
        email: format!("{id}@machine"),
        role,
        role_name: None,
        permissions: PermissionSet::NONE,
        is_active: true,
        is_machine: true,
        locale: None,
        zone: None,
        formats: Formats::default(),
        created_at: tx.now(),
    };
    insert(tx, actor, with(agent, standing), Act::AgentAdded)
}

/// Stores an agent whose role somebody was allowed to give.
pub(crate) fn insert(tx: &mut Tx<'_>, actor: &Actor, agent: Agent, act: Act) -> Result<Agent, AgentError> {
    store::insert(tx, actor.workspace, &agent)?;
    roles::give(tx, actor.workspace, agent.id, agent.role)?;
    let payload = json!({ "role": agent.role.to_string() });
    events::record(
        tx,
        actor,
        NewEvent::of(&ADDED, agent.id).topic(LIST).payload(payload),
    )?;
    let facts = json!({ "name": agent.name, "email": agent.email, "role": role_word(&agent) });
    audit::record(
        tx,
        actor,
        Entry::of(act, agent.id).named(&agent.name).after(facts),
    )?;
    Ok(agent)
}

/// Gives an agent another role; the same one again changes nothing.
///
/// # Errors
/// [`AgentError::Unknown`] for an agent of no or another workspace, [`AgentError::LastAdmin`] when nobody could
/// manage the workspace afterwards.
pub fn change_role(tx: &mut Tx<'_>, actor: &Actor, id: AgentId, role: Role) -> Result<Agent, AgentError> {
    actor.must(Permission::AgentsWrite)?;
    let before = reachable(tx, actor, id)?;
    let standing = standing(tx, actor, role)?;
    actor.must_have_all(standing.permissions)?;
    if before.role == role {
        return Ok(before);
    }
    let agent = with(before.clone(), standing);
    store::update(tx, actor.workspace, &agent)?;
    roles::give(tx, actor.workspace, id, role)?;
    keep_an_admin(tx, actor.workspace, &before)?;
    let payload = json!({ "from": before.role.to_string(), "to": role.to_string() });
    events::record(
        tx,
        actor,
        NewEvent::of(&ROLE_CHANGED, id).topic(LIST).payload(payload),
    )?;
    let entry = Entry::of(Act::AgentRoleChanged, id)
        .named(&agent.name)
        .before(json!({ "role": role_word(&before) }))
        .after(json!({ "role": role_word(&agent) }));
    audit::record(tx, actor, entry)?;
    Ok(agent)
}

/// Takes an agent's access away; their sessions and tokens end with it.
///
/// # Errors
/// As of [`change_role`].
pub fn deactivate(tx: &mut Tx<'_>, actor: &Actor, id: AgentId) -> Result<Agent, AgentError> {
    actor.must(Permission::AgentsWrite)?;
    let before = reachable(tx, actor, id)?;
    if !before.is_active {
        return Ok(before);
    }
    let agent = Agent {
        is_active: false,
        ..before.clone()
    };
    store::update(tx, actor.workspace, &agent)?;
    keep_an_admin(tx, actor.workspace, &before)?;
    let now = tx.now();
    let ended = store::end_sessions(tx, actor.workspace, id, now)?;
    events::record(tx, actor, NewEvent::of(&DEACTIVATED, id).topic(LIST))?;
    let entry = Entry::of(Act::AgentDeactivated, id)
        .named(&agent.name)
        .before(json!({ "is_active": true }))
        .after(json!({ "is_active": false, "sessions_ended": ended }));
    audit::record(tx, actor, entry)?;
    Ok(agent)
}

/// Gives an agent their access back. Sessions and tokens that ended stay ended.
///
/// # Errors
/// [`AgentError::Unknown`] for an agent of no or another workspace.
pub fn reactivate(tx: &mut Tx<'_>, actor: &Actor, id: AgentId) -> Result<Agent, AgentError> {
    actor.must(Permission::AgentsWrite)?;
    let mut agent = reachable(tx, actor, id)?;
    if agent.is_active {
        return Ok(agent);
    }
    agent.is_active = true;
    store::update(tx, actor.workspace, &agent)?;
    events::record(tx, actor, NewEvent::of(&REACTIVATED, id).topic(LIST))?;
    let entry = Entry::of(Act::AgentReactivated, id)
        .named(&agent.name)
        .before(json!({ "is_active": false }))
        .after(json!({ "is_active": true }));
    audit::record(tx, actor, entry)?;
    Ok(agent)
}

/// What agents say about themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Their name.
    pub name: String,
    /// Their language; none for the workspace's.
    pub locale: Option<String>,
    /// Their time zone; none for the workspace's.
    pub zone: Option<String>,
    /// How they want days, times and numbers written; none leaves that as it is.
    pub formats: Option<Formats>,
}

/// Changes the actor's own language, time zone and formats; their name stays.
///
/// # Errors
/// As of [`change_profile`].
pub fn choose(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (locale, zone): (Option<String>, Option<String>),
    formats: Formats,
) -> Result<Agent, AgentError> {
    let id = actor.agent().ok_or(AgentError::Unknown)?;
    let agent = store::find(tx, actor.workspace, id)?.ok_or(AgentError::Unknown)?;
    let profile = Profile {
        name: agent.name,
        locale,
        zone,
        formats: Some(formats),
    };
    change_profile(tx, actor, &profile)
}

/// Changes the actor's own name, language, time zone and formats.
///
/// # Errors
/// [`AgentError::BadName`], [`AgentError::BadChoice`]; [`AgentError::Unknown`] for the system.
pub fn change_profile(tx: &mut Tx<'_>, actor: &Actor, profile: &Profile) -> Result<Agent, AgentError> {
    let id = actor.agent().ok_or(AgentError::Unknown)?;
    let before = store::find(tx, actor.workspace, id)?.ok_or(AgentError::Unknown)?;
    let locale = match &profile.locale {
        None => None,
        Some(tag) => Some(
            Locale::parse(tag)
                .ok_or(AgentError::BadChoice("locale"))?
                .tag()
                .to_owned(),
        ),
    };
    if profile.zone.as_deref().is_some_and(|zone| !is_zone(zone)) {
        return Err(AgentError::BadChoice("zone"));
    }
    let agent = Agent {
        name: checked_name(&profile.name)?,
        locale,
        zone: profile.zone.clone(),
        formats: profile.formats.unwrap_or(before.formats),
        ..before.clone()
    };
    if agent == before {
        return Ok(agent);
    }
    store::update(tx, actor.workspace, &agent)?;
    events::record(tx, actor, NewEvent::of(&CHANGED, id).topic(LIST))?;
    let facts = |agent: &Agent| {
        let formats = agent.formats.kept();
        json!({ "name": agent.name, "locale": agent.locale, "zone": agent.zone, "formats": formats })
    };
    let entry = Entry::of(Act::AgentChanged, id)
        .named(&agent.name)
        .before(facts(&before))
        .after(facts(&agent));
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
    store::find_by_email(tx, workspace, &fold(email))
}

/// The agents of `workspace`, by name; those without access last.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Agent>, DbError> {
    store::all(tx, workspace)
}

/// When each agent of `workspace` was last seen.
///
/// # Errors
/// [`DbError`] of the database.
pub fn seen(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<BTreeMap<AgentId, Timestamp>, DbError> {
    store::seen(tx, workspace)
}

/// Whether a person who may do everything has access to `workspace`.
pub(crate) fn has_an_admin(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<bool, DbError> {
    Ok(store::all(tx, workspace)?.iter().any(is_admin))
}

/// What the actor's workspace makes of an agent with `role`.
pub(crate) fn standing(tx: &mut Tx<'_>, actor: &Actor, role: Role) -> Result<Standing, AgentError> {
    roles::standing(tx, actor.workspace, role)?.ok_or(AgentError::UnknownRole)
}

/// The agent with what their role makes of them.
pub(crate) fn with(agent: Agent, standing: Standing) -> Agent {
    Agent {
        role: standing.role,
        role_name: standing.name,
        permissions: standing.permissions,
        ..agent
    }
}

/// The name of an agent's role for records: the word of a built-in one, the name of another.
fn role_word(agent: &Agent) -> String {
    agent.role_name.clone().unwrap_or_else(|| agent.role.to_string())
}

/// An agent whom the actor may change: one who may do no more than the actor.
pub(crate) fn reachable(tx: &mut Tx<'_>, actor: &Actor, id: AgentId) -> Result<Agent, AgentError> {
    let agent = store::find(tx, actor.workspace, id)?.ok_or(AgentError::Unknown)?;
    actor.must_have_all(agent.permissions)?;
    Ok(agent)
}

fn is_admin(agent: &Agent) -> bool {
    agent.is_active && !agent.is_machine && agent.permissions == PermissionSet::all()
}

fn keep_an_admin(tx: &mut Tx<'_>, workspace: WorkspaceId, before: &Agent) -> Result<(), AgentError> {
    if is_admin(before) && !has_an_admin(tx, workspace)? {
        Err(AgentError::LastAdmin)
    } else {
        Ok(())
    }
}
