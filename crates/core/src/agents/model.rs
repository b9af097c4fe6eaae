//! What an agent is, and what a name and an address must look like.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::i18n::Formats;

use super::AgentId;
use crate::actor::{Actor, Forbidden, Origin, Who};
use crate::permissions::{PermissionSet, Role};
use crate::workspaces::WorkspaceId;

/// A member of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Their id.
    pub id: AgentId,
    /// Their name as others see it.
    pub name: String,
    /// Their address as they wrote it.
    pub email: String,
    /// What they are to the company.
    pub role: Role,
    /// The role's name when the workspace made it.
    pub role_name: Option<String>,
    /// What they may do.
    pub permissions: PermissionSet,
    /// Whether they may sign in.
    pub is_active: bool,
    /// Whether a program acts here, not a person.
    pub is_machine: bool,
    /// Their language, where they chose one.
    pub locale: Option<String>,
    /// Their time zone, where they chose one.
    pub zone: Option<String>,
    /// How they want days, times and numbers written.
    pub formats: Formats,
    /// When they came.
    pub created_at: Timestamp,
}

impl Agent {
    /// The agent acting in their workspace.
    pub fn actor(&self, workspace: WorkspaceId) -> Actor {
        let who = Who::Agent {
            id: self.id,
            name: self.name.clone(),
            permissions: self.permissions,
        };
        Actor {
            workspace,
            who,
            origin: Origin::default(),
        }
    }
}

/// What a new agent is made from.
#[derive(Clone, Debug)]
pub struct NewAgent {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their role.
    pub role: Role,
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AgentError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or longer than 200 characters.
    #[error("a name has 1 to 200 characters")]
    BadName,
    /// The address can't be one.
    #[error("{0} is not an e-mail address")]
    BadEmail(String),
    /// Another agent of the workspace has this address.
    #[error("another agent has this address")]
    EmailTaken,
    /// There is no such agent here.
    #[error("there is no such agent")]
    Unknown,
    /// There is no such role here.
    #[error("there is no such role")]
    UnknownRole,
    /// The language is none that Tandem speaks, or the time zone is none.
    #[error("{0} is not one of the choices")]
    BadChoice(&'static str),
    /// Without this admin nobody could manage the workspace.
    #[error("the last admin has to stay one; make another agent admin first")]
    LastAdmin,
    /// The database failed.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for AgentError {
    fn from(error: DbError) -> Self {
        match error {
            taken if taken.is_unique(&["workspace_id", "email_folded"]) => Self::EmailTaken,
            other => Self::Db(other),
        }
    }
}

impl NewAgent {
    /// The agent this makes.
    ///
    /// # Errors
    /// [`AgentError::BadName`] and [`AgentError::BadEmail`].
    pub fn checked(&self, id: AgentId, now: Timestamp) -> Result<Agent, AgentError> {
        let (name, email) = (checked_name(&self.name)?, self.email.trim().to_owned());
        if !is_address(&email) {
            return Err(AgentError::BadEmail(email));
        }
        Ok(Agent {
            id,
            name,
            email,
            role: self.role,
            is_active: true,
            role_name: None,
            permissions: self.role.permissions(),
            is_machine: false,
            locale: None,
            zone: None,
            formats: Formats::default(),
            created_at: now,
        })
    }
}

/// A name as it is stored: trimmed, without control characters.
///
/// # Errors
/// [`AgentError::BadName`].
pub(crate) fn checked_name(name: &str) -> Result<String, AgentError> {
    let name: String = name.trim().chars().filter(|c| !c.is_control()).collect();
    if name.is_empty() || name.chars().count() > 200 {
        return Err(AgentError::BadName);
    }
    Ok(name)
}

/// Whether `text` has the shape of an address: something, one `@`, a host with a dot or `localhost`; no spaces or
/// control characters; at most 254 octets (RFC 5321, 4.5.3.1.3).
pub fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else {
        return false;
    };
    let is_clean = text
        .chars()
        .all(|c| !c.is_whitespace() && !c.is_control() && !"<>,;\"".contains(c));
    let has_host =
        host == "localhost" || host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    is_clean && has_host && !local.is_empty() && !local.contains('@') && text.len() <= 254
}

/// The form of an address by which two are the same.
pub fn fold(email: &str) -> String {
    email.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_texts() {
        for good in [
            "ada@example.com",
            "a.b+c@sub.example.co.uk",
            "ağa@nümunə.az",
            "root@localhost",
        ] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@example",
            "a b@example.com",
            "a@b@c.de",
            "a@.de",
            "<a@b.de>",
            "a@b.de\n",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
