//! What a role of a workspace's own is, and what it makes of an agent.

use kit::clock::Timestamp;
use kit::db::DbError;
use serde_json::{Value, json};

use super::RoleId;
use crate::actor::Forbidden;
use crate::permissions::{Permission, PermissionSet, Role};

/// A role that a workspace made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomRole {
    /// Its id.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What those who have it may do.
    pub permissions: PermissionSet,
    /// Grows by one with every change.
    pub version: i64,
    /// When it last changed.
    pub changed_at: Timestamp,
}

impl CustomRole {
    /// What the audit trail says of it.
    pub(super) fn facts(&self) -> Value {
        let permissions: Vec<&str> = self.permissions.iter().map(Permission::as_str).collect();
        json!({ "name": self.name, "permissions": permissions })
    }
}

/// What people write about a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleText {
    /// Its name.
    pub name: String,
    /// What those who have it may do.
    pub permissions: PermissionSet,
}

impl RoleText {
    pub(super) fn checked(&self) -> Result<Self, RoleError> {
        let name: String = self.name.trim().chars().filter(|c| !c.is_control()).collect();
        if name.is_empty() || name.chars().count() > 60 {
            return Err(RoleError::BadName);
        }
        Ok(Self {
            name,
            permissions: self.permissions,
        })
    }
}

/// What an agent is and may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The role.
    pub role: Role,
    /// The role's name when the workspace made it.
    pub name: Option<String>,
    /// What it allows.
    pub permissions: PermissionSet,
}

impl Standing {
    /// What one of the six makes of an agent.
    pub fn built_in(role: Role) -> Self {
        Self {
            role,
            name: None,
            permissions: role.permissions(),
        }
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoleError {
    /// The actor may not, or lacks what they would give.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or longer than 60 characters.
    #[error("a role's name has 1 to 60 characters")]
    BadName,
    /// Another role has this name.
    #[error("another role has this name")]
    NameTaken,
    /// There is no such role here.
    #[error("there is no such role")]
    Unknown,
    /// So many agents and open invitations have it.
    #[error("{0} agents or invitations have this role")]
    InUse(i64),
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the role meanwhile")]
    Stale(Box<CustomRole>),
    /// Without these permissions nobody could manage the workspace.
    #[error("the last admins have this role")]
    LastAdmin,
    /// The database failed.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for RoleError {
    fn from(error: DbError) -> Self {
        match error {
            taken if taken.is_unique(&["workspace_id", "name_folded"]) => Self::NameTaken,
            other => Self::Db(other),
        }
    }
}
