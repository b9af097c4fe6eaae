//! Who acts: an agent, or the system by itself. Every verb takes one and asks it for permission.

use crate::agents::AgentId;
use crate::permissions::{Permission, Role};
use crate::workspaces::WorkspaceId;

/// Who acts, in which workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The workspace; nothing of another one is ever seen or touched.
    pub workspace: WorkspaceId,
    /// Who it is.
    pub who: Who,
}

/// An agent or the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// A member of staff, in person or by an API token.
    Agent {
        /// Which one.
        id: AgentId,
        /// Their name, for records that outlive them.
        name: String,
        /// Their role now.
        role: Role,
    },
    /// The program itself, for the reason named: `demo`, `job accounts.tally`.
    System(&'static str),
}

/// The actor's role does not have the permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} is not allowed to this role", .0.as_str())]
pub struct Forbidden(pub Permission);

impl Actor {
    /// The system acting in `workspace` for `reason`.
    pub fn system(workspace: WorkspaceId, reason: &'static str) -> Self {
        Self {
            workspace,
            who: Who::System(reason),
        }
    }

    /// Whether the actor has `permission`; the system has all.
    pub fn may(&self, permission: Permission) -> bool {
        match &self.who {
            Who::Agent { role, .. } => permission.is_of(*role),
            Who::System(_) => true,
        }
    }

    /// Stops a verb whose actor lacks `permission`.
    ///
    /// # Errors
    /// [`Forbidden`] naming the permission.
    pub fn must(&self, permission: Permission) -> Result<(), Forbidden> {
        if self.may(permission) {
            Ok(())
        } else {
            Err(Forbidden(permission))
        }
    }

    /// How records name the actor: `agt_01k… Ada Byron` or `system: demo`.
    pub fn signature(&self) -> String {
        match &self.who {
            Who::Agent { id, name, .. } => format!("{id} {name}"),
            Who::System(reason) => format!("system: {reason}"),
        }
    }

    /// The acting agent's id.
    pub fn agent(&self) -> Option<AgentId> {
        match &self.who {
            Who::Agent { id, .. } => Some(*id),
            Who::System(_) => None,
        }
    }
}
