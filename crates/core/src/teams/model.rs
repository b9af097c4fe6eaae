//! What a team is.

use kit::clock::Timestamp;
use kit::db::DbError;

use super::TeamId;
use crate::actor::Forbidden;
use crate::agents::AgentId;

/// Agents who work on the same things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Who is in it, in the order of their ids.
    pub members: Vec<AgentId>,
    /// Grows by one with every change.
    pub version: i64,
    /// When it came.
    pub created_at: Timestamp,
    /// Who archived it and when, while it is archived.
    pub archiving: Option<Archiving>,
}

/// Who archived a team, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archiving {
    /// Their signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What people say about a team.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeamText {
    /// Its name.
    pub name: String,
    /// Who is in it.
    pub members: Vec<AgentId>,
}

impl TeamText {
    pub(super) fn checked(&self) -> Result<Self, TeamError> {
        let name: String = self.name.trim().chars().filter(|c| !c.is_control()).collect();
        if name.is_empty() || name.chars().count() > 60 {
            return Err(TeamError::BadName);
        }
        let mut members = self.members.clone();
        members.sort();
        members.dedup();
        Ok(Self { name, members })
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TeamError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or longer than 60 characters.
    #[error("a team's name has 1 to 60 characters")]
    BadName,
    /// Another team has this name.
    #[error("another team has this name")]
    NameTaken,
    /// A member is no agent of the workspace.
    #[error("a member is not an agent of this workspace")]
    UnknownMember,
    /// There is no such team here.
    #[error("there is no such team")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the team meanwhile")]
    Stale(Box<Team>),
    /// The database failed.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for TeamError {
    fn from(error: DbError) -> Self {
        match error {
            taken if taken.is_unique(&["workspace_id", "name_folded"]) => Self::NameTaken,
            other => Self::Db(other),
        }
    }
}
