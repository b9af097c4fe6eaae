//! The daily digest: a letter in the workspace's working morning to whoever has new alerts. Nothing new, no letter; everybody may
//! switch theirs off.

pub mod jobs;
mod store;
mod views;
pub mod web;

use kit::clock::Timestamp;
use kit::db::{DbError, Tx};
use tandem_core::actor::Actor;
use tandem_core::agents::{Agent, AgentId};
use tandem_core::permissions::Permission;
use tandem_core::workspaces::WorkspaceId;
use tandem_core::{agents, calendars, workspaces};

use super::AlertError;

/// An agent's digest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// Whether they don't want it.
    pub is_off: bool,
    /// The day on which it was last made, as it is written.
    pub made_day: String,
    /// The moment up to which they were told.
    pub told_until: Option<Timestamp>,
}

/// The digest of an agent.
///
/// # Errors
/// [`DbError`] of the database.
pub fn of(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<Digest, DbError> {
    Ok(store::find(tx, workspace, agent)?.unwrap_or_default())
}

/// Switches one's own digest on or off.
///
/// # Errors
/// A missing permission, or the database's.
pub fn switch(tx: &mut Tx<'_>, actor: &Actor, is_on: bool) -> Result<(), AlertError> {
    actor.must(Permission::AlertsRead)?;
    let Some(agent) = actor.agent() else {
        return Err(AlertError::UnknownAgent);
    };
    let digest = Digest {
        is_off: !is_on,
        ..of(tx, actor.workspace, agent)?
    };
    Ok(store::put(tx, actor.workspace, agent, &digest)?)
}

/// Who is to get a digest now: everybody who may see alerts, once on each day on which the workspace works, in its hours.
fn due(tx: &mut Tx<'_>, workspace: WorkspaceId) -> Result<Vec<AgentId>, DbError> {
    let now = tx.now();
    if !calendars::held(tx, workspace)?.is_open(now) {
        return Ok(Vec::new());
    }
    let today = workspaces::today(tx, workspace)?.to_string();
    let mut due = Vec::new();
    let may = |agent: &Agent| {
        agent.is_active && !agent.is_machine && agent.actor(workspace).may(Permission::AlertsRead)
    };
    for agent in agents::all(tx, workspace)?.iter().filter(|agent| may(agent)) {
        let digest = of(tx, workspace, agent.id)?;
        if digest.made_day != today && !digest.is_off {
            let digest = Digest {
                made_day: today.clone(),
                ..digest
            };
            store::put(tx, workspace, agent.id, &digest)?;
            due.push(agent.id);
        }
    }
    Ok(due)
}
