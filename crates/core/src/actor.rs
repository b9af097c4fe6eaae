//! Who acts, from where: an agent, or the system by itself. Every verb takes one and asks it for permission.

use std::sync::Arc;

use kit::id::{TypedId, Uuid};
use kit::web::api::Owner;

use crate::agents::AgentId;
use crate::permissions::{Permission, PermissionSet};
use crate::workspaces::WorkspaceId;

/// Who acts, in which workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The workspace; nothing of another one is ever seen or touched.
    pub workspace: WorkspaceId,
    /// Who it is.
    pub who: Who,
    /// From where, as far as that is known.
    pub origin: Origin,
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
        /// What they may do now, by this session.
        permissions: PermissionSet,
    },
    /// The program itself, for the reason named: `demo`, `job accounts.tally`.
    System(&'static str),
}

/// From where someone acts, for the audit trail. Clones share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin(Option<Arc<Whence>>);

/// What is known about where a request came from. None of it is a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whence {
    /// The client's address.
    pub address: Option<String>,
    /// What the client calls itself.
    pub user_agent: Option<String>,
    /// The session or token by which it came: `ses_…`.
    pub session: Option<String>,
    /// The number of the request in the log.
    pub request_id: Option<String>,
}

/// The longest name of a client that is kept, in characters.
const LONGEST_USER_AGENT: usize = 300;

impl Origin {
    /// What is known of a request.
    pub fn new(mut whence: Whence) -> Self {
        if let Some(name) = &mut whence.user_agent {
            *name = name
                .chars()
                .filter(|c| !c.is_control())
                .take(LONGEST_USER_AGENT)
                .collect();
        }
        Self(Some(Arc::new(whence)))
    }

    /// The same origin, by this session.
    #[must_use]
    pub fn by(&self, session: impl std::fmt::Display) -> Self {
        Self::new(Whence {
            session: Some(session.to_string()),
            ..self.known()
        })
    }

    /// What is known.
    pub fn known(&self) -> Whence {
        self.0.as_deref().cloned().unwrap_or_default()
    }
}

/// The actor does not have the permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} is not allowed to this role", .0.as_str())]
pub struct Forbidden(pub Permission);

impl Actor {
    /// The system acting in `workspace` for `reason`.
    pub fn system(workspace: WorkspaceId, reason: &'static str) -> Self {
        Self {
            workspace,
            who: Who::System(reason),
            origin: Origin::default(),
        }
    }

    /// The same actor from `origin`.
    #[must_use]
    pub fn from(self, origin: Origin) -> Self {
        Self { origin, ..self }
    }

    /// Whether the actor has `permission`; the system has all.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions().has(permission)
    }

    /// All that the actor may do.
    pub fn permissions(&self) -> PermissionSet {
        match &self.who {
            Who::Agent { permissions, .. } => *permissions,
            Who::System(_) => PermissionSet::all(),
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

    /// Stops a verb that would give `permissions` away when the actor does not have all of them.
    ///
    /// # Errors
    /// [`Forbidden`] naming the first one that the actor lacks.
    pub fn must_have_all(&self, permissions: PermissionSet) -> Result<(), Forbidden> {
        match permissions.without(self.permissions()).iter().next() {
            None => Ok(()),
            Some(missing) => Err(Forbidden(missing)),
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

/// Whose keys of repeated requests these are.
impl From<&Actor> for Owner {
    fn from(actor: &Actor) -> Self {
        Self {
            workspace: actor.workspace.uuid(),
            sender: actor.agent().map_or(Uuid::nil(), TypedId::uuid),
        }
    }
}
