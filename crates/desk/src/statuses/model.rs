//! What a status of a workspace is: no database, no HTML.

use kit::clock::Timestamp;
use kit::db::DbError;
use kit::text::fold;
use tandem_core::actor::Forbidden;

use super::StatusId;
use crate::tickets::{Status, Step};

/// A status that a workspace added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnStatus {
    /// Its id.
    pub id: StatusId,
    /// In which category it is; never another.
    pub category: Status,
    /// What people say of it.
    pub text: StatusText,
    /// Where it stands among the others.
    pub place: i64,
    /// Grows by one with every change.
    pub version: i64,
    /// Who archived it and when, while it is archived.
    pub archiving: Option<Archiving>,
}

/// What people say of a status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusText {
    /// What it is called.
    pub name: String,
    /// Whether a ticket gets it that comes to the category by its word alone.
    pub is_default: bool,
}

/// Who archived a status, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archiving {
    /// Their signature.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl OwnStatus {
    /// As far as a ticket with it has come.
    pub const fn step(&self) -> Step {
        Step {
            status: self.category,
            own: Some(self.id),
        }
    }

    /// The name as it is compared.
    pub(super) fn folded(&self) -> String {
        fold(&self.text.name)
    }
}

impl StatusText {
    /// In the form in which it is stored.
    ///
    /// # Errors
    /// [`StatusError::BadName`]
    pub(super) fn checked(&self) -> Result<Self, StatusError> {
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_fine = (1..=40).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if !is_fine {
            return Err(StatusError::BadName);
        }
        Ok(Self {
            name,
            is_default: self.is_default,
        })
    }
}

/// Why nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StatusError {
    /// The actor may not.
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    /// The name is empty or too long.
    #[error("a name has 1 to 40 characters")]
    BadName,
    /// Another status is called so.
    #[error("another status has this name")]
    NameTaken,
    /// A word that names no category.
    #[error("not a category: open, waiting, on_hold or solved")]
    BadCategory,
    /// What is archived stands for no category.
    #[error("an archived status is no default")]
    Archived,
    /// As many as there can be.
    #[error("a workspace has up to 100 statuses")]
    TooMany,
    /// There is no such status here.
    #[error("there is no such status")]
    Unknown,
    /// Someone changed it meanwhile; this is how it is now.
    #[error("someone changed the status meanwhile")]
    Stale(Box<OwnStatus>),
    /// The database failed.
    #[error(transparent)]
    Db(DbError),
}

impl From<DbError> for StatusError {
    fn from(error: DbError) -> Self {
        match error {
            taken if taken.is_unique(&["workspace_id", "name_folded"]) => Self::NameTaken,
            other => Self::Db(other),
        }
    }
}
