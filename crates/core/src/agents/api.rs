//! Agents for programs: the same verbs as the pages. What the addresses are for stands in [`super::operations`].

use axum::extract::State;
use axum::response::Response;
use kit::db::{Db, Tx};
use kit::web::Failure;
use kit::web::api::{At, IfMatch, Listed, Posted, Sent, Single};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Agent, AgentError, AgentId};
use crate::actor::Actor;
use crate::permissions::Role;

/// An agent: a member of staff, or a machine.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Agent")]
pub struct AgentDocument {
    /// Its id.
    pub(super) id: AgentId,
    /// Its name.
    pub(super) name: String,
    /// Its address; null for a machine.
    pub(super) email: Option<String>,
    /// Its role: the word of a built-in one, or the id of one of the workspace's own.
    pub(super) role: String,
    /// Whether it has access.
    pub(super) is_active: bool,
    /// Whether it is a machine, which acts by tokens only.
    pub(super) is_machine: bool,
    /// When it came: microseconds since 1970-01-01 UTC.
    pub(super) created_at: i64,
}

impl From<Agent> for AgentDocument {
    fn from(agent: Agent) -> Self {
        Self {
            id: agent.id,
            name: agent.name,
            email: Some(agent.email).filter(|_| !agent.is_machine),
            role: agent.role.to_string(),
            is_active: agent.is_active,
            is_machine: agent.is_machine,
            created_at: agent.created_at.0,
        }
    }
}

/// The role to give.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentRoleInput {
    /// The word of a built-in role, or the id of one of the workspace's own.
    pub(super) role: String,
}

/// A machine to come.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MachineInput {
    /// Its name.
    pub(super) name: String,
    /// The word of a built-in role, or the id of one of the workspace's own.
    pub(super) role: String,
}

/// `POST /api/v1/agents`
///
/// # Errors
/// A name or role that does not fit, a missing permission, or the database's.
pub async fn add_machine(
    State(db): State<Db>,
    actor: Actor,
    Posted { input, once }: Posted<MachineInput>,
) -> Result<Response, Failure> {
    let owner = (&actor).into();
    once.run(&db, owner, move |tx| {
        let role: Role = input.role.parse().map_err(|_| AgentError::UnknownRole)?;
        let agent = super::add_machine(tx, &actor, &input.name, role)?;
        let location = format!("/api/v1/agents/{}", agent.id);
        Ok(Single::made(&AgentDocument::from(agent), location))
    })
    .await
}

/// `GET /api/v1/agents`
///
/// # Errors
/// The database's.
pub async fn list(State(db): State<Db>, actor: Actor) -> Result<Listed<AgentDocument>, Failure> {
    let agents = db.read(move |tx| super::all(tx, actor.workspace)).await?;
    Ok(Listed::whole(agents.into_iter().map(Into::into).collect(), None))
}

/// `GET /api/v1/agents/{id}`
///
/// # Errors
/// No such agent here, or the database's.
pub async fn show(State(db): State<Db>, actor: Actor, At(id): At<AgentId>) -> Result<Single, Failure> {
    Ok(single(db.read(move |tx| known(tx, &actor, id)).await?))
}

/// `PUT /api/v1/agents/{id}/role`
///
/// # Errors
/// A role that is none, another state than the one named, no such agent here, a missing permission, or the database's.
pub async fn change_role(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AgentId>,
    state: IfMatch,
    Sent(input): Sent<AgentRoleInput>,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        let role: Role = input.role.parse().map_err(|_| AgentError::UnknownRole)?;
        Ok(single(super::change_role(tx, &actor, id, role)?))
    })
    .await
}

/// `PUT /api/v1/agents/{id}/deactivation`
///
/// # Errors
/// Another state than the one named, no such agent here, a missing permission, or the database's.
pub async fn deactivate(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AgentId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::deactivate(tx, &actor, id)?))
    })
    .await
}

/// `DELETE /api/v1/agents/{id}/deactivation`
///
/// # Errors
/// As of [`deactivate`].
pub async fn reactivate(
    State(db): State<Db>,
    actor: Actor,
    At(id): At<AgentId>,
    state: IfMatch,
) -> Result<Single, Failure> {
    db.write(move |tx| {
        state.hold(&single(known(tx, &actor, id)?))?;
        Ok(single(super::reactivate(tx, &actor, id)?))
    })
    .await
}

fn known(tx: &mut Tx<'_>, actor: &Actor, id: AgentId) -> Result<Agent, AgentError> {
    super::find(tx, actor.workspace, id)?.ok_or(AgentError::Unknown)
}

fn single(agent: Agent) -> Single {
    Single::of(&AgentDocument::from(agent))
}
