//! What a token is, and what people ask for.

use kit::clock::Timestamp;
use kit::db::DbError;

use super::LONGEST;
use crate::actor::Forbidden;
use crate::agents::{AgentError, AgentId};
use crate::doors::SessionId;
use crate::permissions::PermissionSet;

/// How a program acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its session.
    pub id: SessionId,
    /// What it is for.
    pub name: String,
    /// Whom it acts as.
    pub agent: AgentId,
    /// Their name.
    pub agent_name: String,
    /// Whether that is a machine.
    pub is_machine: bool,
    /// What of the agent's permissions it has.
    pub scopes: PermissionSet,
    /// The maker's signature.
    pub made_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub ended_at: Option<Timestamp>,
}

/// What people ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenText {
    /// What it is for.
    pub name: String,
    /// Whom it acts as; none for the asker.
    pub agent: Option<AgentId>,
    /// What it may do.
    pub scopes: PermissionSet,
    /// How many days it lives; none for as long as its agent.
    pub days: Option<u32>,
}

impl TokenText {
    pub(super) fn checked(&self) -> Result<(String, Option<u32>), TokenError> {
        let name: String = self.name.trim().chars().filter(|c| !c.is_control()).collect();
        if name.is_empty() || name.chars().count() > 60 {
            return Err(TokenError::BadName);
        }
        if self.days.is_some_and(|days| !(1..=LONGEST).contains(&days)) {
            return Err(TokenError::BadLife);
        }
        Ok((name, self.days))
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The agent is not one that can have it.
    #[error(transparent)]
    Agent(#[from] AgentError),
    /// A person's tokens are made by that person alone.
    #[error("a person's tokens are made by that person alone")]
    Person,
    /// The name is empty or longer than 60 characters.
    #[error("a token's name has 1 to 60 characters")]
    BadName,
    /// The number of days is not one that is allowed.
    #[error("a token lives 1 to {LONGEST} days")]
    BadLife,
    /// No scope, or one that the agent does not have.
    #[error("a token has at least one permission, and none that its agent lacks")]
    BadScopes,
    /// There is no such token here, or it is somebody else's.
    #[error("there is no such token")]
    Unknown,
}

impl From<DbError> for TokenError {
    fn from(error: DbError) -> Self {
        Self::Agent(error.into())
    }
}

impl From<Forbidden> for TokenError {
    fn from(missing: Forbidden) -> Self {
        Self::Agent(missing.into())
    }
}
