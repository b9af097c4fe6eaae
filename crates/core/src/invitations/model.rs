//! What an invitation is.

use kit::clock::Timestamp;
use kit::db::DbError;

use super::InvitationId;
use crate::actor::Forbidden;
use crate::agents::AgentError;
use crate::permissions::Role;
use crate::teams::TeamId;

/// Somebody who may come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// The address it is for.
    pub email: String,
    /// The name that the inviter knows them by.
    pub name: String,
    /// The role they will have.
    pub role: Role,
    /// The teams they will be in.
    pub teams: Vec<TeamId>,
    /// The inviter's signature.
    pub invited_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when its link works.
    pub expires_at: Timestamp,
}

impl Invitation {
    /// The inviter's name.
    pub fn inviter(&self) -> &str {
        self.invited_by
            .split_once(' ')
            .map_or(self.invited_by.as_str(), |(_, name)| name)
    }

    pub(super) fn text(&self) -> InvitationText {
        InvitationText {
            email: self.email.clone(),
            name: self.name.clone(),
            role: self.role,
            teams: self.teams.clone(),
        }
    }
}

/// What an inviter writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationText {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The teams.
    pub teams: Vec<TeamId>,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvitationError {
    /// The agent can't be made as the invitation says.
    #[error(transparent)]
    Agent(#[from] AgentError),
    /// There is no such invitation, or it is past that.
    #[error("there is no such invitation, or it was used or taken back")]
    Unknown,
}

impl From<DbError> for InvitationError {
    fn from(error: DbError) -> Self {
        Self::Agent(error.into())
    }
}

impl From<Forbidden> for InvitationError {
    fn from(missing: Forbidden) -> Self {
        Self::Agent(missing.into())
    }
}
