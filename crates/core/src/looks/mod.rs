//! Looks: how each agent likes the screen, on every device they come from. The words are the shell's; here they are one
//! text in one row. Nobody reads or writes another's.

mod store;

use kit::db::{DbError, Tx};

use crate::actor::Actor;
use crate::agents::AgentId;
use crate::workspaces::WorkspaceId;

/// How this agent likes the screen; none while they never said.
///
/// # Errors
/// [`DbError`] of the database.
pub fn find(tx: &mut Tx<'_>, workspace: WorkspaceId, agent: AgentId) -> Result<Option<String>, DbError> {
    store::find(tx, workspace, agent)
}

/// Keeps how the acting agent likes the screen.
///
/// # Errors
/// [`DbError`] of the database.
pub fn keep(tx: &mut Tx<'_>, actor: &Actor, look: &str) -> Result<(), DbError> {
    match actor.agent() {
        Some(agent) => store::put(tx, actor.workspace, agent, look),
        None => Ok(()),
    }
}
