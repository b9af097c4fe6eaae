//! Teams: agents who work on the same things. An archived team keeps its members and takes no new work.

pub mod api;
mod failures;
mod model;
pub mod operations;
mod store;
mod views;
pub mod web;

use std::collections::BTreeMap;

use kit::db::{DbError, Tx};
use serde_json::json;

pub use model::{Archiving, Team, TeamError, TeamText};

use crate::actor::Actor;
use crate::agents::{self, AgentId};
use crate::audit::{self, Act, Entry};
use crate::events::{self, Kind, NewEvent};
use crate::permissions::Permission;
use crate::workspaces::WorkspaceId;

kit::id! {
    /// A team.
    TeamId, "tem"
}

/// A team came.
pub const ADDED: Kind = Kind::new("team.added", Permission::AgentsRead);
/// A team has another name or other members.
pub const CHANGED: Kind = Kind::new("team.changed", Permission::AgentsRead);
/// A team was archived.
pub const ARCHIVED: Kind = Kind::new("team.archived", Permission::AgentsRead);
/// An archived team was brought back.
pub const RESTORED: Kind = Kind::new("team.restored", Permission::AgentsRead);

/// The name of the list of teams, for pages that show it.
pub const LIST: &str = "teams";

/// Adds a team.
///
/// # Errors
/// [`TeamError`] for a missing permission, a name that is bad or taken, or members who are not agents here.
pub fn add(tx: &mut Tx<'_>, actor: &Actor, text: &TeamText) -> Result<Team, TeamError> {
    actor.must(Permission::TeamsWrite)?;
    let text = checked(tx, actor, text)?;
    let team = Team {
        id: tx.new_id(),
        name: text.name,
        members: text.members,
        version: 1,
        created_at: tx.now(),
        archiving: None,
    };
    store::insert(tx, actor.workspace, &team)?;
    let facts = facts(tx, actor, &team)?;
    note(
        tx,
        actor,
        &ADDED,
        &team,
        Entry::of(Act::TeamAdded, team.id).after(facts),
    )?;
    Ok(team)
}

/// Changes a team's name and members, made from `version`.
///
/// # Errors
/// As of [`add`]; [`TeamError::Stale`] when someone changed it meanwhile.
pub fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: TeamId,
    version: i64,
    text: &TeamText,
) -> Result<Team, TeamError> {
    actor.must(Permission::TeamsWrite)?;
    let text = checked(tx, actor, text)?;
    let mut team = store::find(tx, actor.workspace, id)?.ok_or(TeamError::Unknown)?;
    if team.version != version {
        return Err(TeamError::Stale(Box::new(team)));
    }
    if (&team.name, &team.members) == (&text.name, &text.members) {
        return Ok(team);
    }
    let before = facts(tx, actor, &team)?;
    team.name = text.name;
    team.members = text.members;
    team.version += 1;
    store::update(tx, actor.workspace, &team)?;
    let entry = Entry::of(Act::TeamChanged, id).before(before);
    let entry = entry.after(facts(tx, actor, &team)?);
    note(tx, actor, &CHANGED, &team, entry)?;
    Ok(team)
}

/// Archives a team; archiving it twice keeps the first one's name and moment.
///
/// # Errors
/// [`TeamError::Unknown`] for a team of no or another workspace.
pub fn archive(tx: &mut Tx<'_>, actor: &Actor, id: TeamId) -> Result<Team, TeamError> {
    actor.must(Permission::TeamsWrite)?;
    let mut team = store::find(tx, actor.workspace, id)?.ok_or(TeamError::Unknown)?;
    if team.archiving.is_none() {
        team.archiving = Some(Archiving {
            by: actor.signature(),
            at: tx.now(),
        });
        store::set_archiving(tx, actor.workspace, &team)?;
        note(tx, actor, &ARCHIVED, &team, Entry::of(Act::TeamArchived, id))?;
    }
    Ok(team)
}

/// Brings an archived team back; another stays as it is.
///
/// # Errors
/// As of [`archive`].
pub fn restore(tx: &mut Tx<'_>, actor: &Actor, id: TeamId) -> Result<Team, TeamError> {
    actor.must(Permission::TeamsWrite)?;
    let mut team = store::find(tx, actor.workspace, id)?.ok_or(TeamError::Unknown)?;
    if team.archiving.take().is_some() {
        store::set_archiving(tx, actor.workspace, &team)?;
        note(tx, actor, &RESTORED, &team, Entry::of(Act::TeamRestored, id))?;
    }
    Ok(team)
}

/// The team with this id in the actor's workspace.
///
/// # Errors
/// [`TeamError::Forbidden`], or the database's.
pub fn find(tx: &mut Tx<'_>, actor: &Actor, id: TeamId) -> Result<Option<Team>, TeamError> {
    actor.must(Permission::AgentsRead)?;
    Ok(store::find(tx, actor.workspace, id)?)
}

/// The teams of `workspace`, by name; archived ones last.
///
/// # Errors
/// [`DbError`] of the database.
pub fn all(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<Team>, DbError> {
    store::all(tx, workspace)
}

/// The names of the teams that each agent of `workspace` is in, archived teams left out.
///
/// # Errors
/// [`DbError`] of the database.
pub fn by_agent(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<BTreeMap<AgentId, Vec<String>>, DbError> {
    let mut names: BTreeMap<AgentId, Vec<String>> = BTreeMap::new();
    for team in store::all(tx, workspace)? {
        if team.archiving.is_none() {
            for member in team.members {
                names.entry(member).or_default().push(team.name.clone());
            }
        }
    }
    Ok(names)
}

/// Takes an agent into a team, if the team is still there.
pub(crate) fn join(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    team: TeamId,
    agent: AgentId,
) -> Result<(), DbError> {
    if store::find(tx, workspace, team)?.is_some() {
        store::insert_member(tx, workspace, team, agent)?;
    }
    Ok(())
}

fn checked(tx: &mut Tx<'_>, actor: &Actor, text: &TeamText) -> Result<TeamText, TeamError> {
    let text = text.checked()?;
    let agents = agents::all(tx, actor.workspace)?;
    let is_known = |member: &AgentId| agents.iter().any(|agent| agent.id == *member);
    if text.members.iter().all(is_known) {
        Ok(text)
    } else {
        Err(TeamError::UnknownMember)
    }
}

/// What the audit trail says of a team: members by their names.
fn facts(tx: &mut Tx<'_>, actor: &Actor, team: &Team) -> Result<serde_json::Value, DbError> {
    let agents = agents::all(tx, actor.workspace)?;
    let members = agents.iter().filter(|agent| team.members.contains(&agent.id));
    let names: Vec<&str> = members.map(|agent| agent.name.as_str()).collect();
    Ok(json!({ "name": team.name, "members": names }))
}

fn note(
    tx: &mut Tx<'_>,
    actor: &Actor,
    kind: &'static Kind,
    team: &Team,
    entry: Entry,
) -> Result<(), DbError> {
    audit::record(tx, actor, entry.named(&team.name))?;
    let event = NewEvent::of(kind, team.id).topic(LIST).topic(agents::LIST);
    events::record(tx, actor, event.payload(json!({ "name": team.name })))?;
    Ok(())
}
